"""Two phones of a carrier, its cooperative and the buyer at once: one step each, and nobody waits for ever."""

from functools import partial
from threading import Barrier
from typing import Any

import pytest
from django.db import transaction

from fieldcast.trade import operations as trade_operations
from fieldcast.trade.carrying import rows
from fieldcast.trade.models import Carrying, CarryingStep
from fieldcast.trade.problems import WrongState
from fieldcast.trade.types import Carried, CarryingState, Hindrance, To
from tests.concurrency.racing import of_type, race
from tests.factories.trade import Sale, later, make_buyer, make_order, make_sale

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.concurrency]
AT_ONCE = 6


@pytest.fixture
def sale() -> Sale:
    return make_sale(quantity=2000, packs=100)


def steps() -> list[str]:
    return list(CarryingStep.objects.order_by("id").values_list("step", flat=True))


def test_of_many_phones_that_fetch_a_parcel_one_does(sale: Sale) -> None:
    order = make_order(sale, until="packed")
    fetch = partial(trade_operations.fetch, by=sale.stall.driver, order_id=order.id, now=later(10))
    assert race([fetch] * AT_ONCE) == [None] * AT_ONCE
    assert steps() == [Carried.FETCHED]


def test_control_whoever_looks_before_locking_writes_it_down_again(sale: Sale) -> None:
    order = make_order(sale, until="shipped")
    looked = Barrier(AT_ONCE)

    def deliver_unlocked() -> None:
        with transaction.atomic():
            row = Carrying.objects.get(order_id=order.id)
            looked.wait(60)
            if row.state == CarryingState.ON_THE_WAY:
                rows.note(row, Carried.DELIVERED, by=None, at=later(10), now=later(10))

    race([deliver_unlocked] * AT_ONCE)
    assert steps() == [Carried.DELIVERED] * AT_ONCE


def test_a_parcel_is_sent_fetched_delivered_refused_and_received_at_once(sale: Sale) -> None:
    driver, chief = sale.stall.driver, sale.stall.chief
    for _round in range(4):
        buyer = make_buyer(sale)
        order = make_order(sale, until="packed", by=buyer)
        step: dict[str, Any] = {"order_id": order.id, "now": later(10)}
        sent = race(
            [
                partial(trade_operations.fetch, by=driver, **step),
                partial(trade_operations.ship, by=chief, tracking_number=f"YT{order.id:08d}", **step),
                partial(trade_operations.fetch, by=driver, **step),
            ]
        )
        assert len(of_type(sent, WrongState)) <= 1
        race(
            [
                partial(trade_operations.deliver, by=driver, to=To.DOOR, **step),
                partial(trade_operations.not_delivered, by=driver, why=Hindrance.NOBODY, **step),
                partial(trade_operations.receive, by=buyer, **step),
                partial(trade_operations.refund_after_sale, by=chief, amount_fen=3980, reason="坏", **step),
            ]
        )
        assert Carrying.objects.get(order_id=order.id).state in (
            CarryingState.DELIVERED,
            CarryingState.GOES_BACK,
        )
