"""Reads of parcels: what waits to be packed, where parcels are, whether they left in time."""

import math
import statistics
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Count, Exists, F, Min, OuterRef, Q, Sum

from fieldcast.catalog import queries as catalog
from fieldcast.catalog.types import LotState
from fieldcast.kit.money import BASIS
from fieldcast.trade.models import Order, OrderLine, RefundRequest
from fieldcast.trade.orders.types import SOLD, OrderState
from fieldcast.trade.parcels.types import PackingItem

FEWEST_PARCELS: Final = 5  # fewer say nothing about the next
LATEST_PARCELS: Final = 200
LONG_AGO: Final = timedelta(days=90)
A_DAY: Final = timedelta(days=1)


def packing_list(
    *, county_id: int, seller_id: int | None = None, household_id: int | None = None
) -> tuple[PackingItem, ...]:
    """What waits to be packed in a county by offer, the longest waiting first; of one cooperative, of one household.

    What is held back is not there: nobody is to pack it.
    """
    held = OrderLine.objects.filter(order_id=OuterRef("order_id"), lot__state=LotState.STOPPED.value)
    rows = OrderLine.objects.filter(
        ~Exists(held), order__county_id=county_id, order__state=OrderState.PAID.value
    )
    if seller_id is not None:
        rows = rows.filter(order__seller_id=seller_id)
    if household_id is not None:
        rows = rows.filter(lot_id__in=catalog.lot_ids(county_id=county_id, household_id=household_id))
    columns = ("offer_id", "lot_id", "offer__title", "offer__title_en", "offer__pack_units")
    grouped = rows.values(*columns).annotate(
        orders=Count("order_id", distinct=True), waiting=Sum("packs"), since=Min("order__paid_at")
    )
    found = list(grouped.order_by("since", "offer_id"))
    lots = catalog.lots_by_ids(ids={row["lot_id"] for row in found})
    return tuple(
        PackingItem(
            offer_id=row["offer_id"],
            lot_id=row["lot_id"],
            lot_code=lots[row["lot_id"]].code,
            title=row["offer__title"],
            title_en=row["offer__title_en"],
            picture=lots[row["lot_id"]].product.picture,
            unit=lots[row["lot_id"]].product.unit.value,
            pack_units=row["offer__pack_units"],
            orders=row["orders"],
            packs=row["waiting"],
            since=row["since"],
        )
        for row in found
    )


def parcels_by_state(*, county_id: int, since: datetime | None = None) -> dict[OrderState, int]:
    """How many paid orders of a county stand where, those refunded before shipment included; every state is there."""
    rows = Order.objects.filter(county_id=county_id, paid_at__isnull=False)
    if since is not None:
        rows = rows.filter(paid_at__gte=since)
    counted = dict(rows.values_list("state").annotate(count=Count("id")).order_by())
    states = (*SOLD, OrderState.REFUNDED.value)
    return {OrderState(state): int(counted.get(state, 0)) for state in states}


def sent_in_time_bp(*, county_id: int, since: datetime, until: datetime, within: timedelta) -> int | None:
    """Of a county's orders paid in [since, until), the basis points handed to a carrier within `within` of payment.

    None when there were none: no parcels is not a bad record.
    """
    rows = Order.objects.filter(county_id=county_id, paid_at__gte=since, paid_at__lt=until, state__in=SOLD)
    in_time = Q(shipped_at__isnull=False, shipped_at__lte=F("paid_at") + within)
    found = rows.aggregate(orders=Count("id"), sent=Count("id", filter=in_time))
    return found["sent"] * BASIS // found["orders"] if found["orders"] else None


def usual_days(*, seller_id: int, now: datetime) -> int | None:
    """In how many days a cooperative's parcels usually arrive, as their buyers said; None while too few have.

    A parcel that only counts as received, because nobody spoke of it, says nothing.
    """
    rows = Order.objects.filter(
        seller_id=seller_id,
        received_at__gt=now - LONG_AGO,
        steps__state=OrderState.RECEIVED.value,
        steps__by__isnull=False,
    )
    found = rows.order_by("-received_at").values_list("shipped_at", "received_at")[:LATEST_PARCELS]
    ways = [(received - shipped).total_seconds() for shipped, received in found if shipped and received]
    if len(ways) < FEWEST_PARCELS:
        return None
    return max(1, math.ceil(statistics.median(ways) / A_DAY.total_seconds()))


def work_of(*, seller_id: int, since: datetime) -> tuple[int, int]:
    """The parcels that a seller sent off since then, and the requests for money back that it was asked."""
    sent = Order.objects.filter(seller_id=seller_id, shipped_at__gte=since).count()
    asked = RefundRequest.objects.filter(order__seller_id=seller_id, asked_at__gte=since).count()
    return sent, asked
