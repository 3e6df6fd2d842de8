"""Hostile text in every field of every form and every query of a page, and the headers that every page carries.

Which fields a page reads is not written down anywhere: the page is knocked at once as the doors are, while we listen to
what it looks for in what was sent.
"""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from django.db import transaction
from django.http import QueryDict
from django.test import Client

from fieldcast.web.headers import POLICY, STUDIO_POLICY
from tests.flows.doors.asks import Ask, ask, fill
from tests.flows.doors.scene import Scene
from tests.flows.doors.table import PAGES, ROLES, Door, doors
from tests.flows.test_every_door import report
from tests.web.coop.desk import ENGLISH, browser

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
FORM = "application/x-www-form-urlencoded"
# As they are sent: a NUL; half a surrogate pair, no UTF-8, another script's digits, more digits than Python reads.
NUL, OTHERS = "a%00b", ("%ED%A0%80", "%FF%FE", "%D9%A3", "9" * 4400)
TABLE = [door for door in doors(PAGES) if door.open_to and not door.address.endswith("/events")]
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


def read_by(knocker: Knocker, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The names a page looks for in what it was sent."""
    names: set[str] = set()

    def listening(method: Any) -> Any:
        def heard(data: QueryDict, name: Any, *rest: Any, **more: Any) -> Any:
            names.add(str(name))
            return method(data, name, *rest, **more)

        return heard

    with monkeypatch.context() as patch:
        for method in ("get", "getlist", "__getitem__", "__contains__"):
            patch.setattr(QueryDict, method, listening(getattr(QueryDict, method)))
        knocker.knock()
    return names - UNREAD


def tries(knocker: Knocker, names: set[str]) -> Iterator[tuple[str, Any]]:
    """A NUL in each field by itself, so that no other field hides it; the others in all of them at once."""
    for name in sorted(names):
        yield name, knocker.knock(**{name: NUL})
    for value in OTHERS:
        yield "all", knocker.knock(**dict.fromkeys(names, value))


def test_no_text_in_any_field_of_any_page_breaks_it(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong, tried = set(), 0
    for door in TABLE:
        knocker = Knocker(scene, door)
        names = read_by(knocker, monkeypatch)
        for name, answer in tries(knocker, names) if names else ():
            tried += 1
            if answer.status_code >= 500:
                wrong.add(f"{door} {name}: {answer.status_code}")
    report("Pages that a text breaks", wrong)
    assert tried > 400, tried


def test_what_is_behind_a_door_is_kept_by_no_cache_and_what_is_everyones_is_as_it_was(scene: Scene) -> None:
    wrong = set()
    for door in TABLE:
        answer = Knocker(scene, door).knock()
        said = answer.headers.get("Cache-Control", "")
        if set(door.open_to) != set(ROLES) and "no-store" not in said:
            wrong.add(f"{door}: {said or 'says nothing'}")
        if answer.headers.get("Cross-Origin-Opener-Policy") != "same-origin":
            wrong.add(f"{door}: shares its window")
        policy = STUDIO_POLICY if door.address.startswith("/studio/") else POLICY
        if answer.headers.get("Permissions-Policy") != policy:
            wrong.add(f"{door}: {answer.headers.get('Permissions-Policy')}")
    report("Pages with wrong headers", wrong)
