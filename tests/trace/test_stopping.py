"""A lot's sale is stopped and resumed by its seller or the authority, for a reason that everyone can read."""

from datetime import timedelta

import pytest

from fieldcast.accounts.types import OrganisationKind, Role
from fieldcast.catalog import queries as catalog
from fieldcast.catalog.operations import set_lot_state
from fieldcast.catalog.types import LotState
from fieldcast.kit.errors import NotFound, Problem
from fieldcast.trace import operations, queries
from fieldcast.trace.facts.stopped import TEST_NOT_PASSED
from fieldcast.trace.types import EventKind, EventView
from tests.factories.accounts import NOW, make_county, make_member, make_organisation, make_person
from tests.factories.market import Stall, make_stall
from tests.factories.trace import make_event

pytestmark = pytest.mark.django_db
FAIL = {"result": "fail", "residue": "above limits"}
PASS = {"result": "pass", "residue": "not detected"}


@pytest.fixture
def stall() -> Stall:
    return make_stall()


def make_officer(county_id: int) -> object:
    """Someone of the county's authority."""
    office = make_organisation(county_id=county_id, kind=OrganisationKind.AUTHORITY, name="县市监局")
    return make_member(organisation=office)


def stop(stall: Stall, by: object, reason: str = "买家说有异味") -> None:
    """Stop the stall's lot."""
    operations.stop_lot(by=by, lot_id=stall.lot.id, reason=reason, now=NOW)  # type: ignore[arg-type]  # a person


def resume(stall: Stall, by: object, reason: str = "查过了") -> None:
    """Resume the stall's lot."""
    operations.resume_lot(by=by, lot_id=stall.lot.id, reason=reason, now=NOW)  # type: ignore[arg-type]  # a person


def events(stall: Stall) -> tuple[EventView, ...]:
    """What was written after the harvest."""
    history = queries.history(lot_id=stall.lot.id)
    assert history.intact
    return history.events[1:]


def state(stall: Stall) -> LotState:
    """The lot's state."""
    return catalog.lot(lot_id=stall.lot.id).state


def test_the_seller_stops_and_resumes_and_both_are_written_down(stall: Stall) -> None:
    stop(stall, stall.chief)
    assert state(stall) == LotState.STOPPED
    resume(stall, stall.chief)
    assert state(stall) == LotState.OPEN
    assert [(event.kind, event.facts, event.actor) for event in events(stall)] == [
        (EventKind.STOPPED, {"reason": "买家说有异味"}, "青山合作社"),
        (EventKind.RESUMED, {"reason": "查过了"}, "青山合作社"),
    ]


def test_the_authority_stops_and_resumes_in_its_own_name(stall: Stall) -> None:
    officer = make_officer(stall.county_id)
    stop(stall, officer)
    resume(stall, officer)
    assert [event.actor for event in events(stall)] == ["县市监局", "县市监局"]


def test_nobody_else_stops_or_resumes(stall: Stall) -> None:
    strangers = [
        make_person(county_id=stall.county_id),
        make_stall().chief,
        make_officer(make_county()),
        make_member(organisation=stall.cooperative, role=Role.STAFF),
        stall.presenter,
    ]
    for person in strangers:
        with pytest.raises(NotFound):
            stop(stall, person)
    stop(stall, stall.chief)
    for person in strangers:
        with pytest.raises(NotFound):
            resume(stall, person)
    assert state(stall) == LotState.STOPPED


@pytest.mark.parametrize("reason", ["", "  ", "长" * 201, "a\x07"])
def test_a_reason_is_needed(stall: Stall, reason: str) -> None:
    for change in (stop, resume):
        with pytest.raises(Problem) as refused:
            change(stall, stall.chief, reason)
        assert refused.value.code == "reason_needed"
    assert events(stall) == ()


def test_stopping_twice_is_harmless(stall: Stall) -> None:
    stop(stall, stall.chief)
    stop(stall, stall.chief, "再停一次")
    assert len(events(stall)) == 1


def test_only_what_is_stopped_is_resumed(stall: Stall) -> None:
    with pytest.raises(Problem) as refused:
        resume(stall, stall.chief)
    assert (refused.value.code, refused.value.status) == ("lot_not_stopped", 409)


def test_what_is_finished_is_neither_stopped_nor_resumed(stall: Stall) -> None:
    set_lot_state(lot_id=stall.lot.id, state=LotState.FINISHED)
    for change, code in ((stop, "lot_finished"), (resume, "lot_not_stopped")):
        with pytest.raises(Problem) as refused:
            change(stall, stall.chief)
        assert refused.value.code == code
    assert state(stall) == LotState.FINISHED


def test_what_the_authority_stopped_its_seller_does_not_resume(stall: Stall) -> None:
    officer = make_officer(stall.county_id)
    stop(stall, stall.chief)
    stop(stall, officer, "抽查")
    stop(stall, officer, "抽查")
    assert [event.actor for event in events(stall)] == ["青山合作社", "县市监局"]
    with pytest.raises(Problem) as refused:
        resume(stall, stall.chief)
    assert refused.value.code == "stopped_by_authority"
    resume(stall, officer)
    assert state(stall) == LotState.OPEN


def test_a_failed_test_stops_the_lot_by_itself(stall: Stall) -> None:
    make_event(stall.lot, EventKind.INSPECTED, FAIL, by=stall.chief)
    assert state(stall) == LotState.STOPPED
    last = events(stall)[-1]
    assert (last.kind, last.facts, last.actor) == (EventKind.STOPPED, {"reason": TEST_NOT_PASSED}, "")


def test_a_test_that_is_corrected_into_a_failed_one_stops_the_lot(stall: Stall) -> None:
    make_event(stall.lot, EventKind.INSPECTED, PASS, by=stall.chief)
    test = events(stall)[-1].id
    make_event(stall.lot, EventKind.CORRECTED, FAIL, by=stall.chief, corrects=test)
    assert state(stall) == LotState.STOPPED


def test_a_failed_test_of_a_stopped_lot_is_written_down_alone(stall: Stall) -> None:
    stop(stall, stall.chief)
    make_event(stall.lot, EventKind.INSPECTED, FAIL, by=stall.chief)
    assert [event.kind for event in events(stall)] == [EventKind.STOPPED, EventKind.INSPECTED]


def test_a_lot_whose_latest_test_failed_is_resumed_after_another_was_passed(stall: Stall) -> None:
    make_event(stall.lot, EventKind.INSPECTED, FAIL, by=stall.chief)
    for person in (stall.chief, make_officer(stall.county_id)):
        with pytest.raises(Problem) as refused:
            resume(stall, person)
        assert refused.value.code == "test_not_passed"
    later = NOW + timedelta(minutes=1)
    make_event(stall.lot, EventKind.INSPECTED, PASS, by=stall.chief, at=later, now=later)
    resume(stall, stall.chief)
    assert state(stall) == LotState.OPEN
