"""Floods of forged notices: the first of an hour are kept, the others counted, all of it ends; no true one waits."""

import importlib
import pkgutil
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from fieldcast.trade import migrations, operations, queries, tasks
from fieldcast.trade.models import ForgedNotice, NoticeCount, PaymentNotice
from fieldcast.trade.payments.forged.types import KEPT_AN_HOUR, KEPT_FOR
from fieldcast.trade.payments.notices import TWINS_KEPT
from fieldcast.trade.types import NoticeOutcome
from tests.factories.accounts import NOW
from tests.factories.trade import later, make_sale, paid_notice, place, send_notice, signed

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def forge(times: int, *, seconds: float = 0, body: bytes = b"{}") -> None:
    for _ in range(times):
        assert (
            operations.receive_notice(provider="sandbox", headers={}, body=body, now=later(seconds))
            == NoticeOutcome.REJECTED
        )


def test_past_the_first_hundred_of_an_hour_forged_notices_are_counted() -> None:
    forge(KEPT_AN_HOUR + 140, body=b"x" * 60_000)
    forge(1, seconds=30)
    assert ForgedNotice.objects.count() == KEPT_AN_HOUR
    assert max(len(row.body) for row in ForgedNotice.objects.all()) == 500
    (row,) = NoticeCount.objects.all()
    assert (row.count, row.first_at, row.last_at) == (141, NOW, later(30))
    (run,) = queries.forged_notices()
    assert (run.provider, run.count, run.kept) == ("sandbox", KEPT_AN_HOUR + 141, KEPT_AN_HOUR)
    assert (run.first_at, run.last_at, run.reasons) == (NOW, later(30), {"malformed": KEPT_AN_HOUR + 141})
    assert not PaymentNotice.objects.exists()


def test_the_next_hours_first_ones_are_kept_again_and_a_day_later_none_are_told() -> None:
    forge(KEPT_AN_HOUR + 1)
    forge(2, seconds=HOUR.total_seconds())
    assert ForgedNotice.objects.count() == KEPT_AN_HOUR + 2
    assert [run.count for run in queries.forged_notices(since=NOW + HOUR)] == [2]
    assert queries.forged_notices(since=NOW + 2 * HOUR) == ()


def test_a_flood_of_forged_notices_hides_no_true_one() -> None:
    sale = make_sale()
    forge(KEPT_AN_HOUR + 5)
    assert send_notice(paid_notice(place(sale).order_id)) == NoticeOutcome.APPLIED
    (shown,) = queries.notices(county_id=sale.stall.county_id)
    assert shown.outcome == NoticeOutcome.APPLIED
    counts = queries.notice_counts(county_id=sale.stall.county_id)
    assert (counts[NoticeOutcome.APPLIED], counts[NoticeOutcome.REJECTED]) == (1, KEPT_AN_HOUR + 5)


def test_a_storm_of_one_true_notice_is_counted_past_its_first_twins() -> None:
    sale = make_sale()
    content = paid_notice(place(sale).order_id)
    assert send_notice(content) == NoticeOutcome.APPLIED
    for _ in range(TWINS_KEPT + 7):
        assert send_notice(content) == NoticeOutcome.DUPLICATE
    assert PaymentNotice.objects.count() == 1 + TWINS_KEPT
    assert [(row.outcome, row.count, row.reference) for row in NoticeCount.objects.all()] == [
        ("duplicate", 7, content["reference"])
    ]
    assert queries.session_payments(session_id=sale.session.id).notified_twice == TWINS_KEPT + 7
    counts = queries.notice_counts(county_id=sale.stall.county_id)
    assert counts[NoticeOutcome.DUPLICATE] == TWINS_KEPT + 7
    other = make_sale()
    assert queries.notice_counts(county_id=other.stall.county_id)[NoticeOutcome.DUPLICATE] == 0


