"""A database without the rows that a test has committed, and without those who are still in it at the end."""

from functools import cache
from time import sleep
from typing import Final

from django.db import connections, transaction

# what Django writes itself after a migration, and no test changes
STAYS: Final = frozenset({"django_content_type", "auth_permission"})


def empty(alias: str) -> None:
    """Take every row away, with triggers and references asleep; sequences run on."""
    with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(_which_have_rows(alias))
        for (table,) in cursor.fetchall():
            cursor.execute(f'DELETE FROM "{table}"')


def others_in(alias: str) -> list[tuple[str, str]]:
    """Who else is in the database when all tests are over, by name and last statement: a thread that left a line open.

    Whoever is about to leave is given a second; who is still there is sent out."""
    sessions = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    with connections[alias].cursor() as cursor:
        for _ in range(10):
            cursor.execute(f"SELECT application_name, query {sessions} AND backend_type = 'client backend'")
            if not (found := [(str(name), str(query)) for name, query in cursor.fetchall()]):
                return []
            sleep(0.1)
        cursor.execute(f"SELECT pg_terminate_backend(pid) {sessions}")
    return found


@cache
def _which_have_rows(alias: str) -> str:
    tables = connections[alias].introspection.django_table_names(only_existing=True, include_views=False)
    return " UNION ALL ".join(
        f"SELECT '{table}' WHERE EXISTS (SELECT FROM \"{table}\")" for table in sorted({*tables} - STAYS)
    )
