"""Numbers that people read aloud."""

from datetime import UTC, datetime

from fieldcast.kit.ids import dated_number


def test_a_number_carries_the_day_of_the_county_not_that_of_greenwich() -> None:
    assert dated_number("D", datetime(2026, 11, 22, 15, 59, tzinfo=UTC)).startswith("D261122-")
    assert dated_number("D", datetime(2026, 11, 22, 16, 0, tzinfo=UTC)).startswith("D261123-")
