"""Months of a county, which begin at midnight in China."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")


def month_of(moment: datetime) -> date:
    """The first day of the month in which a moment falls."""
    return moment.astimezone(CHINA).date().replace(day=1)


def day_of(moment: datetime) -> date:
    """The day on which a moment falls."""
    return moment.astimezone(CHINA).date()


def next_month(month: date) -> date:
    """The first day of the month after."""
    return (month + timedelta(days=31)).replace(day=1)


def began(month: date) -> datetime:
    """The moment at which a month begins."""
    return datetime.combine(month, time(), CHINA)


def bounds(month: date) -> tuple[datetime, datetime]:
    """From when and until when (not included) a month lasts."""
    return began(month), began(next_month(month))
