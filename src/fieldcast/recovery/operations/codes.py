"""Codes as rows: written, ended, compared. Everything here happens under the lock of the person it is about."""

import unicodedata
from datetime import datetime
from typing import Final

from fieldcast.kit.fields import blind_index
from fieldcast.kit.said import plain_digits, said
from fieldcast.recovery.models import CodeEnd, ResetCode
from fieldcast.recovery.types import GOOD_FOR, Ending

BETWEEN: Final = str.maketrans("", "", " -\u2010\u2011\u2012\u2013\u2014\u2212")


def write(*, person_id: int, code: str, now: datetime, **made: object) -> ResetCode:
    """Keep a new code; the one that was open ends."""
    for older in _open(person_id=person_id, now=now):
        end(older, how=Ending.REPLACED, now=now)
    return ResetCode.objects.create(
        person_id=person_id, code_hash=hash_of(person_id, code), at=now, until=now + GOOD_FOR, **made
    )


def open_code(*, person_id: int, now: datetime) -> ResetCode | None:
    """The code with which a person may set a new password now."""
    return next(iter(_open(person_id=person_id, now=now)), None)


def last_used(*, person_id: int, now: datetime) -> ResetCode | None:
    """The latest code of a person, when it was used and its time is not over."""
    latest = ResetCode.objects.select_related("end").filter(person_id=person_id, until__gt=now).last()
    used = latest is not None and getattr(latest, "end", None) is not None
    return latest if latest is not None and used and latest.end.how == Ending.USED.value else None


def end(code: ResetCode, *, how: Ending, now: datetime) -> None:
    """Write down what ended a code."""
    CodeEnd.objects.create(code=code, how=how.value, at=now)


def hash_of(person_id: int, code: str) -> str:
    """What is kept of a code: nothing without the key, and nothing for another person."""
    return blind_index(f"reset code {person_id} {code}")


def plain(typed: str) -> str:
    """A code as it was made, however it was typed: with blanks, dashes, small letters, wide ones."""
    return plain_digits(unicodedata.normalize("NFKC", said(typed))).translate(BETWEEN).upper()


def _open(*, person_id: int, now: datetime) -> list[ResetCode]:
    rows = ResetCode.objects.filter(person_id=person_id, until__gt=now, end__isnull=True)
    return list(rows.order_by("-id"))
