"""Writes down each state that a request comes to, with the state itself; and which orders wait for a request."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from fieldcast.accounts.types import SignedIn
from fieldcast.trade.aftersales import kinds, told
from fieldcast.trade.aftersales.types import (
    OBJECT_WITHIN,
    WAITING,
    BorneBy,
    RequestState,
    Wrong,
    is_for_sending_again,
)
from fieldcast.trade.carrying.types import CarryingState
from fieldcast.trade.models import Order, Refund, RefundRequest, RefundRequestStep
from fieldcast.trade.orders.types import OrderState
from fieldcast.trade.parcels.lateness import received_after

WAITS = Q(state__in=[state.value for state in WAITING])


def step(
    row: RefundRequest,
    state: RequestState,
    *,
    by_id: int | None,
    now: datetime,
    amount_fen: int = 0,
    words: str = "",
    refund: Refund | None = None,
    due_at: datetime | None = None,
    open_until: datetime | None = None,
    borne_by: BorneBy | None = None,
) -> None:
    """Bring a request to `state`, under its order's lock.

    `due_at`: until when the next step is to be taken; `open_until` lets its buyer object, or both sides appeal.
    """
    row.state, row.due_at, row.open_until = state.value, due_at, open_until
    row.save(update_fields=["state", "due_at", "open_until"])
    RefundRequestStep.objects.create(
        request=row,
        state=state.value,
        by_id=by_id,
        at=now,
        amount_fen=amount_fen,
        words=words,
        refund=refund,
        borne_by=borne_by.value if borne_by else "",
    )


def held(now: datetime) -> Exists:
    """Does an order wait, because a request of it is not answered, or may still be objected to?"""
    rows = RefundRequest.objects.filter(WAITS | Q(open_until__gt=now), order_id=OuterRef("pk"))
    return Exists(rows)


def asked_to_send_again(order: Order, parcel: CarryingState) -> RefundRequest | None:
    """The request that bringing this parcel once more answers."""
    row = RefundRequest.objects.filter(order=order, state=RequestState.ASKED.value).first()
    return row if row and is_for_sending_again(Wrong(row.wrong), parcel) else None


def sent_again(row: RefundRequest, order: Order, *, by: SignedIn, words: str, now: datetime) -> None:
    """The parcel is brought once more: that answers the request, and its buyer may object to it as to any answer.

    Where the order counts as received its after-sale time runs on, or is over: so they may for as long as a parcel of
    which nobody speaks takes to arrive, and nothing is paid out of it while it is carried.
    """
    until = open_while_carried(order, now=now)
    step(row, RequestState.SENT_AGAIN, by_id=by.pk, now=now, words=words, open_until=until)
    told.end(row, order, by=by, words=kinds.BROUGHT_AGAIN, now=now)


def open_while_carried(order: Order, *, now: datetime) -> datetime:
    """Until when the buyer may object to an answer that is on its way to them."""
    until = now + OBJECT_WITHIN
    return until + received_after() if order.state == OrderState.RECEIVED else until


def all_went_back(order: Order, refund: Refund, *, by: SignedIn | None, now: datetime) -> None:
    """The whole price went back otherwise than by an answer: a request that waits for one is met by that.

    Where its own buyer cancelled the order, they took the request back with it.
    """
    row = RefundRequest.objects.filter(WAITS, order=order).first()
    if row is None:
        return
    by_id = by.pk if by else None
    if by_id == order.buyer_id:
        step(row, RequestState.WITHDRAWN, by_id=by_id, now=now)
    else:
        by_county = {
            RequestState.OBJECTED.value: RequestState.UPHELD,
            RequestState.APPEALED.value: RequestState.FINAL,
        }
        state = by_county.get(row.state, RequestState.GIVEN)
        step(row, state, by_id=by_id, now=now, amount_fen=refund.amount_fen, refund=refund)
    told.end(row, order, by=by, words=kinds.GONE, now=now)
