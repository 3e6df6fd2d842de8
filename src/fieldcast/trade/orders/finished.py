"""What settlement may settle, and what was kept of lines and of all that a seller was paid."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet, Sum

from fieldcast.trade.models import OrderLine, Payment, Refund
from fieldcast.trade.orders.types import FinishedLine, OrderState


def finished_lines(
    *,
    settled: "QuerySet[Any, Any] | None" = None,
    seller_id: int | None = None,
    after_id: int = 0,
    limit: int = 5000,
) -> tuple[FinishedLine, ...]:
    """Lines of closed orders, in id order from after `after_id`, without those whose id is in `settled`.

    Of one seller, or of all. A closed order is paid, received, past its after-sale window and has no refund under way,
    so its figures stand. `settled` is a query of order line ids (`SettledLine.objects.values("order_line_id")`), left
    to the database.
    """
    rows = OrderLine.objects.filter(order__state=OrderState.CLOSED.value, id__gt=after_id)
    if settled is not None:
        rows = rows.filter(settled_at__isnull=True).exclude(id__in=settled)
    if seller_id is not None:
        rows = rows.filter(order__seller_id=seller_id)
    rows = rows.select_related("order__shipment", "lot__product", "lot__plot__farm").order_by("id")
    # Only what is used: the delivery address is encrypted, and opening thousands of them would be work for nothing.
    rows = rows.defer("order__delivery")
    return tuple(_view(row) for row in rows[:limit])


def lines_finished_before(*, moment: datetime, county_id: int | None, limit: int = 5000) -> dict[int, int]:
    """Ids of the lines of orders closed before `moment` that are not settled yet, with their sellers' ids."""
    rows = OrderLine.objects.filter(
        order__state=OrderState.CLOSED.value, order__closed_at__lt=moment, settled_at__isnull=True
    )
    if county_id is not None:
        rows = rows.filter(order__county_id=county_id)
    return dict(rows.order_by("id").values_list("id", "order__seller_id")[:limit])


def sellers_to_settle(*, county_id: int | None) -> tuple[tuple[int, int], ...]:
    """Each county and seller that has lines of closed orders not settled yet, in order."""
    rows = OrderLine.objects.filter(order__state=OrderState.CLOSED.value, settled_at__isnull=True)
    if county_id is not None:
        rows = rows.filter(order__county_id=county_id)
    found = rows.order_by().values_list("order__county_id", "order__seller_id").distinct()
    return tuple(sorted(found))


def _view(row: OrderLine) -> FinishedLine:
    order = row.order
    assert order.closed_at is not None
    return FinishedLine(
        order_line_id=row.pk,
        order_id=order.pk,
        order_number=order.number,
        session_id=order.session_id,
        county_id=order.county_id,
        lot_id=row.lot_id,
        product_code=row.lot.product.code,
        packs=row.packs,
        pack_units=row.pack_units,
        price_fen=row.price_fen,
        refunded_fen=row.refunded_fen,
        agreement_version_id=row.agreement_version_id,
        seller_id=order.seller_id,
        farmer_id=row.lot.plot.farm.household_id,
        carrier_id=order.shipment.carrier_id,
        finished_at=order.closed_at,
    )


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
