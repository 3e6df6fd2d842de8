"""Visits of a room: a visit is a person, however often the page is loaded, until half an hour away has passed.

What is kept of a visitor is a hash for one session, and for no longer than it takes to count.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import connection, transaction

from fieldcast.live.models import Visit

VISIT_LASTS: Final = timedelta(minutes=30)
AT_ONCE: Final = 2000

# Visitors by their hash, each with the hash under which the same person was seen before signing in ("" for none).
Seen = Mapping[str, str]

# Who signed in meanwhile is on the visit that began before.
_RENAME: Final = """
UPDATE live_visit AS kept SET visitor = given.visitor
FROM unnest(%(visitors)s::text[], %(earlier)s::text[]) AS given (visitor, earlier)
WHERE kept.session_id = %(session)s AND kept.visitor = given.earlier AND kept.seen_at > %(since)s
  AND NOT EXISTS (
    SELECT FROM live_visit AS same WHERE same.session_id = %(session)s AND same.visitor = given.visitor)
"""
# Whoever was away for too long comes anew: of the rows that stood, those are counted whose time was over.
_SEE: Final = """
WITH over AS (
  SELECT visitor FROM live_visit
  WHERE session_id = %(session)s AND visitor = ANY(%(visitors)s) AND seen_at <= %(since)s
), written AS (
  INSERT INTO live_visit (session_id, visitor, seen_at)
  SELECT %(session)s, visitor, %(now)s FROM unnest(%(visitors)s::text[]) AS visitor ORDER BY visitor
  ON CONFLICT (session_id, visitor) DO UPDATE SET seen_at = excluded.seen_at
  RETURNING xmax = 0 AS is_new
)
SELECT (SELECT count(*) FROM over) + (SELECT count(*) FROM written WHERE is_new)
"""


def seen(*, session_id: int, visitors: Seen, now: datetime) -> int:
    """Write down who is or was in the room until `now`; returns how many visits began."""
    if not visitors:
        return 0
    told: dict[str, Any] = {
        "session": session_id,
        "visitors": sorted(visitors),
        "now": now,
        "since": now - VISIT_LASTS,
    }
    signed_in = {visitor: earlier for visitor, earlier in sorted(visitors.items()) if earlier}
    with transaction.atomic(), connection.cursor() as cursor:
        if signed_in:
            names = {"visitors": [*signed_in], "earlier": [*signed_in.values()]}
            cursor.execute(_RENAME, {**told, **names})
        cursor.execute(_SEE, told)
        return int(cursor.fetchone()[0])


def forget_visitors(*, now: datetime) -> int:
    """Delete visitors who left so long ago that coming back would be another visit; returns how many."""
    rows = (
        Visit.objects.filter(seen_at__lte=now - VISIT_LASTS).order_by("seen_at").values_list("id", flat=True)
    )
    gone, _by_table = Visit.objects.filter(id__in=list(rows[:AT_ONCE])).delete()
    return gone
