"""Money that leaves a wallet for a bank: the row that says so, and the transfer that moves it."""

from datetime import datetime
from typing import Final

from fieldcast.ledger.types import Draft, Entry
from fieldcast.settlement.models import Payout, Statement
from fieldcast.settlement.types import PayoutState

BANK: Final = "outside:bank"


def payout(
    *,
    county_id: int,
    party: str,
    amount_fen: int,
    client_id: str,
    now: datetime,
    statement: Statement | None = None,
    seller_id: int | None = None,
) -> Payout:
    """A payout that is sent: of a statement, or of what came of dues, from the sales of a seller."""
    return Payout(
        county_id=county_id,
        statement=statement,
        seller_id=seller_id,
        party=party,
        amount_fen=amount_fen,
        transfer_client_id=client_id,
        state=PayoutState.SENT.value,
        sent_at=now,
    )


def payment(row: Payout, *, reference: str) -> Draft:
    """The transfer of a payout."""
    entries = (Entry(row.party, "wallet", -row.amount_fen), Entry(BANK, "world", row.amount_fen))
    return Draft(client_id=row.transfer_client_id, kind="payout", entries=entries, reference=reference)
