"""What fast payout tells the other rooms."""

from dataclasses import dataclass
from datetime import date, datetime

from fieldcast.settlement.early.formula import Counted


@dataclass(frozen=True)
class ReserveView:
    """A seller's reserve of one day: `share_bp` by the formula, before a clause's limits."""

    id: int
    seller_id: int
    day: date
    own: Counted
    county: Counted
    prior_lines: int
    share_bp: int
    formula: str


@dataclass(frozen=True)
class EarlyView:
    """What one party was paid of a line before it is settled, and what of its share is kept until then."""

    order_line_id: int
    paid_fen: int
    reserve_bp: int
    at: datetime


@dataclass(frozen=True)
class EarlyResult:
    """What a run paid early. `waiting` lines could not be, because no fund has so much free."""

    lines: int = 0
    paid_fen: int = 0
    waiting: int = 0

    def __add__(self, other: "EarlyResult") -> "EarlyResult":
        """What two parts of a run did together."""
        return EarlyResult(
            self.lines + other.lines, self.paid_fen + other.paid_fen, self.waiting + other.waiting
        )


@dataclass(frozen=True)
class LateLines:
    """A seller's lines that wait for their fast payout, since when the first of them."""

    seller_id: int
    lines: int
    net_fen: int
    since: datetime
