"""What becomes of a lot's offers when its sale is stopped or resumed, and what the rooms are told of it."""

from datetime import datetime
from typing import Any

from fieldcast.trade.models import Offer
from fieldcast.trade.offers.frames import tell, tell_stopped
from fieldcast.trade.offers.operations import close_locked
from fieldcast.trade.offers.types import OfferState


def tell_rooms(*, lot_id: int, stopped: bool, **_signal: Any) -> None:
    """Send a frame to every room that offers the lot, once the stop or its end commits.

    What is left after a resumption is read from locked offers, so that no frame with older figures comes after it.
    A stop says no figures and locks nothing: a failed test stops a lot while it holds the lock of its history, which
    those wait for who hold stocks, and they are waited for by those who hold offers.
    """
    rows = Offer.objects.filter(lot_id=lot_id, state=OfferState.OPEN.value).order_by("id")
    if stopped:
        tell_stopped(rows)
    else:
        tell(rows.select_for_update(no_key=True), resumed=True)


def close_offers(*, lot_id: int, now: datetime, **_signal: Any) -> None:
    """A test was not passed: every offer of the lot ends, in whatever session, and the rooms are told why."""
    rows = Offer.objects.filter(lot_id=lot_id, state=OfferState.OPEN.value)
    found = list(rows.select_for_update(no_key=True).order_by("id"))
    close_locked(found, by=None, now=now)
    tell_stopped(found)
