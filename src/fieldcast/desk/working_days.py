"""Working days of China: the State Council's holidays, and the weekends that are worked for them (`chinesecalendar`).

The days off of a year are published in the autumn before it, so those of a far date may not be known. Then Monday to
Friday count as working days, and the answer says so.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import chinese_calendar
from django.utils import timezone

END_OF_DAY = time(18, 0)  # in the county's time


@dataclass(frozen=True)
class Due:
    """Until when. `by_weekdays`: the holidays of some year on the way are not known."""

    at: datetime
    by_weekdays: bool


def working_day(day: date) -> tuple[bool, bool]:
    """Is it worked, and is that known? A day of a year that is not known is worked from Monday to Friday."""
    try:
        return bool(chinese_calendar.is_workday(day)), True
    except NotImplementedError:  # its way to say that it has no data for the year
        return day.weekday() < 5, False


def due_after(moment: datetime, *, working_days: int) -> Due:
    """The end of the last of so many working days after the day of `moment`. Raises `ValueError` for less than one."""
    if working_days < 1:
        raise ValueError("at least one working day")
    day, guessed, left = timezone.localdate(moment), False, working_days
    while left:
        day += timedelta(days=1)
        worked, known = working_day(day)
        left -= worked
        guessed = guessed or not known
    return Due(timezone.make_aware(datetime.combine(day, END_OF_DAY)), guessed)


def working_day_before(moment: datetime) -> datetime:
    """The same hour of the working day before."""
    earlier = timezone.localtime(moment) - timedelta(days=1)
    while not working_day(earlier.date())[0]:
        earlier -= timedelta(days=1)
    return earlier
