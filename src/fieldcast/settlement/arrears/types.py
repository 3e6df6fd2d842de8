"""What arrears tell the other rooms."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Late(StrEnum):
    """What somebody waits for."""

    COVER = "cover"  # finished lines that nobody covers
    ESCROW = "escrow"  # finished lines whose money is not there
    TERMS = "terms"  # finished lines that their terms cannot share out
    FAST = "fast"  # lines whose day after receipt is over and that are not paid early
    SHEET = "sheet"  # a month that is over and has no sheet
    NO_ACCOUNT = "no_account"  # a payout whose party has named no account
    TO_SEND = "to_send"  # a payout that is in no batch
    AT_BANK = "at_bank"  # a payout of which the bank has said nothing
    RETURNED = "returned"  # a payout that came back
    DUE = "due"  # what one party owes another


@dataclass(frozen=True)
class Arrear:
    """Who waits, for how much, since when. `by`: who should give it; `what`: an order, a month, a batch."""

    kind: Late
    party: str
    by: str
    what: str
    count: int
    amount_fen: int
    since: datetime
    link: int | None = None
