"""Orders that end before they are paid: by their buyer, or because the time to pay is over. Their packs come back."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from fieldcast.accounts.access import require
from fieldcast.accounts.types import SignedIn
from fieldcast.catalog.types import LotState
from fieldcast.trade.aftersales.steps import all_went_back
from fieldcast.trade.models import Order
from fieldcast.trade.orders.problems import WrongState
from fieldcast.trade.orders.steps import note_step
from fieldcast.trade.orders.types import OrderState
from fieldcast.trade.refunds import operations as refunds
from fieldcast.trade.stock import units

A_BATCH = 50  # orders ended in one transaction: an offer stays locked for a few milliseconds


def cancel_order(*, by: SignedIn, order_id: int, now: datetime) -> None:
    """The buyer changes their mind: an unpaid order ends, a paid one that is not packed yet is refunded whole.

    So is a packed one that is held back: nobody is on the way with it. Raises `NotFound` for anyone else's order, and
    `WrongState` once it is packed or has ended.
    """
    with transaction.atomic():
        locked = units.lock_orders([order_id])
        order = locked.order(order_id)
        require(by, "trade.cancel_order", order)
        if order.state == OrderState.RESERVED:
            _end(locked, [order], OrderState.CANCELLED, now, by_id=by.pk)
        elif order.state == OrderState.PAID or _held_back(order):
            refund = refunds.give_back(locked, order, by_id=by.pk, reason="", now=now)
            all_went_back(order, refund, by=by, now=now)
        else:
            raise WrongState(state=OrderState(order.state))


def _held_back(order: Order) -> bool:
    """Is it packed, and may not be sent because one of its lots is stopped?"""
    stopped = order.lines.filter(lot__state=LotState.STOPPED.value)
    return order.state == OrderState.PACKED and stopped.exists()


def expire_due(*, now: datetime, limit: int = 200) -> int:
    """End up to `limit` orders whose time to pay is over; returns how many.

    An order that is being paid or cancelled at this moment is left to whoever has it. Each batch is a transaction of
    its own, so that no offer waits for all of them.
    """
    due = Order.objects.filter(state=OrderState.RESERVED.value, expires_at__lte=now).order_by(
        "expires_at", "id"
    )
    ids = list(due.values_list("id", flat=True)[: max(0, limit)])
    return sum(_expire(ids[start : start + A_BATCH], now) for start in range(0, len(ids), A_BATCH))


@transaction.atomic
def _expire(ids: list[int], now: datetime) -> int:
    locked = units.lock_orders(ids, skip_locked=True)
    over = [
        order
        for order in locked.orders.values()
        if order.state == OrderState.RESERVED and order.expires_at <= now
    ]
    _end(locked, over, OrderState.EXPIRED, now, by_id=None)
    return len(over)


def _end(
    locked: units.Locked, orders: Sequence[Order], state: OrderState, now: datetime, *, by_id: int | None
) -> None:
    for order in orders:
        units.release(locked, locked.of(order.pk), now=now)
    units.save(locked)
    ids = [order.pk for order in orders]
    Order.objects.filter(id__in=ids).update(state=state.value, ended_at=now)
    note_step(order_ids=ids, state=state, by_id=by_id, now=now)
