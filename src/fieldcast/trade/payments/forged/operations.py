"""Writes of notices that are not believed: kept while they are few, counted when they are many, ended in time.

There is no limit per address, and a signature is always checked: that takes a fraction of a millisecond, a forger may
stand behind the same proxy as the provider, and no true notice may wait because of a false one. What a flood can cost
is the writing, and that is bounded by provider and hour, whoever sends it.
"""

from datetime import UTC, datetime

from django.db import connection

from fieldcast.trade.models import ForgedNotice, NoticeCount
from fieldcast.trade.payments.forged.types import (
    KEPT_AN_HOUR,
    KEPT_FOR,
    LONGEST_BODY,
    NO_PROVIDER,
    REHEARSAL,
)
from fieldcast.trade.payments.types import NoticeOutcome
from fieldcast.trade.providers import CLIENTS

SHARDS = 8
# One statement and its own commit. What is only counted need not be on the disk before the forger has his answer, so
# the commit does not wait for it: `set_config` holds for this transaction alone. Sizes are bounded by the columns.
COUNT = """
WITH quickly AS MATERIALIZED (SELECT set_config('synchronous_commit', %(wait)s, true) AS setting)
INSERT INTO trade_noticecount AS counted
  (provider, outcome, reason, reference, hour, shard, count, first_at, last_at)
SELECT %(provider)s, %(outcome)s, %(reason)s, %(reference)s, %(hour)s, pg_backend_pid() %% %(shards)s, 1,
  %(now)s, %(now)s
FROM quickly WHERE setting IS NOT NULL
ON CONFLICT (provider, outcome, reason, reference, hour, shard) DO UPDATE SET
  count = counted.count + 1,
  first_at = least(counted.first_at, EXCLUDED.first_at),
  last_at = greatest(counted.last_at, EXCLUDED.last_at)
"""


def refuse_notice(
    *, provider: str, reason: str, now: datetime, body: str = "", rehearsed: bool = False
) -> None:
    """Write down that a notice in this provider's name was not believed: kept with its words, or only counted.

    One that a rehearsal forged is `rehearsed`, which only the caller can know: what it says itself proves nothing.
    """
    name = REHEARSAL if rehearsed else provider if provider in CLIENTS else NO_PROVIDER
    if name == NO_PROVIDER or _kept_this_hour(name, now) >= KEPT_AN_HOUR:
        _count(name, NoticeOutcome.REJECTED, reason=reason, now=now, wait="off")
        return
    ForgedNotice.objects.create(provider=name, reason=reason[:40], body=body[:LONGEST_BODY], received_at=now)


def count_duplicate(*, provider: str, reference: str, now: datetime) -> None:
    """One more of a true notice that came so often that its twins are not kept any more. Part of the caller's
    transaction, and as lasting.
    """
    _count(provider[:20], NoticeOutcome.DUPLICATE, reference=reference[:40], now=now, wait="on")


def end_forged(*, now: datetime) -> int:
    """Delete what was kept and counted of forged notices once its time is over; returns how many rows ended."""
    over = now - KEPT_FOR
    kept, _ = ForgedNotice.objects.filter(received_at__lt=over).delete()
    counted, _ = NoticeCount.objects.filter(outcome=NoticeOutcome.REJECTED.value, last_at__lt=over).delete()
    return kept + counted


def _kept_this_hour(provider: str, now: datetime) -> int:
    """At most one more than may be kept is counted, so it takes no longer in a flood."""
    rows = ForgedNotice.objects.filter(provider=provider, received_at__gte=_hour(now), received_at__lte=now)
    return rows.order_by()[:KEPT_AN_HOUR].count()


def _count(
    provider: str, outcome: NoticeOutcome, *, now: datetime, wait: str, reason: str = "", reference: str = ""
) -> None:
    row = {"provider": provider, "outcome": outcome.value, "reason": reason[:40], "reference": reference}
    with connection.cursor() as cursor:
        cursor.execute(COUNT, {**row, "hour": _hour(now), "now": now, "shards": SHARDS, "wait": wait})


def _hour(now: datetime) -> datetime:
    return now.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
