"""Rows written by COPY on Django's own connection, in the caller's transaction: every guard of the table applies.

For rows by the thousand, where a model and bound parameters for each cost more than the database's own work. Rows are
text as COPY reads it, a line each: who writes many that differ little makes what they have in common once.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import islice
from typing import Final

from django.db import connection

AT_ONCE: Final = 1000
_APART: Final = {ord("\\"): "\\\\", ord("\t"): "\\t", ord("\n"): "\\n", ord("\r"): "\\r"}
Value = str | int | datetime | None


def field(value: Value) -> str:
    """A value as COPY reads it."""
    if value is None:
        return "\\N"
    if isinstance(value, datetime):
        return value.isoformat()
    return value.translate(_APART) if isinstance(value, str) else str(value)


def fields(*values: Value) -> str:
    """Several of them, side by side: a row without its end, or a part of one."""
    return "\t".join(map(field, values))


def copy(table: str, columns: Sequence[str], rows: Iterable[str]) -> None:
    """Write rows, each ended by a line break. Raises Django's `DatabaseError`s, as any statement does."""
    statement = f"COPY {table} ({', '.join(columns)}) FROM STDIN"
    with connection.cursor() as cursor, connection.wrap_database_errors, cursor.copy(statement) as out:
        left = iter(rows)
        while some := "".join(islice(left, AT_ONCE)):
            out.write(some)
