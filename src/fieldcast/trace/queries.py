"""Reads of trace."""

from collections.abc import Iterable

from django.db import connection
from django.db.models import Count, QuerySet

from fieldcast.trace.hashing import event_hash
from fieldcast.trace.models import LotEvent
from fieldcast.trace.types import EventKind, EventView, History


def history(*, lot_id: int) -> History:
    """A lot's events in order; each hash is computed again, so a changed, missing or swapped event shows."""
    events = tuple(_view(row) for row in _rows().filter(lot_id=lot_id))
    broken = _first_broken(events)
    return History(events=events, intact=broken is None, broken_at=broken)


def broken_histories() -> tuple[int, ...]:
    """Lots whose chain does not hold; empty when every history is intact."""
    by_lot: dict[int, list[EventView]] = {}
    for row in _rows().iterator(chunk_size=2000):
        by_lot.setdefault(row.lot_id, []).append(_view(row))
    return tuple(lot_id for lot_id, events in by_lot.items() if _first_broken(events) is not None)


def event_counts(*, lot_ids: Iterable[int]) -> dict[int, int]:
    """How many events each lot has."""
    rows = LotEvent.objects.filter(lot_id__in=set(lot_ids)).values_list("lot_id").annotate(events=Count("id"))
    return dict(rows)


_PARCELS = """
SELECT lot_id, kind, sum((facts->>'parcels')::bigint), sum((facts->>'units')::bigint) FROM trace_lotevent
WHERE kind IN ('packed', 'shipped', 'received')
  AND jsonb_typeof(facts->'parcels') = 'number' AND jsonb_typeof(facts->'units') = 'number'
GROUP BY lot_id, kind
"""


def parcels_told() -> dict[tuple[int, str], tuple[int, int]]:
    """How many parcels and units each lot's history has been told of, by step."""
    with connection.cursor() as cursor:
        cursor.execute(_PARCELS)
        return {
            (lot_id, kind): (int(parcels), int(units)) for lot_id, kind, parcels, units in cursor.fetchall()
        }


def _rows() -> "QuerySet[LotEvent]":
    return LotEvent.objects.select_related("actor").order_by("lot_id", "sequence")


def _first_broken(events: Iterable[EventView]) -> int | None:
    previous = ""
    for number, event in enumerate(events, start=1):
        expected = event_hash(
            lot_id=event.lot_id,
            sequence=event.sequence,
            kind=event.kind,
            at=event.at,
            facts=event.facts,
            corrects=event.corrects,
            previous_hash=event.previous_hash,
        )
        if event.sequence != number or event.previous_hash != previous or event.hash != expected:
            return event.sequence
        previous = event.hash
    return None


def _view(row: LotEvent) -> EventView:
    return EventView(
        id=row.pk,
        lot_id=row.lot_id,
        sequence=row.sequence,
        kind=EventKind(row.kind),
        at=row.at,
        recorded_at=row.recorded_at,
        actor=row.actor.name if row.actor else "",
        actor_en=row.actor.name_en if row.actor else "",
        facts=row.facts,
        corrects=row.corrects_id,
        previous_hash=row.previous_hash,
        hash=row.hash,
    )
