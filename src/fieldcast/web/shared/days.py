"""Days and hours as people say them, in the county's time and the reader's language."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from fieldcast.web.shared.words import chinese

WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")


def day_name(day: date) -> str:
    """A day with its weekday: 11月22日 周日, Sunday 22 November."""
    if chinese():
        return f"{day.month}月{day.day}日 {WEEKDAYS[day.weekday()]}"
    return f"{day:%A} {day.day} {day:%B}"


def weekday_name(day: date) -> str:
    """The weekday alone."""
    return WEEKDAYS[day.weekday()] if chinese() else f"{day:%A}"


def short_day(day: date) -> str:
    """A day in a table or on an axis: 11-22."""
    return f"{day:%m-%d}"


def day_line(now: datetime) -> str:
    """The day as people say it: 11月22日 星期日 14:00, or Sunday 22 November 14:00."""
    local = timezone.localtime(now)
    return date_format(local, "n月j日 l H:i" if chinese() else "l j F H:i")


def greeting(now: datetime) -> str:
    """The greeting of the hour, in the county's time."""
    hour = timezone.localtime(now).hour
    if 5 <= hour < 11:
        return gettext("Good morning")
    if 11 <= hour < 13:
        return gettext("Good day")
    if 13 <= hour < 18:
        return gettext("Good afternoon")
    return gettext("Good evening")
