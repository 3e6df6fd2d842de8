"""Ways to change performance bonds and penalties by hand, tried with all others (see `tamperings`)."""

from collections.abc import Mapping
from typing import Final

_BY: Final = "(select min(id) from accounts_person)"
_PARTIES: Final = "agreements_agreementparty"
_BOND: Final = "(select id from ledger_account where purpose='bond' order by id desc limit 1)"
_BANK: Final = "(select id from ledger_account where party='outside:bank' limit 1)"
_HAND: Final = "(select id from ledger_transfer where client_id='bond:1:HAND')"

BONDS: Final[Mapping[str, str]] = {
    "a performance bond from nowhere": "with slip as (insert into agreements_moneyreceived(county_id,kind,party,"
    "purpose,organisation_id,amount_fen,slip,note,by_id,at,transfer_client_id,seal) select a.county_id,'bond',"
    "'bond:'||a.id||'.'||p.organisation_id,'bond',p.organisation_id,500000,'FORGED-2','',"
    f"{_BY},now(),'bond:x:FORGED-2','00' from agreements_agreement a join {_PARTIES} p on p.agreement_id=a.id"
    " limit 1 returning id) select id from slip",
    "a bond filled by hand": "insert into ledger_account(county_id,party,purpose,may_go_negative,balance_fen,held_fen)"
    " select county_id,'bond:'||id||'.1','bond',false,0,0 from agreements_agreement limit 1;"
    "insert into ledger_transfer(client_id,kind,memo,reference,created_at) values('bond:1:HAND','bond','','',now());"
    f"insert into ledger_posting(transfer_id,account_id,amount_fen) values({_HAND},{_BANK},-7000);"
    f"insert into ledger_posting(transfer_id,account_id,amount_fen) values({_HAND},{_BOND},7000)",
    "a payout said to have filled a bond": "insert into agreements_bondkept(agreement_id,organisation_id,amount_fen,"
    f"reference,at) select agreement_id,organisation_id,1000,'J-0',now() from {_PARTIES} limit 1",
    "a penalty nobody confirmed": "insert into agreements_penalty(agreement_id,version_id,clause,decision,payer_id,"
    "receiver_id,amount_fen,cash_fen,why,by_id,at,seal) select v.agreement_id,v.id,1,'X-1',p.organisation_id,"
    f"q.organisation_id,1000,0,'x',{_BY},now(),repeat('0',64) from agreements_agreementversion v"
    f" join {_PARTIES} p on p.agreement_id=v.agreement_id and p.role='host'"
    f" join {_PARTIES} q on q.agreement_id=v.agreement_id and q.role='cooperative' limit 1",
}
