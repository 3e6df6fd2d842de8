"""Facts are checked, then written down: who says them, when they were, and whether they can be of this lot."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from fieldcast.accounts.access import require
from fieldcast.accounts.types import SignedIn
from fieldcast.catalog import operations as catalog_operations
from fieldcast.catalog import queries as catalog
from fieldcast.catalog.types import LotState, LotView
from fieldcast.kit.errors import NotFound
from fieldcast.trace import facts, queries, told
from fieldcast.trace.facts.base import Fact, Speaker, When, fields
from fieldcast.trace.facts.corrected import Corrected
from fieldcast.trace.facts.stopped import TEST_NOT_PASSED
from fieldcast.trace.operations import chain, stopping
from fieldcast.trace.problems import (
    AfterHarvest,
    AlreadyRecorded,
    BeforeHarvest,
    CorrectsNothing,
    FutureEvent,
    NotYoursToSay,
    UnknownFact,
)
from fieldcast.trace.signals import test_failed
from fieldcast.trace.types import EventKind, EventView
from fieldcast.trace.verdict import verdict

# A phone's clock may be a little fast. What it says is kept as told: set right, the same record sent twice would have
# two times, and nobody could tell that it is one.
SLACK: Final = timedelta(minutes=5)
TESTS: Final = (EventKind.INSPECTED, EventKind.CORRECTED)  # after these a lot's verdict may be another


@dataclass(frozen=True)
class NewEvent:
    """Something that happened to a lot. `actor_id` is the organisation that did it; None: whoever does this kind."""

    fact: Fact
    at: datetime
    actor_id: int | None = None
    corrects: int | None = None


def record(
    *,
    lot_id: int,
    fact: Fact,
    at: datetime,
    by: SignedIn | None,
    now: datetime,
    actor_id: int | None = None,
    corrects: int | None = None,
) -> int:
    """Add what someone of the lot's cooperative says about it; returns its sequence number. `by` None is the platform.

    A test that leaves the lot failed stops its sale in the same transaction. Raises `NotFound` for strangers and for a
    corrected event that is not of this lot, `NotYoursToSay`, `FutureEvent`, `BeforeHarvest`, `AfterHarvest`,
    `CorrectsNothing`, `AlreadyRecorded`, and what `Fact.of_lot` raises.
    """
    if by is not None:
        require(by, "catalog.manage_lot", catalog.lot(lot_id=lot_id))
        _may_say(fact.kind)
        if fact.moves_stock:
            raise NotYoursToSay(kind=fact.kind.value)
    event = NewEvent(fact=fact, at=at, actor_id=actor_id, corrects=corrects)
    return _write(lot_id, [event], by=by, speaker=Speaker.SELLER if by else Speaker.PLATFORM, now=now)


def note(*, lot_id: int, events: Iterable[NewEvent], by: SignedIn | None, now: datetime) -> int:
    """Add what the platform itself did or knows, of any kind, in the order given; returns the last sequence number.

    `by` is whose doing it was. Raises as `record` does, but asks no permission: the caller has.
    """
    return _write(lot_id, list(events), by=by, speaker=Speaker.PLATFORM, now=now)


def _write(
    lot_id: int, events: Sequence[NewEvent], *, by: SignedIn | None, speaker: Speaker, now: datetime
) -> int:
    tests = any(event.fact.kind in TESTS for event in events)
    with transaction.atomic():
        # A test may stop the sale, and whoever stops a sale takes the lot's row before the lock of its history.
        picked = catalog_operations.lock_same_origin(lot_id=lot_id) if tests else ()
        lot = picked[0] if picked else catalog.lot(lot_id=lot_id)
        links = [_checked(event, lot, speaker=speaker, now=now) for event in events]
        failed = picked if tests and _will_fail(lot, links, now=now) else ()
        for one in failed:  # what was sorted out of it is the same food
            test_failed.send(sender=None, lot_id=one.id, now=now)
            told.test_failed(one, now=now)
        if speaker == Speaker.SELLER:  # the platform knows what it has done; people on two phones do not
            chain.lock(lot_id)
            for link in links:
                _check_not_said(link, lot_id)
        sequence = chain.append(lot_id=lot_id, links=links, by_id=by.pk if by else None, now=now)
        for one in failed:
            if one.state == LotState.OPEN:
                stopping.stop_lot(by=None, lot_id=one.id, reason=TEST_NOT_PASSED, now=now)
    return sequence


def _may_say(kind: EventKind) -> None:
    if facts.KINDS[kind].said_by == Speaker.PLATFORM:
        raise NotYoursToSay(kind=kind.value)


def _checked(event: NewEvent, lot: LotView, *, speaker: Speaker, now: datetime) -> chain.Link:
    fact = event.fact.of_lot(lot)
    if event.corrects is not None or isinstance(fact, Corrected):
        wrong = _check_correction(event, lot, speaker=speaker)
        if isinstance(fact, Corrected):
            fact = replace(fact, changes=facts.tidy_changes(kind=wrong, changes=fact.changes))
    return chain.Link(
        fact=fact,
        at=_time(fact, event.at, lot, now),
        actor_id=event.actor_id or fact.actor_of(lot),
        corrects=event.corrects,
    )


def _time(fact: Fact, at: datetime, lot: LotView, now: datetime) -> datetime:
    if at > now + SLACK:
        raise FutureEvent(field="at")
    day = timezone.localdate(at)
    if fact.when == When.SINCE_HARVEST and day < lot.harvested_on:
        raise BeforeHarvest(field="at", day=lot.harvested_on)
    if fact.when == When.UNTIL_HARVEST and day > lot.harvested_on:
        raise AfterHarvest(field="at", day=lot.harvested_on)
    return at


def _check_correction(event: NewEvent, lot: LotView, *, speaker: Speaker) -> EventKind:
    """It names a record of this lot, and what that record says from now on is again a fact of its kind and lot.

    Returns the kind of that record.
    """
    if event.corrects is None:
        raise CorrectsNothing(field="corrects")
    wrong = queries.event(lot_id=lot.id, event_id=event.corrects)
    if wrong is None:
        raise NotFound("event")
    if speaker == Speaker.SELLER:
        _may_say(wrong.kind)
        if wrong.facts.get("becomes"):  # units went with it: what it says is what the stock is
            raise NotYoursToSay(kind=wrong.kind.value)
    if not isinstance(event.fact, Corrected):
        if event.fact.kind != wrong.kind:
            raise CorrectsNothing(field="corrects")
        return wrong.kind
    if wrong.kind == EventKind.CORRECTED:
        raise CorrectsNothing(field="corrects")  # the record that it corrected can be corrected again
    known = {field.key or name for name, field in fields(facts.KINDS[wrong.kind]).items()}
    for name in event.fact.changes:
        if name not in known:
            raise UnknownFact(field=name, known=", ".join(sorted(known)))
    said = queries.facts_as_corrected(wrong)
    kept = {name: value for name, value in said.items() if name in known}
    facts.from_json(kind=wrong.kind, facts={**kept, **event.fact.changes}).of_lot(lot)
    return wrong.kind


def _check_not_said(link: chain.Link, lot_id: int) -> None:
    """Read under the lock of the lot's history, else two phones that send at once would both find nothing."""
    number = queries.same_event(lot_id=lot_id, fact=link.fact, at=link.at, corrects=link.corrects)
    if number is not None:
        raise AlreadyRecorded(number=number)


def _will_fail(lot: LotView, links: Sequence[chain.Link], *, now: datetime) -> bool:
    """Will the lot be failed with these events, and was not, or is still on sale?

    Asked before the history is locked, because rooms above then lock what comes before it. Under the lot's lock no
    other test can come between.
    """
    before = queries.tests_of(lot_ids=[lot.id])[lot.id]
    if verdict(before).failed and lot.state != LotState.OPEN:
        return False
    return verdict([*before, *_as_events(lot.id, links, now=now)]).failed


def _as_events(lot_id: int, links: Sequence[chain.Link], *, now: datetime) -> list[EventView]:
    """Events as they will be read once they are written; they have no id and no hash yet."""
    return [
        EventView(
            id=-number,
            lot_id=lot_id,
            sequence=chain.MOST_EVENTS + number,
            kind=link.fact.kind,
            at=link.at,
            recorded_at=now,
            actor="",
            actor_en="",
            facts=link.fact.to_json(),
            corrects=link.corrects,
            previous_hash="",
            hash="",
        )
        for number, link in enumerate(links, start=1)
    ]
