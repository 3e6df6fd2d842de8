"""Who can be signed in as: for the page with one click and for the table that `fieldcast demo` prints."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.types import OrganisationKind, Role
from fieldcast.demo.names import romanised

SHOWN_CONSUMERS = 6
SHOWN_HOUSEHOLDS = 6


@dataclass(frozen=True)
class DemoPerson:
    """Someone of the demo county and what there is to try as them."""

    id: int
    name: str
    name_en: str
    organisation: str
    organisation_en: str
    role: str | Promise
    hint: str | Promise
    phone: str
    picture: str


@dataclass(frozen=True)
class DemoGroup:
    """People of one kind."""

    title: str | Promise
    people: tuple[DemoPerson, ...]


_KINDS: tuple[tuple[OrganisationKind, str | Promise, str | Promise, int], ...] = (
    (
        OrganisationKind.COOPERATIVE,
        _("Cooperative"),
        _("Register a lot, plan a session, pack orders, read statements"),
        50,
    ),
    (OrganisationKind.HOST, _("Host"), _("Plan a session, go live, explain, answer questions"), 50),
    (
        OrganisationKind.HOUSEHOLD,
        _("Farmer"),
        _("See what to pick today and where the money came from"),
        SHOWN_HOUSEHOLDS,
    ),
    (OrganisationKind.AUTHORITY, _("County authority"), _("See today's sales and what needs attention"), 50),
    (
        OrganisationKind.SERVICE_CENTRE,
        _("Service centre"),
        _("Help people who forgot their password, see the county's sessions, try out policies"),
        50,
    ),
    (
        OrganisationKind.CARRIER,
        _("Carrier"),
        _("Fetch and deliver parcels, also without a signal, read statements"),
        50,
    ),
)
# Who does not answer for the organisation does a part of it.
_STAFF: dict[OrganisationKind, str | Promise] = {
    OrganisationKind.COOPERATIVE: _("Print labels, pack orders, send them off"),
}


def groups(*, county_id: int) -> tuple[DemoGroup, ...]:
    """Shoppers first, then those who work: everyone there is to sign in as, a few of each large kind."""
    shoppers = tuple(
        DemoPerson(
            id=person.pk,
            name=person.display_name,
            name_en=romanised(person.display_name),
            organisation="",
            organisation_en="",
            role=_("Shopper"),
            hint=_("Watch, ask, buy, pay, receive"),
            phone=person.phone,
            picture=person.picture,
        )
        for person in accounts.people(county_id=county_id, limit=SHOWN_CONSUMERS)
    )
    found = [DemoGroup(title=_("Shoppers"), people=shoppers)]
    for kind, role, hint, most in _KINDS:
        found.append(DemoGroup(title=role, people=_of_kind(county_id, kind, role, hint, most)))
    found.append(DemoGroup(title=_("Platform administrator"), people=_administrators(county_id)))
    return tuple(group for group in found if group.people)


def sign_in_table() -> list[tuple[str, str, str, str]]:
    """Name, organisation, role and phone of one or two people of each kind, for the terminal."""
    county = accounts.default_county()
    if county is None:
        return []
    return [
        (person.name, person.organisation, str(person.role), person.phone)
        for group in groups(county_id=county.id)
        for person in group.people[:2]
    ]


def may_sign_in_as(*, county_id: int, person_id: int) -> bool:
    """Is this one of the county's people? Never somebody who was given the installation itself to keep."""
    person = accounts.person(person_id=person_id)
    return person.county_id == county_id and not (person.is_staff and _is_real(person))


def _is_real(person: Any) -> bool:
    """Whoever administers in earnest has a password, or every right."""
    return bool(person.is_superuser or person.has_usable_password())


def _administrators(county_id: int) -> tuple[DemoPerson, ...]:
    return tuple(
        DemoPerson(
            id=person.pk,
            name=person.display_name,
            name_en=romanised(person.display_name),
            organisation="",
            organisation_en="",
            role=_("Platform administrator"),
            hint=_("Give roles, block somebody, see how the installation is"),
            phone=person.phone,
            picture=person.picture,
        )
        for person in accounts.administrators(county_id=county_id)
        if not _is_real(person)
    )


def _of_kind(
    county_id: int, kind: OrganisationKind, role: str | Promise, hint: str | Promise, most: int
) -> tuple[DemoPerson, ...]:
    people = accounts.people(county_id=county_id, organisation_kind=kind, limit=most)
    memberships = {person.pk: accounts.memberships_of(person_id=person.pk)[0] for person in people}
    return tuple(
        DemoPerson(
            id=person.pk,
            name=person.display_name,
            name_en=romanised(person.display_name),
            organisation=memberships[person.pk].organisation.name,
            organisation_en=memberships[person.pk].organisation.name_en,
            role=role,
            hint=_STAFF.get(kind, hint) if memberships[person.pk].role == Role.STAFF else hint,
            phone=person.phone,
            picture=person.picture,
        )
        for person in people
    )
