"""People and organisations."""

from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import count
from typing import Any

from fieldcast.accounts import operations as accounts_operations
from fieldcast.accounts import queries as accounts
from fieldcast.accounts.models import Person
from fieldcast.accounts.office import operations as office_operations
from fieldcast.accounts.types import LegalForm, OrganisationKind, OrganisationRef, Role

NOW = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)  # 14:00 in Shanghai
_numbers = count(1)


def phone() -> str:
    """A mobile number nobody else in this run has."""
    return f"139{next(_numbers):08d}"


def make_county(name: str = "河湾县") -> int:
    """A county; returns its id."""
    return accounts_operations.create_county(code=f"c{next(_numbers)}", name=name, name_en="Hewan County")


def make_person(*, county_id: int, name: str = "小满", password: str | None = None) -> Person:
    """Someone who can sign in when a password is given."""
    return accounts_operations.register_person(
        phone=phone(), display_name=name, password=password, county_id=county_id
    )


def make_organisation(*, county_id: int, kind: OrganisationKind, name: str = "青山合作社") -> OrganisationRef:
    """An organisation of `kind`."""
    return accounts_operations.register_organisation(
        county_id=county_id, kind=kind, code=f"O{next(_numbers)}", name=name, name_en="Qingshan", now=NOW
    )


def make_member(*, organisation: OrganisationRef, role: Role = Role.OWNER, name: str = "社长") -> Person:
    """A person with a role in `organisation`."""
    person = make_person(county_id=organisation.county_id, name=name)
    accounts_operations.add_member(person_id=person.pk, organisation_id=organisation.id, role=role)
    return person


def make_administrator(*, county_id: int, name: str = "管理员") -> Person:
    """Someone who administers the county, as another administrator made them: without every right."""
    return Person.objects.create_user(
        phone=phone(), password=None, display_name=name, county_id=county_id, is_staff=True
    )


def make_federation(county_id: int, *, of: Iterable[OrganisationRef]) -> tuple[OrganisationRef, Person]:
    """A federation with these cooperatives, and who speaks for it."""
    administrator = make_administrator(county_id=county_id)
    made = make_organisation(county_id=county_id, kind=OrganisationKind.COOPERATIVE, name="河湾联合社")
    said: dict[str, Any] = {"by": administrator, "county_id": county_id, "reason": "县里登记", "now": NOW}
    office_operations.set_form(organisation_id=made.id, form=LegalForm.FEDERATION, **said)
    for one in of:
        office_operations.set_federation(federation_id=made.id, cooperative_id=one.id, member=True, **said)
    return accounts.organisation(organisation_id=made.id), make_member(organisation=made, name="联合社理事长")
