"""Histories are computed again by themselves: what is new at once, the rest in turn; lists read what was found."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django import app

from fieldcast.accounts.types import OrganisationKind, OrganisationRef
from fieldcast.catalog.types import LotView
from fieldcast.trace import queries, tasks
from fieldcast.trace.models import CheckedHistory
from fieldcast.trace.operations import check_histories
from fieldcast.trace.types import Checked, EventKind
from tests.factories.accounts import NOW, make_county, make_organisation
from tests.factories.catalog import make_lot
from tests.factories.guards import behind_its_back
from tests.factories.trace import make_event

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
CHANGE = "UPDATE trace_lotevent SET at = at - interval '1 day' WHERE lot_id = %s AND sequence = 2"
CUT = "DELETE FROM trace_lotevent WHERE lot_id = %s AND sequence = 3"


@pytest.fixture
def lot() -> LotView:
    lot = make_lot(cooperative=make_organisation(county_id=make_county(), kind=OrganisationKind.COOPERATIVE))
    for kind in (EventKind.GRADED, EventKind.STORED):
        make_event(lot, kind)
    return lot


def found(lot: LotView) -> Checked:
    """What lists of the lot's county are told."""
    return queries.checked(county_id=lot.county_id)


def test_a_lot_nobody_looked_at_waits_and_one_that_holds_is_known_to(lot: LotView) -> None:
    assert found(lot) == Checked(broken=(), since=None, waiting=1)
    assert check_histories(now=NOW) == 1
    assert found(lot) == Checked(broken=(), since=NOW, waiting=0)
    assert CheckedHistory.objects.get(lot_id=lot.id).sequence == 3


def test_what_is_new_is_checked_from_the_height_on(lot: LotView) -> None:
    check_histories(now=NOW)
    behind_its_back(CHANGE, lot.id)
    make_event(lot, EventKind.STORED)
    assert check_histories(now=NOW) == 1  # at the same time: no history's turn to be read as a whole
    assert found(lot).broken == ()
    assert CheckedHistory.objects.get(lot_id=lot.id).sequence == 4
    behind_its_back("UPDATE trace_lotevent SET facts = '{}' WHERE lot_id = %s AND sequence = 4", lot.id)
    make_event(lot, EventKind.GRADED)
    behind_its_back("UPDATE trace_lotevent SET facts = '{}' WHERE lot_id = %s AND sequence = 5", lot.id)
    check_histories(now=NOW)
    assert found(lot).broken == (lot.id,)
    assert CheckedHistory.objects.get(lot_id=lot.id).broken_at == 5


@pytest.mark.parametrize(("statement", "at"), [(CHANGE, 2), (CUT, 3)])
def test_what_was_changed_below_the_height_is_found_in_turn(lot: LotView, statement: str, at: int) -> None:
    check_histories(now=NOW)
    behind_its_back(statement, lot.id)
    check_histories(now=NOW + MINUTE)
    assert found(lot).broken == (lot.id,)
    assert CheckedHistory.objects.get(lot_id=lot.id).broken_at == at
    check_histories(now=NOW + 2 * MINUTE)
    assert found(lot).broken == (lot.id,)  # a second look does not take the break for the new state


def test_what_was_put_back_holds_again(lot: LotView) -> None:
    behind_its_back(CHANGE, lot.id)
    check_histories(now=NOW)
    assert found(lot).broken == (lot.id,)
    behind_its_back(CHANGE.replace("- interval", "+ interval"), lot.id)
    check_histories(now=NOW + MINUTE)
    assert found(lot) == Checked(broken=(), since=NOW + MINUTE, waiting=0)


def test_the_longest_unchecked_come_first_and_no_more_than_asked(lot: LotView) -> None:
    others = [make_lot(cooperative=_cooperative(lot)) for _number in range(2)]
    for minute in range(3):
        assert check_histories(now=NOW + minute * MINUTE, limit=1) <= 2
    assert found(lot).waiting == 0
    times = dict(CheckedHistory.objects.values_list("lot_id", "checked_at"))
    for minute in range(3, 6):
        check_histories(now=NOW + minute * MINUTE, limit=1)
    later = dict(CheckedHistory.objects.values_list("lot_id", "checked_at"))
    assert set(later) == {lot.id, *(one.id for one in others)}
    assert all(later[lot_id] > at for lot_id, at in times.items())


def test_another_countys_histories_are_not_told(lot: LotView) -> None:
    behind_its_back(CHANGE, lot.id)
    check_histories(now=NOW)
    assert queries.checked(county_id=make_county("别的县")) == Checked(broken=(), since=None, waiting=0)


def test_lists_ask_as_often_for_many_lots_as_for_one(lot: LotView) -> None:
    counts = []
    for _round in range(2):
        check_histories(now=NOW)
        with CaptureQueriesContext(connection) as asked:
            found(lot)
        counts.append(len(asked))
        make_lot(cooperative=_cooperative(lot))
        make_lot(cooperative=_cooperative(lot))
    assert counts == [3, 3]


def test_the_workers_look_every_minute(lot: LotView) -> None:
    periodic = {one.task.name: one for one in app.periodic_registry.periodic_tasks.values()}
    times = periodic["fieldcast.trace.tasks.check_histories"].croniter
    assert times.get_next(ret_type=float) - times.get_next(ret_type=float) == -MINUTE.total_seconds()
    assert tasks.check_histories(0) == 1


def _cooperative(lot: LotView) -> OrganisationRef:
    return make_organisation(county_id=lot.county_id, kind=OrganisationKind.COOPERATIVE)
