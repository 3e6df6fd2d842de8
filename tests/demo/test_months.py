"""The demo county stands in any month of the year."""

from datetime import UTC, datetime
from typing import Any

import pytest

from fieldcast.live import queries as live
from fieldcast.supervision.queries import invariants
from tests.demo.loading import loaded

# thorough: the county takes a quarter of a minute to load. A file of its own, since no database holds two counties.
pytestmark = [pytest.mark.django_db, pytest.mark.thorough]


def test_it_stands_in_a_month_in_which_little_is_picked(
    django_db_setup: None, django_db_blocker: Any
) -> None:
    with loaded(django_db_blocker, datetime(2026, 5, 15, 6, 0, tzinfo=UTC)) as found:
        assert invariants(now=datetime(2026, 5, 15, 6, 0, tzinfo=UTC)).ok
        assert live.live_now(county_id=found)
