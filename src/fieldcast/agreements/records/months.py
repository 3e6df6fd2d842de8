"""When a month of an agreement is settled."""

from datetime import date, datetime, timedelta

from fieldcast.kit.months import began, next_month

GRACE = timedelta(days=3)  # to confirm what was done, and for the county to accept force majeure


def settled_from(month: date) -> datetime:
    """The moment from which a month's sheets are settled: three days after it is over."""
    return began(next_month(month)) + GRACE
