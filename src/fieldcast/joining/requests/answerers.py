"""Who answers a request: the cooperative a farmer names, else the county's service centre, else its authority."""

from django.db.models import Q

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.types import OrganisationKind, OrganisationRef
from fieldcast.desk.types import at_least
from fieldcast.joining.requests.problems import NoCounty
from fieldcast.joining.requests.types import ANSWERS, JoinKind


def people_who_answer(organisation: OrganisationRef) -> tuple[int, ...]:
    """Ids of those who answer in an organisation."""
    roles = at_least(ANSWERS[organisation.kind])
    return accounts.people_of(organisation_ids={organisation.id}, roles=roles).get(organisation.id, ())


def who_answers(
    *, county_id: int, kind: JoinKind, cooperative: OrganisationRef | None, person_id: int
) -> OrganisationRef:
    """Whom a request of this person goes to: never to an organisation in which nobody but they could answer.

    Raises `NoCounty` where nobody can.
    """
    named = (cooperative,) if cooperative is not None and kind == JoinKind.FARMER else ()
    in_turn: tuple[OrganisationRef, ...] = (*named, *_public(county_id))
    for one in in_turn:
        if set(people_who_answer(one)) - {person_id}:
            return one
    raise NoCounty


def centre_of(county_id: int) -> OrganisationRef | None:
    """The service centre in which somebody works; None where there is none."""
    return next((one for one in _public(county_id) if one.kind == OrganisationKind.SERVICE_CENTRE), None)


def to_answer(*, person_id: int) -> Q:
    """The rows of requests that a person may look at to answer: those to where they answer, a county's for its
    authority. Q of nothing for everyone else."""
    found = Q(pk__in=())
    for one in accounts.memberships_of(person_id=person_id):
        where = one.organisation
        if where.kind in ANSWERS and one.role in at_least(ANSWERS[where.kind]):
            found |= Q(goes_to_id=where.id)
        if where.kind == OrganisationKind.AUTHORITY:
            found |= Q(county_id=where.county_id)
    return found & ~Q(person_id=person_id)


def works_where_requests_go(*, person_id: int) -> bool:
    """Does a person work anywhere that requests go to, whether or not they answer there?"""
    return any(one.organisation.kind in ANSWERS for one in accounts.memberships_of(person_id=person_id))


def _public(county_id: int) -> tuple[OrganisationRef, ...]:
    """The county's service centres in which somebody works, then its authority."""
    kinds = (OrganisationKind.SERVICE_CENTRE, OrganisationKind.AUTHORITY)
    found = [one for kind in kinds for one in accounts.organisations(county_id=county_id, kind=kind)]
    staffed = accounts.people_of(organisation_ids={one.id for one in found})
    return tuple(one for one in found if one.id in staffed)
