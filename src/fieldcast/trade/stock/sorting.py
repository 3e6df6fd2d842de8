"""Sorting out moves the units in the step in which it is written down: they are lost, or a lot of a lower grade."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from fieldcast.accounts.access import require
from fieldcast.accounts.types import SignedIn
from fieldcast.catalog import operations as catalog_operations
from fieldcast.catalog import queries as catalog
from fieldcast.catalog.types import GRADES, LotState, LotView
from fieldcast.trace import operations as trace_operations
from fieldcast.trace import queries as trace
from fieldcast.trace.facts.graded import WRITTEN_OFF, Graded
from fieldcast.trace.facts.split import Split
from fieldcast.trace.operations import NewEvent
from fieldcast.trace.problems import AlreadyRecorded
from fieldcast.trade.models import LotStock, WriteOff
from fieldcast.trade.offers.problems import LotStopped
from fieldcast.trade.stock.operations import check_free, counted
from fieldcast.trade.stock.problems import NotALowerGrade
from fieldcast.trade.stock.types import SORTED_OUT


@dataclass(frozen=True)
class SortedOut:
    """`sequence`: the number of the record; `part`: the lot that what was sorted out became, if it did."""

    sequence: int
    part: LotView | None


def sort_out(*, by: SignedIn | None, lot_id: int, fact: Graded, at: datetime, now: datetime) -> SortedOut:
    """Write down that a lot was sorted, and take what was sorted out of its free units: written off unless `becomes`
    names a lower grade.

    Raises `NotFound` for strangers, `AboveFreeUnits`, `NotALowerGrade`, `LotStopped` for a lower grade of what may not
    be sold, `AlreadyRecorded`, and what `trace.note` raises.
    """
    lot = catalog.lot(lot_id=lot_id)
    if by is not None:
        require(by, "catalog.manage_lot", lot)
    said = replace(
        fact.of_lot(lot), into="", becomes=(fact.becomes or WRITTEN_OFF) if fact.sorted_out else ""
    )
    with transaction.atomic():
        # Held open: what was picked with it is not stopped before this part of it is there to be stopped too.
        lot = replace(lot, state=catalog_operations.hold_states(lot_ids=[lot_id, lot.picked_as])[lot_id])
        stock = counted(lot)  # locked: nobody else sorts this lot before this is written down
        number = trace.same_event(lot_id=lot_id, fact=said, at=at, corrects=None)
        if number is not None:
            raise AlreadyRecorded(number=number)
        check_free(stock, lot, said.sorted_out)
        part = None
        if said.becomes not in ("", WRITTEN_OFF):
            part = _part(lot, said, by=by, now=now)
            said = replace(said, into=part.code)
        _take(stock, said.sorted_out, part, by_id=by.pk if by else None, now=now)
        sequence = trace_operations.note(lot_id=lot_id, events=[NewEvent(fact=said, at=at)], by=by, now=now)
        if part is not None:
            trace_operations.note(lot_id=part.id, events=[_begun(part, lot, at)], by=by, now=now)
    return SortedOut(sequence=sequence, part=part)


def _part(lot: LotView, said: Graded, *, by: SignedIn | None, now: datetime) -> LotView:
    if lot.state != LotState.OPEN:
        raise LotStopped
    if said.becomes not in GRADES or (
        lot.grade in GRADES and GRADES.index(said.becomes) <= GRADES.index(lot.grade)
    ):
        raise NotALowerGrade(field="becomes")
    return catalog_operations.register_part(
        by=by, lot=lot, grade=said.becomes, quantity=said.sorted_out, now=now
    )


def _begun(part: LotView, lot: LotView, at: datetime) -> NewEvent:
    fact = Split(origin=lot.code, quantity=part.quantity, unit=part.product.unit, grade=part.grade)
    return NewEvent(fact=fact, at=at)


def _take(stock: LotStock, units: int, part: LotView | None, *, by_id: int | None, now: datetime) -> None:
    if not units:
        return
    stock.on_hand -= units
    stock.written_off += units
    stock.moved += units if part else 0
    stock.save(update_fields=["on_hand", "written_off", "moved"])
    into = part.id if part else None
    WriteOff.objects.create(
        lot_id=stock.lot_id, units=units, reason=SORTED_OUT, into_id=into, by_id=by_id, at=now
    )
