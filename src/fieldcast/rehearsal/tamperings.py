"""Every way we know to change the tables by hand, tried on a county's own database as the user the platform is.

Each is refused by the database or found by the checks; what is neither is `unseen`, and there must be none. They are
plain SQL: what someone would type who came by the platform's password. Each is undone before the next is tried.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.db import DatabaseError, connection, transaction

from fieldcast.rehearsal.bond_tamperings import BONDS
from fieldcast.rehearsal.payout_tamperings import PAYOUTS

NOTHING_THERE: Final = "nothing there to tamper with"


@dataclass(frozen=True)
class Tampering:
    """What is tried, and the statements that try it."""

    name: str
    sql: str


@dataclass(frozen=True)
class TamperingResult:
    """How many were tried, refused by the database, found by the checks; and the names of those that were neither."""

    tried: int
    refused: int
    found: int
    unseen: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """True when none went unseen."""
        return not self.unseen and self.tried == self.refused + self.found


def try_all(
    *,
    check: Callable[[], Sequence[str]],
    role: str | None = None,
    tamperings: Iterable[Tampering] | None = None,
) -> TamperingResult:
    """Try each tampering on Django's database and undo it; `check` names what the books' checks find wrong.

    `role` is the database user to try them as, where the connection is another's (its owner's). Raises `ValueError`
    when the checks find something before anything was tried.
    """
    before = check()
    if before:
        raise ValueError(f"the books do not hold as they are: {before[0]}")
    outcomes = {one.name: _try(one, check, role) for one in tamperings or TAMPERINGS}
    return TamperingResult(
        tried=len(outcomes),
        refused=sum(outcome == "refused" for outcome in outcomes.values()),
        found=sum(outcome == "found" for outcome in outcomes.values()),
        unseen=tuple(
            name if outcome == "unseen" else f"{name} ({outcome})"
            for name, outcome in outcomes.items()
            if outcome not in ("refused", "found")
        ),
    )


def _try(tampering: Tampering, check: Callable[[], Sequence[str]], role: str | None) -> str:
    try:
        with transaction.atomic():
            changed = _run(tampering.sql, role)
            outcome = NOTHING_THERE if not changed else "found" if check() else "unseen"
            transaction.set_rollback(True)
    except DatabaseError:
        return "refused"
    return outcome


def _run(sql: str, role: str | None) -> int:
    """Run the statements as `role` up to where a commit would judge them; returns how many rows they wrote."""
    changed = 0
    with connection.cursor() as cursor:
        if role is not None:
            cursor.execute(f"SET LOCAL ROLE {connection.ops.quote_name(role)}")
        for statement in sql.split(";"):
            if statement.strip():
                cursor.execute(statement)
                words = statement.split(None, 1)[0].lower()
                changed += (
                    max(cursor.rowcount, 0) if words in ("insert", "update", "delete", "merge", "with") else 0
                )
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        if role is not None:
            cursor.execute("RESET ROLE")
    return changed


# Accounts that there are in any county that has sold something.
_ESCROW = (
    "(select id from ledger_account where purpose='escrow' order by balance_fen - held_fen desc limit 1)"
)
_WALLET = "(select id from ledger_account where purpose='wallet' order by id limit 1)"
_BANK = "(select id from ledger_account where party='outside:bank')"
_PROVIDER = "(select id from ledger_account where party like 'outside:%' and party<>'outside:bank' limit 1)"


def _transfer(*sides: tuple[str, int], client_id: str, kind: str = "x") -> str:
    """A transfer written by hand, its postings one statement each."""
    opened = (
        "insert into ledger_transfer(client_id,kind,memo,reference,created_at)"
        f" values('{client_id}','{kind}','','',now());"
    )
    return opened + "".join(
        "insert into ledger_posting(transfer_id,account_id,amount_fen) values("
        f"(select id from ledger_transfer where client_id='{client_id}'),{account},{fen});"
        for account, fen in sides
    )


_POSTING = "(select min(id) from ledger_posting)"
_PAID = "(select min(id) from trade_order where state='paid')"
_SHOPPER = (
    "(select max(p.id) from accounts_person p where not exists"
    " (select 1 from accounts_membership m where m.person_id=p.id))"
)
_AUTHORITY = "(select min(id) from accounts_organisation where kind='authority')"

_BOOK: Final = {
    "update a posting": f"update ledger_posting set amount_fen=amount_fen+1 where id={_POSTING}",
    "delete a posting": f"delete from ledger_posting where id={_POSTING}",
    "truncate postings": "truncate ledger_posting cascade",
    "truncate transfer cascade": "truncate ledger_transfer cascade",
    "upsert a posting": "insert into ledger_posting(id,transfer_id,account_id,amount_fen) select id,transfer_id,"
    "account_id,amount_fen from ledger_posting limit 1 on conflict (id) do update set amount_fen=1",
    "merge a posting": "merge into ledger_posting p using (select min(id) id from ledger_posting) m on p.id=m.id"
    " when matched then delete",
    "unbalanced transfer": _transfer((_WALLET, 100), client_id="u1"),
    "transfer without postings": _transfer(client_id="u2"),
    "late posting": "insert into ledger_posting(transfer_id,account_id,amount_fen)"
    f" values((select min(id) from ledger_transfer),{_WALLET},5)",
    "late pair of postings": "insert into ledger_posting(transfer_id,account_id,amount_fen)"
    f" values((select min(id) from ledger_transfer),{_WALLET},5),((select min(id) from ledger_transfer),{_BANK},-5)",
    "change balance": f"update ledger_account set balance_fen=balance_fen+1000 where id={_WALLET}",
    "change held amount": f"update ledger_account set held_fen=held_fen+1 where id={_ESCROW}",
    "move an account to another county": "update ledger_account set county_id=county_id+1",
    "delete account": f"delete from ledger_account where id={_WALLET}",
    "make wallet may go negative": f"update ledger_account set may_go_negative=true where id={_WALLET}",
    "insert rich account": "insert into ledger_account(county_id,party,purpose,may_go_negative,balance_fen,held_fen)"
    " values(1,'org:999','wallet',false,100000,0)",
    "insert account that may go negative and pay from it": "insert into ledger_account(county_id,party,purpose,"
    "may_go_negative,balance_fen,held_fen) values(1,'org:5','mint',true,0,0);"
    + _transfer(
        (_WALLET, 1_000_000),
        ("(select id from ledger_account where purpose='mint')", -1_000_000),
        client_id="mint",
    ),
    "pay from a new account of the world": "insert into ledger_account(county_id,party,purpose,may_go_negative,"
    "balance_fen,held_fen) values(1,'outside:mint','world',true,0,0);"
    + _transfer(
        (_WALLET, 1_000_000),
        ("(select id from ledger_account where party='outside:mint')", -1_000_000),
        client_id="mint",
    ),
    "SET CONSTRAINTS IMMEDIATE, then a further one-sided posting": _transfer(
        (_WALLET, 100), (_PROVIDER, -100), client_id="sc"
    )
    + "set constraints all immediate;"
    "insert into ledger_posting(transfer_id,account_id,amount_fen) values("
    f"(select id from ledger_transfer where client_id='sc'),{_WALLET},1000000)",
    "forged opened_in, posting in a later transaction": "insert into ledger_transfer(client_id,kind,memo,reference,"
    "created_at,opened_in) values('oi','x','','',now(),txid_current()+2)",
    "balanced transfer escrow -> own wallet (theft of buyers' money)": _transfer(
        (_WALLET, 100), (_ESCROW, -100), client_id="th"
    ),
    "balanced transfer escrow -> bank": _transfer((_BANK, 100), (_ESCROW, -100), client_id="tb"),
    "theft that calls itself a payout": _transfer(
        (_BANK, 100), (_ESCROW, -100), client_id="payout:J0", kind="payout"
    ),
    "theft that calls itself a settlement": _transfer(
        (_WALLET, 100), (_ESCROW, -100), client_id="settle:x:1:org:1", kind="settlement"
    ),
    "money invented as a payment": _transfer(
        (_ESCROW, 100), (_PROVIDER, -100), client_id="payment:P0", kind="payment"
    ),
    "money burnt as a refund": _transfer(
        (_ESCROW, -100), (_PROVIDER, 100), client_id="refund:R0", kind="refund"
    ),
    "rename a transfer": "update ledger_transfer set client_id='y' where id=(select min(id) from ledger_transfer)",
    "release a hold": "insert into ledger_hold(account_id,amount_fen,client_id,reason,created_at)"
    f" values({_ESCROW},100,'h1','',now());update ledger_hold set released_at=now() where client_id='h1'",
    "hold a seller's money": "insert into ledger_hold(account_id,amount_fen,client_id,reason,created_at)"
    f" values({_ESCROW},100,'h2','',now())",
    "release a refund's hold": "update ledger_hold set released_at=now() where released_at is null",
    "delete holds": "delete from ledger_hold",
    "change a hold": "update ledger_hold set amount_fen=amount_fen+1",
    "the ledger's own function on a table of one's own": "create temporary table mine(transfer_id bigint,"
    "account_id bigint,amount_fen bigint);create trigger applied after insert on mine referencing new table as written"
    f" for each statement execute function ledger_apply_postings();insert into mine select 0,{_WALLET},1000000",
}
_SETTLEMENT: Final = {
    "a farm given to another household": "update catalog_farm set household_id=cooperative_id",
    "a plot moved to another farm": "update catalog_plot set farm_id=farm_id+1",
    "a lot sold by another cooperative": "update catalog_lot set cooperative_id=cooperative_id+1",
    "a product by another name": "update catalog_product set code=code||'x'",
    "an agreement with another host": "update agreements_agreementparty set organisation_id=organisation_id+1"
    " where role='host'",
    "an agreement without its carrier": "delete from agreements_agreementparty where role='carrier'",
    "a party that joins an agreement": "insert into agreements_agreementparty(agreement_id,role,organisation_id)"
    " select agreement_id,'farmer',organisation_id from agreements_agreementparty where role='host'",
    "terms of an agreement of nobody": "with made as (insert into agreements_agreement(county_id,name,created_at)"
    " select county_id,name,now() from agreements_agreement limit 1 returning id)"
    " insert into agreements_agreementversion(agreement_id,number,terms,sha256,note,created_at)"
    " select m.id,1,v.terms,repeat('0',64),'',now() from made m,agreements_agreementversion v limit 1",
    "an organisation of another kind": "update accounts_organisation set kind='authority' where kind<>'authority'",
    "a hold for ever": "update trade_order set expires_at='9999-01-01' where state='reserved'",
    "a refund put off for ever": "update trade_refund set due_at='9999-01-01' where state<>'succeeded'",
    "a deposit from nowhere": "with slip as (insert into agreements_moneyreceived(county_id,kind,party,purpose,"
    "cooperative_id,amount_fen,slip,note,by_id,at,transfer_client_id,seal) select o.county_id,'deposit','org:'||o.id,"
    "'deposit',o.id,10000000,'FORGED-1','',(select min(id) from accounts_person),now(),'deposit:x:FORGED-1','00'"
    " from accounts_organisation o where o.kind='cooperative' limit 1 returning id) select id from slip",
    "a fund's limit said by nobody": "insert into agreements_backing(fund_id,cooperative_id,limit_fen,by_id,at,seal)"
    " select f.id,o.id,1000000000,(select min(id) from accounts_person),now(),repeat('0',64) from agreements_fund f,"
    " accounts_organisation o where o.kind='cooperative' limit 1",
    "a line hidden from settlement": "update trade_orderline set settled_at=now() where settled_at is null",
    "money received enlarged": "update agreements_moneyreceived set amount_fen=amount_fen*10",
    "a bank slip forgotten": "delete from agreements_moneyreceived",
    "a fund's limit raised behind its back": "update agreements_backing set limit_fen=limit_fen*10",
    "what a fund gave forgotten": "delete from agreements_draw",
    "a draw invented": "insert into agreements_draw(cooperative_id,amount_fen,at,transfer_client_id)"
    " select id,1000,now(),'draw:x' from accounts_organisation where kind='cooperative' limit 1",
    "payout amount x10": "update settlement_payout set amount_fen=amount_fen*10",
    "delete payouts": "delete from settlement_payout",
    "payout state/party": "update settlement_payout set party='org:99', state='failed'",
    "payout to another party": "update settlement_payout set party='org:99'",
    "payout's transfer renamed": "update settlement_payout set transfer_client_id=transfer_client_id||'x'",
    "payout called returned": "update settlement_payout set state='sent' where state<>'sent';"
    "update settlement_payout set state='unknown'",
    "payout invented": "insert into settlement_payout(county_id,statement_id,party,amount_fen,transfer_client_id,state,"
    "sent_at) select county_id,id,party,100,'payout:x','sent',now() from settlement_statement where party='platform'"
    " limit 1",
    "statement update": "update settlement_statement set total_fen=total_fen+1",
    "statement invented": "insert into settlement_statement(county_id,number,party,role,organisation_id,session_id,"
    "run_key,total_fen,issued_at) select county_id,'J0','org:1','host',organisation_id,session_id,'x',100,now()"
    " from settlement_statement limit 1",
    "statement line invented": "insert into settlement_statementline(statement_id,order_line_id,agreement_version_id,"
    "clause,kind,formula,inputs,amount_fen) select statement_id,order_line_id,agreement_version_id,clause,kind,formula,"
    "inputs,amount_fen from settlement_statementline limit 1",
    "statement line update": "update settlement_statementline set amount_fen=amount_fen+1",
    "statement lines deleted": "delete from settlement_statementline",
    "settled line delete": "delete from settlement_settledline",
    "settled line insert for unsettled": "insert into settlement_settledline(order_line_id,run_key,net_fen,settled_at)"
    " select id,'x',0,now() from trade_orderline l where not exists"
    " (select 1 from settlement_settledline s where s.order_line_id=l.id) limit 3",
}
_ORDERS: Final = {
    "order line price": "update trade_orderline set price_fen=1",
    "order line refunded_fen of unsettled lines": "update trade_orderline set refunded_fen=total_fen where id in"
    " (select l.id from trade_orderline l join trade_order o on o.id=l.order_id where o.state='shipped')",
    "order line refunded_fen of settled lines": "update trade_orderline set refunded_fen=total_fen where id in"
    " (select order_line_id from settlement_settledline limit 3)",
    "order line refunded_fen taken back": "update trade_orderline set refunded_fen=0 where refunded_fen>0",
    "order line invented": "insert into trade_orderline(order_id,offer_id,lot_id,agreement_version_id,packs,pack_units,"
    "price_fen,total_fen,refunded_fen) select order_id,offer_id,lot_id,agreement_version_id,1,pack_units,price_fen,"
    "price_fen,0 from trade_orderline limit 1",
    "order invented": "insert into trade_order(county_id,number,session_id,buyer_id,seller_id,state,idempotency_key,"
    "request_hash,total_fen,province,delivery,placed_at,expires_at,end_reason) select county_id,'D0',session_id,"
    "buyer_id,seller_id,'reserved','x','x',100,province,delivery,now(),now(),'' from trade_order limit 1",
    "order invented as paid": "insert into trade_order(county_id,number,session_id,buyer_id,seller_id,state,"
    "idempotency_key,request_hash,total_fen,province,delivery,placed_at,expires_at,end_reason) select county_id,'D0',"
    "session_id,buyer_id,seller_id,'paid','x','x',100,province,delivery,now(),now(),'' from trade_order limit 1",
    "order state paid->closed": "update trade_order set state='closed' where state='paid'",
    "order state reserved->paid": "update trade_order set state='paid' where state='reserved'",
    "order state paid->packed by hand": "update trade_order set state='packed' where state='paid'",
    "order state packed by hand with its time": "update trade_order set state='packed',packed_at=now()"
    f" where id={_PAID}",
    "order state received->closed by hand": "update trade_order set state='closed',closed_at=now()"
    " where state='received'",
    "order state back": "update trade_order set state='reserved' where state='paid'",
    "order's after-sale window shortened": "update trade_order set after_sale_until=received_at where state='received'",
    "order's time of payment": "update trade_order set paid_at=now() where state='paid'",
    "order's time of shipping": "update trade_order set shipped_at=shipped_at-interval '5 days' where state='shipped'",
    "order total": "update trade_order set total_fen=1 where state='paid'",
    "order buyer swapped": "update trade_order o set buyer_id=(select min(p.id) from accounts_person p"
    " where p.id<>o.buyer_id) where state='paid'",
    "order seller swapped": "update trade_order o set seller_id=(select min(g.id) from accounts_organisation g"
    " where g.id<>o.seller_id) where state='paid'",
    "order province/delivery": "update trade_order set province='北京市'",
    "order's address": "update trade_order set delivery='x'",
    "order step changed": "update trade_orderstep set at=now()",
    "order step deleted": "delete from trade_orderstep",
    "order step invented": "insert into trade_orderstep(order_id,state,at,why) select id,'closed',now(),''"
    " from trade_order where state='paid' limit 1",
    "order step in another's name": "insert into trade_orderstep(order_id,state,by_id,at,why)"
    " select id,'packed',buyer_id,now(),'' from trade_order where state='paid' limit 1",
    "orders deleted": "delete from trade_order",
    "two orders' payment amounts swapped": "update trade_payment set amount_fen=amount_fen+case when id=(select min(id)"
    " from trade_payment where paid_at is not null) then 100 else -100 end where id in ((select min(id) from"
    " trade_payment where paid_at is not null),(select max(id) from trade_payment where paid_at is not null))",
    "delete a paid order's payment": f"delete from trade_payment where order_id={_PAID}",
    "payment unpaid": "update trade_payment set paid_at=null where paid_at is not null",
    "payment called paid": "update trade_payment set paid_at=now() where paid_at is null",
    "refund row added as succeeded": "insert into trade_refund(order_id,payment_id,reference,amount_fen,kind,state,"
    "reason,requested_at,due_at,attempts,failure) select order_id,id,'Rx',100,'after_sale','succeeded','',now(),now(),"
    "0,'' from trade_payment where paid_at is not null limit 1",
    "refund asked for by hand": "insert into trade_refund(order_id,payment_id,reference,amount_fen,kind,state,reason,"
    "requested_at,due_at,attempts,failure) select order_id,id,'Rx',100,'after_sale','requested','',now(),now(),0,''"
    " from trade_payment where paid_at is not null limit 1",
    "refund called done": "update trade_refund set state='succeeded',done_at=now() where state<>'succeeded'",
    "refund made larger": "update trade_refund set amount_fen=amount_fen+1",
    "refund rows deleted": "delete from trade_refund",
    "offer counters": "update trade_offer set held=held+1 where id=(select max(id) from trade_offer"
    " where packs>held+sold)",
    "offer's price": "update trade_offer set price_fen=price_fen+1",
    "offer's packs": "update trade_offer set packs=packs+1",
    "offer closed by hand": "update trade_offer set state='closed' where state='open'",
    "offer's history continued": "insert into trade_offerchange(offer_id,what,before,after,at)"
    " select id,'price',price_fen,1,now() from trade_offer limit 1",
    "offer moved to another lot": "update trade_offer set pack_units=pack_units+1",
    "stock moved on_hand->written_off": "update trade_lotstock set on_hand=on_hand-1, written_off=written_off+1 where"
    " lot_id=(select max(lot_id) from trade_lotstock where on_hand-allocated>1)",
    "stock deleted": "delete from trade_lotstock",
    "zero write-off row": "insert into trade_writeoff(lot_id,units,reason,at) select lot_id,0,'x',now()"
    " from trade_lotstock limit 1",
    "write-off invented": "insert into trade_writeoff(lot_id,units,reason,at) select lot_id,1,'x',now()"
    " from trade_lotstock limit 1",
    "reservation deleted": "delete from trade_reservation where line_id=(select max(line_id) from trade_reservation)",
    "reservation released by hand": "update trade_reservation set state='released' where state='sold'",
    "reservation resized": "update trade_reservation set lot_units=lot_units+1",
    "parcel steps deleted": "delete from trade_parcelstep",
    "parcel step invented": "insert into trade_parcelstep(lot_id,kind,actor_id,units,at) select lot_id,kind,actor_id,"
    "units,at from trade_parcelstep limit 1",
    "shipment deleted": "delete from trade_shipment where order_id=(select min(order_id) from trade_shipment)",
    "shipment's number": "update trade_shipment set tracking_number=tracking_number||'0'",
    "shipment called delivered": "update trade_shipment set delivered_at=now() where delivered_at is null",
    "payment notices deleted": "delete from trade_paymentnotice",
    "outside orders amounts": "update trade_outsideorder set paid_fen=amount_fen+1",
    "import batch": "delete from trade_importbatch",
}
_RECORDS: Final = {
    "lot event updated": "update trace_lotevent set facts='{}'",
    "lot event appended with a wrong chain": "insert into trace_lotevent(lot_id,sequence,kind,at,recorded_at,facts,"
    "previous_hash,hash) select lot_id,max(sequence)+1,'graded',now(),now(),'{}','','' from trace_lotevent"
    " group by lot_id limit 1",
    "agreement terms": "update agreements_agreementversion set terms='{}'",
    "consent taken back": "delete from agreements_consent",
    "lot quantity": "update catalog_lot set quantity=quantity+100",
    "transcript": "update live_transcriptline set text='x'",
    "sales report": "update supervision_salesreport set packs=packs+1",
    "personal read log": "delete from accounts_personaldataread",
    "membership: make a shopper an authority owner": "insert into accounts_membership(person_id,organisation_id,role)"
    f" values({_SHOPPER},{_AUTHORITY},'owner')",
    "membership with a forged trail": "insert into accounts_membership(person_id,organisation_id,role)"
    f" values({_SHOPPER},{_AUTHORITY},'owner');insert into accounts_membershipchange(person_id,organisation_id,number,"
    f"role,at,seal) values({_SHOPPER},{_AUTHORITY},1,'owner',now(),repeat('0',64))",
    "membership with a copied trail": "insert into accounts_membership(person_id,organisation_id,role)"
    f" values({_SHOPPER},{_AUTHORITY},'owner');insert into accounts_membershipchange(person_id,organisation_id,number,"
    f"role,at,seal) select {_SHOPPER},organisation_id,number,'owner',at,seal from accounts_membershipchange"
    f" where organisation_id={_AUTHORITY} limit 1",
    "membership: another role": "update accounts_membership set role='owner' where role<>'owner'",
    "membership deleted": "delete from accounts_membership where organisation_id=" + _AUTHORITY,
    "trail of memberships changed": "update accounts_membershipchange set role='owner'",
    "trail of memberships deleted": "delete from accounts_membershipchange",
    "shopper made all-powerful": f"update accounts_person set is_superuser=true where id={_SHOPPER}",
    "shopper made an administrator": f"update accounts_person set is_staff=true where id={_SHOPPER}",
    "a mark of the books by hand": "insert into supervision_booksmark(before_id,at,read,digest,seal)"
    " select max(id),now(),'{}','',repeat('0',64) from supervision_booksmark",
    "administrator with a forged trail": f"update accounts_person set is_staff=true where id={_SHOPPER};"
    "insert into accounts_rightschange(person_id,number,is_active,is_staff,is_superuser,at,seal)"
    f" values({_SHOPPER},1,true,true,false,now(),repeat('0',64))",
    "somebody blocked": f"update accounts_person set is_active=false where id={_SHOPPER}",
    "administrator's deed changed": "insert into accounts_officedeed(county_id,kind,before,after,reason,at)"
    " select id,'county_renamed','','','',now() from accounts_county limit 1;"
    "update accounts_officedeed set reason='x'",
    "somebody's address redirected": "update accounts_address set line=recipient",
    "address's province": "update accounts_address set province='北京市' where province<>'北京市'",
    "address invented": "insert into accounts_address(person_id,recipient,phone,province,city,district,line,is_default,"
    "created_at) select person_id,recipient,phone,province,city,district,line,false,now()"
    " from accounts_address limit 1",
    "address deleted": "delete from accounts_address",
    "session_replication_role=replica then edit": "set session_replication_role=replica;"
    f"update ledger_posting set amount_fen=amount_fen+1 where id={_POSTING}",
    "drop trigger": "drop trigger ledger_posting_immutable on ledger_posting;"
    "update ledger_posting set amount_fen=amount_fen+1 where id in"
    " (select p.id from ledger_posting p where transfer_id=(select min(id) from ledger_transfer))",
    "disable triggers": "alter table trade_order disable trigger all;"
    f"update trade_order set total_fen=1 where id={_PAID}",
    "replace a guard's function": "create or replace function fieldcast_immutable() returns trigger language plpgsql"
    " as 'begin return new; end'",
    "a user of one's own": "create role mine superuser",
    "take a table over": "alter table trade_order owner to current_user",
    "migrations forgotten": "delete from django_migrations",
}
TAMPERINGS: Final = tuple(
    Tampering(name=name, sql=sql)
    for part in (_BOOK, _SETTLEMENT, BONDS, PAYOUTS, _ORDERS, _RECORDS)
    for name, sql in part.items()
)
