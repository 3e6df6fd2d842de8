"""Payments a second to different sellers at once. To reach: three times as many as through one shared balance.

Processes pay, each a seller of its own, as a payment's money is booked: a transfer from the world outside to the
seller's escrow, committed. The peer, in the same run and on the same tables, first locks one row that all of them
have in common, as an account of the world with a balance of its own would be; it is measured in turn with ours.

Once with nothing else in the transaction, where the processor and the disk are the bound, and once with a statement
of `PAUSE_MS` after the money has moved, as with a database across a network or a payment that has more to write: what a
lock costs is how long it is held.
"""

import multiprocessing
import os
import time
from dataclasses import dataclass
from datetime import UTC, datetime

from fieldcast.config import database, environment, provision, setup
from fieldcast.config.temporary import temporary

SELLERS = 8
SECONDS = 4.0
ROUNDS = 3
PAUSE_MS = 5
TO_REACH = 3.0
COUNTY = 1
SHARED = "SELECT id FROM ledger_account WHERE party = 'org:0' FOR NO KEY UPDATE"


@dataclass(frozen=True)
class Way:
    """How a payment is made: through a row that all share or not, with a pause after its money moved or not."""

    shared: bool
    pause_ms: int


def main() -> None:
    """Measure and print."""
    with temporary() as env:
        os.environ.update(environment.variables(env))
        setup.django(env)
        provision.bring_database_up_to_date()
        pay(0, "first", Way(shared=False, pause_ms=0))
        reached = [_compare(pause_ms) for pause_ms in (0, PAUSE_MS)]
        database.release(env)
    print("reached" if reached[-1] >= TO_REACH else "NOT reached")


def _compare(pause_ms: int) -> float:
    """Print both ways of paying; returns how many times as many payments ours makes."""
    best = dict.fromkeys((False, True), 0.0)
    for _ in range(ROUNDS):
        for shared in best:
            best[shared] = max(best[shared], _per_second(Way(shared=shared, pause_ms=pause_ms)))
    ratio = best[False] / best[True]
    what = f"with {pause_ms} ms more in each" if pause_ms else "nothing else in them"
    print(
        f"{SELLERS} sellers paid at once, {what}: {best[False]:.0f} payments/s, through one row {best[True]:.0f}/s"
        f" ({ratio:.1f} times)"
    )
    return ratio


def _per_second(way: Way) -> float:
    context = multiprocessing.get_context("spawn")
    with context.Pool(SELLERS, initializer=_begin) as pool:
        counts = pool.starmap(_pay_for, [(number, way) for number in range(1, SELLERS + 1)], chunksize=1)
    return sum(counts) / SECONDS


def _begin() -> None:
    setup.django(environment.read(os.environ))


def _pay_for(number: int, way: Way) -> int:
    """Payments that one process made within the time; all begin after the slowest had its first."""
    pay(number, f"warm-{time.time_ns()}", way)
    time.sleep(1.0)
    ends, done = time.monotonic() + SECONDS, 0
    while time.monotonic() < ends:
        pay(number, f"{time.time_ns()}", way)
        done += 1
    return done


def pay(number: int, key: str, way: Way) -> None:
    """One payment to a seller, committed."""
    from django.db import connection, transaction  # noqa: PLC0415 — settings come first

    from fieldcast.ledger import operations as ledger_operations  # noqa: PLC0415 — settings come first
    from fieldcast.ledger.types import Entry  # noqa: PLC0415 — settings come first

    with transaction.atomic(), connection.cursor() as cursor:
        if way.shared:
            cursor.execute(SHARED)
        ledger_operations.transfer(
            client_id=f"payment:{number}-{key}",
            kind="payment",
            entries=[Entry("outside:sandbox", "world", -100), Entry(f"org:{number}", "escrow", 100)],
            county_id=COUNTY,
            now=datetime.now(UTC),
        )
        if way.pause_ms:
            cursor.execute("SELECT pg_sleep(%s)", [way.pause_ms / 1000])


if __name__ == "__main__":
    main()
