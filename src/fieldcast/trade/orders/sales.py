"""What was sold: by session, by day, and where the parcels are. Read from orders' rows, never from counters."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import ExtractHour, TruncDate
from django.utils import timezone

from fieldcast.trade.models import Order, OrderLine
from fieldcast.trade.orders.types import (
    SHIPPED,
    SOLD,
    DaySales,
    OfferSales,
    OrderState,
    RecordedSales,
    SessionSales,
    Stage,
)

HOURS = 24
DAY_SUMS: Mapping[str, Any] = {
    "orders": Count("order_id", distinct=True),
    "buyers": Count("order__buyer_id", distinct=True),
    "sold": Sum("packs"),
    "amount": Sum("total_fen"),
    "back": Sum("refunded_fen"),
}
NO_SALES = dict.fromkeys(DAY_SUMS, 0)


def session_sales(*, session_id: int) -> SessionSales:
    """What a session sold, by how far its orders came."""
    lines = OrderLine.objects.filter(order__session_id=session_id)
    stages = {
        "placed": Q(),
        "paid": Q(order__state__in=SOLD),
        "shipped": Q(order__state__in=SHIPPED),
        "returned": Q(order__state=OrderState.REFUNDED.value),
    }
    found = lines.aggregate(**_sums(stages))
    orders = Order.objects.filter(session_id=session_id).aggregate(
        expired=Count("id", filter=Q(state=OrderState.EXPIRED.value)),
        cancelled=Count("id", filter=Q(state=OrderState.CANCELLED.value)),
        buyers=Count("buyer_id", distinct=True, filter=Q(state__in=SOLD)),
    )
    offers = _offer_sales(lines.filter(order__state__in=SOLD))
    return SessionSales(
        session_id=session_id,
        placed=_stage(found, "placed"),
        paid=_stage(found, "paid"),
        shipped=_stage(found, "shipped"),
        refunded_before_shipment=_stage(found, "returned"),
        expired=orders["expired"],
        cancelled=orders["cancelled"],
        refunded_fen=sum(offer.refunded_fen for offer in offers),
        buyers=orders["buyers"],
        offers=offers,
    )


def sales_of_sessions(*, session_ids: Iterable[int]) -> dict[int, RecordedSales]:
    """Packs and fen of each session's orders, in one statement; a session without an order sold nothing."""
    wanted = set(session_ids)
    sums = {
        f"{stage}_{name}": Sum(column, filter=condition, default=0)
        for stage, condition in (
            ("placed", Q()),
            ("paid", Q(order__state__in=SOLD)),
            ("shipped", Q(order__state__in=SHIPPED)),
        )
        for name, column in (("packs", "packs"), ("fen", "total_fen"))
    }
    rows = OrderLine.objects.filter(order__session_id__in=wanted).values_list("order__session_id")
    # sums come in the order they are named in
    found = {
        row[0]: RecordedSales(**dict(zip(sums, row[1:], strict=True)))
        for row in rows.annotate(**sums).order_by()
    }
    return {session_id: found.get(session_id, RecordedSales()) for session_id in wanted}


def day_sales(*, county_id: int, day: date) -> DaySales:
    """What a county sold on `day`, midnight to midnight where it lies."""
    return sales_by_day(county_id=county_id, since=day, until=day + timedelta(days=1))[0]


def sales_by_day(*, county_id: int, since: date, until: date) -> tuple[DaySales, ...]:
    """What a county sold on each day from `since` to before `until`, days without sales included."""
    start, end = _midnight(since), _midnight(until)
    placed = Order.objects.filter(county_id=county_id, placed_at__gte=start, placed_at__lt=end)
    counts = placed.annotate(day=TruncDate("placed_at")).values_list("day").annotate(count=Count("id"))
    placed_on = dict(counts.order_by())
    paid = OrderLine.objects.filter(
        order__county_id=county_id, order__paid_at__gte=start, order__paid_at__lt=end, order__state__in=SOLD
    ).annotate(day=TruncDate("order__paid_at"))
    by_day = {row["day"]: row for row in paid.values("day").annotate(**DAY_SUMS).order_by()}
    by_hour = paid.annotate(hour=ExtractHour("order__paid_at")).values_list("day", "hour")
    hours: dict[date, dict[int, int]] = {}
    for day, hour, fen in by_hour.annotate(fen=Sum("total_fen")).order_by():
        hours.setdefault(day, {})[hour] = fen
    days = [since + timedelta(days=n) for n in range((until - since).days)]
    return tuple(
        _day(day, placed_on.get(day, 0), by_day.get(day, NO_SALES), hours.get(day, {})) for day in days
    )


def _day(day: date, placed: int, row: Mapping[str, Any], hours: Mapping[int, int]) -> DaySales:
    return DaySales(
        day=day,
        placed=placed,
        paid=Stage(orders=row["orders"], packs=row["sold"], amount_fen=row["amount"]),
        buyers=row["buyers"],
        refunded_fen=row["back"],
        hours=tuple(hours.get(hour, 0) for hour in range(HOURS)),
    )


def _sums(stages: Mapping[str, Q]) -> dict[str, Any]:
    sums: dict[str, Any] = {}
    for name, condition in stages.items():
        sums[f"{name}_orders"] = Count("order_id", distinct=True, filter=condition)
        sums[f"{name}_packs"] = Sum("packs", filter=condition, default=0)
        sums[f"{name}_fen"] = Sum("total_fen", filter=condition, default=0)
    return sums


def _stage(found: Mapping[str, Any], name: str) -> Stage:
    return Stage(
        orders=found[f"{name}_orders"], packs=found[f"{name}_packs"], amount_fen=found[f"{name}_fen"]
    )


def _offer_sales(lines: "QuerySet[OrderLine]") -> tuple[OfferSales, ...]:
    rows = lines.values("offer_id", "offer__title", "offer__title_en").annotate(
        sold=Sum("packs"), amount=Sum("total_fen"), back=Sum("refunded_fen")
    )
    return tuple(
        OfferSales(
            offer_id=row["offer_id"],
            title=row["offer__title"],
            title_en=row["offer__title_en"],
            packs=row["sold"],
            amount_fen=row["amount"],
            refunded_fen=row["back"],
        )
        for row in rows.order_by("offer__position", "offer_id")
    )


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
