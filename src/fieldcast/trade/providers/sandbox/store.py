"""The sandbox's own books on disk: payments, refunds, the notices they caused and the deliveries still owed.

One SQLite file under `home/sandbox`, held by one process at a time. What is owed is written in the same
transaction as the payment that owes it, so a provider that is killed and started again forgets no notice.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SCHEMA = """
CREATE TABLE IF NOT EXISTS payments (
  reference TEXT PRIMARY KEY, provider_ref TEXT NOT NULL UNIQUE,
  amount_fen INTEGER NOT NULL CHECK (amount_fen > 0),
  notify_url TEXT NOT NULL, expires_at REAL NOT NULL,
  state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'failed', 'paid')), paid_at REAL,
  CHECK ((state = 'paid') = (paid_at IS NOT NULL))
) STRICT;
CREATE TABLE IF NOT EXISTS refunds (
  refund_reference TEXT PRIMARY KEY, reference TEXT NOT NULL REFERENCES payments, reason TEXT NOT NULL,
  amount_fen INTEGER NOT NULL CHECK (amount_fen > 0), settles_at REAL NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS refunds_of ON refunds (reference);
CREATE TABLE IF NOT EXISTS notices (
  notice_id TEXT PRIMARY KEY, reference TEXT NOT NULL REFERENCES payments, event TEXT NOT NULL,
  body BLOB NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS notices_of ON notices (reference);
CREATE TABLE IF NOT EXISTS deliveries (
  id INTEGER PRIMARY KEY, notice_id TEXT NOT NULL REFERENCES notices, due_at REAL NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('held', 'waiting', 'sending', 'done', 'given_up')),
  held_behind INTEGER REFERENCES deliveries, attempts INTEGER NOT NULL DEFAULT 0, last_answer INTEGER
) STRICT;
CREATE INDEX IF NOT EXISTS deliveries_due ON deliveries (due_at) WHERE state = 'waiting';
CREATE INDEX IF NOT EXISTS deliveries_held ON deliveries (held_behind) WHERE state = 'held';
CREATE INDEX IF NOT EXISTS deliveries_of ON deliveries (notice_id);
-- cut off by the last stop: whether they arrived is unknown, so they are sent again
UPDATE deliveries SET state = 'waiting' WHERE state = 'sending';
"""


class Store:
    """An open file of books. Raises `sqlite3.OperationalError` when another process has it."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.db = sqlite3.connect(path, isolation_level=None, timeout=5)
        self.db.row_factory = sqlite3.Row
        self.db.execute("PRAGMA locking_mode = EXCLUSIVE")
        self.db.execute("PRAGMA journal_mode = WAL")
        self.db.execute(
            "PRAGMA synchronous = NORMAL"
        )  # survives a killed process; nothing here is real money
        self.db.execute("PRAGMA foreign_keys = ON")
        self.db.executescript(SCHEMA)

    @contextmanager
    def change(self) -> Iterator[sqlite3.Connection]:
        """A transaction: all of it or, when an exception leaves it, none."""
        self.db.execute("BEGIN IMMEDIATE")
        try:
            yield self.db
        except BaseException:
            self.db.execute("ROLLBACK")
            raise
        self.db.execute("COMMIT")

    def row(self, sql: str, *values: object) -> sqlite3.Row | None:
        """The first row of a read."""
        found: sqlite3.Row | None = self.db.execute(sql, values).fetchone()
        return found

    def rows(self, sql: str, *values: object) -> list[sqlite3.Row]:
        """All rows of a read."""
        return self.db.execute(sql, values).fetchall()

    def close(self) -> None:
        """Let the file go."""
        self.db.close()
