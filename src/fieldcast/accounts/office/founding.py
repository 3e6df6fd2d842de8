"""A county with its first people, where there was none."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from fieldcast.accounts import operations, queries
from fieldcast.accounts.models import County, Person
from fieldcast.accounts.office.log import note
from fieldcast.accounts.office.problems import BadCode, CodeTaken, CountyStands, NameTaken, WeakPassword
from fieldcast.accounts.office.types import Deed
from fieldcast.accounts.office.workplaces import CODE
from fieldcast.accounts.operations import BadPhone, PhoneTaken
from fieldcast.accounts.phones import normalise_phone
from fieldcast.accounts.types import CountyRef, OrganisationKind, OrganisationRef, Role, SignedIn
from fieldcast.kit.fields import blind_index
from fieldcast.kit.said import must_say, said

SERVICE_CENTRE, AUTHORITY = "SC", "GOV"  # the codes of a county's first two organisations


@dataclass(frozen=True)
class Founded:
    """What was made."""

    county: CountyRef
    administrator_id: int
    administrator: str
    organisations: tuple[OrganisationRef, ...]
    villages: int


def found_county(
    *,
    code: str,
    name: str,
    name_en: str,
    admin_name: str,
    admin_phone: str,
    password: str,
    service_centre: str,
    authority: str,
    villages: Sequence[tuple[str, str]],
    beside_another: bool,
    now: datetime,
) -> Founded:
    """Make a county, its villages, an administrator with every right, and organisations that the administrator owns.

    `villages` are names with their English ones, which may be empty. Where people registered before there was a
    county, they become the first one's. All or nothing. Raises `CountyStands` (unless it is to stand
    `beside_another`), `BadCode`, `CodeTaken`, `SaysNothing`, `BadPhone`, `PhoneTaken`, `WeakPassword`, and `NameTaken`
    for a village that comes twice.
    """
    given, phone = checked_code(code), checked_phone(admin_phone)
    checked_password(password, phone=phone)
    with transaction.atomic():
        _one_after_the_other()
        first = standing_county(beside_another=beside_another)
        county = _county(given, name, name_en)
        if first is None:
            Person.objects.filter(county__isnull=True).update(county_id=county.id)
        by = register_administrator(
            county_id=county.id,
            phone=phone,
            display_name=admin_name,
            password=password,
            every_right=True,
            now=now,
        )
        note(Deed.COUNTY_MADE, county_id=county.id, by=by, now=now, after=county.name)
        for village, village_en in villages:
            _village(county.id, village, village_en)
        wanted = (
            (OrganisationKind.SERVICE_CENTRE, SERVICE_CENTRE, service_centre),
            (OrganisationKind.AUTHORITY, AUTHORITY, authority),
        )
        made = [
            _owned(county.id, by, kind, mark, called, now) for kind, mark, called in wanted if said(called)
        ]
    return Founded(
        county=county,
        administrator_id=by.pk,
        administrator=by.display_name,
        organisations=tuple(made),
        villages=len(villages),
    )


def register_administrator(
    *,
    county_id: int,
    phone: str,
    display_name: str,
    password: str | None,
    every_right: bool,
    now: datetime,
) -> Person:
    """Register somebody who administers the county, by the platform's own word; `every_right`: Django's admin too.

    Whoever is made an administrator later is so by another (`make_staff`). Raises `SaysNothing`.
    """
    with transaction.atomic():
        person = Person.objects.create_user(
            phone=phone,
            password=password,
            display_name=must_say(display_name, field="display_name"),
            county_id=county_id,
            is_staff=True,
            is_superuser=every_right,
        )
        note(Deed.STAFF_MADE, county_id=county_id, by=None, now=now, person_id=person.pk)
    return person


def standing_county(*, beside_another: bool) -> CountyRef | None:
    """The county that stands already. Raises `CountyStands` for one, unless another may stand beside it."""
    first = queries.default_county()
    if first is not None and not beside_another:
        raise CountyStands(name=first.name, county=first.code)
    return first


def checked_code(typed: str) -> str:
    """A county's code as it is kept. Raises `BadCode`."""
    given = said(typed).lower()
    if not CODE.fullmatch(given):
        raise BadCode(code=given)
    return given


def checked_phone(typed: str) -> str:
    """A number with which nobody signs in yet. Raises `BadPhone` and `PhoneTaken`."""
    try:
        phone = normalise_phone(typed)
    except ValueError:
        raise BadPhone from None
    if Person.objects.filter(phone_hash=blind_index(phone)).exists():
        raise PhoneTaken
    return phone


def checked_password(password: str, *, phone: str) -> None:
    """Raises `WeakPassword` for one that is easily guessed."""
    try:
        validate_password(password, Person(phone=phone))
    except ValidationError as error:
        raise WeakPassword(why=" ".join(error.messages)) from error


def _one_after_the_other() -> None:
    """Two who found a county at once: the second then finds the first one's."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('fieldcast.accounts.founding'))")


def _county(code: str, name: str, name_en: str) -> CountyRef:
    must_say(name, field="name")
    if County.objects.filter(code=code).exists():
        raise CodeTaken(code=code)
    return queries.county(county_id=operations.create_county(code=code, name=name, name_en=name_en))


def _village(county_id: int, name: str, name_en: str) -> None:
    try:
        with transaction.atomic():
            operations.add_village(county_id=county_id, name=name, name_en=name_en)
    except IntegrityError as error:
        raise NameTaken(name=said(name)) from error


def _owned(
    county_id: int, by: SignedIn, kind: OrganisationKind, code: str, name: str, now: datetime
) -> OrganisationRef:
    made = operations.register_organisation(county_id=county_id, kind=kind, code=code, name=name, now=now)
    operations.add_member(person_id=by.pk, organisation_id=made.id, role=Role.OWNER, by=by, now=now)
    about: dict[str, Any] = {"county_id": county_id, "by": by, "now": now, "organisation_id": made.id}
    note(Deed.ORGANISATION_MADE, after=made.code, **about)
    note(Deed.ROLE_GIVEN, person_id=by.pk, after=Role.OWNER.value, **about)
    return made
