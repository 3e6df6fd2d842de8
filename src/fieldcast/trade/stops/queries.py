"""Reads of orders that are held back because the sale of their lot is stopped."""

from collections.abc import Mapping

from django.db.models import Count, QuerySet, Sum

from fieldcast.catalog.types import LotState
from fieldcast.trade.models import GiveBack, Order
from fieldcast.trade.orders.types import UNSENT
from fieldcast.trade.stops.types import GivingBack, HeldBack

STATES = [state.value for state in UNSENT]


def unsent_orders(*, lot_id: int) -> "QuerySet[Order]":
    """Orders of a lot that are paid for and not sent, by id: held back while the lot is stopped. For this topic."""
    return Order.objects.filter(state__in=STATES, lines__lot_id=lot_id).order_by("id").distinct()


def held_back(*, lot_id: int) -> HeldBack:
    """What a stopped lot holds back; of a lot that is not stopped, what it would hold back."""
    found = Order.objects.filter(id__in=unsent_orders(lot_id=lot_id).order_by().values("id")).aggregate(
        orders=Count("id"), total_fen=Sum("total_fen")
    )
    row = GiveBack.objects.filter(lot_id=lot_id).order_by("-id").first()
    return HeldBack(
        lot_id=lot_id,
        orders=found["orders"],
        total_fen=found["total_fen"] or 0,
        giving_back=giving_back_view(row, left=found["orders"]) if row else None,
    )


def held_back_of_county(*, county_id: int) -> Mapping[int, int]:
    """How many orders each stopped lot of a county holds back, in one statement; lots that hold none are not there."""
    rows = Order.objects.filter(
        county_id=county_id, state__in=STATES, lines__lot__state=LotState.STOPPED.value
    )
    counted = rows.order_by().values_list("lines__lot_id").annotate(orders=Count("id", distinct=True))
    return {int(lot_id): int(orders) for lot_id, orders in counted}


def giving_back_view(row: GiveBack, *, left: int) -> GivingBack:
    """A giving back as other rooms see it."""
    return GivingBack(
        id=row.pk,
        lot_id=row.lot_id,
        orders=row.orders,
        left=0 if row.finished_at else left,
        at=row.at,
        finished_at=row.finished_at,
    )
