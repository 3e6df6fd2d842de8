"""Up to which id a table's rows are all there: none lower can still appear, but by a hand that writes ids itself.

A sequence gives its numbers in order, transactions end in any: who took 5 may commit after who took 6, and whoever read
up to 6 meanwhile has never seen 5. Neither a lag by the clock nor `pg_snapshot_xmin` is enough by itself: `now` of a
long run is old when it writes, and a transaction has an id of its own only once it has written. But `nextval` locks its
sequence until its transaction ends, before it gives a number. So: read the highest id that can be seen, then wait for
whoever holds such a lock by then. Who comes later gets a higher number.
"""

from collections.abc import Sequence
from time import monotonic, sleep
from typing import Final

from fieldcast.kit import sql

LOOK_SECONDS: Final = 0.05
_WRITERS: Final = """
SELECT pid, virtualtransaction FROM pg_locks
WHERE locktype = 'relation' AND mode = 'RowExclusiveLock' AND granted AND pid <> pg_backend_pid()
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
  AND relation = ANY (SELECT pg_get_serial_sequence(name, 'id')::regclass::oid FROM unnest(%s::text[]) AS name)
"""


def newest_ids(tables: Sequence[str]) -> dict[str, int]:
    """The highest `id` that can be seen in each table, all of one moment; 0 where it is empty."""
    each = (f"SELECT '{table}', coalesce(max(id), 0) FROM {table}" for table in tables)  # noqa: S608 — named by rooms
    return {str(table): int(newest) for table, newest in sql.rows(" UNION ALL ".join(each))}


def final_ids(tables: Sequence[str], *, seconds: float) -> dict[str, int] | None:
    """The same, once no row below them can appear any more; None when that takes more than so many seconds.

    What the caller itself has written counts as there.
    """
    newest = newest_ids(tables)
    writing = _writers(tables)  # read after the ids: whoever took a lower number is among them, or has ended
    until = monotonic() + seconds
    while writing and monotonic() < until:
        sleep(LOOK_SECONDS)
        writing &= _writers(tables)
    return None if writing else newest


def _writers(tables: Sequence[str]) -> set[tuple[int, str]]:
    return {(int(pid), str(transaction)) for pid, transaction in sql.rows(_WRITERS, [list(tables)])}
