"""The rows of a chunk, written by COPY in its transaction.

A line has some eight amounts. A model, its conversions and its bound parameters cost more than the database takes for
the row with all its constraints (decision 0031). Lines alike share their shares, so what stands in a row beside its
order line is made once for all of them.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Final

from django.db import connection

from fieldcast.agreements.calculation import Share
from fieldcast.kit import copying
from fieldcast.settlement.models import SettledLine, StatementLine
from fieldcast.settlement.shares import Shared

About = tuple[int, str, str]  # session, party and role: what a statement is about
LINE_COLUMNS: Final = (
    "statement_id",
    "order_line_id",
    "agreement_version_id",
    "clause",
    "kind",
    "formula",
    "inputs",
    "amount_fen",
)
SETTLED_COLUMNS: Final = ("order_line_id", "run_key", "net_fen", "settled_at")
# Statement lines, settled lines and payouts point at rows that are there: a look at each, which would else be taken
# when the transaction is committed, with the accounts of everyone locked.
_LOOK_NOW: Final = "SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED"


def statement_lines(shared: Iterable[Shared], *, statement_ids: Mapping[About, int]) -> None:
    """A row for every share, statement after statement, each in the order of the lines."""
    rows: dict[int, list[str]] = {statement_id: [] for statement_id in statement_ids.values()}
    known: dict[tuple[int, int], list[tuple[list[str], str, str]]] = {}
    for one in shared:
        alike = (
            id(one.shares),
            one.line.session_id,
        )  # the same object for lines alike, alive for as long as they are
        parts = known.get(alike)
        if parts is None:
            parts = known[alike] = [
                (rows[statement_id], copying.fields(statement_id) + "\t", _rest(one, share))
                for share in one.shares
                for statement_id in (statement_ids[one.line.session_id, share.party, share.role],)
            ]
        for theirs, before, after in parts:
            theirs.append(f"{before}{one.line.order_line_id}{after}")
    copying.copy(StatementLine._meta.db_table, LINE_COLUMNS, _in_turn(rows))


def settled_lines(shared: Iterable[Shared], *, run_key: str, now: datetime) -> None:
    """A row for every line: from now on it is settled, and its primary key makes it once."""
    rows = (copying.fields(one.line.order_line_id, run_key, one.net_fen, now) + "\n" for one in shared)
    copying.copy(SettledLine._meta.db_table, SETTLED_COLUMNS, rows)


def look_now() -> None:
    """Have the database look at what the rows written so far point at. Raises `IntegrityError`."""
    with connection.cursor() as cursor:
        cursor.execute(_LOOK_NOW)


def _rest(one: Shared, share: Share) -> str:
    """What stands in a row behind its order line."""
    inputs = json.dumps(dict(share.inputs), ensure_ascii=False)
    said = copying.fields(one.version.id, share.clause, share.kind, share.formula, inputs, share.amount_fen)
    return f"\t{said}\n"


def _in_turn(rows: Mapping[int, list[str]]) -> Iterator[str]:
    for theirs in rows.values():
        yield from theirs
