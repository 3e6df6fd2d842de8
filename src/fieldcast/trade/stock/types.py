"""What trade tells of lots' units."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

# Why units are gone, where nobody says it; pages say it in the reader's language.
SORTED_OUT: Final = "sorted out"


class ReservationState(StrEnum):
    """Held units are promised; sold ones paid for; released ones went back."""

    HELD = "held"
    SOLD = "sold"
    RELEASED = "released"


@dataclass(frozen=True)
class StockView:
    """A lot's units now: harvested = on_hand + reserved + sold + written_off; `allocated` of on_hand is in offers.

    `moved` of written_off became lots of a lower grade.
    """

    lot_id: int
    harvested: int
    on_hand: int
    allocated: int
    reserved: int
    sold: int
    written_off: int
    moved: int = 0

    @property
    def lost(self) -> int:
        """Units that are gone; those that became lots of a lower grade are not."""
        return self.written_off - self.moved

    @property
    def free(self) -> int:
        """Units that an offer may still take."""
        return self.on_hand - self.allocated


@dataclass(frozen=True)
class StockImbalance:
    """What the stock invariant finds wrong; all zero and empty when nothing is."""

    units: int
    lots: tuple[int, ...]
    oversold: int
    offers: tuple[int, ...]
    details: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class WriteOffView:
    """Units lost before sale, or sorted into the lot `into_id` of a lower grade."""

    lot_id: int
    units: int
    reason: str
    at: datetime
    into_id: int | None = None
    into_code: str = ""


@dataclass(frozen=True)
class CategoryUnits:
    """Units of a county's lots of one category and unit that are not on hand any more."""

    reserved: int = 0
    sold: int = 0
    written_off: int = 0

    @property
    def gone(self) -> int:
        """All of them."""
        return self.reserved + self.sold + self.written_off
