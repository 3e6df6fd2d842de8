"""Sessions for tests of the live room, which needs no goods to sell."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from fieldcast.accounts.models import Person
from fieldcast.accounts.types import OrganisationKind, OrganisationRef
from fieldcast.live import operations
from fieldcast.live.types import MessageKind, MessageView, SessionView
from tests.factories.accounts import NOW, make_county, make_member, make_organisation, make_person


@dataclass(frozen=True)
class Crew:
    """A cooperative and a host of one county, each with its head."""

    county_id: int
    cooperative: OrganisationRef
    host: OrganisationRef
    chief: Person
    presenter: Person


def make_crew() -> Crew:
    """Two organisations that plan sessions together."""
    county_id = make_county()
    cooperative = make_organisation(county_id=county_id, kind=OrganisationKind.COOPERATIVE)
    host = make_organisation(county_id=county_id, kind=OrganisationKind.HOST, name="果农秀兰")
    return Crew(
        county_id=county_id,
        cooperative=cooperative,
        host=host,
        chief=make_member(organisation=cooperative),
        presenter=make_member(organisation=host, name="秀兰"),
    )


def plan_session(crew: Crew, *, now: datetime = NOW, **changes: Any) -> SessionView:
    """A session planned by the cooperative for an hour from `now`."""
    values = {
        "by": crew.chief,
        "organiser_id": crew.cooperative.id,
        "cooperative_id": crew.cooperative.id,
        "host_id": crew.host.id,
        "agreement_version_id": 1,
        "title": "黄桃专场",
        "starts_at": now + timedelta(hours=1),
        "now": now,
        **changes,
    }
    return operations.plan(**values)


def open_session(crew: Crew, *, now: datetime = NOW) -> SessionView:
    """A live session."""
    return operations.open_session(by=crew.presenter, session_id=plan_session(crew, now=now).id, now=now)


def say(
    session: SessionView,
    by: Person,
    text: str = "这个甜度多少？",
    *,
    kind: MessageKind = MessageKind.CHAT,
    answers: int | None = None,
    now: datetime = NOW,
) -> MessageView:
    """A line of chat."""
    return operations.say(by=by, session_id=session.id, text=text, kind=kind, answers=answers, now=now)


def make_viewer(crew: Crew, name: str = "小满") -> Person:
    """Someone who watches."""
    return make_person(county_id=crew.county_id, name=name)
