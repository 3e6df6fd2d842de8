"""How often someone may do a thing within a while, counted in one place for all page processes.

A count lives in a window of its own that begins with the first time; it is one row and one statement. The table is
unlogged: after a crash of the database the counts begin again. Who is counted is kept as a keyed hash.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import connection
from django.db.models import F
from django.db.models.functions import Greatest

from fieldcast.accounts.models import Limit
from fieldcast.kit.fields import blind_index

SWEEP_EVERY: Final = 200  # about
SWEPT_AT_ONCE: Final = 2000

# One statement, so that many at once are counted one by one: the row is locked for no longer than this takes.
COUNT: Final = """
INSERT INTO accounts_limit AS kept (key, until, used) VALUES (%(key)s, %(until)s, %(amount)s)
ON CONFLICT (key) DO UPDATE SET
  used = CASE WHEN kept.until <= %(now)s THEN 0 ELSE kept.used END + excluded.used,
  until = CASE WHEN kept.until <= %(now)s THEN excluded.until ELSE kept.until END
RETURNING used, until
"""
SWEEP: Final = """
DELETE FROM accounts_limit WHERE key IN (
  SELECT key FROM accounts_limit WHERE until < %s ORDER BY until LIMIT %s FOR UPDATE SKIP LOCKED)
"""


@dataclass(frozen=True)
class Rate:
    """`most` times within `per`, for each of whom it is counted for."""

    name: str
    most: int
    per: timedelta

    def key(self, who: str) -> str:
        """Where it is counted for `who`."""
        return blind_index(f"{self.name} {who}")


@dataclass(frozen=True)
class Spent:
    """What one count came to. `granted` of the amount asked were still within the rate; `until` the window ends."""

    key: str
    granted: int
    until: datetime

    def wait(self, now: datetime) -> int:
        """Seconds until the next may come; 0 when this one was granted."""
        return 0 if self.granted else max(1, round((self.until - now).total_seconds()))


LIKES: Final = Rate("likes", 600, timedelta(seconds=10))
SHARES: Final = Rate("shares", 120, timedelta(minutes=1))
# a carrier puts some hundred phones behind one address
NEW_DEVICES: Final = Rate("new devices", 1000, timedelta(hours=1))

# what a buyer begins and writes to sellers, and what one person answers for a seller
CONVERSATIONS: Final = Rate("conversations", 10, timedelta(hours=1))
LETTERS: Final = Rate("letters", 60, timedelta(hours=1))
ANSWERS: Final = Rate("answers", 300, timedelta(hours=1))
# of each request somebody is asked, and its photos are kept, also once it is taken back
JOIN_REQUESTS: Final = Rate("requests to join", 5, timedelta(days=1))


def spend(*, rate: Rate, who: str, now: datetime, amount: int = 1) -> Spent:
    """Count `amount` for `who` and say how much of it was within the rate."""
    key = rate.key(who)
    with connection.cursor() as cursor:
        cursor.execute(COUNT, {"key": key, "until": now + rate.per, "amount": amount, "now": now})
        used, until = cursor.fetchone()
    if random.randrange(SWEEP_EVERY) == 0:  # noqa: S311 — spreads the work, keeps no secret
        sweep(now=now)
    return Spent(key=key, granted=min(amount, max(0, rate.most - (used - amount))), until=until)


def granted(*, rate: Rate, who: str | None, now: datetime, amount: int = 1) -> int:
    """How much of `amount` may count now; all of it where nobody is counted, and what is out of range unseen."""
    if who is None or not 1 <= amount <= rate.most:
        return amount
    return spend(rate=rate, who=who, now=now, amount=amount).granted


def give_back(*, spent: Sequence[Spent], now: datetime) -> None:
    """Undo counts, for what turned out to be none of the kind that is limited."""
    if spent:
        rows = Limit.objects.filter(key__in=[one.key for one in spent], until__gt=now)
        rows.update(used=Greatest(F("used") - 1, 0))


def sweep(*, now: datetime) -> int:
    """Remove counts whose window is over; returns how many."""
    with connection.cursor() as cursor:
        cursor.execute(SWEEP, [now, SWEPT_AT_ONCE])
        return int(cursor.rowcount)
