"""Ways to change the way to the bank, what is paid early, funds and claims by hand (see `tamperings`)."""

from collections.abc import Mapping
from typing import Final

_BY: Final = "(select min(id) from accounts_person)"
_ACCOUNT: Final = "settlement_bankaccount"
_RESERVED: Final = (
    "insert into settlement_reserve(county_id,seller_id,day,lines,refunded,county_lines,county_refunded,prior_lines,"
    "share_bp,formula,at) select county_id,seller_id,{day},lines,refunded,county_lines,county_refunded,prior_lines,"
    "{bp},formula,now() from settlement_reserve order by id limit 1;"
)
_EARLY: Final = (
    "insert into settlement_earlyline(order_line_id,reserve_id,reserve_bp,net_fen,run_key,at) select l.id,r.id,0,"
    "l.total_fen,'E-1',now() from trade_orderline l,settlement_reserve r order by l.id desc limit 1;"
)
_OWED: Final = (
    "insert into settlement_due(county_id,seller_id,debtor,creditor,amount_fen,cause,reference,most_bp,order_line_id,"
    "transfer_client_id,at) select o.county_id,o.seller_id,'org:'||o.seller_id,'fund:'||f.id,1000,'early','E-1',10000,"
    "l.id,'advance:E-1',now() from trade_orderline l join trade_order o on o.id=l.order_id,agreements_fund f"
    " where f.county_id=o.county_id order by l.id desc limit 1;"
)
_TRANSFER: Final = "(select id from ledger_transfer where client_id='advance:E-1')"


def _account(purpose: str, party: str) -> str:
    return f"(select a.id from ledger_account a where a.purpose='{purpose}' and a.party={party} limit 1)"


_SELLER: Final = "(select debtor from settlement_due where transfer_client_id='advance:E-1')"
_FUND: Final = "(select creditor from settlement_due where transfer_client_id='advance:E-1')"
_LENT: Final = (
    "insert into ledger_account(county_id,party,purpose,may_go_negative,balance_fen,held_fen) select u.county_id,s.*,"
    "0,0 from settlement_due u cross join lateral (values (u.debtor,'debt',true),(u.creditor,'credit',false)) s"
    " where u.transfer_client_id='advance:E-1' on conflict do nothing;"
    "insert into ledger_transfer(client_id,kind,memo,reference,created_at)"
    " values('advance:E-1','advance','','E-1',now());"
    "insert into ledger_posting(transfer_id,account_id,amount_fen) values"
    f"({_TRANSFER},{_account('fund', _FUND)},-1000),({_TRANSFER},{_account('wallet', _SELLER)},1000),"
    f"({_TRANSFER},{_account('debt', _SELLER)},-1000),({_TRANSFER},{_account('credit', _FUND)},1000)"
)

PAYOUTS: Final[Mapping[str, str]] = {
    "a bank account of one's own under another's name": f"insert into {_ACCOUNT}(organisation_id,holder,bank,number,"
    "number_end,by_id,at,seal) select o.id,a.holder,a.bank,a.number,a.number_end,a.by_id,now(),a.seal"
    f" from {_ACCOUNT} a, accounts_organisation o where o.kind='household' limit 1",
    "a bank account back to what it was": f"insert into {_ACCOUNT}(organisation_id,holder,bank,number,number_end,by_id,"
    f"at,seal) select organisation_id,holder,bank,number,number_end,by_id,at,seal from {_ACCOUNT} order by id limit 1",
    "a bank account changed": f"update {_ACCOUNT} set number=holder",
    "a bank account deleted": f"delete from {_ACCOUNT}",
    "a payout in a second batch": "insert into settlement_payoutorder(batch_id,payout_id,account_id,place)"
    " select batch_id,payout_id,account_id,9 from settlement_payoutorder limit 1",
    "a payout slipped into a batch": "insert into settlement_payoutorder(batch_id,payout_id,account_id,place)"
    " select b.id,p.id,a.id,99 from settlement_payout p,settlement_payoutbatch b,settlement_bankaccount a where not"
    " exists (select 1 from settlement_payoutorder o where o.payout_id=p.id) limit 1",
    "a batch of another sum": "update settlement_payoutbatch set total_fen=total_fen+1",
    "a batch invented": "insert into settlement_payoutbatch(county_id,number,way,payouts,total_fen,at)"
    " select id,'B-X','file',1,5,now() from accounts_county limit 1",
    "a payout called confirmed": "update settlement_payout set state='confirmed' where state='sent'",
    "a payout called returned although it arrived": "update settlement_payout set state='returned'"
    " where state='confirmed'",
    "an answer of the bank invented": "insert into settlement_payoutresult(payout_id,state,reason,at)"
    " select id,'confirmed','',now() from settlement_payout where state='sent' limit 1",
    "what the bank said changed": "update settlement_payoutresult set state='returned'",
    "a payment out of a fund approved by nobody": "insert into settlement_fundanswer(ask_id,approved,why,by_id,at,seal)"
    f" select id,true,'x',{_BY},now(),repeat('0',64) from settlement_fundask limit 1",
    "a payment out of a fund that was asked for, changed": "update settlement_fundask set need_fen=1",
    "a fund's floor taken away": "delete from settlement_fundfloor",
    "a claim said to be paid": "insert into settlement_insurancestep(claim_id,state,amount_fen,slip,why,by_id,at)"
    f" select id,'paid',amount_fen,'NONE-1','',{_BY},now() from settlement_insuranceclaim limit 1",
    "a claim of another sum": "update settlement_insuranceclaim set amount_fen=amount_fen*2",
    "a policy that pays more": "update settlement_policy set per_claim_fen=per_claim_fen*10",
    "a reserve of nothing": _RESERVED.format(day="day+1", bp="0"),
    "a reserve changed": "update settlement_reserve set share_bp=0",
    "a line said to be paid early": _EARLY,
    "a fund's money lent for a line that nobody paid early": _OWED + _LENT,
    "a fund's money lent for a line, with every row of it": _EARLY + _OWED + _LENT,
    "a member's account changed": "update settlement_memberentry set amount_fen=amount_fen+1",
    "a word in a vote changed": "update agreements_ballotcast set choice='yes'",
    "a vote that came out otherwise": "update agreements_ballotend set outcome='passed'",
}
