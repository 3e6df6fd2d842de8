"""What the database alone takes for the rows of a settlement: the very same rows, by COPY, with every guard on.

The rows that a run wrote are read back, moved to as many other order lines of the same sessions, and rendered as COPY
reads them. Then the clock starts: one transaction on one connection.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Any

from django.db import connection, transaction

from fieldcast.kit import copying, sql

TABLES = (
    "settlement_statement",
    "settlement_statementline",
    "settlement_payout",
    "ledger_transfer",
    "ledger_posting",
)
_CLOSE = "UPDATE trade_orderline SET settled_at = %s WHERE id = ANY (%s)"
Row = tuple[Any, ...]


@dataclass(frozen=True)
class Marks:
    """The highest id of each table, and of the settled lines."""

    ids: dict[str, int]


def marks() -> Marks:
    """As the tables stand now."""
    newest = "SELECT coalesce(max(id), 0) FROM {}"
    return Marks({table: int(sql.rows(newest.format(table))[0][0]) for table in TABLES})


@dataclass(frozen=True)
class Table:
    """Rows to be written into a table."""

    name: str
    columns: Sequence[str]
    rows: Sequence[str]


class Twin:
    """The rows that were written since `since`, moved from order lines to others that are not settled."""

    def __init__(self, since: Marks, *, lines: Sequence[int], to: Sequence[int]) -> None:
        self._since = since
        self._line = dict(zip(lines, to, strict=True))
        statements, transfers = (self._new_ids(name) for name in ("settlement_statement", "ledger_transfer"))
        self.tables = (
            self._moved("settlement_statement", {"id": statements.get, "number": _other, "run_key": _other}),
            self._moved(
                "settlement_statementline", {"statement_id": statements.get, "order_line_id": self._line.get}
            ),
            self._settled(),
            self._moved("settlement_payout", {"statement_id": statements.get, "transfer_client_id": _other}),
            self._moved("ledger_transfer", {"id": transfers.get, "client_id": _other, "reference": _other}),
            self._moved("ledger_posting", {"transfer_id": transfers.get}),
        )

    def write(self, *, now: Any) -> float:
        """Write them all; returns how many seconds that took, the commit with its checks among them."""
        began = perf_counter()
        with transaction.atomic():
            for table in self.tables:
                copying.copy(table.name, table.columns, table.rows)
            with connection.cursor() as cursor:
                cursor.execute(_CLOSE, [now, list(self._line.values())])
        return perf_counter() - began

    def _new_ids(self, table: str) -> dict[int, int]:
        """Ids for copies of the rows, by those of the rows."""
        new = f"SELECT id, nextval(pg_get_serial_sequence('{table}', 'id')) FROM {table} WHERE id > %s"  # noqa: S608
        return dict(sql.rows(new, [self._since.ids[table]]))

    def _moved(self, table: str, moved: dict[str, Callable[[Any], Any]]) -> Table:
        columns = [name for name in _columns(table) if name in moved or name not in ("id", "opened_in")]
        said = ", ".join(f"{name}::text" if name not in moved else name for name in columns)
        rows = sql.rows(
            f"SELECT {said} FROM {table} WHERE id > %s ORDER BY id",  # noqa: S608
            [self._since.ids[table]],
        )
        return Table(table, columns, _rendered(rows, [moved.get(name) for name in columns]))

    def _settled(self) -> Table:
        columns = _columns("settlement_settledline")
        said = ", ".join(f"{name}::text" if name != "order_line_id" else name for name in columns)
        rows = sql.rows(
            f"SELECT {said} FROM settlement_settledline WHERE order_line_id = ANY (%s) ORDER BY 1",  # noqa: S608
            [list(self._line)],
        )
        moved: dict[str, Callable[[Any], Any]] = {"order_line_id": self._line.get, "run_key": _other}
        return Table(
            "settlement_settledline", columns, _rendered(rows, [moved.get(name) for name in columns])
        )


def _other(word: str) -> str:
    """The name of a copy, where the row's own is taken."""
    return f"b{word[1:]}"


def _columns(table: str) -> list[str]:
    found = sql.rows(
        "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped"
        " ORDER BY attnum",
        [table],
    )
    return [name for (name,) in found]


def _rendered(rows: Iterable[Row], moved: Sequence[Callable[[Any], Any] | None]) -> list[str]:
    return [
        copying.fields(*(to(value) if to else value for value, to in zip(row, moved, strict=True))) + "\n"
        for row in rows
    ]
