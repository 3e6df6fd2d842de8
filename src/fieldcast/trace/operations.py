"""Writes of trace: events are only ever added."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from fieldcast.accounts.types import Who
from fieldcast.catalog import operations as catalog
from fieldcast.catalog.types import LotView
from fieldcast.kit.errors import NotFound
from fieldcast.trace.hashing import event_hash
from fieldcast.trace.models import LotEvent
from fieldcast.trace.types import EventKind


@dataclass(frozen=True)
class NewEvent:
    """An event to record. `actor_id` is the organisation that did it."""

    kind: EventKind
    at: datetime
    facts: Mapping[str, Any]
    actor_id: int | None = None
    corrects: int | None = None


def record(
    *,
    lot_id: int,
    kind: EventKind,
    at: datetime,
    facts: Mapping[str, Any],
    actor_id: int | None,
    by: Who | None,
    now: datetime,
    corrects: int | None = None,
) -> int:
    """Add one event to a lot's history; returns its sequence number."""
    event = NewEvent(kind=kind, at=at, facts=facts, actor_id=actor_id, corrects=corrects)
    return record_many(lot_id=lot_id, events=[event], by=by, now=now)


def record_many(*, lot_id: int, events: Iterable[NewEvent], by: Who | None, now: datetime) -> int:
    """Add events to a lot's history in the order given; returns the last sequence number.

    The lot's last event is locked first, so two recorders form one chain. Raises `NotFound` when an event corrects one
    that is not in this lot's history, and `ValueError` when a fact is a float.
    """
    _lock_history(lot_id)
    last = LotEvent.objects.filter(lot_id=lot_id).order_by("-sequence").first()
    sequence, previous = (last.sequence, last.hash) if last else (0, "")
    rows = []
    for event in events:
        if event.corrects and not LotEvent.objects.filter(lot_id=lot_id, id=event.corrects).exists():
            raise NotFound("event")
        sequence += 1
        digest = event_hash(
            lot_id=lot_id,
            sequence=sequence,
            kind=event.kind,
            at=event.at,
            facts=event.facts,
            corrects=event.corrects,
            previous_hash=previous,
        )
        rows.append(
            LotEvent(
                lot_id=lot_id,
                sequence=sequence,
                kind=event.kind.value,
                at=event.at,
                recorded_at=now,
                actor_id=event.actor_id,
                recorded_by_id=by.pk if by else None,
                facts=dict(event.facts),
                corrects_id=event.corrects,
                previous_hash=previous,
                hash=digest,
            )
        )
        previous = digest
    LotEvent.objects.bulk_create(rows)
    return sequence


def register_harvest(
    *,
    by: Who | None,
    plot_id: int,
    product_id: int,
    cooperative_id: int,
    grade: str,
    harvested_on: date,
    quantity: int,
    now: datetime,
    today: date,
    note: str = "",
    code: str = "",
) -> LotView:
    """Register a lot and write its first event in one step, so that no lot is without a history."""
    lot = catalog.register_lot(
        by=by,
        plot_id=plot_id,
        product_id=product_id,
        cooperative_id=cooperative_id,
        grade=grade,
        harvested_on=harvested_on,
        quantity=quantity,
        now=now,
        today=today,
        note=note,
        code=code,
    )
    record(
        lot_id=lot.id,
        kind=EventKind.HARVESTED,
        at=now,
        facts={
            "quantity": quantity,
            "unit": lot.product.unit.value,
            "grade": grade,
            "plot": lot.plot.name,
            "area_mu": str(lot.plot.area_mu),
            "day": harvested_on.isoformat(),
        },
        actor_id=lot.plot.household_id,
        by=by,
        now=now,
    )
    return lot


def _lock_history(lot_id: int) -> None:
    """One recorder at a time per lot: an advisory lock of this transaction, for a lot without events has no row."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('fieldcast.trace'), %s)", [lot_id % 2**31])
