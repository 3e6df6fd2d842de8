"""Who keeps the demo's rooms company: shoppers of the county whom nobody is signed in as, and the hosts they ask."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from fieldcast.accounts import operations as accounts_operations
from fieldcast.accounts import queries as accounts
from fieldcast.accounts.types import OrganisationKind, SignedIn
from fieldcast.demo.people import SHOWN_CONSUMERS
from fieldcast.live import queries as live

MOST: Final = 60


@dataclass(frozen=True)
class Invented:
    """Someone invented and the secret of a token of theirs."""

    id: int
    name: str
    secret: str


@dataclass(frozen=True)
class Company:
    """The viewers, and the hosts of the sessions that are live, who answer what those viewers ask."""

    viewers: tuple[Invented, ...]
    hosts: dict[int, Invented]


def company(*, county_id: int, count: int, now: datetime) -> Company:
    """`count` shoppers of the county, none of whom the demo's page shows, each with a new token."""
    shoppers = accounts.people(county_id=county_id)[SHOWN_CONSUMERS:]
    hosts = {}
    presenters = {
        accounts.memberships_of(person_id=person.pk)[0].organisation.id: person
        for person in accounts.people(county_id=county_id, organisation_kind=OrganisationKind.HOST)
    }
    for session in live.live_now(county_id=county_id):
        if session.host_id in presenters:
            hosts[session.id] = _invented(presenters[session.host_id], now)
    apart = max(1, len(shoppers) // count)
    return Company(viewers=tuple(_invented(one, now) for one in shoppers[::apart][:count]), hosts=hosts)


def _invented(person: SignedIn, now: datetime) -> Invented:
    _token, secret = accounts_operations.issue_token(by=person, name="invented viewer", now=now)
    return Invented(id=person.pk, name=person.display_name, secret=secret)
