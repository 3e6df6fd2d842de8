"""Reads of an offer's history."""

from fieldcast.trade.changes.models import OfferChange
from fieldcast.trade.changes.types import Changed, OfferChangeView


def offer_changes(*, offer_id: int) -> tuple[OfferChangeView, ...]:
    """Everything that was changed about an offer, in order."""
    return tuple(
        OfferChangeView(
            offer_id=row.offer_id,
            what=Changed(row.what),
            before=row.before,
            after=row.after,
            by_id=row.by_id,
            at=row.at,
        )
        for row in OfferChange.objects.filter(offer_id=offer_id).order_by("id")
    )
