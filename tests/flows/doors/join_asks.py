"""What is asked at the doors of ways in: to come in, to be taken in, to be invited."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from django.utils import timezone

from fieldcast.accounts.types import OrganisationKind
from fieldcast.joining.operations import ask_for_more
from tests.factories.accounts import make_member, phone
from tests.flows.doors.asked import Ask
from tests.flows.doors.scene import Scene

A: Final = "/api/v1"
OFFICERS: Final = ("officer", "far_officer")
HOST: Final = {"name": "新来说果", "about": "讲种果的事"}
CARRIER: Final = {"name": "新来快运", "vehicles": "一辆车", "townships": "青石"}


def _new(s: Scene, role: str) -> Ask:
    """To host; who hosts already asks to carry. Where an officer is the only one, somebody else must be there."""
    hosts = role.endswith("presenter")
    own = CARRIER if hosts else HOST
    path = {"wish": "carrier" if hosts else "host"}
    if role not in OFFICERS:
        return Ask(path, {**own, "consent": "on"}, before=lambda: None)
    return Ask(path, {**own, "consent": "on"}, before=lambda: _colleague(s, role))


def _api_new(s: Scene, role: str) -> Ask:
    asked = _new(s, role)
    own = dict(asked.send)
    facts = {name: own[name] for name in own if name not in ("name", "consent")}
    sent = {"kind": asked.path["wish"], "name": own["name"], "facts": facts, "consent": True}
    return replace(asked, path={}, send=sent)


def _colleague(s: Scene, role: str) -> None:
    from fieldcast.accounts import queries as accounts

    county_id = s.home(role).county_id
    for authority in accounts.organisations(county_id=county_id, kind=OrganisationKind.AUTHORITY):
        make_member(organisation=authority, name="同事")


def _tells(s: Scene, _role: str) -> Ask:
    """What the cooperative wants to know."""

    def more() -> None:
        ask_for_more(by=s.stall.chief, request_id=s.ways_in.request.id, words="地在哪", now=timezone.now())

    return Ask(send={"words": "村口"}, before=more)


def _home_of(s: Scene, role: str) -> int:
    from fieldcast.accounts import queries as accounts

    person = s.people[role]
    held = accounts.memberships_of(person_id=person.pk) if person is not None else ()
    return held[0].organisation.id if held else s.stall.cooperative.id


def _invites(s: Scene, role: str) -> Ask:
    return Ask(send={"organisation": _home_of(s, role), "phone": phone(), "role": "staff"})


def _api_invites(s: Scene, role: str) -> Ask:
    return Ask(send={"organisation_id": _home_of(s, role), "phone": phone(), "role": "staff"})


def _sends(**send: Any) -> Callable[[Scene, str], Ask]:
    return lambda _scene, _role: Ask(send=send)


JOIN_ASKS: Final[Mapping[str, Callable[[Scene, str], Ask]]] = {
    "GET /join/new/<slug:wish>/": _new,
    "POST /join/new/<slug:wish>/": _new,
    "POST /join/mine/<int:join_id>/": _tells,
    "POST /join/requests/<int:join_id>/": lambda s, _role: Ask(
        send={"do": "accept", "name": s.ways_in.request.name, "village": s.ways_in.request.village}
    ),
    "POST /join/invitations/": _invites,
    "POST /join/invitations/<int:invitation_id>/answer": _sends(do="accept"),
    f"POST {A}/me/join-requests": _api_new,
    f"POST {A}/join-requests/<join_id>/more": _tells,
    f"POST {A}/join-requests/<join_id>/answer": _sends(do="accept"),
    f"POST {A}/invitations": _api_invites,
    f"POST {A}/invitations/<invitation_id>/answer": _sends(accept=True),
}
