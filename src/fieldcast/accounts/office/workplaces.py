"""Writes of the office about organisations and who works in them."""

import re
from datetime import datetime
from typing import Final

from django.db import IntegrityError, transaction

from fieldcast.accounts import operations, queries
from fieldcast.accounts.models import Membership, Organisation, Village
from fieldcast.accounts.office.entering import enter, person_row
from fieldcast.accounts.office.log import note
from fieldcast.accounts.office.problems import BadCode, CodeTaken
from fieldcast.accounts.office.types import Deed
from fieldcast.accounts.types import OrganisationKind, OrganisationRef, Role, SignedIn, Standing
from fieldcast.kit.errors import NotFound
from fieldcast.kit.said import must_say, said

CODE: Final = re.compile(r"[A-Za-z0-9-]{1,20}")


def make_organisation(
    *,
    by: SignedIn,
    county_id: int,
    kind: OrganisationKind,
    code: str,
    name: str,
    name_en: str,
    village_id: int | None,
    now: datetime,
) -> OrganisationRef:
    """Register an organisation of the county; without a code it gets the next free one of its kind.

    Raises `SaysNothing`, `BadCode`, `CodeTaken` and `NotFound`.
    """
    plain, given = must_say(name, field="name"), said(code).upper()
    if given and not CODE.fullmatch(given):
        raise BadCode(code=given)
    with transaction.atomic():
        enter(by=by, county_id=county_id)
        given = given or queries.next_code(county_id=county_id, kind=kind)
        if village_id and not Village.objects.filter(id=village_id, county_id=county_id).exists():
            raise NotFound("village")
        try:
            with transaction.atomic():
                made = operations.register_organisation(
                    county_id=county_id,
                    kind=kind,
                    code=given,
                    name=plain,
                    name_en=name_en,
                    village_id=village_id,
                    now=now,
                )
        except IntegrityError as error:
            raise CodeTaken(code=given) from error
        note(
            Deed.ORGANISATION_MADE,
            county_id=county_id,
            by=by,
            now=now,
            organisation_id=made.id,
            after=made.code,
        )
    return made


def rename_organisation(
    *, by: SignedIn, county_id: int, organisation_id: int, name: str, name_en: str, now: datetime
) -> None:
    """Give an organisation other names; code and kind stay. Raises `SaysNothing` and `NotFound`."""
    plain, english = must_say(name, field="name"), said(name_en)
    with transaction.atomic():
        enter(by=by, county_id=county_id)
        row = _organisation(county_id, organisation_id)
        before, after = f"{row.name} · {row.name_en}", f"{plain} · {english}"
        if before != after:
            row.name, row.name_en = plain, english
            row.save(update_fields=["name", "name_en"])
            note(
                Deed.ORGANISATION_RENAMED,
                county_id=county_id,
                by=by,
                now=now,
                organisation_id=row.pk,
                before=before.strip(" ·"),
                after=after.strip(" ·"),
            )


def set_standing(
    *,
    by: SignedIn,
    county_id: int,
    organisation_id: int,
    standing: Standing,
    reason: str,
    now: datetime,
) -> None:
    """May this organisation go live and sell? As it was already, nothing happens. Raises `SaysNothing`, `NotFound`."""
    why = must_say(reason, field="reason")
    with transaction.atomic():
        enter(by=by, county_id=county_id)
        row = _organisation(county_id, organisation_id)
        if row.standing == standing.value:
            return
        operations.set_standing(by=by, organisation_id=row.pk, standing=standing, reason=why, now=now)
        note(
            Deed.STANDING_SET,
            county_id=county_id,
            by=by,
            now=now,
            organisation_id=row.pk,
            before=row.standing,
            after=standing.value,
            reason=why,
        )


def give_role(
    *,
    by: SignedIn,
    county_id: int,
    person_id: int,
    organisation_id: int,
    role: Role,
    reason: str,
    now: datetime,
) -> None:
    """Give a person a role, or another one, in an organisation of the county. Raises `SaysNothing` and `NotFound`."""
    why = must_say(reason, field="reason")
    with transaction.atomic():
        enter(by=by, county_id=county_id)
        person_row(person_id=person_id, county_id=county_id)
        _organisation(county_id, organisation_id)
        before = _role(person_id, organisation_id)
        if before == role.value:
            return
        operations.add_member(person_id=person_id, organisation_id=organisation_id, role=role, by=by, now=now)
        note(
            Deed.ROLE_GIVEN,
            county_id=county_id,
            by=by,
            now=now,
            person_id=person_id,
            organisation_id=organisation_id,
            before=before,
            after=role.value,
            reason=why,
        )


def end_role(
    *, by: SignedIn, county_id: int, person_id: int, organisation_id: int, reason: str, now: datetime
) -> None:
    """End a person's role in an organisation of the county. Raises `SaysNothing` and `NotFound`."""
    why = must_say(reason, field="reason")
    with transaction.atomic():
        enter(by=by, county_id=county_id)
        person_row(person_id=person_id, county_id=county_id)
        _organisation(county_id, organisation_id)
        before = _role(person_id, organisation_id)
        operations.remove_member(person_id=person_id, organisation_id=organisation_id, by=by, now=now)
        note(
            Deed.ROLE_ENDED,
            county_id=county_id,
            by=by,
            now=now,
            person_id=person_id,
            organisation_id=organisation_id,
            before=before,
            reason=why,
        )


def _organisation(county_id: int, organisation_id: int) -> Organisation:
    row = Organisation.objects.filter(id=organisation_id, county_id=county_id).first()
    if row is None:
        raise NotFound("organisation")
    return row


def _role(person_id: int, organisation_id: int) -> str:
    held = Membership.objects.filter(person_id=person_id, organisation_id=organisation_id)
    return held.values_list("role", flat=True).first() or ""
