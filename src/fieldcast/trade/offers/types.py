"""What trade tells of offers and their history."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class OfferState(StrEnum):
    """A closed offer sells no more; its unsold units are free again."""

    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True)
class OfferView:
    """What a session sells: `pack_units` lot units at `price_fen` a pack. `stopped`: its lot may not be sold."""

    id: int
    session_id: int
    county_id: int
    lot_id: int
    lot_code: str
    title: str
    title_en: str
    picture: str
    unit: str
    pack_units: int
    price_fen: int
    packs: int
    held: int
    sold: int
    per_buyer_limit: int
    position: int
    state: OfferState
    agreement_version_id: int
    grade: str
    village: str
    village_en: str
    stopped: bool

    @property
    def left(self) -> int:
        """Packs that can be bought now."""
        on_sale = self.state == OfferState.OPEN and not self.stopped
        return self.packs - self.held - self.sold if on_sale else 0


@dataclass(frozen=True)
class TypicalPack:
    """A pack to work an agreement out on: of which product, lot units in it, its price in fen."""

    product_code: str
    pack_units: int
    price_fen: int


@dataclass(frozen=True)
class TermsOfGoods:
    """An agreement version and the households (organisation ids) whose lots are or were offered under it."""

    version_id: int
    growers: frozenset[int]


class Changed(StrEnum):
    """What a change was about: the price of a pack in fen, the packs offered, or that no more is sold."""

    PRICE = "price"
    PACKS = "packs"
    CLOSED = "closed"


@dataclass(frozen=True)
class OfferChangeView:
    """One change. `before` is None at the offer's beginning, `after` too when it was closed.

    `by_id` None is the platform itself.
    """

    offer_id: int
    what: Changed
    before: int | None
    after: int | None
    by_id: int | None
    at: datetime
