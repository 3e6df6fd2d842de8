"""What only someone who holds the database owner's keys can do: write while the tables' own guards sleep."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def guards_asleep() -> Iterator[None]:
    """Triggers sleep inside; constraints that wait for the commit are asked first, as a commit before would have."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute("SET LOCAL session_replication_role = replica")
    yield
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = origin")


def behind_its_back(statement: str, *values: int | str) -> None:
    """Run one statement past the guards; it must find something to change."""
    with guards_asleep(), connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        assert cursor.rowcount
