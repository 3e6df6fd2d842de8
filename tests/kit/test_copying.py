"""Rows written by COPY say what was said, and every guard of their table applies."""

from datetime import UTC, datetime

import pytest
from django.db import DataError, connection, transaction

from fieldcast.kit import copying

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
SAID = ["plain", "tab\there", "line\nbreak\r", "back\\slash \\N \\.", "", "黄桃"]


def test_what_is_copied_is_what_was_said() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE said (n int, words text, nothing text, at timestamptz) ON COMMIT DROP"
        )
        rows = (copying.fields(n, words, None, AT) + "\n" for n, words in enumerate(SAID))
        copying.copy("said", ("n", "words", "nothing", "at"), rows)
        cursor.execute("SELECT words, nothing, at FROM said ORDER BY n")
        assert cursor.fetchall() == [(words, None, AT) for words in SAID]


def test_a_row_that_the_table_refuses_is_djangos_error_and_none_is_written() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE said (n int)")
        with pytest.raises(DataError), transaction.atomic():
            copying.copy("said", ("n",), ["1\n", "one\n"])
        cursor.execute("SELECT count(*) FROM said")
        assert cursor.fetchone() == (0,)
