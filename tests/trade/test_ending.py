"""Orders that end before payment give their units back, once."""

import pytest
from django.db import transaction

from fieldcast.kit.errors import NotFound
from fieldcast.trade import operations, problems, queries
from fieldcast.trade.models import Order, Refund, Reservation
from fieldcast.trade.types import OrderState, RefundKind
from tests.factories.trade import (
    HOLD_SECONDS,
    assert_balanced,
    counters,
    everything,
    later,
    make_buyer,
    make_order,
    make_sale,
    place,
)

pytestmark = pytest.mark.django_db


def test_a_cancelled_order_returns_its_units() -> None:
    sale = make_sale()
    buyer = make_buyer(sale)
    placed = place(sale, by=buyer, packs=2)
    operations.cancel_order(by=buyer, order_id=placed.order_id, now=later(5))
    order = queries.order(order_id=placed.order_id)
    assert (order.state, order.ended_at) == (OrderState.CANCELLED, later(5))
    assert counters(sale) == (0, 0, 0, 0)
    assert sale.now_offered.left == 100
    assert Reservation.objects.get(line__order_id=placed.order_id).state == "released"
    assert_balanced()


def test_cancelling_twice_is_refused_and_returns_units_once() -> None:
    sale = make_sale()
    buyer = make_buyer(sale)
    placed = place(sale, by=buyer)
    operations.cancel_order(by=buyer, order_id=placed.order_id, now=later(5))
    before = everything()
    with pytest.raises(problems.WrongState) as raised, transaction.atomic():
        operations.cancel_order(by=buyer, order_id=placed.order_id, now=later(6))
    assert raised.value.facts["state"] == "cancelled"
    assert everything() == before


def test_a_paid_order_cancelled_before_packing_is_refunded_whole() -> None:
    sale = make_sale()
    buyer = make_buyer(sale)
    order = make_order(sale, by=buyer, packs=2)
    operations.cancel_order(by=buyer, order_id=order.id, now=later(5))
    found = queries.order(order_id=order.id)
    assert (found.state, found.refunded_fen) == (OrderState.REFUNDED, order.total_fen)
    refund = Refund.objects.get(order_id=order.id)
    assert (refund.kind, refund.amount_fen) == (RefundKind.BEFORE_SHIPMENT, order.total_fen)
    assert counters(sale) == (0, 0, 0, 0)
    assert_balanced()


@pytest.mark.parametrize("until", ["packed", "shipped", "received", "closed"])
def test_once_packed_an_order_is_no_longer_the_buyers_to_cancel(until: str) -> None:
    sale = make_sale()
    buyer = make_buyer(sale)
    order = make_order(sale, by=buyer, until=until)
    before = everything()
    with pytest.raises(problems.WrongState), transaction.atomic():
        operations.cancel_order(by=buyer, order_id=order.id, now=later(5))
    assert everything() == before


def test_nobody_else_cancels_a_buyers_order() -> None:
    sale = make_sale()
    placed = place(sale)
    for person in (make_buyer(sale), sale.stall.chief, sale.stall.presenter):
        before = everything()
        with pytest.raises(NotFound), transaction.atomic():
            operations.cancel_order(by=person, order_id=placed.order_id, now=later(5))
        assert everything() == before


def test_an_order_expires_when_its_time_to_pay_is_over_and_not_before() -> None:
    sale = make_sale()
    placed = place(sale, packs=3)
    assert operations.expire_due(now=later(HOLD_SECONDS - 1)) == 0
    assert operations.expire_due(now=later(HOLD_SECONDS)) == 1
    assert operations.expire_due(now=later(HOLD_SECONDS + 1)) == 0
    assert queries.order(order_id=placed.order_id).state == OrderState.EXPIRED
    assert counters(sale) == (0, 0, 0, 0)
    assert sale.now_offered.left == 100
    assert_balanced()


def test_only_unpaid_orders_expire() -> None:
    sale = make_sale()
    orders = {until: make_order(sale, until=until) for until in ("reserved", "paid", "packed", "shipped")}
    assert operations.expire_due(now=later(HOLD_SECONDS)) == 1
    states = {until: queries.order(order_id=order.id).state for until, order in orders.items()}
    assert states == {"reserved": "expired", "paid": "paid", "packed": "packed", "shipped": "shipped"}
    assert_balanced()


def test_expiry_works_through_many_orders_of_many_offers_in_batches() -> None:
    sales = [make_sale(), make_sale()]
    for number in range(13):
        place(sales[number % 2])
    assert operations.expire_due(now=later(HOLD_SECONDS), limit=10) == 10
    assert operations.expire_due(now=later(HOLD_SECONDS), limit=10) == 3
    assert all(counters(sale) == (0, 0, 0, 0) for sale in sales)
    assert not Order.objects.exclude(state="expired").exists()
    assert_balanced()
