"""What an accepted request makes: the organisation, the role and the farm, within the transaction that accepts it.

One after the other in a county: whether there is one of that name is asked when nobody else can be making it.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import IntegrityError, transaction

from fieldcast.accounts import operations as accounts_operations
from fieldcast.accounts import queries as accounts
from fieldcast.accounts.types import (
    ANSWERABLE,
    OrganisationKind,
    OrganisationRef,
    Role,
    SignedIn,
    Standing,
)
from fieldcast.catalog import operations as catalog_operations
from fieldcast.catalog import queries as catalog
from fieldcast.joining.models import JoinRequest
from fieldcast.joining.requests.problems import (
    AlreadyThat,
    CooperativeUnknown,
    NameTaken,
    NotSaid,
    OrganisationSuspended,
    VillageUnknown,
)
from fieldcast.joining.requests.types import BECOMES, PLACED, JoinKind
from fieldcast.joining.requests.wanted import area_mu

TRIES: Final = 5
FIRST_PLOT: Final = "1 号园"


@dataclass(frozen=True)
class Corrected:
    """What whoever answers has corrected; `new_village` adds a village that the county does not know yet."""

    name: str
    village: str
    cooperative_id: int | None
    new_village: bool


def become(row: JoinRequest, how: Corrected, *, by: SignedIn, now: datetime) -> OrganisationRef:
    """Make or join the organisation and give the role. Raises `AlreadyThat`, `CooperativeUnknown`, `NameTaken`,
    `OrganisationSuspended`, `VillageUnknown`.
    """
    kind = JoinKind(row.kind)
    accounts_operations.lock_county(row.county_id)
    cooperative = cooperative_of(county_id=row.county_id, cooperative_id=how.cooperative_id)
    if cooperative is not None and cooperative.standing == Standing.SUSPENDED and kind == JoinKind.FARMER:
        raise OrganisationSuspended(name=cooperative.name)
    theirs = their_own(person_id=row.person_id, kind=kind)
    if theirs is not None:
        return _join_theirs(theirs, row, cooperative)
    village_id = _village(row.county_id, how) if kind in PLACED else None
    made = _organisation(row, how.name, village_id, now=now)
    accounts_operations.add_member(
        person_id=row.person_id, organisation_id=made.id, role=Role.OWNER, by=by, now=now
    )
    if kind == JoinKind.FARMER and village_id is not None:
        _farm(row, made, village_id, cooperative)
    return made


def their_own(*, person_id: int, kind: JoinKind) -> OrganisationRef | None:
    """The organisation of the kind that a person answers for already."""
    wanted = BECOMES[kind]
    return next(
        (
            one.organisation
            for one in accounts.memberships_of(person_id=person_id)
            if one.organisation.kind == wanted and one.role in ANSWERABLE
        ),
        None,
    )


def may_become(*, by: SignedIn, kind: JoinKind, cooperative: OrganisationRef | None) -> None:
    """Raises `AlreadyThat` for those who are; a household that belongs to no cooperative may ask to join one."""
    theirs = their_own(person_id=by.pk, kind=kind)
    if theirs is None or _may_join(theirs, kind, cooperative):
        return
    raise AlreadyThat(name=by.display_name, where=theirs.name)


def cooperative_of(*, county_id: int, cooperative_id: int | None) -> OrganisationRef | None:
    """The cooperative of the county that is named, None where none is. Raises `CooperativeUnknown`."""
    if cooperative_id is None:
        return None
    found = accounts.organisations_by_ids(ids={cooperative_id}).get(cooperative_id)
    if found is None or (found.county_id, found.kind) != (county_id, OrganisationKind.COOPERATIVE):
        raise CooperativeUnknown
    return found


def _may_join(theirs: OrganisationRef, kind: JoinKind, cooperative: OrganisationRef | None) -> bool:
    farms = kind == JoinKind.FARMER and cooperative is not None
    return farms and catalog.has_farm(household_id=theirs.id, without_cooperative=True)


def _join_theirs(
    theirs: OrganisationRef, row: JoinRequest, cooperative: OrganisationRef | None
) -> OrganisationRef:
    if not _may_join(theirs, JoinKind(row.kind), cooperative) or cooperative is None:
        name = accounts.person_ref(person_id=row.person_id).display_name
        raise AlreadyThat(name=name, where=theirs.name)
    catalog_operations.join_cooperative(household_id=theirs.id, cooperative_id=cooperative.id)
    return theirs


def _organisation(row: JoinRequest, name: str, village_id: int | None, *, now: datetime) -> OrganisationRef:
    """A new one under the next free code, or the one of this name in which nobody works yet."""
    kind = BECOMES[JoinKind(row.kind)]
    for one in accounts.organisations_named(
        county_id=row.county_id, kind=kind, name=name, village_id=village_id
    ):
        accounts_operations.lock_organisation(one.id)
        if accounts.members_of(organisation_id=one.id):
            raise NameTaken(name=one.name, code=one.code)
        return one
    for _again in range(TRIES):
        try:
            with transaction.atomic():
                return accounts_operations.register_organisation(
                    county_id=row.county_id,
                    kind=kind,
                    code=accounts.next_code(county_id=row.county_id, kind=kind),
                    name=name,
                    village_id=village_id,
                    now=now,
                )
        except IntegrityError:  # somebody took the code meanwhile
            continue
    raise RuntimeError("no free code was found")


def _village(county_id: int, how: Corrected) -> int:
    if not how.village:
        raise NotSaid(field="village")
    known = accounts.village_ids(county_id=county_id)
    if how.village in known:
        return known[how.village]
    if not how.new_village:
        raise VillageUnknown(village=how.village)
    return accounts_operations.add_village(county_id=county_id, name=how.village)


def _farm(
    row: JoinRequest, household: OrganisationRef, village_id: int, cooperative: OrganisationRef | None
) -> None:
    """The household's farm with its first plot, a member of the cooperative; what the plot grows is declared there."""
    cooperative_id = cooperative.id if cooperative else None
    if catalog.has_farm(household_id=household.id):
        if cooperative_id is not None:
            catalog_operations.join_cooperative(household_id=household.id, cooperative_id=cooperative_id)
        return
    farm_id = catalog_operations.add_farm(
        county_id=row.county_id,
        household_id=household.id,
        village_id=village_id,
        name=f"{household.name.removesuffix('家')}家庭农场"[:60],
        cooperative_id=cooperative_id,
    )
    catalog_operations.add_plot(farm_id=farm_id, name=FIRST_PLOT, area_mu=area_mu(row.facts["area_mu"]))
