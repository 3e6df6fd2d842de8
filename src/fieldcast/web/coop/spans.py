"""Sums of days as bars over time: days, months or years, whichever show it whole, and none left out between two.

A day without orders is a bar of nothing, so that days far apart stand far apart.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from enum import Enum
from typing import Final, NamedTuple

MOST_BARS: Final = 130


class Span(Enum):
    """How much time a bar stands for: the characters of `2026-05-01` that name it."""

    DAY = 10
    MONTH = 7
    YEAR = 4


class Bars(NamedTuple):
    """Every span from the first to the last, with its sum."""

    span: Span
    names: tuple[str, ...]
    sums: tuple[int, ...]


def bars(days: Iterable[tuple[str, int]]) -> Bars:
    """Sums of days, each named as `2026-05-01`, in order."""
    found = list(days)
    if not found:
        return Bars(Span.DAY, (), ())
    every = _every(date.fromisoformat(found[0][0]), date.fromisoformat(found[-1][0]))
    span = next((one for one in Span if _count(every, one) <= MOST_BARS), Span.YEAR)
    sums = dict.fromkeys((day[: span.value] for day in every), 0)
    for day, value in found:
        sums[day[: span.value]] += value
    return Bars(span, tuple(sums), tuple(sums.values()))


def _every(first: date, last: date) -> Sequence[str]:
    return [str(first + timedelta(days=one)) for one in range((last - first).days + 1)]


def _count(every: Sequence[str], span: Span) -> int:
    return len({day[: span.value] for day in every})
