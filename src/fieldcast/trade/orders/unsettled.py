"""What buyers paid for and is not settled yet, line by line, and how far each has come."""

from collections.abc import Iterable
from typing import Final

from django.db.models import F

from fieldcast.catalog import queries as catalog
from fieldcast.trade.models import OrderLine
from fieldcast.trade.orders.borne import losses_of
from fieldcast.trade.orders.types import SOLD, OrderState, UnsettledLine

_SAID: Final = {
    "order_line_id": F("id"),
    "order_number": F("order__number"),
    "session_id": F("order__session_id"),
    "seller_id": F("order__seller_id"),
    "carrier_id": F("order__shipment__carrier_id"),
    "state": F("order__state"),
    "paid_at": F("order__paid_at"),
    "after_sale_until": F("order__after_sale_until"),
}
_ITS_OWN: Final = ("lot_id", "packs", "pack_units", "price_fen", "refunded_fen", "agreement_version_id")


def unsettled_lines(
    *,
    county_id: int,
    seller_id: int | None = None,
    session_id: int | None = None,
    lot_ids: Iterable[int] | None = None,
) -> tuple[UnsettledLine, ...]:
    """Lines that are paid for and not settled, the longest paid first: a county's, or of one seller, session, lots."""
    rows = OrderLine.objects.filter(
        order__county_id=county_id, order__state__in=SOLD, settled_at__isnull=True
    )
    if seller_id is not None:
        rows = rows.filter(order__seller_id=seller_id)
    if session_id is not None:
        rows = rows.filter(order__session_id=session_id)
    if lot_ids is not None:
        rows = rows.filter(lot_id__in=set(lot_ids))
    found = list(rows.order_by("order__paid_at", "id").values(*_ITS_OWN, **_SAID))
    lots = {row["lot_id"] for row in found}
    goods, farmers = catalog.goods_of_lots(lot_ids=lots), catalog.farmers_of_lots(lot_ids=lots)
    losses = losses_of(row["order_line_id"] for row in found)
    return tuple(
        UnsettledLine(
            product_code=goods[row["lot_id"]][0],
            grade=goods[row["lot_id"]][1],
            farmer_id=farmers[row["lot_id"]],
            borne=losses.get(row["order_line_id"], ()),
            **{**row, "state": OrderState(row["state"])},
        )
        for row in found
    )
