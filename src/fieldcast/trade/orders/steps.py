"""Writes down each state that an order comes to, in the transaction that brings it there.

`trade_place_order` and `trade_book_payment` do so themselves, in the database.
"""

from collections.abc import Iterable
from datetime import datetime

from fieldcast.trade.models import OrderStep
from fieldcast.trade.orders.types import OrderState


def note_step(
    *, order_ids: Iterable[int], state: OrderState, by_id: int | None, now: datetime, why: str = ""
) -> None:
    """`by_id` None is the platform itself."""
    OrderStep.objects.bulk_create(
        OrderStep(order_id=order_id, state=state.value, by_id=by_id, at=now, why=why)
        for order_id in order_ids
    )
