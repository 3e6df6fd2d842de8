"""The one place where events are written: each behind the one before it, sealed with its hash."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import connection

from fieldcast.trace.facts.base import Fact
from fieldcast.trace.hashing import event_hash
from fieldcast.trace.models import LotEvent

MOST_EVENTS: Final = 2**31 - 1  # a history's numbers end here: of its column


@dataclass(frozen=True)
class Link:
    """A checked event. `actor_id` is the organisation that did it, None the platform."""

    fact: Fact
    at: datetime
    actor_id: int | None = None
    corrects: int | None = None


def append(*, lot_id: int, links: Iterable[Link], by_id: int | None, now: datetime) -> int:
    """Add events to a lot's history in the order given; returns the last sequence number.

    The history is locked first, so two recorders form one chain. Raises `ValueError` when a fact is a float.
    """
    lock(lot_id)
    last = LotEvent.objects.filter(lot_id=lot_id).order_by("-sequence").first()
    sequence, previous = (last.sequence, last.hash) if last else (0, "")
    rows = []
    for link in links:
        sequence += 1
        facts = link.fact.to_json()
        digest = event_hash(
            lot_id=lot_id,
            sequence=sequence,
            kind=link.fact.kind,
            at=link.at,
            facts=facts,
            corrects=link.corrects,
            previous_hash=previous,
        )
        rows.append(
            LotEvent(
                lot_id=lot_id,
                sequence=sequence,
                kind=link.fact.kind.value,
                at=link.at,
                recorded_at=now,
                actor_id=link.actor_id,
                recorded_by_id=by_id,
                facts=facts,
                corrects_id=link.corrects,
                previous_hash=previous,
                hash=digest,
            )
        )
        previous = digest
    LotEvent.objects.bulk_create(rows)
    return sequence


def lock(lot_id: int) -> None:
    """One recorder at a time per lot: an advisory lock of this transaction, for a lot without events has no row. Taken
    again within it, it costs nothing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('fieldcast.trace'), %s)", [lot_id % 2**31])
