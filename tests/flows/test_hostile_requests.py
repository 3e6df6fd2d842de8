"""Hostile values in every field of every request: refused in the API's one shape, and never a server error.

The fields are those of the schema, walked as deep as they go; what else is sent is what the doors are asked
(`asks.py`), so that each request would be served but for the one value.
"""

import copy
import json
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from fieldcast.api.problems import ProblemOut
from fieldcast.api.v1 import api
from tests.flows.doors.api_lines import API
from tests.flows.doors.asks import ask, fill
from tests.flows.doors.scene import Scene
from tests.flows.doors.table import Door, doors
from tests.web.shared.desk import ENGLISH, browser

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
NESTED: Any = 1
for _level in range(40):
    NESTED = {"a": [NESTED]}
TEXTS = ("a\x00b", "\ud800黄", "=" * 7_000)
NUMBERS = (True, -1, 2**63, 10**400, 1.5)
OTHERS = (None, {"\ud800": "\ud800"}, NESTED)
WRITES = ("POST", "PUT", "PATCH", "DELETE")


def asked() -> list[Door]:
    """Every request with a body, each once."""
    found = {door.key: door for door in doors(API) if door.method in WRITES and door.open_to}
    return [door for door in found.values() if not door.address.endswith(("/docs", "/openapi.json"))]


class Caller:
    """Someone who may, asking at one door with one thing after another."""

    def __init__(self, scene: Scene, door: Door) -> None:
        roles = ("buyer", "chief", "presenter", "officer", "shopper", "driver")
        role = next(role for role in roles if role in door.open_to)
        self.door, self.ask = door, ask(scene, role, door)
        self.client = browser(scene.person(role))
        self.client.raise_request_exception = False

    def send(self, body: bytes) -> Any:
        with transaction.atomic():
            self.ask.before()
            answer = self.client.generic(
                self.door.method,
                fill(self.door.address, self.ask.path),
                body,
                content_type="application/json",
                headers={**ENGLISH, **self.ask.headers},
            )
            transaction.set_rollback(True)
        return answer


def variants(body: Any, names: Iterable[str]) -> Iterator[tuple[str, Any]]:
    """The body with each field in turn, however deep, given each hostile value; and each with a hostile name."""
    for path in list(paths(body)):
        for value in hostile(found(body, path)):
            changed = copy.deepcopy(body)
            found(changed, path[:-1])[path[-1]] = value
            yield ".".join(map(str, path)), changed
    for name in sorted(set(names) - set(body)):
        yield from ((name, {**body, name: value}) for value in hostile(None))
    yield from (("a name", {**body, name: name}) for name in ("\x00", "\ud800"))


def hostile(usual: Any) -> tuple[Any, ...]:
    """What is sent in the place of a usual value: of its own kind and of others."""
    texts = TEXTS if usual is None or isinstance(usual, str) else TEXTS[:1]
    numbers = NUMBERS if usual is None or isinstance(usual, int) else NUMBERS[:1]
    return (*texts, *numbers, *OTHERS)


def found(body: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        body = body[step]
    return body


def paths(body: Any, before: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    steps = body.items() if isinstance(body, dict) else enumerate(body) if isinstance(body, list) else ()
    for step, inner in steps:
        yield (*before, step)
        yield from paths(inner, (*before, step))


def broken(answer: Any) -> str:
    """What is wrong with an answer; empty when nothing is."""
    if answer.status_code >= 500:
        return f"broken ({answer.status_code})"
    if answer.status_code == 204:
        return ""
    if not answer.headers.get("Content-Type", "").startswith("application/json"):
        return f"no JSON ({answer.status_code})"
    if answer.status_code >= 400 and set(answer.json()) != set(ProblemOut.model_fields):
        return f"refused in another shape ({answer.status_code})"
    return ""


def test_no_value_in_any_field_breaks_a_request(scene: Scene) -> None:
    wrong, tried = set(), 0
    for door in asked():
        caller = Caller(scene, door)
        for name, body in variants(plain(caller.ask.send), fields(door)):
            tried += 1
            if words := broken(caller.send(json.dumps(body).encode())):
                wrong.add(f"{door} {name}: {words}")
    assert not wrong, "\n".join(sorted(wrong))
    assert tried > 500


@pytest.mark.parametrize("body", [*TEXTS, *NUMBERS, *OTHERS], ids=lambda body: ascii(body)[:12])
def test_a_body_that_is_no_object_is_refused(scene: Scene, body: Any) -> None:
    door = next(door for door in asked() if door.address.endswith("/price"))
    assert broken(Caller(scene, door).send(json.dumps(body).encode())) == ""


def plain(send: Any) -> Any:
    """The body as a program would send it."""
    return json.loads(json.dumps(dict(send)))


def fields(door: Door) -> list[str]:
    """The fields that the schema says a request may have: those that the doors are not asked with are walked too."""
    operation = OPERATIONS[door.address.replace("<", "{").replace(">", "}")][door.method.lower()]
    content = operation.get("requestBody", {}).get("content", {})
    if not content:
        return []
    schema = content["application/json"]["schema"]
    # one that may be left out is one of two
    body = next(one for one in schema.get("anyOf", [schema]) if "$ref" in one)
    name = body["$ref"].rpartition("/")[2]
    return list(SCHEMA["components"]["schemas"][name]["properties"])


SCHEMA = api.get_openapi_schema()
OPERATIONS = SCHEMA["paths"]


def test_control_a_field_that_breaks_is_found(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    from fieldcast.trade import operations as trade_operations

    def broken_price(**given: Any) -> None:
        raise OverflowError(given["price_fen"])

    monkeypatch.setattr(trade_operations, "change_price", broken_price)
    door = next(door for door in asked() if door.address.endswith("/price"))
    assert broken(Caller(scene, door).send(b'{"price_fen": 5}')) == "broken (500)"


@pytest.mark.parametrize(
    "body", [b"[" * 100_000, b'{"name":' * 50_000, b'{"name": NaN}', b'{"name": 1' + b"0" * 5000 + b"}"]
)
def test_what_is_no_sensible_json_is_refused_unread(scene: Scene, body: bytes) -> None:
    for door in asked():
        if ask(scene, "chief", door).send:
            answer = Caller(scene, door).send(body)
            assert (answer.status_code, answer.json()["code"]) == (400, "unreadable_body"), door


def test_an_anonymous_one_is_told_to_sign_in_before_anything_is_read(scene: Scene) -> None:
    answer = Client().post("/api/v1/agreements", b"[" * 100_000, content_type="application/json")
    assert answer.status_code == 401


@pytest.mark.parametrize("value", ["\x00", "\ud800", "a\x00"])
def test_a_product_code_that_no_database_keeps_is_refused_and_named(scene: Scene, value: str) -> None:
    door = next(door for door in asked() if door.address == "/api/v1/agreements")
    caller = Caller(scene, door)
    body = plain(caller.ask.send)
    body["terms"]["producer_fen"] = {value: 380}
    answer = caller.send(json.dumps(body).encode())
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")
    assert any(name.endswith("terms") for name in answer.json()["facts"])


@pytest.mark.parametrize("value", [True, "3980", 3980.0])
def test_a_price_is_a_whole_number_and_nothing_that_could_be_taken_for_one(scene: Scene, value: Any) -> None:
    door = next(door for door in asked() if door.address.endswith("/price"))
    answer = Caller(scene, door).send(json.dumps({"price_fen": value}).encode())
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")
