"""The walk: every address the platform answers at, a knock at each as each role, and what differs from the table."""

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve

from fieldcast.accounts.models import Person
from tests.factories.trade import DELIVERY
from tests.flows.doors.asks import PLACEHOLDER, ask, fill
from tests.flows.doors.scene import Scene
from tests.flows.doors.table import SKIPPED, Door
from tests.web.shared.desk import ENGLISH, browser

NO_SUCH_METHOD: Final = "WALK"
ANY_METHOD: Final = ("GET", "POST")  # what is walked where an address does not say what it takes
WRITES_NOTHING: Final = {
    ("POST", "/readyz"),
    ("POST", "/api/v1/docs"),
    ("POST", "/api/v1/openapi.json"),
    ("POST", "/demo/viewers/"),  # a file of the home
    ("POST", "/me/addresses/read"),  # what was pasted, taken apart and given back
    ("POST", "/me/type"),  # the phone remembers it
    ("POST", "/county/checks/"),  # the answer is kept in the officer's own browser session
}
READ: Final = "accounts_personaldataread"
SHUT: Final = (401, 403, 404)
WRITES: Final = re.compile(
    r"\bINSERT INTO\b|\bDELETE FROM\b|\bMERGE INTO\b|\bTRUNCATE\b|(?<!FOR )(?<!KEY )\bUPDATE\b"
    r"|^SELECT (?!pg_|count\()\w+\(",  # a function of ours may write; counting does not
    re.IGNORECASE,
)
ESCAPED: Final = re.compile(r"\\u([0-9a-f]{4})")
# Rows that say who came, not what anyone has: a browser's session, a form's key in the same table, letters refused.
BOOKKEEPING: Final = re.compile(r'"django_session"|\btrade_(?:forgednotice|noticecount)\b')


def addresses(urlconf: str) -> set[str]:
    """Every address that a page or an endpoint answers at, as it is written in the table."""
    return {f"/{address}" for address in patterns(urlconf) if not address.startswith(tuple(SKIPPED))}


def patterns(urlconf: str) -> Iterator[str]:
    """Every pattern of addresses, whole, as Django knows it."""
    return _patterns(get_resolver(urlconf).url_patterns)


def _patterns(found: Iterable[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    for one in found:
        address = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _patterns(one.url_patterns, address)
        else:
            yield address


def openings(urlconf: str, *, by: Person) -> set[tuple[str, str]]:
    """Every (method, address): each address is asked with a method that nobody knows, and names those it takes."""
    client = browser(by)
    client.raise_request_exception = False
    found = set()
    for address in addresses(urlconf):
        things = dict.fromkeys(PLACEHOLDER.findall(address), "1")
        answer = client.generic(NO_SUCH_METHOD, fill(address, things))
        allowed = answer.headers.get("Allow", "") if answer.status_code == 405 else ""
        methods = [method.strip() for method in allowed.split(",") if method.strip()]
        found |= {(method, address) for method in methods or ANY_METHOD}
    return found


@dataclass(frozen=True)
class Knock:
    """What happened at a door."""

    status: int
    leads_to: str
    writes: tuple[str, ...]
    text: str

    @property
    def opened(self) -> bool:
        """Did whoever knocked get past the door? A refusal by the house's own rules comes after it."""
        return self.status not in SHUT and urlsplit(self.leads_to).path != settings.LOGIN_URL

    @property
    def served(self) -> bool:
        """Was it also done?"""
        return self.opened and self.status < 400


class Walker:
    """Someone of a role who goes along the doors. Whatever they change is undone before the next one."""

    def __init__(self, scene: Scene, role: str) -> None:
        self.scene, self.role = scene, role
        person = scene.people[role]
        client = Client(headers=ENGLISH) if person is None else browser(person)
        self._cookies = client.cookies.output(header="", sep=";")

    def knock(self, door: Door, **query: str) -> Knock:
        """Ask at the door; `query` is added to what is asked there."""
        asked = ask(self.scene, self.role, door)
        path = fill(door.address, asked.path)
        assert f"/{resolve(path).route}" == door.address, f"{path} does not lead to {door.address}"
        sent: dict[str, Any] = {"query_params": {**asked.query, **query}, "headers": asked.headers}
        if door.address.startswith("/api/"):
            sent |= {"content_type": "application/json", "data": json.dumps(asked.send)}
        elif door.method != "GET":
            sent |= {"data": asked.send}
        if door.method == "GET":
            sent.pop("data", None)
        with transaction.atomic():
            asked.before()
            knock = self._send(door.method, path, sent)
            transaction.set_rollback(True)
        return knock

    def _send(self, method: str, path: str, sent: Mapping[str, Any]) -> Knock:
        client = Client(headers=ENGLISH, raise_request_exception=False)
        client.cookies.load(self._cookies)
        writes: list[str] = []

        def spy(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            done = execute(sql, params, many, context)
            if context["cursor"].rowcount and WRITES.search(sql) and not BOOKKEEPING.search(sql):
                writes.append(sql)
            return done

        with connection.execute_wrapper(spy):
            answer = getattr(client, method.lower())(path, **sent)
            # a fragment that sends the browser on: the door is where that leads
            if "HX-Redirect" in answer.headers:
                answer = client.get(answer.headers["HX-Redirect"])
        return Knock(answer.status_code, answer.headers.get("Location", ""), tuple(writes), _text(answer))


def _text(answer: Any) -> str:
    """What the answer says, as a reader would see it; a picture says nothing that can be read."""
    return ESCAPED.sub(
        lambda found: chr(int(found[1], 16)), html.unescape(answer.content.decode(errors="replace"))
    )


def differences(scene: Scene, role: str, doors: Iterable[Door]) -> list[str]:
    """What is not as the table says it is, one line for each."""
    walker = Walker(scene, role)
    return [
        f"{door}: {words}"
        for door in doors
        for words in _complaints(door, role, walker.knock(door), scene.private())
    ]


def _complaints(door: Door, role: str, knock: Knock, private: Mapping[str, frozenset[str]]) -> Iterator[str]:
    """Each thing that is wrong, in words."""
    expected = role in door.open_to
    if knock.status >= 500 or knock.status == 405:
        yield f"broken for {role} ({knock.status})"
    elif knock.opened and not expected:
        yield f"open to {role} ({knock.status}), to whom the table does not open it"
    elif expected and not knock.opened:
        yield f"shut to {role} ({knock.status}), to whom the table opens it"
    elif expected and not knock.served:
        yield f"refused {role} after letting them in ({knock.status}): ask for what can be done"
    elif expected and door.method != "GET" and not knock.writes and door.key not in WRITES_NOTHING:
        yield f"changed nothing for {role}: ask for a change, or one by others will not be seen"
    if knock.writes and not knock.opened:
        yield f"shut to {role}, and yet it wrote: {knock.writes[0][:120]}"
    if knock.opened:
        yield from _shown(role, knock, private)


def _shown(role: str, knock: Knock, private: Mapping[str, frozenset[str]]) -> Iterator[str]:
    for words in (one for one in private if one in knock.text):
        if role not in private[words]:
            yield f"showed {role} what is not theirs: {words}"
        elif words == DELIVERY.line and role != "buyer" and not any(READ in one for one in knock.writes):
            yield f"showed {role} a whole address without writing down who read it"
