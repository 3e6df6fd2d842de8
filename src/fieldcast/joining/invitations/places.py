"""Where somebody may invite to, and with which role at most.

Owners and managers invite to their own organisations. A service centre's bring the first person to an organisation of
the county in which nobody works yet; never to an authority or another centre.
"""

from collections.abc import Mapping
from typing import Final

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.types import ANSWERABLE, OrganisationKind, OrganisationRef, Role

MOST_EMPTY: Final = 100
NOT_FOR_CENTRES: Final = (OrganisationKind.SERVICE_CENTRE, OrganisationKind.AUTHORITY)


def places_of(*, person_id: int) -> Mapping[OrganisationRef, Role]:
    """Organisations that a person may invite to, each with the highest role they may give."""
    answers = [one for one in accounts.memberships_of(person_id=person_id) if one.role in ANSWERABLE]
    found = {one.organisation: one.role for one in answers}
    counties = {
        one.organisation.county_id
        for one in answers
        if one.organisation.kind == OrganisationKind.SERVICE_CENTRE
    }
    for county_id in counties:
        found.update({one: Role.OWNER for one in _empty(county_id) if one not in found})
    return found


def highest_role(*, person_id: int, organisation_id: int) -> Role | None:
    """The highest role that a person may give there; None where they may invite nobody."""
    places = places_of(person_id=person_id)
    return next((role for place, role in places.items() if place.id == organisation_id), None)


def may_invite_to(*, person_id: int, organisation_id: int) -> bool:
    """May a person invite to this organisation?"""
    return highest_role(person_id=person_id, organisation_id=organisation_id) is not None


def _empty(county_id: int) -> tuple[OrganisationRef, ...]:
    """Organisations of the county in which nobody works."""
    every = [one for one in accounts.organisations(county_id=county_id) if one.kind not in NOT_FOR_CENTRES]
    staffed = accounts.people_of(organisation_ids={one.id for one in every})
    return tuple(one for one in every if one.id not in staffed)[:MOST_EMPTY]
