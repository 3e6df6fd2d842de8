"""A worker that is killed, hangs or meets another clock leaves nothing standing still.

These start real workers and wait for them, since what is tested is what a death leaves behind.
"""

import asyncio
import signal
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import psycopg
import pytest
from django.db import connection, transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from fieldcast.kit.jobs import sweeps, worker
from fieldcast.trade.models import Offer, Order
from tests.factories.trade import make_sale, place
from tests.kit.jobs.working import a_worker, jobs, until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.concurrency]
AN_HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _no_jobs_of_other_tests(transactional_db: None) -> None:
    """Django empties its own tables after a test that commits, not those of the queue."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
        cursor.execute("DELETE FROM procrastinate_workers")


def overdue(count: int = 1) -> list[int]:
    """Orders whose time to pay was over an hour ago."""
    sale = make_sale()
    return [place(sale, now=timezone.now() - AN_HOUR).order_id for _ in range(count)]


def expired(order_ids: list[int]) -> bool:
    return set(Order.objects.filter(id__in=order_ids).values_list("state", flat=True)) == {"expired"}


def test_what_a_killed_worker_was_doing_is_done_by_the_next() -> None:
    """Killed while it waits for a row, as in a rush: the sweep runs again at once, its job is gone soon after."""
    order_ids = overdue()
    with a_worker() as killed:
        with transaction.atomic():
            Offer.objects.select_for_update().get()
            until(lambda: jobs("doing", "expire_due") > 0)
            killed.kill()
            killed.wait()
        with a_worker():
            until(lambda: expired(order_ids), seconds=15)
            until(lambda: jobs("doing") == 0 or stalled() == 0, seconds=30)
            assert stalled() == 0


def stalled() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing' AND (worker_id IS NULL OR worker_id NOT IN "
            "(SELECT id FROM procrastinate_workers WHERE last_heartbeat > now() - interval '12 seconds'))"
        )
        return int(cursor.fetchone()[0])


def test_a_worker_whose_job_hangs_ends_by_itself() -> None:
    overdue()
    with transaction.atomic():
        Offer.objects.select_for_update().get()
        with a_worker(longest=1.0) as hung:
            assert hung.wait(30) == worker.HUNG


def test_a_worker_told_to_stop_stops_although_a_job_hangs() -> None:
    overdue()
    with transaction.atomic():
        Offer.objects.select_for_update().get()
        with a_worker() as stopping:
            until(lambda: jobs("doing", "expire_due") > 0)
            stopping.terminate()
            assert stopping.wait(15) in (0, -signal.SIGTERM)


@pytest.mark.parametrize("waiting", [False, True])
def test_a_stalled_job_is_queued_again_or_dropped_when_its_like_waits(
    transactional_db: None, waiting: bool
) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 hour') RETURNING id"
        )
        (dead,) = cursor.fetchone()
        statement = (
            "INSERT INTO procrastinate_jobs (task_name, queue_name, queueing_lock, status, worker_id) "
            "VALUES ('x', 'q', 'x', %s, %s)"
        )
        cursor.execute(statement, ["doing", dead])
        if waiting:
            cursor.execute(statement, ["todo", None])

    async def take_up() -> int:
        with app.replace_connector(app.connector.get_worker_connector()):  # type: ignore[attr-defined]
            async with app.open_async():
                return await worker.take_up_stalled()

    with (
        ThreadPoolExecutor() as apart
    ):  # in this thread a browser of an earlier test may keep an event loop running
        assert apart.submit(asyncio.run, take_up()).result() == 1
    assert (jobs("todo"), jobs("doing"), jobs("aborted")) == (1, 0, 0)


def test_a_sweep_runs_in_one_worker_at_a_time_and_its_lock_ends_with_the_session(
    transactional_db: None,
) -> None:
    named = connection.settings_dict
    other = psycopg.connect(host=named["HOST"], dbname=named["NAME"], user=named["USER"], autocommit=True)
    other.execute("SELECT pg_advisory_lock(hashtext('fieldcast.sweep'), hashtext('a.sweep'))")
    with sweeps.only_run("a.sweep") as free:
        assert not free
    other.close()

    def is_free() -> bool:
        with sweeps.only_run("a.sweep") as free:
            return free

    until(is_free, seconds=5)
    assert is_free()  # given back by the run before


def test_a_sweep_of_two_runs_in_two_workers_at_once_and_in_no_third(transactional_db: None) -> None:
    named = connection.settings_dict
    with (
        psycopg.connect(host=named["HOST"], dbname=named["NAME"], user=named["USER"]) as other,
        sweeps.one_of("a.sweep.of.two", 2) as free,
    ):
        assert free
        take = "SELECT pg_try_advisory_lock(hashtext('fieldcast.sweep'), hashtext(%s))"
        assert other.execute(take, ["a.sweep.of.two"]).fetchone() == (False,)
        assert other.execute(take, ["a.sweep.of.two 2"]).fetchone() == (True,)
    with sweeps.one_of("a.sweep.of.two", 2) as free:
        assert free


def moments(*, since: int | None, until_: float) -> list[int]:
    tasks = app.periodic_registry.periodic_tasks.values()
    task = next(each for each in tasks if each.task.name.endswith("expire_due"))  # every two seconds
    return list(worker._Moments(registry=app.periodic_registry).get_timestamps(task, since, until_))


@pytest.mark.parametrize(
    "jump", [-86_400, -2, 86_400, 40_000_000], ids=["a day back", "a little", "a day", "a year"]
)
def test_after_a_clock_that_jumped_each_sweep_is_due_once_and_at_once(jump: int) -> None:
    now = 1_790_000_001
    (last,) = moments(since=None, until_=now)
    assert moments(since=last, until_=now) == []
    (after,) = moments(since=last, until_=now + jump)
    assert 0 <= now + jump - after <= 60
