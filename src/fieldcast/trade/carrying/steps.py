"""Which orders wait because of where their parcels are."""

from datetime import datetime

from django.db.models import Exists, OuterRef

from fieldcast.trade.carrying.types import Carried, CarryingState
from fieldcast.trade.models import Carrying, CarryingStep


def undelivered() -> Exists:
    """Could an order's parcel not be delivered, and has nobody said yet what next?"""
    return Exists(Carrying.objects.filter(order_id=OuterRef("pk"), state=CarryingState.UNDELIVERED.value))


def sent_as_heard_after(moment: datetime) -> Exists:
    """Did the house hear only after `moment` that a parcel was fetched, or is to be brought once more?

    Whenever its carrier says that it was fetched.
    """
    sent = [Carried.FETCHED.value, Carried.AGAIN.value]
    heard = CarryingStep.objects.filter(step__in=sent, noted_at__gt=moment)
    return Exists(heard.filter(carrying_id=OuterRef("pk")))
