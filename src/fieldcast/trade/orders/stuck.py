"""What is stuck: holds, refunds and closings that should have happened by themselves and have not. Nothing, while
workers and providers are well. (A parcel that a cooperative sends late is `parcels/lateness.py`.)
"""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q

from fieldcast.trade.aftersales.steps import held
from fieldcast.trade.models import Order, Refund
from fieldcast.trade.orders.types import OrderState, Stuck
from fieldcast.trade.refunds.types import RefundState

# Sweeps run every few seconds, and are taken up within half a minute after a kill.
PATIENCE = timedelta(minutes=1)
# A provider that is away is tried again less and less often; a buyer must not wait.
UNSENT = timedelta(minutes=15)
MOST = 100


def stuck(*, now: datetime, county_id: int | None) -> Stuck:
    """Holds, refunds and closings of a county, or of all, that wait longer than `PATIENCE` after they were due.

    A refund counts as unsent while it waits to be sent, or was sent and nobody knows whether it arrived. One that the
    provider refused is a person's to decide, and counts among those in trouble instead.
    """
    late = now - PATIENCE
    orders = Order.objects.all() if county_id is None else Order.objects.filter(county_id=county_id)
    refunds = Refund.objects.all() if county_id is None else Refund.objects.filter(order__county_id=county_id)
    waiting = Refund.objects.filter(order_id=OuterRef("pk")).exclude(state=RefundState.SUCCEEDED.value)
    requested = Q(state=RefundState.REQUESTED.value)
    unsent = refunds.filter(
        (requested & (Q(due_at__lt=late) | Q(requested_at__lt=now - UNSENT)))
        | Q(state=RefundState.SENT.value, due_at__lt=late - PATIENCE)
        # put off for longer than any sending or asking ever is: somebody moved it
        | Q(state__in=[RefundState.REQUESTED.value, RefundState.SENT.value], due_at__gt=now + UNSENT)
    )
    closings = orders.filter(
        ~Exists(waiting), ~held(late), state=OrderState.RECEIVED.value, after_sale_until__lt=late
    )
    holds = orders.filter(state=OrderState.RESERVED.value, expires_at__lt=late)
    return Stuck(
        holds=tuple(holds.order_by("id").values_list("id", flat=True)[:MOST]),
        refunds=tuple(unsent.order_by("id").values_list("id", flat=True)[:MOST]),
        closings=tuple(closings.order_by("id").values_list("id", flat=True)[:MOST]),
    )
