"""Answers with goods: they come back before the money goes, or others are sent for them.

What came back stays counted as sold until somebody says what became of it (`returned`). What is sent in exchange comes
from the lot's free units and is counted as sold and shipped, so nothing is sold twice; it has a parcel of its own.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db import transaction

from fieldcast.accounts.access import require, require_now
from fieldcast.accounts.types import SignedIn
from fieldcast.catalog import queries as catalog
from fieldcast.trade.aftersales import kinds, told
from fieldcast.trade.aftersales.operations import locked_request, plain_words
from fieldcast.trade.aftersales.problems import NotExchangeable, RequestAnswered
from fieldcast.trade.aftersales.queries import request_view
from fieldcast.trade.aftersales.steps import open_while_carried, step
from fieldcast.trade.aftersales.types import (
    CONFIRM_WITHIN,
    OBJECT_WITHIN,
    SEND_BACK_WITHIN,
    RequestState,
    RequestView,
)
from fieldcast.trade.carrying import rows
from fieldcast.trade.carrying import told as carrying_told
from fieldcast.trade.carrying.types import Carried, CarryingState, To
from fieldcast.trade.models import (
    Order,
    OrderLine,
    ParcelStep,
    RefundRequest,
    Replacement,
    ReplacementParcel,
    Shipment,
)
from fieldcast.trade.orders.lines import lines_of
from fieldcast.trade.parcels.operations import TRACKING
from fieldcast.trade.parcels.problems import BadTracking, TrackingTaken
from fieldcast.trade.parcels.types import Step
from fieldcast.trade.stock import units
from fieldcast.trade.stock.operations import check_free
from fieldcast.trade.stops.operations import check_sendable


def agree_return(*, by: SignedIn, request_id: int, words: str, now: datetime) -> RequestView:
    """The seller lets the goods come back, and says where to; when they have come the money goes.

    Raises `NotFound` for strangers, `RequestAnswered`, `NothingSaid`.
    """
    plain = plain_words(words)
    with transaction.atomic():
        row, order, _offers = locked_request(request_id)
        view = request_view(request_id=row.pk)
        require_now(by, "trade.answer_refund", view)
        if not view.takes_back:
            raise RequestAnswered
        step(row, RequestState.AGREED, by_id=by.pk, now=now, words=plain, due_at=now + SEND_BACK_WITHIN)
        told.takes_back(row, order, by=by, now=now)
    return request_view(request_id=row.pk)


def send_back(*, by: SignedIn, request_id: int, words: str, now: datetime) -> RequestView:
    """The buyer says that the goods are on their way back, with whom and under which number.

    Raises `NotFound` for anyone else's request, `RequestAnswered`, `NothingSaid`.
    """
    plain = plain_words(words)
    with transaction.atomic():
        row, order, _offers = locked_request(request_id)
        view = request_view(request_id=row.pk)
        require(by, "trade.object_refund", view)
        if view.state != RequestState.AGREED:
            raise RequestAnswered
        step(row, RequestState.SENT_BACK, by_id=by.pk, now=now, words=plain, due_at=now + CONFIRM_WITHIN)
        told.sent_back(row, order, by=by, now=now)
    return request_view(request_id=row.pk)


def exchange_goods(
    *, by: SignedIn, request_id: int, words: str, now: datetime, tracking_number: str = ""
) -> RequestView:
    """Whoever packs sends other goods of the same lots, and says so to carrier and buyer: no second payment.

    The new parcel has a number: its carrier's, or where none is given one that follows from the order's. Raises
    `NotFound` for strangers, `NotExchangeable`, `NothingSaid`, `AboveFreeUnits` where the lot has too few left,
    `BadTracking`, `TrackingTaken`, `OrderHeldBack` while one of its lots is stopped.
    """
    plain = plain_words(words)
    with transaction.atomic():
        check_sendable(_lines(request_id), why="")
        row, order, locked = locked_request(request_id)
        view = request_view(request_id=row.pk)
        require_now(by, "trade.pack_order", view)
        if not view.exchanges or view.packs is None:
            raise NotExchangeable
        parcel = rows.of(order)
        _send(row, order, carrier_id=parcel.carrier_id, tracking_number=tracking_number, by=by, now=now)
        for line, packs in taken(row.order.lines.order_by("-price_fen", "id"), view.packs):
            _replace(row, line, packs, locked, carrier_id=parcel.carrier_id, by=by, now=now)
        rows.move(parcel, CarryingState.ON_THE_WAY, at=max(now, parcel.changed_at))
        note = rows.note(parcel, Carried.AGAIN, by=by, at=now, now=now, words=plain)
        carrying_told.again(note, order, now=now)
        until = open_while_carried(order, now=now)
        step(row, RequestState.EXCHANGED, by_id=by.pk, now=now, words=plain, open_until=until)
        told.end(row, order, by=by, words=kinds.EXCHANGED, now=now)
    return request_view(request_id=row.pk)


def receive_exchange(*, by: SignedIn, request_id: int, now: datetime) -> RequestView:
    """The buyer has the new parcel; from now they have as long to object as to any answer.

    Raises `NotFound` for anyone else's request, `RequestAnswered`.
    """
    with transaction.atomic():
        row, order, _offers = locked_request(request_id)
        view = request_view(request_id=row.pk)
        require(by, "trade.object_refund", view)
        if not view.awaits_parcel:
            raise RequestAnswered
        parcel = rows.of(order)
        rows.move(parcel, CarryingState.DELIVERED, at=max(now, parcel.changed_at))
        rows.note(parcel, Carried.DELIVERED, by=by, at=now, now=now, detail=To.DOOR.value)
        row.open_until = min(row.open_until or now, now + OBJECT_WITHIN)
        row.save(update_fields=["open_until"])
    return request_view(request_id=row.pk)


def _send(
    row: RefundRequest,
    order: Order,
    *,
    carrier_id: int,
    tracking_number: str,
    by: SignedIn,
    now: datetime,
) -> None:
    """Give the new parcel its number. Raises `BadTracking`, `TrackingTaken`."""
    number = tracking_number.strip().upper() or f"{order.number}-{row.pk}"
    if not TRACKING.fullmatch(number):
        raise BadTracking
    known = Shipment.objects.filter(carrier_id=carrier_id, tracking_number=number).exists()
    parcel = ReplacementParcel(
        request=row, carrier_id=carrier_id, tracking_number=number, by_id=by.pk, at=now
    )
    sent = ReplacementParcel.objects.bulk_create([parcel], ignore_conflicts=True) if not known else []
    if not sent or not ReplacementParcel.objects.filter(request=row).exists():
        raise TrackingTaken(number=number)


def _lines(request_id: int) -> list[OrderLine]:
    row = RefundRequest.objects.filter(id=request_id).first()
    return lines_of(row.order_id) if row else []


def taken(lines: Iterable[OrderLine], packs: int) -> Iterator[tuple[OrderLine, int]]:
    """Of which lines the packs are, the dearest first, as they were counted when they were asked about."""
    for line in lines:
        taken = min(packs, line.packs)
        if taken:
            yield line, taken
        packs -= taken


def _replace(
    row: RefundRequest,
    line: OrderLine,
    packs: int,
    locked: units.Locked,
    *,
    carrier_id: int,
    by: SignedIn,
    now: datetime,
) -> None:
    """Take the units out of the lot's free ones, under its lock, and write down that they were sent."""
    stock, wanted = locked.stocks[line.lot_id], packs * line.pack_units
    check_free(stock, catalog.lot(lot_id=line.lot_id), wanted)
    stock.on_hand -= wanted
    stock.sold += wanted
    stock.save(update_fields=["on_hand", "sold"])
    Replacement.objects.create(
        request=row, line=line, lot_id=line.lot_id, packs=packs, units=wanted, by_id=by.pk, at=now
    )
    ParcelStep.objects.create(
        lot_id=line.lot_id, kind=Step.SHIPPED.value, actor_id=carrier_id, units=wanted, at=now
    )
