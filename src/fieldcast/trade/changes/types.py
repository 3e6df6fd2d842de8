"""What is told of an offer's history."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


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
