"""Reads of lots' units."""

from collections.abc import Iterable

from django.db.models import Sum

from fieldcast.catalog import queries as catalog
from fieldcast.kit.errors import NotFound
from fieldcast.trade.models import LotStock, WriteOff
from fieldcast.trade.stock.types import CategoryUnits, StockView, WriteOffView


def stock(*, lot_id: int) -> StockView:
    """A lot's units; all on hand when nothing of it was ever offered or lost. Raises `NotFound`."""
    found = stocks(lot_ids={lot_id})
    if not found:
        raise NotFound("lot")
    return found[lot_id]


def stocks(*, lot_ids: Iterable[int]) -> dict[int, StockView]:
    """Lots' units by lot."""
    wanted = set(lot_ids)
    found = {row.lot_id: stock_view(row) for row in LotStock.objects.filter(lot_id__in=wanted)}
    untouched = catalog.lots_by_ids(ids=wanted - set(found)) if wanted - set(found) else {}
    for lot in untouched.values():
        found[lot.id] = StockView(
            lot_id=lot.id,
            harvested=lot.quantity,
            on_hand=lot.quantity,
            allocated=0,
            reserved=0,
            sold=0,
            written_off=0,
        )
    return found


def stock_by_category(*, county_id: int) -> dict[tuple[str, str], CategoryUnits]:
    """Units of a county's lots that are not on hand any more, by (category, unit), in one statement."""
    rows = LotStock.objects.filter(lot__county_id=county_id)
    grouped = rows.values_list("lot__product__category", "lot__product__unit").annotate(
        reserved_units=Sum("reserved"), sold_units=Sum("sold"), lost_units=Sum("written_off") - Sum("moved")
    )
    return {
        (category, unit): CategoryUnits(reserved=reserved, sold=sold, written_off=lost)
        for category, unit, reserved, sold, lost in grouped.order_by()
    }


def write_offs(*, lot_id: int) -> tuple[WriteOffView, ...]:
    """What was lost of a lot, the latest first."""
    rows = WriteOff.objects.select_related("into").filter(lot_id=lot_id).order_by("-at", "-id")
    return tuple(
        WriteOffView(
            lot_id=lot_id,
            units=row.units,
            reason=row.reason,
            at=row.at,
            into_id=row.into_id,
            into_code=row.into.code if row.into else "",
        )
        for row in rows
    )


def stock_view(row: LotStock) -> StockView:
    """A lot's units as other rooms see them."""
    return StockView(
        lot_id=row.lot_id,
        harvested=row.harvested,
        on_hand=row.on_hand,
        allocated=row.allocated,
        reserved=row.reserved,
        sold=row.sold,
        written_off=row.written_off,
        moved=row.moved,
    )
