"""Which orders wait because their parcels could not be delivered."""

from django.db.models import Exists, OuterRef

from fieldcast.trade.carrying.types import CarryingState
from fieldcast.trade.models import Carrying


def undelivered() -> Exists:
    """Could an order's parcel not be delivered, and has nobody said yet what next?"""
    return Exists(Carrying.objects.filter(order_id=OuterRef("pk"), state=CarryingState.UNDELIVERED.value))
