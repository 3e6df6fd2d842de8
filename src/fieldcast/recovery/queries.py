"""Reads of recovery."""

from datetime import datetime
from typing import Final

from django.conf import settings

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.types import OrganisationKind
from fieldcast.inbox import ways
from fieldcast.kit.errors import NotFound
from fieldcast.recovery.models import ResetCode
from fieldcast.recovery.types import Bar, CentrePlace, CodeState, CodeView, FoundPerson, LookedAt

LOOKED_UP: Final = "account at a service centre"  # as the log of personal reads has it
MOST: Final = 20


def subject(person_id: int) -> str:
    """How the log of personal reads names somebody who was looked up."""
    return f"person:{person_id}"


def found_person(*, person_id: int, county_id: int, clerk_id: int) -> FoundPerson:
    """A person of the county as a clerk sees them. Raises `NotFound` for those of another."""
    account = accounts.account(person_id=person_id)
    if account.county_id != county_id:
        raise NotFound("person")
    works = accounts.memberships_of(person_id=person_id)
    bar = None
    if person_id == clerk_id:
        bar = Bar.ONESELF
    elif not account.is_active:
        bar = Bar.CLOSED
    elif not accounts.may_be_helped(person_id=person_id):
        bar = Bar.OFFICE
    return FoundPerson(
        id=person_id,
        display_name=account.display_name,
        name=account.name,
        works_at=tuple(one.organisation.name for one in works),
        bar=bar,
    )


def codes_of_centre(*, centre_id: int, now: datetime, limit: int = MOST) -> tuple[CodeView, ...]:
    """The codes that were made at a centre, the latest first."""
    rows = ResetCode.objects.select_related("person", "by", "end").filter(centre_id=centre_id)
    rows = rows.defer("person__phone", "person__name", "by__phone", "by__name", "witnesses", "why")
    return tuple(_view(row, now=now) for row in rows.order_by("-id")[:limit])


def centres(*, county_id: int) -> tuple[CentrePlace, ...]:
    """The county's service centres that have somebody in them."""
    county = accounts.county(county_id=county_id)
    found = accounts.organisations(county_id=county_id, kind=OrganisationKind.SERVICE_CENTRE)
    people = accounts.people_of(organisation_ids={one.id for one in found})
    return tuple(
        CentrePlace(centre=one, county=county.name, county_en=county.name_en)
        for one in found
        if people.get(one.id)
    )


def sends_codes() -> bool:
    """Has this installation a way by which a code reaches a phone?"""
    return ways.to_phones(settings.INBOX_WAYS) is not None


def _view(row: ResetCode, *, now: datetime) -> CodeView:
    end = getattr(row, "end", None)
    state = CodeState.OPEN if row.until > now else CodeState.EXPIRED
    return CodeView(
        id=row.pk,
        for_name=row.person.display_name,
        by_name=row.by.display_name if row.by else "",
        looked_at=LookedAt(row.looked_at),
        made_at=row.at,
        until=row.until,
        state=CodeState(end.how) if end else state,
        ended_at=end.at if end else None,
    )
