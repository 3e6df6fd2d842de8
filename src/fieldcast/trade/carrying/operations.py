"""Writes of a parcel's way: fetched, on the way, delivered or not, asked to be tried again, brought back.

Each locks its order (what is fetched, the lots before it), looks again and leaves a step. The same step again, by
whichever phone, changes nothing. `at` is when somebody says it was: no earlier than the step before it, no later than
`now`; a step of a phone without a signal comes with its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import F

from fieldcast.accounts.access import allowed, require_now
from fieldcast.accounts.types import SignedIn
from fieldcast.kit.errors import NotFound
from fieldcast.kit.said import said
from fieldcast.trade.aftersales.steps import asked_to_send_again, sent_again
from fieldcast.trade.carrying import rows, told
from fieldcast.trade.carrying.carriers import carrier_of
from fieldcast.trade.carrying.problems import BoxesDiffer, NotFetched, NotSaid, ParcelMovedOn
from fieldcast.trade.carrying.types import (
    MOST_LETTERS,
    Carried,
    CarryingState,
    Hindrance,
    To,
)
from fieldcast.trade.models import Carrying, Order, OrderLine
from fieldcast.trade.orders.lines import lines_of
from fieldcast.trade.orders.problems import WrongState
from fieldcast.trade.orders.types import UNSENT, OrderState
from fieldcast.trade.parcels.operations import TRACKING, send_off
from fieldcast.trade.parcels.problems import BadTracking
from fieldcast.trade.stock import units
from fieldcast.trade.stops.operations import check_sendable

WITHOUT_SIGNAL: Final = timedelta(days=1)


@dataclass(frozen=True)
class _Asked:
    """What rules ask of a parcel."""

    carrier_id: int
    seller_id: int
    county_id: int


def choose_carrier(*, by: SignedIn, order_id: int, carrier_id: int, now: datetime) -> None:
    """The seller lets another carrier fetch a packed parcel.

    Raises `NotFound`, `WrongState` for one that is not waiting to be fetched, `NotACarrier`, `CarrierNotAgreed`.
    """
    with transaction.atomic():
        order, row = _locked(by, "trade.pack_order", order_id)
        if order.state != OrderState.PACKED:
            raise WrongState(state=OrderState(order.state))
        chosen = carrier_of(order, carrier_id, lines_of(order_id))
        if chosen == row.carrier_id:
            return
        row.carrier_id = chosen
        rows.move(row, CarryingState.TO_FETCH, at=row.changed_at)
        rows.note(row, Carried.CHOSEN, by=by, at=now, now=now)


def fetch(
    *,
    by: SignedIn,
    order_id: int,
    now: datetime,
    at: datetime | None = None,
    boxes: int | None = None,
    words: str = "",
    tracking_number: str = "",
) -> None:
    """The carrier has taken the parcel over: its order is sent off, its number that of the order unless one is given.

    `boxes` None: all of them. Raises `NotFound` for another carrier's people, `WrongState` where the sale has ended,
    `OrderHeldBack`, `BoxesDiffer`, `NotSaid`, `BadTracking`, `TrackingTaken`.
    """
    remark = _words(words)
    with transaction.atomic():
        lines = lines_of(order_id)
        # also one that is not packed yet: it may be by the time its lock is had
        if Order.objects.filter(id=order_id, state__in=[state.value for state in UNSENT]).exists():
            check_sendable(lines, why="")
        order, row = _locked(by, "trade.carry_order", order_id)
        if row.state != CarryingState.TO_FETCH:
            return
        if order.state != OrderState.PACKED:
            raise WrongState(state=OrderState(order.state))
        taken = _boxes(lines, boxes, remark)
        number = tracking_number.strip().upper() or order.number
        if not TRACKING.fullmatch(number):
            raise BadTracking
        moment = _when(at, row, now=now)
        send_off(order, row, lines, tracking_number=number, by=by, at=moment)
        step = rows.note(row, Carried.FETCHED, by=by, at=moment, now=now, boxes=taken, words=remark)
        told.fetched(step, order, tracking=number, now=now)


def pass_on(
    *, by: SignedIn, order_id: int, now: datetime, at: datetime | None = None, place: str = ""
) -> None:
    """The carrier says where the parcel is. Raises `NotFound`, `NotFetched`, `ParcelMovedOn`, `NotSaid`."""
    where = _words(place)
    with transaction.atomic():
        _order, row = _locked(by, "trade.carry_order", order_id)
        _check_fetched(row)
        if row.state != CarryingState.ON_THE_WAY:
            raise ParcelMovedOn
        last = row.steps.order_by("-id").first()
        if last and (last.step, last.words) == (Carried.PASSED, where):
            return
        moment = _when(at, row, now=now)
        rows.move(row, CarryingState.ON_THE_WAY, at=moment)
        rows.note(row, Carried.PASSED, by=by, at=moment, now=now, words=where)


def deliver(
    *, by: SignedIn, order_id: int, to: To, now: datetime, at: datetime | None = None, words: str = ""
) -> None:
    """The carrier has delivered it; that the buyer has it remains the buyer's to say, or the clock's since sending.

    A neighbour is named in `words`, a collection point may be. Raises `NotFound`, `NotFetched`, `ParcelMovedOn` for one
    that goes back, `NotSaid`.
    """
    whom = _words(words, must=str(told.NEIGHBOUR) if to == To.NEIGHBOUR else "")
    with transaction.atomic():
        order, row = _locked(by, "trade.carry_order", order_id)
        _check_fetched(row)
        if row.state == CarryingState.DELIVERED:
            return
        if row.state not in (CarryingState.ON_THE_WAY, CarryingState.UNDELIVERED):
            raise ParcelMovedOn
        moment = _when(at, row, now=now)
        step = rows.note(row, Carried.DELIVERED, by=by, at=moment, now=now, detail=to.value, words=whom)
        if row.state == CarryingState.UNDELIVERED:
            told.answered(row, order, by_id=by.pk, words=told.ARRIVED, now=now)
        rows.move(row, CarryingState.DELIVERED, at=moment)
        told.delivered(step, order, now=now)


def not_delivered(
    *,
    by: SignedIn,
    order_id: int,
    why: Hindrance,
    now: datetime,
    at: datetime | None = None,
    words: str = "",
) -> None:
    """It could not be delivered: its seller is asked what next, and until then it does not count as received.

    Where the whole price went back already, nothing is to be asked: it is brought back.

    Raises `NotFound`, `NotFetched`, `ParcelMovedOn` for one that was delivered or goes back, `NotSaid`.
    """
    remark = _words(words)
    with transaction.atomic():
        order, row = _locked(by, "trade.carry_order", order_id)
        _check_fetched(row)
        if row.state == CarryingState.UNDELIVERED:
            return
        if row.state != CarryingState.ON_THE_WAY:
            raise ParcelMovedOn
        moment = _when(at, row, now=now)
        rows.move(row, CarryingState.UNDELIVERED, at=moment)
        step = rows.note(row, Carried.UNDELIVERED, by=by, at=moment, now=now, detail=why.value, words=remark)
        told.undelivered(step, order, by=by, now=now)
        if not OrderLine.objects.filter(order=order, refunded_fen__lt=F("total_fen")).exists():
            rows.all_went_back(order, by_id=by.pk, now=now)


def send_again(*, by: SignedIn, order_id: int, words: str, now: datetime) -> None:
    """The seller, or the county, lets the carrier try again and says how.

    For what could not be delivered, or never came as its buyer says who asks for money back: that request is answered
    by it, within the seller's time by the seller alone. Raises `NotFound`, `ParcelMovedOn` for a parcel that does not
    wait for it, `NotSaid`.
    """
    how = _words(words, must=str(told.HOW))
    with transaction.atomic():
        order, row = _locked(by, "trade.send_again", order_id)
        asked = asked_to_send_again(order, CarryingState(row.state))
        if row.state == CarryingState.UNDELIVERED:
            told.answered(row, order, by_id=by.pk, words=told.TRIED_AGAIN, now=now)
        elif asked is None or not (asked.answer_until <= now or allowed(by, "trade.pack_order", order)):
            raise ParcelMovedOn
        if asked is not None:
            sent_again(asked, order, by=by, words=how, now=now)
        rows.move(row, CarryingState.ON_THE_WAY, at=max(now, row.changed_at))
        step = rows.note(row, Carried.AGAIN, by=by, at=now, now=now, words=how)
        told.again(step, order, now=now)


def bring_back(*, by: SignedIn, order_id: int, now: datetime, at: datetime | None = None) -> None:
    """The carrier has brought it back to its seller. Raises `NotFound`, `ParcelMovedOn`."""
    with transaction.atomic():
        _order, row = _locked(by, "trade.carry_order", order_id)
        if row.state == CarryingState.BROUGHT_BACK:
            return
        if row.state != CarryingState.GOES_BACK:
            raise ParcelMovedOn
        moment = _when(at, row, now=now)
        rows.move(row, CarryingState.BROUGHT_BACK, at=moment)
        rows.note(row, Carried.BROUGHT_BACK, by=by, at=moment, now=now)


def _locked(by: SignedIn, perm: str, order_id: int) -> tuple[Order, Carrying]:
    """An order with its parcel, locked, for someone who may do this. Raises `NotFound`."""
    order = units.lock_order(order_id)
    row = Carrying.objects.filter(order=order).first()
    if row is None:
        raise NotFound("parcel")
    require_now(by, perm, _Asked(row.carrier_id, order.seller_id, order.county_id))
    return order, row


def _check_fetched(row: Carrying) -> None:
    if row.state == CarryingState.TO_FETCH:
        raise NotFetched


def _when(at: datetime | None, row: Carrying, *, now: datetime) -> datetime:
    """When it was: a phone's clock may be wrong, but no step comes before the one it follows, or has yet to come, or
    was written down more than a day late: what was sent in time is counted by it."""
    return min(now, max(at or now, row.changed_at, now - WITHOUT_SIGNAL))


def _boxes(lines: Sequence[OrderLine], boxes: int | None, remark: str) -> int:
    """How many were taken over. Raises `BoxesDiffer` for fewer without a word, none, or more than there are."""
    there = sum(line.packs for line in lines)
    taken = there if boxes is None else boxes
    if not 0 < taken <= there or (taken < there and not remark):
        raise BoxesDiffer(boxes=there)
    return taken


def _words(words: str, *, must: str = "") -> str:
    """What was said, on one line; `must` names what has to be. Raises `NotSaid`."""
    plain = said(words)
    if len(plain) > MOST_LETTERS or (must and not plain):
        raise NotSaid(what=must or str(told.REMARK), most=MOST_LETTERS)
    return plain
