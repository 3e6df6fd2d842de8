"""Calendar months of the counties' own clock."""

from datetime import date, datetime

from django.utils import timezone


def month_of(moment: datetime) -> date:
    """The first day of the month that a moment is in, by the clock on the wall."""
    return timezone.localdate(moment, timezone.get_default_timezone()).replace(day=1)


def next_month(first: date) -> date:
    """The first day of the month after."""
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


def bounds(first: date) -> tuple[datetime, datetime]:
    """From when and until when (not included) a month lasts."""
    return _midnight(first), _midnight(next_month(first))


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=timezone.get_default_timezone())
