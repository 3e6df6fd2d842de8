"""Books may be right to the fen while everything stands still: what was due and has not happened is counted."""

from datetime import timedelta

import pytest
from django.db import connection

from fieldcast.settlement.operations import settle_due
from fieldcast.supervision import queries
from fieldcast.supervision.work import work
from fieldcast.trade import operations as trade_operations
from fieldcast.trade.models import Refund
from tests.factories.trade import later, make_order, make_sale, place, sale_with_paid

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def kinds(county_id: int, now: object) -> set[str]:
    return {item.kind for item in queries.attention(county_id=county_id, now=now)}  # type: ignore[arg-type]


def test_nothing_waits_while_workers_are_well() -> None:
    sale = make_sale()
    placed = place(sale)
    trade_operations.expire_due(now=placed.expires_at)
    make_order(sale, until="closed")
    settle_due(now=later(3600))
    assert work(now=later(2 * 3600), county_id=None).waiting == 0


def test_a_hold_that_never_ends_is_seen_by_the_county() -> None:
    sale = make_sale()
    placed = place(sale)
    assert work(now=placed.expires_at + MINUTE / 2, county_id=None).holds_overdue == 0
    now = placed.expires_at + 2 * MINUTE
    assert work(now=now, county_id=None).holds_overdue == 1
    assert kinds(sale.stall.county_id, now) == {"holds_overdue"}
    assert work(now=now, county_id=sale.stall.county_id + 1).holds_overdue == 0


@pytest.mark.parametrize("state", ["requested", "sent"])
def test_a_refund_that_never_left_is_seen_by_the_county(state: str) -> None:
    sale, order = sale_with_paid()
    trade_operations.refund_order(by=sale.stall.chief, order_id=order.id, reason="", now=later(60))
    Refund.objects.update(state=state)
    assert work(now=later(90), county_id=None).refunds_unsent == 0
    assert work(now=later(60 + 300), county_id=None).refunds_unsent == 1
    assert "refunds_unsent" in kinds(sale.stall.county_id, later(60 + 300))


def test_a_refund_put_off_again_and_again_is_seen_after_a_quarter_of_an_hour() -> None:
    sale, order = sale_with_paid()
    trade_operations.refund_order(by=sale.stall.chief, order_id=order.id, reason="", now=later(60))
    Refund.objects.update(due_at=later(60 + 1200))
    assert work(now=later(60 + 600), county_id=None).refunds_unsent == 0
    assert work(now=later(60 + 1000), county_id=None).refunds_unsent == 1


def test_finished_orders_that_are_not_closed_or_settled_are_seen() -> None:
    sale = make_sale()
    received = make_order(sale, until="received")
    assert received.after_sale_until is not None
    now = received.after_sale_until + 2 * MINUTE
    assert work(now=now, county_id=None).closings_overdue == 1
    trade_operations.close_due(now=now)
    assert work(now=now, county_id=None).lines_unsettled == 0
    late = work(now=now + 2 * MINUTE, county_id=None)
    assert (late.closings_overdue, late.lines_unsettled) == (0, 1)
    settle_due(now=now + 2 * MINUTE)
    assert work(now=now + 3 * MINUTE, county_id=None).waiting == 0


def test_a_job_of_a_worker_that_is_gone_is_counted() -> None:
    sale = make_sale()
    assert work(now=later(0), county_id=None).stuck_jobs == 0
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (task_name, queue_name, status) VALUES ('lost', 'q', 'doing')"
        )
    assert work(now=later(0), county_id=None).stuck_jobs == 1
    assert kinds(sale.stall.county_id, later(0)) == {"stuck_jobs"}
