"""A clerk finds the person before them by their whole number, looks at who they are, and makes one code."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.db import transaction

from fieldcast.accounts import operations as accounts_operations
from fieldcast.accounts import queries as accounts
from fieldcast.accounts.access import require_now
from fieldcast.accounts.phones import normalise_phone
from fieldcast.accounts.types import SignedIn
from fieldcast.kit.errors import Problem
from fieldcast.kit.ids import random_code
from fieldcast.kit.said import alike, must_say, said
from fieldcast.recovery import queries, told
from fieldcast.recovery.loaders import load_centre, load_found
from fieldcast.recovery.operations import codes, limited
from fieldcast.recovery.problems import AccountClosed, NotAtACentre, OwnPassword, TooManyLookUps, TwoMembers
from fieldcast.recovery.types import LETTERS, MOST_LETTERS, MOST_NAME, Bar, FoundPerson, LookedAt, MadeCode

BARS: Final[dict[Bar, type[Problem]]] = {
    Bar.ONESELF: OwnPassword,
    Bar.OFFICE: NotAtACentre,
    Bar.CLOSED: AccountClosed,
}
TWO: Final = 2


def look_up(*, by: SignedIn, centre_id: int, phone: str, why: str, now: datetime) -> FoundPerson | None:
    """The person of the centre's county who signs in with this whole number; None when there is none.

    Counted and written down with its reason, whoever it found. Raises `NotFound` for strangers to the centre,
    `SaysNothing`, `BadPhone`, and `TooManyLookUps` after thirty in an hour.
    """
    centre = load_centre(by=by, centre_id=centre_id)
    reason = must_say(why, field="why")
    try:
        number = normalise_phone(phone)
    except ValueError:
        raise accounts_operations.BadPhone from None
    limited.count(limited.LOOK_UPS, who=f"person {by.pk}", now=now, refusal=TooManyLookUps)
    person = accounts.person_by_phone(phone=number)
    here = person if person is not None and person.county_id == centre.county_id else None
    about = queries.subject(here.pk) if here else f"number:{limited.number(number)[:16]}"
    accounts_operations.log_personal_read(
        by=by, subject=about, what=queries.LOOKED_UP, reason=reason, now=now
    )
    if here is None:
        return None
    return queries.found_person(person_id=here.pk, county_id=centre.county_id, clerk_id=by.pk)


def make_code(
    *,
    by: SignedIn,
    centre_id: int,
    person_id: int,
    looked_at: LookedAt,
    witnesses: Sequence[str],
    why: str,
    now: datetime,
) -> MadeCode:
    """Make the one code with which a person who was just looked up sets a new password; one that was open ends.

    Raises `NotFound`, `SaysNothing`, `TwoMembers`, `OwnPassword`, `NotAtACentre` and `AccountClosed`.
    """
    reason = must_say(why, field="why")[:MOST_LETTERS]
    names = _witnesses(looked_at, witnesses)
    found = load_found(by=by, centre_id=centre_id, person_id=person_id, now=now)
    if found.bar is not None:
        raise BARS[found.bar]
    code = random_code(LETTERS)
    with transaction.atomic():
        accounts_operations.lock_person(person_id)
        require_now(by, "recovery.help_people", load_centre(by=by, centre_id=centre_id))
        if not accounts.may_be_helped(person_id=person_id):  # became an officer while we waited
            raise NotAtACentre
        row = codes.write(
            person_id=person_id,
            code=code,
            by_id=by.pk,
            centre_id=centre_id,
            looked_at=looked_at.value,
            witnesses=names,
            why=reason,
            now=now,
        )
        told.code_made(row, now=now)
    return MadeCode(code=code, until=row.until)


def _witnesses(looked_at: LookedAt, names: Sequence[str]) -> str:
    """The two members who know the person, in words; nobody where papers were looked at."""
    if looked_at != LookedAt.KNOWN:
        return ""
    plain = [said(name)[:MOST_NAME] for name in names]
    if len({alike(name) for name in plain if name}) < TWO:
        raise TwoMembers
    return "、".join(name for name in plain if name)
