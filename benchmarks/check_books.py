"""Seconds to check all books, as the rows grow. To reach: 3 s for the demo county, and no faster growth than the rows'.

The demo county is made in a database of its own and checked; then it is made about twice and four times as large with
small sales of every kind, and checked again. Beside each figure stands a bare limit of the same run and machine: every
row of the same tables read once and thrown away.
"""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from unittest.mock import patch

from fieldcast.config import database, environment, provision, setup
from fieldcast.config.temporary import temporary

ROUNDS = 3
TO_REACH_SECONDS = 3.0
TABLES = "^(accounts_(membership|address)|ledger|trade|settlement|trace|catalog_lot)"


@dataclass(frozen=True)
class Figure:
    """What one reading of the books took."""

    rows: int
    check_s: float
    scan_s: float
    groups: dict[str, float]


def main() -> None:
    """Measure and print."""
    with temporary(variables={"FIELDCAST_DEMO": "1"}) as env:
        os.environ.update(environment.variables(env))
        setup.django(env)
        provision.bring_database_up_to_date()
        figures = list(_measure_growing())
        database.release(env)
    first = figures[0]
    print(f"{'rows':>8} {'check':>9} {'µs/row':>8} {'bare scan':>10}")
    for figure in figures:
        each = figure.check_s / figure.rows * 1e6
        print(f"{figure.rows:>8} {figure.check_s:>7.3f} s {each:>8.1f} {figure.scan_s:>8.3f} s")
    slowest = sorted(first.groups.items(), key=lambda item: -item[1])[:4]
    print("of the demo county: " + ", ".join(f"{name} {seconds:.3f} s" for name, seconds in slowest))
    growth = (figures[-1].check_s / first.check_s) / (figures[-1].rows / first.rows)
    print(f"time grows {growth:.2f} times as fast as the rows")
    print("reached" if first.check_s <= TO_REACH_SECONDS and growth <= 1.25 else "NOT reached")


def _measure_growing() -> list[Figure]:
    from fieldcast.demo.load import load_demo  # noqa: PLC0415 — settings come first
    from fieldcast.rehearsal.tampering_scene import set_scene  # noqa: PLC0415 — settings come first

    now = datetime.now(UTC)
    with patch("fieldcast.demo.load.prepare_media"):
        load_demo(seed=7, now=now)
    figures = [_measure(now)]
    for size in (2, 4):
        while _rows() < size * figures[0].rows:
            set_scene(now=now)
        figures.append(_measure(now))
    return figures


def _measure(now: datetime) -> Figure:
    """Read at the time at which the sales stand: nobody is there to send what they wait for."""
    from django.db import connection  # noqa: PLC0415 — settings come first

    from fieldcast.supervision import books  # noqa: PLC0415 — settings come first

    with connection.cursor() as cursor:
        for table in _tables():
            cursor.execute(
                f"SELECT count(*) FROM {table}"
            )  # what was just written is in memory, as in a county's day
    groups: dict[str, float] = {}

    def check() -> None:
        reading = books.Books(now)
        for name, one in books.GROUPS.items():
            began = time.perf_counter()
            found = one(reading)
            groups[name] = time.perf_counter() - began
            assert found.figure == 0, (name, found.details)

    return Figure(rows=_rows(), check_s=_best(check), scan_s=_best(_scan), groups=groups)


def _best(what: Callable[[], None]) -> float:
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        what()
        times.append(time.perf_counter() - began)
    return min(times)


def _scan() -> None:
    from django.db import connection  # noqa: PLC0415 — settings come first

    with connection.cursor() as cursor:
        for table in _tables():
            cursor.execute(f"SELECT * FROM {table}")
            while cursor.fetchmany(2000):
                pass


def _tables() -> list[str]:
    from django.db import connection  # noqa: PLC0415 — settings come first

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
            " AND relname ~ %s ORDER BY 1",
            [TABLES],
        )
        return [name for (name,) in cursor.fetchall()]


def _rows() -> int:
    from django.db import connection  # noqa: PLC0415 — settings come first

    with connection.cursor() as cursor:
        total = 0
        for table in _tables():
            cursor.execute(f"SELECT count(*) FROM {table}")
            total += cursor.fetchone()[0]
    return total


if __name__ == "__main__":
    main()
