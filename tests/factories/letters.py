"""Buyers who write to sellers."""

from datetime import datetime

from fieldcast.accounts.models import Person
from fieldcast.trade import operations as trade_operations
from fieldcast.trade.types import ConversationView, OrderView
from tests.factories.refunds import make_photo
from tests.factories.trade import later

QUESTION = "能不能换成下周发货"


def make_letter(
    order: OrderView, *, by: Person, words: str = QUESTION, now: datetime | None = None, photos: int = 0
) -> ConversationView:
    """The buyer of an order writes to its seller."""
    drawn = trade_operations.draw_letter_photos(by=by, photos=[make_photo() for _one in range(photos)])
    return trade_operations.write_about_order(
        by=by, order_id=order.id, words=words, photos=drawn, now=now or later(9)
    )
