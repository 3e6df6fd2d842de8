"""Months are those of the clock on the wall."""

from datetime import UTC, date, datetime

import pytest

from fieldcast.kit import months


@pytest.mark.parametrize(
    ("moment", "month"),
    [
        (datetime(2026, 11, 30, 15, 59, 59, tzinfo=UTC), date(2026, 11, 1)),
        (datetime(2026, 11, 30, 16, 0, tzinfo=UTC), date(2026, 12, 1)),
        (datetime(2026, 12, 31, 16, 0, tzinfo=UTC), date(2027, 1, 1)),
    ],
)
def test_a_moment_is_within_the_bounds_of_its_month(moment: datetime, month: date) -> None:
    assert months.month_of(moment) == month
    since, until = months.bounds(month)
    assert since <= moment < until
    assert months.month_of(until) == months.next_month(month)
