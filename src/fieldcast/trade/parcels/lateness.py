"""When is a parcel late? Paid for, and not with a carrier within the time that every buyer is promised. And when is one
of which nobody speaks taken to have arrived?

Every page, sentence and count that speaks of lateness asks here: of one order that was read, or of rows.
"""

from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db.models import Q

from fieldcast.trade.orders.types import UNSENT, OrderView

SEND_WITHIN_HOURS: Final = 48  # from payment to the carrier; sentences take the number from here
SEND_WITHIN: Final = timedelta(hours=SEND_WITHIN_HOURS)
RECEIVED_AFTER: Final = timedelta(days=10)


def received_after() -> timedelta:
    """How long after it was sent: `settings.RECEIVED_AFTER_SECONDS`, ten days where it is not set."""
    return timedelta(seconds=getattr(settings, "RECEIVED_AFTER_SECONDS", RECEIVED_AFTER.total_seconds()))


def is_late(order: OrderView, *, now: datetime) -> bool:
    """Is an order paid for, not sent, and past the time it was to be sent within?"""
    return order.state in UNSENT and order.paid_at is not None and order.paid_at < now - SEND_WITHIN


def late(*, now: datetime) -> Q:
    """`is_late` of orders' rows."""
    return Q(state__in=[state.value for state in UNSENT], paid_at__lt=now - SEND_WITHIN)
