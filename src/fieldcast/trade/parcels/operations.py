"""A paid order's way: packed, shipped, received, and closed when its after-sale window is over.

Only the order's row is locked: its packs stay sold. Each step is also written down for the lot's history (see
`telling`), without anything that names the buyer.
"""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from fieldcast.accounts.access import require
from fieldcast.accounts.types import SignedIn
from fieldcast.agreements import queries as agreements
from fieldcast.kit.said import said
from fieldcast.trade import told
from fieldcast.trade.aftersales.steps import held
from fieldcast.trade.carrying import rows
from fieldcast.trade.carrying.carriers import agreed_carrier, carrier_of
from fieldcast.trade.carrying.steps import sent_as_heard_after, undelivered
from fieldcast.trade.carrying.types import CarryingState
from fieldcast.trade.models import Carrying, Order, OrderLine, ParcelStep, Refund, Shipment
from fieldcast.trade.orders.lines import lines_of
from fieldcast.trade.orders.problems import WrongState
from fieldcast.trade.orders.steps import note_step
from fieldcast.trade.orders.types import OrderState
from fieldcast.trade.parcels.lateness import received_after
from fieldcast.trade.parcels.problems import BadTracking, TrackingTaken
from fieldcast.trade.parcels.types import Step
from fieldcast.trade.refunds.types import RefundState
from fieldcast.trade.stock import units
from fieldcast.trade.stops.operations import check_sendable

TRACKING = re.compile(r"[A-Z0-9-]{6,40}")
LONGEST_REASON = 200


def pack(*, by: SignedIn | None, order_id: int, now: datetime, why: str = "") -> None:
    """The parcel is ready, for the carrier of its agreement to fetch. `by` None is the platform itself.

    Raises `NotFound`, `WrongState`, and `OrderHeldBack` while one of its lots is stopped, unless `why` says why it goes
    all the same: that is kept with the step, and its buyer is told.
    """
    with transaction.atomic():
        reason, lines = _reason(why), lines_of(order_id)
        held = check_sendable(lines, why=reason)
        order = _taken(by, "trade.pack_order", order_id, OrderState.PAID)
        order.state, order.packed_at = OrderState.PACKED.value, now
        order.save(update_fields=["state", "packed_at"])
        rows.begin(order, carrier_id=agreed_carrier(lines), now=now)
        _note(order, by=by, why=reason if held else "", now=now)
        _write_down(lines, Step.PACKED, actor_id=order.seller_id, now=now)


def ship(
    *,
    by: SignedIn | None,
    order_id: int,
    tracking_number: str,
    now: datetime,
    carrier_id: int | None = None,
    why: str = "",
) -> None:
    """The carrier has the parcel. Without `carrier_id` it is the one it was packed for.

    Another one carries only after it agreed to terms of the seller that name it, where a delivery fee is promised.
    Raises `NotFound`, `WrongState`, `BadTracking`, `NotACarrier`, `CarrierNotAgreed` and `TrackingTaken`, and
    `OrderHeldBack` as `pack` does.
    """
    number = tracking_number.strip().upper()
    if not TRACKING.fullmatch(number):
        raise BadTracking
    with transaction.atomic():
        reason, lines = _reason(why), lines_of(order_id)
        held = check_sendable(lines, why=reason)
        order = _taken(by, "trade.ship_order", order_id, OrderState.PACKED)
        row = rows.of(order)
        if carrier_id not in (None, row.carrier_id):
            row.carrier_id = carrier_of(order, carrier_id, lines)
        send_off(order, row, lines, tracking_number=number, by=by, why=reason if held else "", at=now)


def send_off(
    order: Order,
    row: Carrying,
    lines: Sequence[OrderLine],
    *,
    tracking_number: str,
    by: SignedIn | None,
    at: datetime,
    why: str = "",
) -> None:
    """A packed order, locked, leaves with the carrier of `row`. Raises `TrackingTaken`."""
    try:
        with transaction.atomic():
            Shipment.objects.create(
                order=order, carrier_id=row.carrier_id, tracking_number=tracking_number, shipped_at=at
            )
    except IntegrityError as error:
        if "tracking_number_once_a_carrier" not in str(error):
            raise
        raise TrackingTaken(number=tracking_number) from None
    order.state, order.shipped_at = OrderState.SHIPPED.value, at
    order.save(update_fields=["state", "shipped_at"])
    rows.move(row, CarryingState.ON_THE_WAY, at=at)
    _note(order, by=by, why=why, now=at)
    _write_down(lines, Step.SHIPPED, actor_id=row.carrier_id, now=at)


