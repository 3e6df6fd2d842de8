"""How long an agreement holds: the days that its clause says, and as long again where it renews by itself."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from fieldcast.agreements.composed.promise.validity import Validity

USUAL_NOTICE_DAYS: Final = 30
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True)
class Term:
    """The days between which an agreement holds now, both included, and whether it goes on by itself."""

    begins: date
    ends: date
    renews: bool
    notice_days: int


def term_on(clause: Validity, today: date) -> Term:
    """The term in which a day falls: of an agreement that renews a later one, once the first is over."""
    begins, ends = clause.begins, clause.ends
    while clause.renews and ends < today:
        begins, ends = ends + _DAY, _again(begins, ends)
    return Term(begins, ends, clause.renews, clause.notice_days)


def _again(begins: date, ends: date) -> date:
    """The last day of as long again: whole months stay months, anything else is as many days."""
    after = ends + _DAY
    if after.day != begins.day:
        return ends + (after - begins)
    month = after.month - 1 + (after.year - begins.year) * 12 + after.month - begins.month
    year, month = after.year + month // 12, month % 12 + 1
    return _day(year, month, after.day) - _DAY


def _day(year: int, month: int, day: int) -> date:
    """The day of a month, or the first of the next where the month is too short for it."""
    try:
        return date(year, month, day)
    except ValueError:
        return date(year + month // 12, month % 12 + 1, 1)
