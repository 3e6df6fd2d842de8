"""Writes an offer's history, in the transaction that changes the offer."""

from collections.abc import Iterable
from datetime import datetime

from fieldcast.accounts.types import SignedIn
from fieldcast.trade.models import OfferChange
from fieldcast.trade.offers.types import Changed


def note_offered(*, offer_id: int, price_fen: int, packs: int, by: SignedIn | None, now: datetime) -> None:
    """Write down what an offer begins with. `by` None is the platform itself."""
    beginnings = ((Changed.PRICE, price_fen), (Changed.PACKS, packs))
    OfferChange.objects.bulk_create(
        OfferChange(offer_id=offer_id, what=what.value, after=after, by_id=_id(by), at=now)
        for what, after in beginnings
    )


def note_change(
    *, offer_id: int, what: Changed, before: int, after: int, by: SignedIn | None, now: datetime
) -> None:
    """Write down a new price or number of packs; the same again is no change."""
    if before != after:
        OfferChange.objects.create(
            offer_id=offer_id, what=what.value, before=before, after=after, by_id=_id(by), at=now
        )


def note_closed(*, offer_ids: Iterable[int], by: SignedIn | None, now: datetime) -> None:
    """Write down that no more of these is sold."""
    OfferChange.objects.bulk_create(
        OfferChange(offer_id=offer_id, what=Changed.CLOSED.value, by_id=_id(by), at=now)
        for offer_id in offer_ids
    )


def _id(by: SignedIn | None) -> int | None:
    return by.pk if by else None
