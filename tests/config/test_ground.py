"""The ground tests stand on: what a committing test leaves is gone for the next, even where nothing may be deleted."""

from datetime import datetime

import pytest
from django.conf import settings
from django.db import DatabaseError, connection

from fieldcast.config import environment
from tests.factories.accounts import make_county, make_person

TABLE = "accounts_personaldataread"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", ["first", "second"])
def test_committed_rows_of_an_append_only_table_do_not_reach_the_next_test(time: str, now: datetime) -> None:
    person = make_person(county_id=make_county())
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {TABLE} (reader_id, subject, what, reason, at) VALUES (%s, 'lot 1', 'phone', 'delivery', %s)",
            [person.pk, now],
        )
        cursor.execute(f"SELECT count(*) FROM {TABLE}")
        assert cursor.fetchone() == (1,), f"the {time} time"


@pytest.mark.django_db(transaction=True)
def test_within_a_test_an_append_only_table_refuses_to_be_emptied() -> None:
    with connection.cursor() as cursor, pytest.raises(DatabaseError, match="append-only"):
        cursor.execute(f"TRUNCATE {TABLE}")


def test_tests_never_touch_the_data_of_the_checkout() -> None:
    assert "fieldcast-tests-" in str(settings.HOME)
    assert environment.read().home == settings.HOME
