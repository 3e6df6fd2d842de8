"""Was a lot tested, and did it pass? The latest test decides."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from fieldcast.trace import queries
from fieldcast.trace.types import EventKind
from fieldcast.trace.verdict import Outcome, Verdict, verdict
from tests.factories.accounts import NOW
from tests.factories.market import Stall, make_stall
from tests.factories.trace import make_event, make_old_event

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
LATER = NOW + 3 * HOUR
PASS = {"result": "pass", "residue": "not detected"}
FAIL = {"result": "fail", "residue": "above limits"}


@pytest.fixture
def stall() -> Stall:
    return make_stall()


def judged(stall: Stall) -> Verdict:
    """The verdict, which is one whether it is read from the history or for many lots at once."""
    found = queries.verdicts(lot_ids=[stall.lot.id])[stall.lot.id]
    assert verdict(queries.history(lot_id=stall.lot.id).events) == found
    return found


def inspect(stall: Stall, said: Mapping[str, Any], *, hours: int = 0, corrects: int | None = None) -> int:
    """A test so many hours from now; returns the event's id."""
    at = NOW + hours * HOUR
    make_event(stall.lot, EventKind.INSPECTED, said, at=at, now=LATER, corrects=corrects)
    events = queries.history(lot_id=stall.lot.id).events
    return [event.id for event in events if event.kind == EventKind.INSPECTED][-1]


def test_a_lot_without_a_test_is_untested(stall: Stall) -> None:
    make_event(stall.lot, EventKind.STORED)
    assert judged(stall) == Verdict(Outcome.UNTESTED)
    assert not judged(stall).tested


def test_a_lot_that_was_tested_again_and_passed_is_passed(stall: Stall) -> None:
    inspect(stall, FAIL)
    assert judged(stall).failed
    inspect(stall, PASS, hours=1)
    assert judged(stall).passed


def test_a_test_that_is_written_down_late_counts_by_its_own_time(stall: Stall) -> None:
    inspect(stall, PASS, hours=2)
    inspect(stall, FAIL, hours=1)
    assert judged(stall).passed


def test_of_two_tests_at_one_time_the_one_written_last_counts(stall: Stall) -> None:
    inspect(stall, PASS)
    inspect(stall, FAIL)
    assert judged(stall).failed


def test_a_corrected_test_counts_as_corrected(stall: Stall) -> None:
    test = inspect(stall, PASS)
    make_event(stall.lot, EventKind.CORRECTED, FAIL, corrects=test)
    assert judged(stall).failed


def test_a_test_that_replaces_another_is_the_only_one(stall: Stall) -> None:
    wrong = inspect(stall, FAIL, hours=2)
    inspect(stall, PASS, hours=1, corrects=wrong)
    assert judged(stall).passed


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ({"result": "合格"}, Outcome.PASSED),
        ({"result": "OK", "residue": "detected"}, Outcome.PASSED),
        ({"result": "failed"}, Outcome.FAILED),
        ({"result": "fail", "residue": "detected"}, Outcome.FAILED),
        ({"result": "pass", "residue": "above limits"}, Outcome.FAILED),
        ({"residue": "not detected"}, Outcome.UNCLEAR),
        ({"result": 7}, Outcome.UNCLEAR),
        ({}, Outcome.UNCLEAR),
    ],
)
def test_tests_of_before_are_read(stall: Stall, said: Mapping[str, Any], outcome: Outcome) -> None:
    make_old_event(stall.lot, EventKind.INSPECTED, said)
    assert judged(stall).outcome == outcome
    assert judged(stall).tested


def test_lots_are_judged_in_one_statement(stall: Stall, django_assert_num_queries: Any) -> None:
    other = make_stall()
    inspect(stall, PASS)
    inspect(other, FAIL)
    with django_assert_num_queries(1):
        found = queries.verdicts(lot_ids=[stall.lot.id, other.lot.id])
    assert found[stall.lot.id].passed
    assert found[other.lot.id].failed
