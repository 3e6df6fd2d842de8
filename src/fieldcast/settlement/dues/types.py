"""What dues tell the other rooms."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

HOUSEHOLD_MOST_BP: Final = 3000  # of each payout to a household; an agreement may say less
ALL_BP: Final = 10_000


class Cause(StrEnum):
    """What a due comes from: a period's sheet, a refund after a line was settled, or what was paid early of a line."""

    SHEET = "sheet"
    REFUND = "refund"
    EARLY = "early"


@dataclass(frozen=True)
class Owed:
    """A sum that one party should give another. `most_bp`: of each payout of the debtor, where it cannot at once."""

    debtor: str
    creditor: str
    amount_fen: int
    most_bp: int = ALL_BP
    order_line_id: int | None = None


@dataclass(frozen=True)
class DueView:
    """A due and what is left of it."""

    id: int
    debtor: str
    creditor: str
    amount_fen: int
    left_fen: int
    cause: Cause
    reference: str
    most_bp: int
    seller_id: int
    at: datetime
    order_line_id: int | None = None


@dataclass(frozen=True)
class Kept:
    """What is kept of one payout for dues. `parts`: fen by due."""

    amount_fen: int
    parts: tuple[tuple[DueView, int], ...]
