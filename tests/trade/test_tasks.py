"""What trade does by itself: often enough, once at a time, and through its operations."""

from datetime import timedelta

import pytest
from django.utils import timezone
from procrastinate.contrib.django import app

from fieldcast.trade import queries, tasks
from fieldcast.trade.types import OrderState
from tests.factories.trade import make_order, make_sale, place

SCHEDULES = {
    "expire_due": timedelta(seconds=2),
    "send_refunds": timedelta(seconds=2),
    "receive_overdue": timedelta(seconds=5),
    "close_ended_offers": timedelta(seconds=5),
    "close_due": timedelta(seconds=5),
    "reconcile": timedelta(seconds=10),
    "tell_lots": timedelta(minutes=1),
}


@pytest.mark.parametrize("name", SCHEDULES)
def test_each_task_runs_as_often_as_it_must(name: str) -> None:
    periodic = {found.task.name: found for found in app.periodic_registry.periodic_tasks.values()}
    found = periodic[f"fieldcast.trade.tasks.{name}"]
    times = found.croniter
    first, second, third = (times.get_next(ret_type=float) for _ in range(3))
    assert second - first == third - second == SCHEDULES[name].total_seconds()
    assert found.task.queueing_lock == f"trade.{name}"
    assert found.task.lock is None  # it would be a row, and outlive the worker that was killed


@pytest.mark.django_db
def test_the_workers_end_what_was_not_paid_and_finish_what_was_received() -> None:
    sale = make_sale()
    long_ago = timezone.now() - timedelta(days=30)
    unpaid = place(sale, now=long_ago)
    received = make_order(sale, until="received")
    shipped = make_order(sale, until="shipped")
    from fieldcast.trade.models import Order

    Order.objects.filter(id=received.id).update(after_sale_until=long_ago)
    Order.objects.filter(id=shipped.id).update(shipped_at=long_ago)
    assert tasks.expire_due(0) == 1
    assert tasks.close_due(0) == 1
    assert tasks.receive_overdue(0) == 1
    assert tasks.close_ended_offers(0) == 0
    assert tasks.send_refunds(0) == 0
    assert tasks.reconcile(0) == 0
    assert tasks.tell_lots(0) == 3
    states = {order_id: queries.order(order_id=order_id).state for order_id in (received.id, shipped.id)}
    assert states == {received.id: OrderState.CLOSED, shipped.id: OrderState.RECEIVED}
    assert queries.order(order_id=unpaid.order_id).state == OrderState.EXPIRED
