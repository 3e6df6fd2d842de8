"""Histories computed again by the sweep: what is new at every run, and all of them, the longest unchecked first.

What it finds is written down for lists and first pages. A history that was shortened shows too, because how long it
had been is known.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

from django.db import connection

from fieldcast.catalog import queries as catalog
from fieldcast.trace import queries
from fieldcast.trace.models import CheckedHistory

AT_ONCE: Final = 200
# One that is broken is looked at again with the old ones: what was added behind the break proves nothing.
_GROWN = """
SELECT e.lot_id FROM trace_lotevent e LEFT JOIN trace_checkedhistory c ON c.lot_id = e.lot_id
WHERE c.broken_at IS NULL
GROUP BY e.lot_id, c.sequence HAVING max(e.sequence) > coalesce(c.sequence, 0)
ORDER BY e.lot_id LIMIT %s
"""


def check_histories(*, now: datetime, limit: int = AT_ONCE) -> int:
    """Check the new events of up to `limit` lots, then up to `limit` whole histories; returns how many lots it read."""
    grown = _grown(limit)
    _check(grown, now=now, whole=False)
    oldest = CheckedHistory.objects.filter(checked_at__lt=now).order_by("checked_at", "lot_id")
    whole = list(oldest.values_list("lot_id", flat=True)[:limit])
    _check(whole, now=now, whole=True)
    return len({*grown, *whole})


def _grown(limit: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(_GROWN, [limit])
        return [int(lot_id) for (lot_id,) in cursor.fetchall()]


def _check(lot_ids: Iterable[int], *, now: datetime, whole: bool) -> None:
    wanted = list(lot_ids)
    known = CheckedHistory.objects.in_bulk(wanted)
    heights = {lot_id: 0 if whole or lot_id not in known else known[lot_id].sequence for lot_id in wanted}
    rows = _rows(known, heights, now)
    CheckedHistory.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["lot"],
        update_fields=["sequence", "hash", "broken_at", "checked_at"],
    )


def _rows(
    known: Mapping[int, CheckedHistory], heights: Mapping[int, int], now: datetime
) -> list[CheckedHistory]:
    """The histories as they are found, each computed from its height on."""
    counties = catalog.counties_of_lots(lot_ids=heights)
    rows = []
    for lot_id, events in queries.events_after(heights=heights).items():
        before, height = known.get(lot_id), heights[lot_id]
        previous = before.hash if before and height else ""
        broken = queries.first_broken(events, after=height, previous=previous)
        held = [event for event in events if broken is None or event.sequence < broken]
        row = CheckedHistory(
            lot_id=lot_id,
            county_id=counties[lot_id],
            sequence=held[-1].sequence if held else height,
            hash=held[-1].hash if held else previous,
            broken_at=broken,
            checked_at=before.checked_at if before and height else now,
        )
        if before and row.broken_at is None and row.sequence < before.sequence:
            row.broken_at = row.sequence + 1  # it had been longer
            row.sequence, row.hash = before.sequence, before.hash
        rows.append(row)
    return rows
