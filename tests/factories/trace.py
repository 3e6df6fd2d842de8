"""Facts of lots, and records as they were written before facts were checked."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from fieldcast.accounts.types import SignedIn
from fieldcast.catalog.types import LotView
from fieldcast.trace import facts
from fieldcast.trace import operations as trace_operations
from fieldcast.trace.hashing import event_hash
from fieldcast.trace.models import LotEvent
from fieldcast.trace.types import EventKind
from tests.factories.accounts import NOW

# One whole record of each kind, as it is written today; `make_lot` makes lots that they can be of.
SAID: Mapping[EventKind, Mapping[str, Any]] = {
    EventKind.PLANTED: {"variety": "锦绣", "note": "嫁接苗"},
    EventKind.TREATED: {"product": "吡虫啉", "amount": "20 毫升", "interval_days": 14},
    EventKind.HARVESTED: {
        "quantity": 1000,
        "unit": "jin",
        "grade": "一级",
        "plot": "6 号园",
        "area_mu": "10.00",
        "day": "2026-11-22",
    },
    EventKind.SPLIT: {"origin": "桃-1", "quantity": 1000, "unit": "jin", "grade": "一级"},
    EventKind.GRADED: {
        "received": 820,
        "sorted_out": 24,
        "grade": "一级",
        "unit": "jin",
        "becomes": "written off",
    },
    EventKind.INSPECTED: {
        "result": "pass",
        "residue": "within limits",
        "report": "2026-3381",
        "station": "县检测站",
    },
    EventKind.STORED: {"store": "镇冷库", "celsius": "2.1"},
    EventKind.OFFERED: {"session": 7, "title": "黄桃专场", "packs": 100, "pack_units": 5},
    EventKind.PACKED: {"parcels": 31, "units": 155, "from": "2026-11-22T10:00:00+08:00"},
    EventKind.SHIPPED: {"parcels": 31, "units": 155, "from": "2026-11-22T10:00:00+08:00"},
    EventKind.RECEIVED: {"parcels": 31, "units": 155, "from": "2026-11-22T10:00:00+08:00"},
    EventKind.WRITTEN_OFF: {"units": 24, "reason": "霜冻"},
    EventKind.STOPPED: {"reason": "买家说有异味"},
    EventKind.RESUMED: {"reason": "复检合格"},
    EventKind.CORRECTED: {"celsius": "3.1"},
}


def make_event(
    lot: LotView,
    kind: EventKind,
    said: Mapping[str, Any] | None = None,
    *,
    by: SignedIn | None = None,
    at: datetime = NOW,
    now: datetime = NOW,
    corrects: int | None = None,
) -> int:
    """Record a fact of `kind`, by the platform unless someone is named; returns its sequence number."""
    fact = facts.from_json(kind=kind, facts=SAID[kind] if said is None else said)
    return trace_operations.record(lot_id=lot.id, fact=fact, at=at, by=by, now=now, corrects=corrects)


def make_old_event(
    lot: LotView,
    kind: EventKind,
    said: Mapping[str, Any],
    *,
    at: datetime = NOW,
    corrects: int | None = None,
) -> int:
    """A record as programs could write it when nothing was checked: any facts, at any time. Returns its id."""
    last = LotEvent.objects.filter(lot_id=lot.id).order_by("sequence").last()
    assert last is not None
    row = LotEvent(
        lot_id=lot.id,
        sequence=last.sequence + 1,
        kind=kind.value,
        at=at,
        recorded_at=NOW,
        actor_id=lot.cooperative_id,
        facts=dict(said),
        corrects_id=corrects,
        previous_hash=last.hash,
        hash=event_hash(
            lot_id=lot.id,
            sequence=last.sequence + 1,
            kind=kind,
            at=at,
            facts=said,
            corrects=corrects,
            previous_hash=last.hash,
        ),
    )
    row.save()
    return row.pk
