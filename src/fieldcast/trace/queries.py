"""Reads of trace."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any, Final

from django.db import connection
from django.db.models import Count, Min, QuerySet

from fieldcast.accounts.types import OrganisationKind
from fieldcast.catalog import queries as catalog
from fieldcast.kit import sql
from fieldcast.trace import facts
from fieldcast.trace.facts.base import Fact
from fieldcast.trace.hashing import event_hash
from fieldcast.trace.models import CheckedHistory, LotEvent
from fieldcast.trace.types import Checked, EventKind, EventView, History, Stop
from fieldcast.trace.verdict import Verdict, verdict

# People give a time to the minute, and so do the forms: what says the same less than a minute apart is said twice.
SAME_MOMENT: Final = timedelta(minutes=1)


def history(*, lot_id: int) -> History:
    """A lot's events in order; each hash is computed again, so a changed, missing or swapped event shows."""
    events = tuple(_view(row) for row in _rows().filter(lot_id=lot_id))
    broken = first_broken(events)
    return History(events=events, intact=broken is None, broken_at=broken)


def broken_histories(*, county_id: int | None) -> tuple[int, ...]:
    """Lots of a county (None: of every county) whose chain does not hold, each computed again from its first event.

    The whole check: it reads every event, so it is for whoever asks for it. Lists read `checked` instead.
    """
    rows = _rows()
    if county_id is not None:
        rows = rows.filter(lot_id__in=catalog.lot_ids(county_id=county_id))
    by_lot = groupby(rows.iterator(chunk_size=2000), key=lambda row: row.lot_id)
    return tuple(lot_id for lot_id, found in by_lot if first_broken(map(_view, found)) is not None)


def checked(*, county_id: int) -> Checked:
    """What the sweep found in a county's histories; three statements, however many lots there are."""
    rows = CheckedHistory.objects.filter(county_id=county_id)
    broken = rows.filter(broken_at__isnull=False).order_by("lot_id").values_list("lot_id", flat=True)
    seen = rows.aggregate(lots=Count("lot_id"), since=Min("checked_at"))
    waiting = catalog.count_lots(county_id=county_id) - seen["lots"]
    return Checked(broken=tuple(broken), since=None if waiting else seen["since"], waiting=waiting)


def events_after(*, heights: Mapping[int, int]) -> dict[int, tuple[EventView, ...]]:
    """The events of lots that come after a height of each, in order; in one statement."""
    found: dict[int, list[EventView]] = {lot_id: [] for lot_id in heights}
    for row in _rows().filter(lot_id__in=heights, sequence__gt=min(heights.values(), default=0)):
        if row.sequence > heights[row.lot_id]:
            found[row.lot_id].append(_view(row))
    return {lot_id: tuple(events) for lot_id, events in found.items()}


def event(*, lot_id: int, event_id: int) -> EventView | None:
    """One event of a lot; None when the lot's history has none of that id."""
    row = _rows().filter(lot_id=lot_id, id=event_id).first()
    return _view(row) if row else None


def same_event(*, lot_id: int, fact: Fact, at: datetime, corrects: int | None) -> int | None:
    """The number of an event of the lot that says this of the same moment, in whatever letters; None: there is none."""
    rows = LotEvent.objects.filter(
        lot_id=lot_id,
        kind=fact.kind.value,
        at__gt=at - SAME_MOMENT,
        at__lt=at + SAME_MOMENT,
        corrects_id=corrects,
    )
    found = list(rows.order_by("sequence").values_list("sequence", "facts", "corrects__kind"))
    for sequence, said, corrected in found:
        of = EventKind(corrected) if corrected else None
        if facts.likeness(kind=fact.kind, facts=said, of=of) == facts.likeness(
            kind=fact.kind, facts=fact.to_json(), of=of
        ):
            return int(sequence)
    return None


def facts_as_corrected(found: EventView) -> Mapping[str, Any]:
    """What an event says under today's names, with the corrections of it applied in their order."""
    rows = _rows().filter(lot_id=found.lot_id, corrects_id=found.id, kind=EventKind.CORRECTED.value)
    said: dict[str, Any] = {**found.facts}
    for row in rows:
        said |= row.facts
    reading = facts.read(kind=found.kind, facts=said)
    return {**(reading.fact.to_json() if reading.fact else {}), **reading.rest}


def verdicts(*, lot_ids: Iterable[int]) -> dict[int, Verdict]:
    """What the latest test of each lot says, in one statement; see `trace.verdict`."""
    return {lot_id: verdict(events) for lot_id, events in tests_of(lot_ids=lot_ids).items()}


def tests_of(*, lot_ids: Iterable[int]) -> dict[int, list[EventView]]:
    """The events that a verdict on each lot is made from, in their order; in one statement."""
    wanted = set(lot_ids)
    by_lot: dict[int, list[EventView]] = {lot_id: [] for lot_id in wanted}
    kinds = [EventKind.INSPECTED.value, EventKind.CORRECTED.value]
    for row in _rows().filter(lot_id__in=wanted, kind__in=kinds):
        by_lot[row.lot_id].append(_view(row))
    return by_lot


def stop_of(*, lot_id: int) -> Stop | None:
    """The latest stop of a lot's sale that its history tells of."""
    row = _rows().filter(lot_id=lot_id, kind=EventKind.STOPPED.value).last()
    if row is None:
        return None
    by_authority = row.actor is not None and row.actor.kind == OrganisationKind.AUTHORITY.value
    return Stop(reason=row.facts["reason"], by_authority=by_authority)


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


_LOSSES = """
SELECT lot_id,
  coalesce(sum((facts->>'units')::bigint) FILTER (WHERE kind = 'written_off'), 0)
    + coalesce(sum((facts->>'sorted_out')::bigint) FILTER (WHERE facts->>'becomes' = 'written off'), 0),
  coalesce(sum((facts->>'sorted_out')::bigint) FILTER (WHERE facts->>'becomes' <> 'written off'), 0)
FROM trace_lotevent
WHERE (kind = 'written_off' AND jsonb_typeof(facts->'units') = 'number')
   OR (kind = 'graded' AND facts ? 'becomes' AND jsonb_typeof(facts->'sorted_out') = 'number')
GROUP BY lot_id
"""
_BEGUN = """
SELECT lot_id, (facts->>'quantity')::bigint FROM trace_lotevent
WHERE kind IN ('harvested', 'split') AND sequence = 1 AND jsonb_typeof(facts->'quantity') = 'number'
"""


def losses_told() -> dict[int, tuple[int, int]]:
    """How many units each lot's history says were lost, and how many became lots of a lower grade."""
    return {lot_id: (int(lost), int(moved)) for lot_id, lost, moved in sql.rows(_LOSSES)}


def quantities_told() -> dict[int, int]:
    """With how many units each lot's history begins."""
    return {lot_id: int(quantity) for lot_id, quantity in sql.rows(_BEGUN)}


def _rows() -> "QuerySet[LotEvent]":
    return LotEvent.objects.select_related("actor").order_by("lot_id", "sequence")


def first_broken(events: Iterable[EventView], *, after: int = 0, previous: str = "") -> int | None:
    """The first event that does not follow the one before it; the chain is known up to `after`, hashed `previous`."""
    for number, event in enumerate(events, start=after + 1):
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
