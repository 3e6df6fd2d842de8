"""A sale goes on while every kind of process is killed and hung; and the report fails when anything was left behind.

One house, one sale for the whole file: it starts a platform of its own and takes a minute and a half, since processes
must die and come back in real time. It is the soak of the ordinary test run; `make soak` goes on for longer.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace

import psycopg
import pytest

from fieldcast.config.temporary import temporary
from fieldcast.rehearsal.kills.house import House
from fieldcast.rehearsal.kills.killer import HANGING, KINDS, Fall, Killer
from fieldcast.rehearsal.kills.report import LONGEST_RECOVERY_S, KillsReport, Tried, kills_in_words
from fieldcast.rehearsal.kills.run import perform, tamper
from fieldcast.rehearsal.run import Performed, judge, look
from tests import ground

pytestmark = pytest.mark.concurrency


@dataclass(frozen=True)
class Rehearsed:
    """A house that stood through its kills, the sale it sold meanwhile, and what was found."""

    house: House
    performed: Performed
    report: KillsReport


def read(rehearsed: Rehearsed) -> KillsReport:
    """The report as it would be made now."""
    with (
        ThreadPoolExecutor() as pool
    ):  # in this thread a browser of an earlier test may keep an event loop running
        report = pool.submit(judge, rehearsed.performed).result()
        invariants = pool.submit(look, rehearsed.performed).result().invariants
    return replace(rehearsed.report, report=report, invariants=invariants)


def in_time(fall: Fall) -> Fall:
    """As on an idle machine: how soon it came back is measured by `make soak`; here only that it did, in a minute."""
    return (
        fall
        if fall.recovered_s is None
        else replace(fall, recovered_s=min(fall.recovered_s, LONGEST_RECOVERY_S))
    )


@pytest.fixture(scope="module")
def rehearsed() -> Iterator[Rehearsed]:
    with temporary(variables={"FIELDCAST_DEMO": "1"}) as env, ground.under(env.home):
        house = House(env, variables={"FIELDCAST_SANDBOX_FAULTS": "mild"})
        try:
            house.start()
            killer = Killer(house, seed=7)
            with ThreadPoolExecutor() as pool:
                performed = pool.submit(perform, house, killer, buyers=36, packs=12, seed=7).result()
                report = KillsReport(
                    report=pool.submit(judge, performed).result(),
                    falls=tuple(in_time(fall) for fall in killer.falls),
                    invariants=pool.submit(look, performed).result().invariants,
                    tamperings=tamper(house),
                    minutes=1.0,
                    rounds=1,
                )
            yield Rehearsed(house, performed, report)
        finally:
            house.stop()


def test_a_sale_is_sold_settled_and_paid_out_although_everything_was_killed(rehearsed: Rehearsed) -> None:
    found = rehearsed.report.to_json()
    assert found["ok"], found["failures"]
    assert all(found["kills"][kind] > 0 for kind in KINDS)
    assert set(found["hung"]) == set(HANGING)
    assert found["sold"] == 12
    assert found["stuck_jobs"] == found["holds_overdue"] == found["refunds_unsent"] == 0
    assert found["payout_over_paid_in_fen"] == 0
    assert found["tamperings"]["tried"] >= 55
    assert found["tamperings"]["unseen"] == 0
    assert found["tamperings"]["refused"] + found["tamperings"]["found"] == found["tamperings"]["tried"]
    assert "It got up again every time." in kills_in_words(rehearsed.report)


LAST = "(SELECT max(id) FROM {})"
# What waits is taken up within seconds, and reading takes as long on a busy machine: rows that someone holds are passed
# over, or waited for.
KEPT_FROM_SWEEPS = (
    "SELECT 1 FROM trade_order ORDER BY id DESC LIMIT 1 FOR UPDATE",
    "SELECT 1 FROM procrastinate_jobs WHERE task_name = 'lost' FOR UPDATE",
)
BROKEN = {
    "stuck_jobs": (
        "INSERT INTO procrastinate_jobs (task_name, queue_name, status) VALUES ('lost', 'q', 'doing')",
        "DELETE FROM procrastinate_jobs WHERE task_name = 'lost'",
    ),
    "holds_overdue": (
        "UPDATE trade_order SET state = 'reserved', expires_at = now() - interval '2 minutes' "
        f"WHERE id = {LAST.format('trade_order')}",
        f"UPDATE trade_order SET state = 'closed' WHERE id = {LAST.format('trade_order')}",
    ),
    "refunds_unsent": (
        "UPDATE trade_refund SET state = 'requested', due_at = now() + interval '5 minutes', "
        f"requested_at = now() - interval '1 hour' WHERE id = {LAST.format('trade_refund')}",
        f"UPDATE trade_refund SET state = 'succeeded' WHERE id = {LAST.format('trade_refund')}",
    ),
    "payout_over_paid_in_fen": (
        "UPDATE settlement_payout SET amount_fen = amount_fen * 10",
        "UPDATE settlement_payout SET amount_fen = amount_fen / 10",
    ),
}


@contextmanager
def broken(house: House, name: str) -> Iterator[None]:
    """Leave behind what a death could, with the database's guards asleep, and take it away afterwards."""
    do, undo = BROKEN[name]
    lines = (house.env.home / "pg" / "postmaster.pid").read_text().splitlines()
    with psycopg.connect(
        host=lines[4].strip(), port=lines[3].strip(), user="postgres", dbname="postgres", autocommit=True
    ) as owner:
        owner.execute("SET session_replication_role = replica")
        owner.execute(do)
        try:
            with owner.transaction():
                for held in KEPT_FROM_SWEEPS:
                    owner.execute(held)
                yield
        finally:
            owner.execute(undo)


@pytest.mark.parametrize("name", BROKEN)
def test_it_fails_when_a_death_left_something_behind(rehearsed: Rehearsed, name: str) -> None:
    with broken(rehearsed.house, name):
        found = read(rehearsed).to_json()
    assert found[name] > 0
    assert not found["ok"]


def test_it_fails_when_a_process_was_not_killed_came_back_late_or_never(rehearsed: Rehearsed) -> None:
    falls = rehearsed.report.falls
    late, never = replace(falls[0], recovered_s=20.5), replace(falls[0], recovered_s=None)
    for changed in (falls[1:2], (*falls, late), (*falls, never)):
        assert not replace(rehearsed.report, falls=tuple(changed)).to_json()["ok"]
    assert replace(rehearsed.report, falls=(*falls, never)).recovered_s is None


def test_it_fails_when_a_tampering_was_seen_by_nobody_or_none_was_tried(rehearsed: Rehearsed) -> None:
    for tried in (Tried(55, 30, 24, ("payouts deleted",)), Tried(0, 0, 0, ())):
        assert not replace(rehearsed.report, tamperings=tried).to_json()["ok"]
