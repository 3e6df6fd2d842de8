"""Hostile text in every field of every form and every query of a page, and the headers that every page carries.

Which fields a page reads is not written down anywhere: the page is knocked at once as the doors are, while we listen to
what it looks for in what was sent.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import pytest
from django.db import transaction
from django.http import QueryDict
from django.test import Client

from fieldcast.web.headers import CARRIER_POLICY, POLICY, STUDIO_POLICY
from tests.flows.doors.asked import Ask
from tests.flows.doors.asks import ask, fill
from tests.flows.doors.lines import PAGES
from tests.flows.doors.scene import Scene
from tests.flows.doors.table import ROLES, Door, doors
from tests.flows.test_every_door import report
from tests.web.shared.desk import ENGLISH, browser

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
FORM = "application/x-www-form-urlencoded"
# As they are sent: a NUL; half a surrogate pair and no UTF-8, more digits than Python reads.
NUL, OTHERS = "a%00b", ("%ED%A0%80%FF%FE", "9" * 4400)
TABLE = [door for door in doors(PAGES) if door.open_to]
UNREAD = frozenset({"csrfmiddlewaretoken"})


class Knocker:
    """Someone who may enter, at one door, again and again; whatever is changed is undone."""

    def __init__(self, scene: Scene, door: Door) -> None:
        role = next(role for role in (*ROLES[1:], "visitor") if role in door.open_to)
        self.door, self.ask = door, ask(scene, role, door)
        self.client = browser(scene.person(role)) if role != "visitor" else Client(headers=ENGLISH)
        self.client.raise_request_exception = False

    def knock(self, **changed: str) -> Any:
        """Ask with some fields changed, each as it is sent."""
        fields = {**_sent(self.ask, self.door), **changed}
        text = "&".join(f"{quote(name)}={value}" for name, value in fields.items())
        path = fill(self.door.address, self.ask.path)
        with transaction.atomic():
            self.ask.before()
            if self.door.method == "GET":
                answer = self.client.get(f"{path}?{text}")
            else:
                answer = self.client.generic(self.door.method, path, text, content_type=FORM)
            transaction.set_rollback(True)
        return answer


def _sent(asked: Ask, door: Door) -> dict[str, str]:
    usual = asked.query if door.method == "GET" else asked.send
    flat = {name: value[0] if isinstance(value, list) else value for name, value in usual.items()}
    return {name: quote(str(value)) for name, value in flat.items() if not hasattr(value, "read")}


@dataclass(frozen=True)
class Visit:
    """What a page answered at a first, honest knock, and the names it looked for in what it was sent."""

    knocker: Knocker
    answer: Any
    names: frozenset[str]


@pytest.fixture(scope="module")
def visits(scene: Scene) -> dict[Door, Visit]:
    """Every door, knocked at once by someone who may enter."""
    return {door: _visit(Knocker(scene, door)) for door in TABLE}


def _visit(knocker: Knocker) -> Visit:
    names: set[str] = set()

    def listening(method: Any) -> Any:
        def heard(data: QueryDict, name: Any, *rest: Any, **more: Any) -> Any:
            names.add(str(name))
            return method(data, name, *rest, **more)

        return heard

    with pytest.MonkeyPatch.context() as patch:
        for method in ("get", "getlist", "__getitem__", "__contains__"):
            patch.setattr(QueryDict, method, listening(getattr(QueryDict, method)))
        answer = knocker.knock()
    return Visit(knocker, answer, frozenset(names - UNREAD))


def tries(visits: Mapping[Door, Visit]) -> Iterator[tuple[str, Any]]:
    """A NUL in each field of a form by itself, so that no other hides it, and in each name of a query once in each
    room; all the rest in all fields at once, a NUL too where it was not in each. Pages of a room that read the same
    names, most of them no more than whose organisation it is about, read them in one place: the first of them is asked.
    """
    tried: set[Any] = set()
    for door, visit in visits.items():
        room, is_form = door.address.split("/")[1], door.method != "GET"
        alone = {name for name in visit.names if is_form or (room, name) not in tried}
        if not visit.names or (not is_form and (room, visit.names) in tried):
            continue
        tried |= {(room, visit.names), *((room, name) for name in alone)}
        for name in sorted(alone):
            yield f"{door} {name}", visit.knocker.knock(**{name: NUL})
        for value in OTHERS if alone == visit.names else (NUL, *OTHERS):
            yield f"{door} all", visit.knocker.knock(**dict.fromkeys(visit.names, value))


def test_no_text_in_any_field_of_any_page_breaks_it(visits: Mapping[Door, Visit]) -> None:
    answers = [(where, answer.status_code) for where, answer in tries(visits)]
    report("Pages that a text breaks", {f"{where}: {status}" for where, status in answers if status >= 500})
    assert len(answers) > 250


def test_a_page_is_listened_to_while_it_reads(visits: Mapping[Door, Visit]) -> None:
    read = {str(door): visit.names for door, visit in visits.items()}
    assert {"recipient", "phone", "line"} <= read["POST /me/addresses/new/"]
    assert {"page", "q"} <= read["GET /lots/"]


def test_what_is_behind_a_door_is_kept_by_no_cache_and_what_is_everyones_is_as_it_was(
    visits: Mapping[Door, Visit],
) -> None:
    wrong = set()
    for door, visit in visits.items():
        said = visit.answer.headers.get("Cache-Control", "")
        if set(door.open_to) != set(ROLES) and "no-store" not in said:
            wrong.add(f"{door}: {said or 'says nothing'}")
        if str(door) in ("GET /", "GET /lots/", "GET /lots/<int:lot_id>/", "GET /lab/") and said:
            wrong.add(f"{door}: {said}")
    report("Pages that a cache may keep, or may not keep any more", wrong)


def test_devices_are_used_in_the_studio_and_a_carriers_camera_alone(visits: Mapping[Door, Visit]) -> None:
    policies = {"studio": STUDIO_POLICY, "carrier": CARRIER_POLICY}
    for door, visit in visits.items():
        headers = visit.answer.headers
        assert headers["Permissions-Policy"] == policies.get(door.address.split("/")[1], POLICY), door
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin", door
    assert "camera=(self)" in STUDIO_POLICY
    assert "camera=()" in POLICY
    assert "microphone=()" in CARRIER_POLICY
    assert "geolocation=()" in STUDIO_POLICY


def test_what_the_api_answers_is_kept_by_no_cache(scene: Scene) -> None:
    for path in ("/api/v1/me", "/api/v1/orders", "/api/v1/nothing"):
        assert browser(scene.person("buyer")).get(path).headers["Cache-Control"] == "no-store"