def test_a_signature_is_checked_however_many_were_forged_before_it() -> None:
    sale = make_sale()
    content = paid_notice(place(sale).order_id)
    _headers, body = signed(content)
    forge(KEPT_AN_HOUR + 20, body=body)
    assert send_notice(content) == NoticeOutcome.APPLIED


@pytest.fixture
def long_ago() -> None:
    """Forged notices and their counts from just before and just after their end.

    The database's clock stands at the beginning of the transaction, which a slow run may be minutes into.
    """
    over = timezone.now() - KEPT_FOR
    for at in (over - timedelta(hours=1), over + timedelta(hours=1)):
        ForgedNotice.objects.create(provider="sandbox", reason="stale", received_at=at)
        for outcome in ("rejected", "duplicate"):
            NoticeCount.objects.create(
                provider="sandbox", outcome=outcome, hour=at, shard=0, count=5, first_at=at, last_at=at
            )


def test_what_was_kept_of_forged_notices_ends_in_time_and_twins_of_true_ones_stay(long_ago: None) -> None:
    assert tasks.end_forged(0) == 2
    assert (ForgedNotice.objects.count(), NoticeCount.objects.count()) == (1, 3)
    assert tasks.end_forged(0) == 0


def test_the_task_runs_every_hour_without_a_lock_that_could_outlive_its_worker() -> None:
    periodic = {found.task.name: found for found in app.periodic_registry.periodic_tasks.values()}
    found = periodic["fieldcast.trade.tasks.end_forged"]
    times = found.croniter
    first, second = (times.get_next(ret_type=float) for _ in range(2))
    assert second - first == HOUR.total_seconds()
    assert (found.task.queueing_lock, found.task.lock) == ("trade.end_forged", None)


@pytest.mark.parametrize(
    "hand",
    [
        lambda: ForgedNotice.objects.order_by("-id")[0].delete(),
        lambda: ForgedNotice.objects.update(reason="nothing"),
        lambda: ForgedNotice.objects.order_by("id").update(received_at=NOW - timedelta(days=900)),
        lambda: NoticeCount.objects.update(count=1),
        lambda: NoticeCount.objects.update(count=9, outcome="duplicate", reason="x"),
        lambda: NoticeCount.objects.filter(outcome="duplicate").delete(),
        lambda: NoticeCount.objects.order_by("-id").filter(outcome="rejected")[0].delete(),
        lambda: connection.cursor().execute("TRUNCATE trade_forgednotice"),
        lambda: connection.cursor().execute("TRUNCATE trade_noticecount"),
        lambda: PaymentNotice.objects.create(provider="sandbox", outcome="rejected", received_at=NOW),
    ],
)
def test_the_database_itself_keeps_them_until_then(long_ago: None, hand: Callable[[], object]) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        hand()


def test_forged_notices_of_before_move_out_from_among_the_true_ones() -> None:
    send_notice(paid_notice(place(make_sale()).order_id))
    (name,) = [
        one.name for one in pkgutil.iter_modules(migrations.__path__) if one.name.endswith("forged_notices")
    ]
    moving = importlib.import_module(f"fieldcast.trade.migrations.{name}")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE trade_paymentnotice DROP CONSTRAINT notice_outcome_known")
        PaymentNotice.objects.bulk_create(
            PaymentNotice(
                provider="sandbox",
                outcome="rejected",
                reason="stale",
                body="x" * 4000,
                received_at=later(number),
            )
            for number in range(KEPT_AN_HOUR + 3)
        )
        cursor.execute(moving.OUT)
    assert [row.outcome for row in PaymentNotice.objects.all()] == ["applied"]
    assert (ForgedNotice.objects.count(), ForgedNotice.objects.latest("id").received_at) == (100, later(99))
    (run,) = queries.forged_notices()
    assert (run.count, run.first_at, run.last_at) == (KEPT_AN_HOUR + 3, NOW, later(KEPT_AN_HOUR + 2))
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        PaymentNotice.objects.all().delete()
