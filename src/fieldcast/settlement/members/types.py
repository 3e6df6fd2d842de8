"""What member accounts tell the other rooms."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final


class EntryKind(StrEnum):
    """What an entry is about: what the member put in, or what of the reserve is set down as the member's."""

    CONTRIBUTION = "contribution"
    RESERVE = "reserve"


class Heading(StrEnum):
    """Under what a statement line of a member stands in its account."""

    SALES = "sales"
    REBATE = "rebate"
    BY_DELIVERY = "by_delivery"
    BY_SHARES = "by_shares"
    OTHER = "other"


RETURNED: Final = (Heading.REBATE, Heading.BY_DELIVERY, Heading.BY_SHARES)


@dataclass(frozen=True)
class EntryView:
    """An entry: who wrote it, when and why. Less than zero took some back."""

    id: int
    kind: EntryKind
    amount_fen: int
    day: date
    why: str
    by: str
    at: datetime


@dataclass(frozen=True)
class MemberOf:
    """A household and the cooperative whose member it is."""

    cooperative_id: int
    household_id: int


@dataclass(frozen=True)
class Goods:
    """What of a product was sold for a member: packs, and units of its lots."""

    product: str
    product_en: str
    unit: str
    packs: int
    units: int


@dataclass(frozen=True)
class Gained:
    """What a member got through the cooperative, by heading: of its goods' sales, given back of the surplus, and what
    sheets of a month brought or took beside that, such as a missed delivery.
    """

    by_heading: Mapping[Heading, int]

    def fen(self, heading: Heading) -> int:
        """What stands under a heading."""
        return self.by_heading.get(heading, 0)

    @property
    def returned_fen(self) -> int:
        """What came back of the surplus."""
        return sum(self.fen(one) for one in RETURNED)

    @property
    def together_fen(self) -> int:
        """All that its statements say."""
        return sum(self.by_heading.values())


@dataclass(frozen=True)
class Member:
    """A member's account. `contribution_fen` and `reserve_fen` are None where nobody ever wrote any down."""

    household_id: int
    name: str
    name_en: str
    code: str
    contribution_fen: int | None
    reserve_fen: int | None
    goods: tuple[Goods, ...]
    gained: Gained

    @property
    def packs(self) -> int:
        """Packs of all its goods."""
        return sum(one.packs for one in self.goods)
