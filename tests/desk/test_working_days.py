"""Working days: holidays and the weekends worked for them, and a year whose holidays nobody knows yet."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from fieldcast.desk.working_days import due_after, working_day, working_day_before

CHINA = ZoneInfo("Asia/Shanghai")


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=CHINA)  # type: ignore[arg-type,misc]


def test_the_national_holiday_of_2026_is_no_time_to_answer_in() -> None:
    # off from 1 to 7 October; worked on Saturday 10 October for it
    due = due_after(at(2026, 9, 29, 10), working_days=3)
    assert timezone.localtime(due.at) == at(2026, 10, 9, 18)
    assert not due.by_weekdays
    assert timezone.localdate(due_after(at(2026, 9, 29, 10), working_days=4).at) == date(2026, 10, 10)


def test_a_day_before_a_holiday_is_before_all_of_it() -> None:
    assert working_day_before(at(2026, 10, 8, 18)) == at(2026, 9, 30, 18)


def test_an_evening_in_china_is_still_that_day_though_it_is_the_next_one_elsewhere() -> None:
    evening = at(2026, 9, 29, 23, 30)
    assert due_after(evening.astimezone(ZoneInfo("UTC")), working_days=1).at == at(2026, 9, 30, 18)


def test_a_year_whose_holidays_are_not_known_counts_weekdays_and_says_so() -> None:
    assert working_day(date(2090, 10, 2)) == (True, False)  # a Monday within the usual holiday
    due = due_after(at(2090, 9, 29, 10), working_days=2)
    assert (timezone.localtime(due.at), due.by_weekdays) == (at(2090, 10, 3, 18), True)


def test_a_way_into_an_unknown_year_says_so_too() -> None:
    last = max(year for year in range(2024, 2090) if working_day(date(year, 1, 1))[1])
    assert due_after(at(last, 12, 31, 10) - timedelta(days=2), working_days=9).by_weekdays


def test_nothing_is_due_before_a_day_has_passed() -> None:
    with pytest.raises(ValueError, match="one working day"):
        due_after(at(2026, 9, 29, 10), working_days=0)
