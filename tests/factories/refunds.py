"""Buyers who ask for money back."""

import io
from datetime import datetime

from django.db import transaction

from fieldcast.accounts.models import Person
from fieldcast.files.sent import Photo
from fieldcast.trade import operations as trade_operations
from fieldcast.trade.types import OrderView, RequestView, Wrong
from tests.factories.trade import later
from tests.files.pictures import orchard, saved

COMPLAINT = "底下一层都烂了，流水"


def make_photo(content: bytes | None = None, name: str = "坏果.jpg") -> Photo:
    """A picture as a phone sends it."""
    sent = content or saved(orchard((96, 64)))
    return Photo(name=name, size=len(sent), stream=io.BytesIO(sent))


@transaction.atomic
def make_refund_request(order: OrderView, *, by: Person, now: datetime | None = None) -> RequestView:
    """The buyer asks for the price of one pack, with a photo."""
    return trade_operations.ask_refund(
        by=by,
        order_id=order.id,
        wrong=Wrong.SPOILT,
        words=COMPLAINT,
        packs=1,
        photos=trade_operations.draw_photos(by=by, order_id=order.id, photos=[make_photo()]),
        now=now or later(9),
    )
