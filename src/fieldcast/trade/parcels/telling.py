"""Tells the lots' histories what their parcels went through: one event for all parcels of a lot, step and actor since
the last telling, with their number and units and nothing that names a buyer.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.db import transaction

from fieldcast.trace import operations as trace_operations
from fieldcast.trace.facts.moved import Moved, Packed, Received, Shipped
from fieldcast.trace.operations import NewEvent
from fieldcast.trace.types import EventKind
from fieldcast.trade.models import ParcelStep

MOVED: Final[Mapping[EventKind, type[Moved]]] = {one.kind: one for one in (Packed, Shipped, Received)}


@transaction.atomic
def tell_lots(*, now: datetime, limit: int = 5000) -> int:
    """Write waiting parcel steps into their lots' histories; returns how many events were written.

    The steps are deleted in the same transaction, so each is told once, also when two workers do this at once. One that
    a clock dated too late waits until then: no history takes it sooner, and it must not keep the others from theirs.
    """
    happened = ParcelStep.objects.filter(at__lte=now)
    waiting = happened.select_for_update(skip_locked=True).order_by("id")[:limit]
    groups: dict[int, dict[tuple[str, int], list[ParcelStep]]] = {}
    for row in waiting:
        groups.setdefault(row.lot_id, {}).setdefault((row.kind, row.actor_id), []).append(row)
    told = 0
    for lot_id, by_kind in sorted(groups.items()):  # each lot's history has a lock: one order for all
        events = [_event(kind, actor_id, rows) for (kind, actor_id), rows in by_kind.items()]
        events.sort(key=lambda event: event.at)
        trace_operations.note(lot_id=lot_id, events=events, by=None, now=now)
        told += len(events)
    ParcelStep.objects.filter(
        id__in=[row.pk for kinds in groups.values() for rows in kinds.values() for row in rows]
    ).delete()
    return told


def _event(kind: str, actor_id: int, rows: list[ParcelStep]) -> NewEvent:
    times = [row.at for row in rows]
    cls = MOVED[EventKind(kind)]
    fact = cls(parcels=len(rows), units=sum(row.units for row in rows), since=min(times))
    return NewEvent(fact=fact, at=max(times), actor_id=actor_id)
