"""Every state an order came to is kept, with who, when and why; nobody can rewrite it, and what differs is found."""

import pytest
from django.db import IntegrityError, transaction

from fieldcast.kit.found import Found
from fieldcast.trade import operations, queries
from fieldcast.trade.models import OrderStep
from tests.factories.accounts import NOW
from tests.factories.guards import behind_its_back
from tests.factories.trade import (
    HOLD_SECONDS,
    Sale,
    later,
    make_buyer,
    make_order,
    make_sale,
    place,
    sale_with_paid,
)

pytestmark = pytest.mark.django_db


def history(order_id: int) -> list[tuple[str, int | None, object, str]]:
    return [(one.state.value, one.by_id, one.at, one.why) for one in queries.order_steps(order_id=order_id)]


def test_an_order_that_went_all_the_way_says_who_brought_it_where() -> None:
    sale = make_sale()
    buyer, chief = make_buyer(sale), sale.stall.chief
    order = make_order(sale, by=buyer, until="closed")
    assert order.after_sale_until is not None
    assert history(order.id) == [
        ("reserved", buyer.pk, NOW, ""),
        ("paid", None, NOW, ""),
        ("packed", chief.pk, NOW, ""),
        ("shipped", chief.pk, NOW, ""),
        ("received", buyer.pk, NOW, ""),
        ("closed", None, order.after_sale_until, ""),
    ]


def test_an_order_that_ended_says_who_ended_it_and_why() -> None:
    sale = make_sale()
    buyer = make_buyer(sale)
    cancelled, left = place(sale, by=buyer), place(sale)
    given_up, refunded = make_order(sale, by=buyer), make_order(sale)
    operations.cancel_order(by=buyer, order_id=cancelled.order_id, now=later(10))
    operations.cancel_order(by=buyer, order_id=given_up.id, now=later(10))
    operations.refund_order(by=sale.stall.chief, order_id=refunded.id, reason=" 烂 果 ", now=later(20))
    operations.expire_due(now=later(HOLD_SECONDS))
    assert history(cancelled.order_id)[1:] == [("cancelled", buyer.pk, later(10), "")]
    assert history(given_up.id)[2:] == [("refunded", buyer.pk, later(10), "")]
    assert history(refunded.id)[2:] == [("refunded", sale.stall.chief.pk, later(20), "烂 果")]
    assert history(left.order_id)[1:] == [("expired", None, later(HOLD_SECONDS), "")]
    assert queries.wrong_steps() == Found()


def test_what_is_undone_leaves_no_step() -> None:
    sale, order = sale_with_paid()
    with transaction.atomic():
        operations.pack(by=sale.stall.chief, order_id=order.id, now=NOW)
        transaction.set_rollback(True)
    assert [state for state, *_ in history(order.id)] == ["reserved", "paid"]


@pytest.mark.parametrize("change", ["update", "delete"])
def test_nobody_rewrites_it(change: str) -> None:
    place(make_sale())
    rows = OrderStep.objects.all()
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(why="x") if change == "update" else rows.delete()


def test_an_order_comes_to_a_state_once() -> None:
    order = make_order(make_sale())
    with pytest.raises(IntegrityError, match="order_step_once"), transaction.atomic():
        OrderStep.objects.create(order_id=order.id, state="paid", at=NOW)


BEHIND = {
    "reserved": "DELETE FROM trade_orderstep WHERE order_id = %s AND state = 'reserved'",
    "paid": "UPDATE trade_orderstep SET at = at + interval '1 second' WHERE order_id = %s AND state = 'paid'",
    "packed": "UPDATE trade_order SET packed_at = paid_at WHERE id = %s",
    "closed": "INSERT INTO trade_orderstep (order_id, state, at, why) VALUES (%s, 'closed', now(), '')",
}


@pytest.mark.parametrize("state", BEHIND)
def test_a_step_that_is_not_the_orders_own_is_found(state: str) -> None:
    order = make_order(make_sale())
    assert queries.wrong_steps() == Found()
    behind_its_back(BEHIND[state], order.id)
    assert queries.wrong_steps() == Found(1, (f"order's step: {order.number} {state}",))


def test_an_order_placed_in_anothers_name_is_found() -> None:
    sale, order = sale_with_paid()
    behind_its_back(
        "UPDATE trade_orderstep SET by_id = %s WHERE order_id = %s AND by_id IS NOT NULL",
        sale.stall.chief.pk,
        order.id,
    )
    assert queries.wrong_steps().figure == 1


def test_two_orders_of_one_sale_keep_histories_apart() -> None:
    sale: Sale = make_sale()
    first, second = make_order(sale, until="packed"), make_order(sale)
    assert len(history(first.id)) == 3
    assert len(history(second.id)) == 2
