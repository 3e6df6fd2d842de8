"""Seconds to check what is new beside everything, as history grows. To reach: no more, whatever was there before.

A county of sellers settles more and more order lines; after each batch everything is read, and a mark says up to where.
Then as many lines as before are settled, and read from the mark on: by what grows with history alone, the statements,
the book and what both share. The control beside it is the same reading of everything, in the same run.

The county's orders are copies of a few (see `commands/bench/_county.py`): its stock and payments are not those of a
county, so the other groups of checks are left out, and fen that its book has beside payments are not looked at here.
"""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass

from fieldcast.config import database, environment, provision, setup
from fieldcast.config.temporary import temporary

HISTORY = (10_000, 30_000, 90_000)  # order lines settled before
NEW = 2_000
ROUNDS = 2
TO_REACH_GROWTH = 1.5  # of the short check from the least history to nine times as much
GROUPS = ("unexplained_fen", "ledger", "unbacked_fen")


@dataclass(frozen=True)
class Figure:
    """What was there, and what one reading took, by group."""

    lines: int
    rows: int
    everything: dict[str, float]
    since: dict[str, float]


def main() -> None:
    """Measure and print."""
    with temporary() as env:
        os.environ.update(environment.variables(env))
        setup.django(env)
        provision.bring_database_up_to_date()
        figures = _measure_growing()
        database.release(env)
    print(
        f"{'lines':>7} {'statement lines':>16} {'everything':>12} {'since':>10}   of which "
        + ", ".join(GROUPS)
    )
    for one in figures:
        parts = ", ".join(f"{one.everything[name]:.2f}/{one.since[name]:.3f} s" for name in GROUPS)
        print(
            f"{one.lines:>7} {one.rows:>16} {sum(one.everything.values()):>10.2f} s"
            f" {sum(one.since.values()):>8.3f} s   {parts}"
        )
    growth = sum(figures[-1].since.values()) / sum(figures[0].since.values())
    whole = sum(figures[-1].everything.values()) / sum(figures[0].everything.values())
    print(f"{NEW} new lines take {growth:.2f} times as long, everything {whole:.2f} times")
    print("reached" if growth <= TO_REACH_GROWTH else "NOT reached")


def _measure_growing() -> list[Figure]:
    from fieldcast.commands.bench import _settling  # noqa: PLC0415 — settings come first
    from fieldcast.commands.bench._county import make_sessions  # noqa: PLC0415

    sessions = make_sessions(sellers=_settling.SELLERS, each=_settling.SESSIONS, now=_settling.BEGAN)
    _settling._settle()
    figures = []
    for history in HISTORY:
        while (missing := history - _count("settlement_settledline")) > 0:
            _settling._orders(sessions, min(missing, _settling.AT_ONCE))
            _settling._settle()
        figures.append(_measure(lambda: (_settling._orders(sessions, NEW), _settling._settle())))
    return figures


def _measure(settle_more: Callable[[], object]) -> Figure:
    from fieldcast.commands.bench._settling import BEGAN  # noqa: PLC0415 — settings come first
    from fieldcast.ledger import checks as ledger  # noqa: PLC0415 — settings come first
    from fieldcast.settlement import checks as settlement  # noqa: PLC0415
    from fieldcast.supervision import marks  # noqa: PLC0415

    lines = _count("settlement_settledline")
    ids = marks.begin()
    assert ids is not None
    mark = marks.Mark(BEGAN, book=ledger.read_up_to(ids=ids), statements=settlement.read_up_to(ids=ids))
    settle_more()
    return Figure(lines, _count("settlement_statementline"), _best(None), _best(mark))


def _best(mark: object) -> dict[str, float]:
    """The shortest of some rounds by group; what must be right is asserted to be."""
    from fieldcast.ledger import queries as ledger  # noqa: PLC0415 — settings come first
    from fieldcast.settlement.checks import settlement_imbalance  # noqa: PLC0415
    from fieldcast.supervision import books  # noqa: PLC0415

    book, statements = (mark.book, mark.statements) if mark else (None, None)  # type: ignore[attr-defined]
    best = dict.fromkeys(GROUPS, float("inf"))
    for _ in range(ROUNDS):
        for name, read in (
            ("unexplained_fen", lambda: settlement_imbalance(since=statements).unexplained_fen),
            ("ledger", lambda: ledger.imbalance(since=book).fen),
            ("unbacked_fen", lambda: _of_settlement(books._unbacked(mark).details)),  # type: ignore[arg-type]
        ):
            began = time.perf_counter()
            wrong = read()
            best[name] = min(best[name], time.perf_counter() - began)
            assert not wrong, (name, wrong)
    return best


def _of_settlement(details: tuple[str, ...]) -> list[str]:
    return [line for line in details if "settle:" in line]


def _count(table: str) -> int:
    from fieldcast.kit import sql  # noqa: PLC0415 — settings come first

    return int(sql.rows(f"SELECT count(*) FROM {table}")[0][0])


if __name__ == "__main__":
    main()
