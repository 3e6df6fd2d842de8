"""Writes of the office about people: may they sign in, do they administer, are they signed in anywhere; and finding one
by their number, which is written down.
"""

import math
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from fieldcast.accounts import limits, trails
from fieldcast.accounts.limits import Rate
from fieldcast.accounts.models import Person
from fieldcast.accounts.office.entering import enter, person_row
from fieldcast.accounts.office.log import note
from fieldcast.accounts.office.problems import IsBlocked, MoreRights, NotOneself, TooManySearches
from fieldcast.accounts.office.types import Deed
from fieldcast.accounts.operations import BadPhone, end_sign_ins, log_personal_read
from fieldcast.accounts.phones import normalise_phone
from fieldcast.accounts.types import SignedIn
from fieldcast.kit.fields import blind_index
from fieldcast.kit.masks import masked_phone
from fieldcast.kit.said import must_say

BY_NUMBER: Final = Rate("people found by number", 60, timedelta(hours=1))


def find_by_number(*, by: SignedIn, county_id: int, phone: str, reason: str, now: datetime) -> int | None:
    """The id of whoever of the county signs in with this number, None when nobody does. Either is written down.

    Raises `BadPhone`, `SaysNothing` and `TooManySearches`.
    """
    why = must_say(reason, field="reason")
    try:
        number = normalise_phone(phone)
    except ValueError:
        raise BadPhone from None
    count_search(by=by, now=now)
    rows = Person.objects.filter(phone_hash=blind_index(number), county_id=county_id)
    found = rows.values_list("id", flat=True).first()
    subject = f"person {found}" if found else f"number {masked_phone(number)}"
    log_personal_read(by=by, subject=subject, what="found by number", reason=why, now=now)
    return found


def count_search(*, by: SignedIn, now: datetime) -> None:
    """Count a search by number, wherever it is made: many would be a list of who signs in. Raises `TooManySearches`."""
    spent = limits.spend(rate=BY_NUMBER, who=f"person {by.pk}", now=now)
    if not spent.granted:
        raise TooManySearches(minutes=math.ceil(spent.wait(now) / 60))


def block(*, by: SignedIn, county_id: int, person_id: int, reason: str, now: datetime) -> None:
    """Let a person sign in no more; who is signed in is out at once.

    Raises `NotOneself`, `MoreRights`, `SaysNothing`.
    """
    _set_active(by=by, county_id=county_id, person_id=person_id, active=False, reason=reason, now=now)


def unblock(*, by: SignedIn, county_id: int, person_id: int, reason: str, now: datetime) -> None:
    """Let a person sign in again. Raises as `block` does."""
    _set_active(by=by, county_id=county_id, person_id=person_id, active=True, reason=reason, now=now)


def _set_active(
    *, by: SignedIn, county_id: int, person_id: int, active: bool, reason: str, now: datetime
) -> None:
    why = must_say(reason, field="reason")
    with transaction.atomic():
        row = _anothers(by=by, county_id=county_id, person_id=person_id)
        if row.is_active == active:
            return
        row.is_active = active
        row.save(update_fields=["is_active"])
        trails.note_rights(row, by=by, now=now)
        kind = Deed.UNBLOCKED if active else Deed.BLOCKED
        note(kind, county_id=county_id, by=by, now=now, person_id=row.pk, reason=why)


def make_staff(*, by: SignedIn, county_id: int, person_id: int, reason: str, now: datetime) -> None:
    """Let a person administer the county. Raises `NotOneself`, `IsBlocked`, `SaysNothing`."""
    why = must_say(reason, field="reason")
    with transaction.atomic():
        row = _anothers(by=by, county_id=county_id, person_id=person_id)
        if not row.is_active:
            raise IsBlocked(name=row.display_name)
        if row.is_staff:
            return
        row.is_staff = True
        row.save(update_fields=["is_staff"])
        trails.note_rights(row, by=by, now=now)
        note(Deed.STAFF_MADE, county_id=county_id, by=by, now=now, person_id=row.pk, reason=why)


def end_staff(*, by: SignedIn, county_id: int, person_id: int, reason: str, now: datetime) -> None:
    """Let a person administer no more, with every right they had over the installation, which do not come back.

    Raises `NotOneself`, `MoreRights`, `SaysNothing`. Whoever does it stays, so the last one cannot go.
    """
    why = must_say(reason, field="reason")
    with transaction.atomic():
        row = _anothers(by=by, county_id=county_id, person_id=person_id)
        if not row.is_staff:
            return
        row.is_staff = row.is_superuser = False
        row.save(update_fields=["is_staff", "is_superuser"])
        trails.note_rights(row, by=by, now=now)
        note(Deed.STAFF_ENDED, county_id=county_id, by=by, now=now, person_id=row.pk, reason=why)


def sign_out_everywhere(*, by: SignedIn, county_id: int, person_id: int, reason: str, now: datetime) -> None:
    """End every sign-in of a person, and their keys for programs: a phone was lost.

    Raises `MoreRights`, `SaysNothing`, `NotFound`.
    """
    why = must_say(reason, field="reason")
    with transaction.atomic():
        enter(by=by, county_id=county_id)
        row = _within_rights(by=by, county_id=county_id, person_id=person_id)
        end_sign_ins(person_id=row.pk, now=now)
        note(Deed.SIGNED_OUT, county_id=county_id, by=by, now=now, person_id=row.pk, reason=why)


def _anothers(*, by: SignedIn, county_id: int, person_id: int) -> Person:
    """The row of another person than `by`, who may be touched by them."""
    enter(by=by, county_id=county_id)
    if person_id == by.pk:
        raise NotOneself
    return _within_rights(by=by, county_id=county_id, person_id=person_id)


def _within_rights(*, by: SignedIn, county_id: int, person_id: int) -> Person:
    """The row of a person who has no right that `by` has not."""
    row = person_row(person_id=person_id, county_id=county_id)
    if row.is_superuser and not Person.objects.filter(id=by.pk, is_superuser=True).exists():
        raise MoreRights(name=row.display_name)
    return row
