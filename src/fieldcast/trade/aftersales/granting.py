"""What nobody answered in time goes on by itself: a request is granted, goods that were sent back count as come,
and one whose goods were not sent back ends. What is held for a person waits for one.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from fieldcast.trade.aftersales import told
from fieldcast.trade.aftersales.operations import give, locked_request
from fieldcast.trade.aftersales.queries import request_view
from fieldcast.trade.aftersales.steps import step
from fieldcast.trade.aftersales.types import SEND_BACK_WITHIN, HeldFor, RequestState
from fieldcast.trade.models import RefundRequest

_BY_ITSELF = (RequestState.ASKED, RequestState.AGREED, RequestState.SENT_BACK)


def grant_due(*, now: datetime, limit: int = 200) -> int:
    """Take the next step of up to `limit` requests that were not answered in time; returns how many. Safe to repeat."""
    ids = list(_due(now).order_by("due_at", "id").values_list("id", flat=True)[:limit])
    return sum(_go_on(request_id, now=now) for request_id in ids)


def _due(now: datetime) -> "QuerySet[RefundRequest]":
    states = [state.value for state in _BY_ITSELF]
    asked_and_held = Q(state=RequestState.ASKED.value) & ~Q(held_for=HeldFor.NOTHING.value)
    return RefundRequest.objects.filter(~asked_and_held, state__in=states, due_at__lte=now)


@transaction.atomic
def _go_on(request_id: int, *, now: datetime) -> bool:
    row, order, locked = locked_request(request_id)
    if not _due(now).filter(id=request_id).exists():  # somebody was quicker
        return False
    view = request_view(request_id=request_id)
    if view.takes_back:
        step(row, RequestState.AGREED, by_id=None, now=now, due_at=now + SEND_BACK_WITHIN)
        told.takes_back(row, order, by=None, now=now)
    elif view.state == RequestState.AGREED:
        step(row, RequestState.WITHDRAWN, by_id=None, now=now)
        told.not_sent_back(row, order, now=now)
    else:
        fen = view.left_fen if view.whole else view.proposed_fen
        refund = give(locked, order, view, fen, by=None, now=now)
        step(row, RequestState.GRANTED, by_id=None, now=now, amount_fen=fen, refund=refund)
        told.granted(row, order, given_fen=fen, now=now)
    return True
