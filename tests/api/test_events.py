"""What the API takes as facts of a lot is what the pages take, and it refuses alike."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from fieldcast.catalog import queries as catalog
from fieldcast.catalog.types import LotState
from fieldcast.trace import facts
from fieldcast.trace import queries as trace
from fieldcast.trace.facts.base import Speaker
from fieldcast.trace.types import EventKind
from tests.api.test_api import call
from tests.factories.accounts import NOW
from tests.factories.market import Stall, make_stall
from tests.factories.trace import SAID
from tests.web.shared.desk import make_officer

pytestmark = pytest.mark.django_db
PEOPLES = [
    kind for kind, cls in facts.KINDS.items() if cls.said_by == Speaker.SELLER and kind != EventKind.CORRECTED
]
PLATFORMS = [kind for kind, cls in facts.KINDS.items() if cls.said_by == Speaker.PLATFORM]


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The platform's clock stands at the factories' `NOW`."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def stall() -> Stall:
    return make_stall()


def send(stall: Stall, kind: EventKind, said: Mapping[str, Any] | None = None, **more: Any) -> Any:
    """Send an event of the stall's lot as its chief."""
    body = {"kind": kind.value, "at": NOW.isoformat(), "facts": SAID[kind] if said is None else said, **more}
    return call(stall.chief, "POST", f"/lots/{stall.lot.id}/events", body)


def written(stall: Stall) -> int:
    """How many records the lot has."""
    history = trace.history(lot_id=stall.lot.id)
    assert history.intact
    return len(history.events)


@pytest.mark.parametrize("kind", PEOPLES)
def test_facts_of_the_cooperative_are_taken_as_they_were(stall: Stall, kind: EventKind) -> None:
    answer = send(stall, kind)
    assert (answer.status_code, answer.json()) == (201, {"sequence": 2})
    event = call(stall.chief, "GET", f"/lots/{stall.lot.id}/events").json()["events"][-1]
    assert (event["kind"], event["facts"]) == (kind.value, SAID[kind])


@pytest.mark.parametrize("kind", PLATFORMS)
def test_nobody_says_what_the_platform_writes_itself(stall: Stall, kind: EventKind) -> None:
    answer = send(stall, kind)
    assert (answer.status_code, answer.json()["code"]) == (403, "not_yours_to_say")
    assert written(stall) == 1


@pytest.mark.parametrize(
    ("kind", "changes", "code", "field"),
    [
        (EventKind.GRADED, {"unit": "kg"}, "bad_fact", "unit"),
        (EventKind.GRADED, {"unit": "liang"}, "wrong_unit", "unit"),
        (EventKind.GRADED, {"received": 1001}, "more_than_harvested", "received"),
        (EventKind.GRADED, {"sorted_out": 821}, "more_than_came_in", "sorted_out"),
        (EventKind.STORED, {"celsius": "36 F"}, "bad_fact", "celsius"),
        (EventKind.TREATED, {"interval_days": "2 weeks"}, "bad_fact", "interval_days"),
        (EventKind.TREATED, {"agent": "吡虫啉"}, "unknown_fact", "agent"),
        (EventKind.INSPECTED, {"residue": "above limits"}, "residues_above_limits", "result"),
        (EventKind.INSPECTED, {"residue": "detected"}, "bad_fact", "residue"),
        (EventKind.PLANTED, {"plot": "别人的园"}, "unknown_fact", "plot"),
    ],
)
def test_what_a_form_would_refuse_the_api_refuses_by_the_name_of_the_field(
    stall: Stall, kind: EventKind, changes: Mapping[str, Any], code: str, field: str
) -> None:
    answer = send(stall, kind, {**SAID[kind], **changes})
    refused = answer.json()
    assert answer.status_code == 400
    assert (refused["code"], refused["facts"]["field"]) == (code, field)
    assert refused["message"]
    assert refused["next_step"]
    assert written(stall) == 1


def test_a_fact_that_is_missing_is_named(stall: Stall) -> None:
    answer = send(stall, EventKind.INSPECTED, {"result": "pass"}).json()
    assert (answer["code"], answer["facts"]["field"]) == ("missing_fact", "residue")


@pytest.mark.parametrize("kind", PEOPLES)
def test_nothing_is_taken_before_it_has_happened(stall: Stall, kind: EventKind) -> None:
    answer = send(stall, kind, at=(NOW + timedelta(days=23_000)).isoformat())
    assert (answer.status_code, answer.json()["code"]) == (422, "future_event")
    assert written(stall) == 1


@pytest.mark.parametrize("kind", [*PEOPLES, EventKind.CORRECTED])
def test_another_cooperatives_lot_is_not_there(stall: Stall, kind: EventKind) -> None:
    other = make_stall()
    body = {"kind": kind.value, "at": NOW.isoformat(), "facts": SAID[kind]}
    answer = call(stall.chief, "POST", f"/lots/{other.lot.id}/events", body)
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert written(other) == 1


def test_a_correction_is_a_record_of_its_own(stall: Stall) -> None:
    send(stall, EventKind.STORED)
    stored = trace.history(lot_id=stall.lot.id).events[-1].id
    assert send(stall, EventKind.CORRECTED, corrects=stored).status_code == 201
    refused = send(stall, EventKind.CORRECTED, {"kelvin": 274}, corrects=stored)
    assert refused.json()["code"] == "unknown_fact"


def test_a_failed_test_stops_the_lot(stall: Stall) -> None:
    assert send(stall, EventKind.INSPECTED, {"result": "fail", "residue": "above limits"}).status_code == 201
    assert call(stall.chief, "GET", f"/lots/{stall.lot.id}").json()["state"] == "stopped"


def test_seller_and_authority_stop_and_resume_for_a_reason(stall: Stall) -> None:
    officer = make_officer(stall.county_id)
    for person in (stall.chief, officer):
        stopped = call(person, "POST", f"/lots/{stall.lot.id}/stop", {"reason": "买家说有异味"})
        assert (stopped.status_code, stopped.json()["state"]) == (200, "stopped")
        resumed = call(person, "POST", f"/lots/{stall.lot.id}/resume", {"reason": "查过了"})
        assert (resumed.status_code, resumed.json()["state"]) == (200, "open")
    assert written(stall) == 5


@pytest.mark.parametrize(
    ("body", "code"), [(None, "invalid_request"), ({}, "invalid_request"), ({"reason": " "}, "reason_needed")]
)
def test_without_a_reason_nothing_is_stopped(stall: Stall, body: Any, code: str) -> None:
    answer = call(stall.chief, "POST", f"/lots/{stall.lot.id}/stop", body)
    assert answer.json()["code"] == code
    assert catalog.lot(lot_id=stall.lot.id).state == LotState.OPEN


def test_a_stranger_stops_nothing(stall: Stall) -> None:
    answer = call(stall.presenter, "POST", f"/lots/{stall.lot.id}/stop", {"reason": "异味"})
    assert answer.status_code == 404