def receive(*, by: SignedIn | None, order_id: int, now: datetime) -> None:
    """The buyer has the parcel; from now the after-sale window of the agreement runs.

    Raises `NotFound` and `WrongState`.
    """
    with transaction.atomic():
        order = _taken(by, "trade.receive_order", order_id, OrderState.SHIPPED)
        lines = lines_of(order_id)
        terms = agreements.terms_of(version_ids={line.agreement_version_id for line in lines}).values()
        order.after_sale_until = now + timedelta(seconds=max(one.after_sale_seconds for one in terms))
        order.state, order.received_at = OrderState.RECEIVED.value, now
        order.save(update_fields=["state", "received_at", "after_sale_until"])
        note_step(order_ids=[order_id], state=OrderState.RECEIVED, by_id=by.pk if by else None, now=now)
        Shipment.objects.filter(order=order).update(delivered_at=now)
        row = rows.arrived(order, by_id=by.pk if by else None, now=now)
        _write_down(lines, Step.RECEIVED, actor_id=row.carrier_id, now=now)


def receive_overdue(*, now: datetime, limit: int = 200) -> int:
    """Take parcels to have arrived that were shipped long ago and of which nobody spoke; returns how many.

    How long says `lateness`, from when the house heard of it: a carrier's own time may lie days back, and its buyer's
    days are not its to spend; sent again, from then. One that its carrier could not deliver waits until its seller has
    said what next. Each is looked at again under its order's lock.
    """
    wait = received_after()
    overdue = Order.objects.filter(
        ~undelivered(),
        ~sent_as_heard_after(now - wait),
        state=OrderState.SHIPPED.value,
        shipped_at__lte=now - wait,
    )
    done = 0
    for order_id in list(overdue.order_by("shipped_at", "id").values_list("id", flat=True)[:limit]):
        with transaction.atomic():
            units.lock_order(order_id)
            if not overdue.filter(id=order_id).exists():  # somebody was quicker
                continue
            receive(by=None, order_id=order_id, now=now)
        done += 1
    return done


def close_due(*, now: datetime, limit: int = 500) -> int:
    """Finish up to `limit` received orders whose after-sale window is over; returns how many.

    An order with a refund that is not done yet waits for it, however long: settlement pays out what is closed. So does
    one of which a request for money back is not answered, or may still be objected to.
    """
    with transaction.atomic():
        over = Order.objects.filter(~held(now), state=OrderState.RECEIVED.value, after_sale_until__lte=now)
        # Locked first and looked at after: a refund asked for meanwhile holds the order's lock.
        ids = [
            order.pk
            for order in over.select_for_update(no_key=True, skip_locked=True).order_by(
                "after_sale_until", "id"
            )[:limit]
        ]
        waiting = Refund.objects.filter(order_id__in=ids).exclude(state=RefundState.SUCCEEDED.value)
        held_back = set(waiting.values_list("order_id", flat=True))
        held_back |= set(Order.objects.filter(held(now), id__in=ids).values_list("id", flat=True))
        done = [order_id for order_id in ids if order_id not in held_back]
        Order.objects.filter(id__in=done).update(state=OrderState.CLOSED.value, closed_at=now)
        note_step(order_ids=done, state=OrderState.CLOSED, by_id=None, now=now)
    return len(done)


def _taken(by: SignedIn | None, perm: str, order_id: int, state: OrderState) -> Order:
    """The order, locked, for someone who may do this and in the state the step begins from."""
    order = units.lock_order(order_id)
    if by is not None:
        require(by, perm, order)
    if order.state != state:
        raise WrongState(state=OrderState(order.state))
    return order


def _reason(why: str) -> str:
    return said(why)[:LONGEST_REASON]


def _note(order: Order, *, by: SignedIn | None, why: str, now: datetime) -> None:
    """Write down the state the order has come to; with `why`, it was held back, and its buyer is told."""
    state = OrderState(order.state)
    note_step(order_ids=[order.pk], state=state, by_id=by.pk if by else None, now=now, why=why)
    if why:
        told.sent_all_the_same(order, now=now)


def _write_down(lines: Sequence[OrderLine], step: Step, *, actor_id: int, now: datetime) -> None:
    ParcelStep.objects.bulk_create(
        ParcelStep(
            lot_id=line.lot_id, kind=step.value, actor_id=actor_id, units=line.packs * line.pack_units, at=now
        )
        for line in lines
    )
