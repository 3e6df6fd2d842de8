"""Writes down where a parcel is, under its order's lock: for the operations of parcels, refunds and carrying.

Nothing here asks who may.
"""

from datetime import datetime

from fieldcast.accounts.types import SignedIn
from fieldcast.trade.carrying import told
from fieldcast.trade.carrying.types import Carried, CarryingState
from fieldcast.trade.models import Carrying, CarryingStep, Order


def begin(order: Order, *, carrier_id: int, now: datetime) -> Carrying:
    """The parcel is packed, and waits for this carrier."""
    return Carrying.objects.create(order=order, carrier_id=carrier_id, changed_at=now)


def of(order: Order) -> Carrying:
    """The row of a packed order."""
    return Carrying.objects.get(order=order)


def move(row: Carrying, state: CarryingState, *, at: datetime) -> None:
    """Bring a parcel to `state`."""
    row.state, row.changed_at = state.value, at
    row.save(update_fields=["state", "changed_at", "carrier"])


def note(
    row: Carrying,
    step: Carried,
    *,
    by: SignedIn | None,
    at: datetime,
    now: datetime,
    boxes: int | None = None,
    detail: str = "",
    words: str = "",
) -> CarryingStep:
    """Keep a step."""
    return CarryingStep.objects.create(
        carrying=row,
        carrier_id=row.carrier_id,
        step=step.value,
        by_id=by.pk if by else None,
        at=at,
        noted_at=now,
        boxes=boxes,
        detail=detail,
        words=words,
    )


def arrived(order: Order, *, by_id: int | None, now: datetime) -> Carrying:
    """Its buyer has it, or it counts as received: whatever its carrier said last. What goes back still goes back."""
    row = of(order)
    stood_still = row.state == CarryingState.UNDELIVERED
    if stood_still or row.state == CarryingState.ON_THE_WAY:
        move(row, CarryingState.DELIVERED, at=now)
    if stood_still:
        told.answered(row, order, by_id=by_id, words=told.ARRIVED, now=now)
    return row


def all_went_back(order: Order, *, by_id: int | None, now: datetime) -> None:
    """The whole price went back: a parcel that could not be delivered is brought back to its seller."""
    row = Carrying.objects.filter(order=order, state=CarryingState.UNDELIVERED.value).first()
    if row is None:
        return
    move(row, CarryingState.GOES_BACK, at=now)
    told.answered(row, order, by_id=by_id, words=told.GIVEN_BACK, now=now)
    told.to_bring_back(row, order, now=now)
