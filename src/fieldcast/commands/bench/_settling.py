"""Measures settlement on the database at hand: fresh, beside a bare COPY of the same rows, and late."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from time import perf_counter

from django.db import connection

from fieldcast.commands.bench import _bare
from fieldcast.commands.bench._county import Session, make_orders, make_sessions
from fieldcast.config import provision
from fieldcast.kit import sql
from fieldcast.settlement import operations as settlement_operations
from fieldcast.settlement.checks import settlement_imbalance

BEGAN = datetime(2026, 11, 2, 2, 0, tzinfo=UTC)
SETTLED = BEGAN + timedelta(days=40)
AT_ONCE = 40_000  # orders of the history that are made and settled together
SELLERS, SESSIONS, ROUNDS = 4, 5, 2

_WAITING = "SELECT id FROM trade_orderline WHERE settled_at IS NULL ORDER BY id"
_SETTLED = "SELECT count(*) FROM settlement_settledline"
Say = Callable[[str], None]


@dataclass(frozen=True)
class Pace:
    """Lines a minute: settled, and the same rows written by a bare COPY in turn with it."""

    settled: float
    copied: float

    @property
    def ratio(self) -> float:
        """Settling beside the bare COPY."""
        return self.settled / self.copied


@dataclass(frozen=True)
class Figures:
    """What was measured; lines are order lines in all of it. `fresh`: nothing was settled before; `late`: `history`."""

    lines: int
    history: int
    fresh: Pace
    late: Pace
    unexplained_fen: int


def measure(*, lines: int, history: int, say: Say) -> Figures:
    """Settle `lines` on a database that has settled nothing, and once `history` lines are settled; check all of it."""
    say("a county with sellers, sessions and an order each")
    sessions = make_sessions(sellers=SELLERS, each=SESSIONS, now=BEGAN)
    _settle()
    fresh = _side_by_side(sessions, lines, say)
    while (missing := history - int(sql.rows(_SETTLED)[0][0])) > 0:
        say(f"history: {missing:,} lines to go")
        _orders(sessions, min(missing, AT_ONCE))
        _settle()
    late = _side_by_side(sessions, lines, say)
    say("working every fen out again")
    unexplained_fen = settlement_imbalance().unexplained_fen
    return Figures(lines=lines, history=history, fresh=fresh, late=late, unexplained_fen=unexplained_fen)


def _side_by_side(sessions: Sequence[Session], lines: int, say: Say) -> Pace:
    """Settle so many lines, and write the same rows for as many others: by turns, so that whatever else the machine
    does meets both.
    """
    settled_s, copied_s = 0.0, 0.0
    for part in _parts(lines):
        since = _bare.marks()
        ids = _orders(sessions, part)
        say(f"settling {part:,} lines")
        settled_s += _settle()
        twin = _bare.Twin(since, lines=ids, to=_orders(sessions, part))
        say("the same rows by COPY")
        copied_s += twin.write(now=SETTLED)
    return Pace(settled=lines / settled_s * 60, copied=lines / copied_s * 60)


def _parts(lines: int) -> list[int]:
    """The lines in as many parts as there are rounds, as even as may be."""
    parts = [(lines + place) // ROUNDS for place in range(ROUNDS)]
    return [part for part in parts if part]


def _orders(sessions: Sequence[Session], lines: int) -> list[int]:
    """The ids of so many finished lines, made now; the tables are looked at as a server does by itself, later."""
    make_orders(sessions, lines=lines, since=BEGAN)
    with provision.as_owner(), connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return [line for (line,) in sql.rows(_WAITING)]


def _settle() -> float:
    """Settle what is due; returns how many seconds that took. Raises `RuntimeError` when something is left."""
    began = perf_counter()
    settlement_operations.settle_due(now=SETTLED)
    took = perf_counter() - began
    if left := sql.rows(_WAITING):
        raise RuntimeError(f"{len(left)} lines were not settled")
    return took
