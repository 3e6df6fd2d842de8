"""Payments that an installation starts with: the demo county's, made before there was a provider to make them.

They stand in a file beside the books, because the program that writes them runs before the sandbox starts, or while
it holds its books alone. The books look here when they do not know a reference, and from then on it is theirs. A
payment entered twice stays as it was first.
"""

import secrets
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from fieldcast.trade.providers.interface import PaymentStatus

SCHEMA = """
CREATE TABLE IF NOT EXISTS payments (
  reference TEXT PRIMARY KEY, provider_ref TEXT NOT NULL UNIQUE,
  amount_fen INTEGER NOT NULL CHECK (amount_fen > 0), notify_url TEXT NOT NULL, paid_at REAL NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS refunds (
  refund_reference TEXT PRIMARY KEY, reference TEXT NOT NULL REFERENCES payments,
  amount_fen INTEGER NOT NULL CHECK (amount_fen > 0)
) STRICT;
CREATE INDEX IF NOT EXISTS refunds_of ON refunds (reference);
"""


def file_of(home: Path) -> Path:
    """Where the payments of the past stand."""
    return home / "sandbox" / "past.sqlite3"


def enter(*, home: Path, payments: Iterable[PaymentStatus], notify_url: str) -> None:
    """Write paid payments of the past down for the sandbox at `home`, running or not, with what went back of them: all
    or none. `notify_url` is where it will tell of later refunds.
    """
    path = file_of(home)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with closing(sqlite3.connect(path)) as db:
        db.executescript(SCHEMA)
        with db:
            for one in payments:
                _write(db, one, notify_url)


def _write(db: sqlite3.Connection, one: PaymentStatus, notify_url: str) -> None:
    if one.paid_at is None:
        raise ValueError(f"{one.reference} was never paid")
    own_name = one.provider_ref or f"SBX{secrets.token_hex(10)}"
    db.execute(
        "INSERT INTO payments VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        [one.reference, own_name, one.amount_fen, notify_url, one.paid_at.timestamp()],
    )
    db.executemany(
        "INSERT INTO refunds VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        [(back.refund_reference, one.reference, back.amount_fen) for back in one.refunds],
    )


def bring(db: sqlite3.Connection, *, path: Path, reference: str) -> None:
    """Copy a payment of the past and its refunds, if there is one, into the books `db`, in its transaction."""
    if not path.exists():
        return
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as past:
        payment = past.execute(
            "SELECT reference, provider_ref, amount_fen, notify_url, paid_at, paid_at FROM payments"
            " WHERE reference = ?",
            [reference],
        ).fetchone()
        refunds = past.execute(
            "SELECT refund_reference, reference, '', amount_fen, 0 FROM refunds WHERE reference = ?",
            [reference],
        ).fetchall()
    if payment is None:
        return
    db.execute(
        "INSERT INTO payments (reference, provider_ref, amount_fen, notify_url, expires_at, paid_at, state)"
        " VALUES (?, ?, ?, ?, ?, ?, 'paid')",
        payment,
    )
    db.executemany(
        "INSERT INTO refunds (refund_reference, reference, reason, amount_fen, settles_at)"
        " VALUES (?, ?, ?, ?, ?)",
        refunds,
    )
