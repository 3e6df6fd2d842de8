"""What settlement may settle, and what was kept of lines and of all that a seller was paid."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Exists, F, OuterRef, QuerySet, Sum, Window
from django.db.models.functions import RowNumber, TruncMonth
from django.utils.timezone import get_default_timezone

from fieldcast.catalog import queries as catalog
from fieldcast.kit import months
from fieldcast.trade.models import OrderLine, Payment, Refund
from fieldcast.trade.orders.borne import losses_of
from fieldcast.trade.orders.types import FinishedLine, Loss, OrderState, ToSettle
from fieldcast.trade.refunds.problems import AmountTooLarge, BadAmount

# What is said of a line by its own row, its order's and its parcel's; the address stays shut.
SAID: Final[Mapping[str, F]] = {
    "order_line_id": F("id"),
    "order_number": F("order__number"),
    "session_id": F("order__session_id"),
    "county_id": F("order__county_id"),
    "seller_id": F("order__seller_id"),
    "carrier_id": F("order__shipment__carrier_id"),
    "finished_at": F("order__closed_at"),
}
ITS_OWN: Final = (
    "order_id",
    "lot_id",
    "packs",
    "pack_units",
    "price_fen",
    "refunded_fen",
    "agreement_version_id",
)


def finished_lines(
    *,
    settled: "QuerySet[Any, Any] | None" = None,
    seller_id: int | None = None,
    month: date | None = None,
    after_id: int = 0,
    limit: int = 5000,
) -> tuple[FinishedLine, ...]:
    """Lines of closed orders, in id order from after `after_id`, without those whose id is in `settled`.

    Of one seller, or of all; closed in one month (named by its first day), or in any. A closed order is paid, received,
    past its after-sale window and has no refund under way, so its figures stand. `settled` is a query whose primary key
    is an order line's (`SettledLine.objects.all()`), left to the database.
    """
    rows = _finished(settled).filter(id__gt=after_id)
    if seller_id is not None:
        rows = rows.filter(order__seller_id=seller_id)
    if month is not None:
        since, until = months.bounds(month)
        rows = rows.filter(order__closed_at__gte=since, order__closed_at__lt=until)
    return views_of(rows.order_by("id").values(*ITS_OWN, **SAID)[:limit])


def finished_lines_by_ids(*, order_line_ids: Iterable[int]) -> tuple[FinishedLine, ...]:
    """Lines of closed orders by id, settled or not, in id order; what is no such line is left out."""
    rows = _finished(None).filter(id__in=set(order_line_ids))
    return views_of(rows.order_by("id").values(*ITS_OWN, **SAID))


def check_left(line: FinishedLine, amount_fen: int) -> None:
    """Raise `BadAmount` or `AmountTooLarge` unless so much of a line can still go back."""
    left_fen = line.packs * line.price_fen - line.refunded_fen
    if amount_fen <= 0:
        raise BadAmount
    if amount_fen > left_fen:
        raise AmountTooLarge(wanted_fen=amount_fen, left_fen=left_fen)


def finished_lines_of(
    *, seller_ids: Iterable[int], settled: "QuerySet[Any, Any]", limit: int
) -> dict[int, tuple[FinishedLine, ...]]:
    """`finished_lines` of several sellers, up to `limit` of each, by seller; in as many statements as of one."""
    found: dict[int, list[FinishedLine]] = {seller_id: [] for seller_id in seller_ids}
    place = Window(RowNumber(), partition_by="order__seller_id", order_by="id")
    rows = _finished(settled).filter(order__seller_id__in=list(found)).annotate(place=place)
    for line in views_of(rows.filter(place__lte=limit).order_by("id").values(*ITS_OWN, **SAID)):
        found[line.seller_id].append(line)
    return {seller_id: tuple(lines) for seller_id, lines in found.items()}


def _finished(settled: "QuerySet[Any, Any] | None") -> "QuerySet[OrderLine]":
    rows = OrderLine.objects.filter(order__state=OrderState.CLOSED.value)
    if settled is None:
        return rows
    # asked of each line that trade does not know to be settled: these are few, however many were settled before
    return rows.filter(~Exists(settled.filter(pk=OuterRef("id"))), settled_at__isnull=True)


def views_of(rows: "Iterable[Mapping[str, Any]]") -> tuple[FinishedLine, ...]:
    """Lines with what the catalogue says of their lots, which are few however many lines there are."""
    found = list(rows)
    lots = {row["lot_id"] for row in found}
    goods, farmers = catalog.goods_of_lots(lot_ids=lots), catalog.farmers_of_lots(lot_ids=lots)
    losses = losses_of(row["order_line_id"] for row in found)
    return tuple(
        _view(
            row,
            *goods[row["lot_id"]],
            farmers[row["lot_id"]],
            losses.get(row["order_line_id"], ()),
        )
        for row in found
    )


def _view(
    row: Mapping[str, Any], product_code: str, grade: str, farmer_id: int, borne: tuple[Loss, ...]
) -> FinishedLine:
    # an order is closed after it was sent
    assert row["finished_at"] is not None
    assert row["carrier_id"] is not None
    return FinishedLine(product_code=product_code, grade=grade, farmer_id=farmer_id, borne=borne, **row)


def lines_finished_before(*, moment: datetime, county_id: int | None, limit: int = 5000) -> dict[int, int]:
    """Ids of the lines of orders closed before `moment` that are not settled yet, with their sellers' ids."""
    rows = OrderLine.objects.filter(
        order__state=OrderState.CLOSED.value, order__closed_at__lt=moment, settled_at__isnull=True
    )
    if county_id is not None:
        rows = rows.filter(order__county_id=county_id)
    return dict(rows.order_by("id").values_list("id", "order__seller_id")[:limit])


def to_settle(*, county_id: int | None) -> tuple[ToSettle, ...]:
    """Each county, seller and month that has lines of closed orders not settled yet, in order."""
    month = TruncMonth("order__closed_at", tzinfo=get_default_timezone())
    found = _unsettled(county_id).annotate(month=month)
    rows = found.order_by().values_list("order__county_id", "order__seller_id", "month").distinct()
    return tuple(sorted(ToSettle(county, seller, at.date()) for county, seller, at in rows))


def sellers_to_settle(*, county_id: int | None) -> tuple[tuple[int, int], ...]:
    """Each county and seller that has lines of closed orders not settled yet, in order."""
    found = _unsettled(county_id).order_by().values_list("order__county_id", "order__seller_id").distinct()
    return tuple(sorted(found))


def _unsettled(county_id: int | None) -> "QuerySet[OrderLine]":
    rows = OrderLine.objects.filter(order__state=OrderState.CLOSED.value, settled_at__isnull=True)
    return rows if county_id is None else rows.filter(order__county_id=county_id)


def net_fen_of_lines(*, order_line_ids: Iterable[int]) -> dict[int, int]:
    """What was paid less what was refunded, by order line."""
    rows = OrderLine.objects.filter(id__in=set(order_line_ids)).annotate(
        net=F("total_fen") - F("refunded_fen")
    )
    return dict(rows.values_list("id", "net"))


def kept_fen_of_sellers() -> dict[int, int]:
    """What buyers paid each seller less every refund that was asked for, from payments and refunds alone."""
    paid = Payment.objects.filter(paid_at__isnull=False).values_list("order__seller_id")
    kept = dict(paid.annotate(fen=Sum("amount_fen")).order_by())
    back = Refund.objects.values_list("order__seller_id").annotate(fen=Sum("amount_fen")).order_by()
    for seller, fen in back:
        kept[seller] = kept.get(seller, 0) - fen
    return kept
