"""A lot's units outside of offers: counted when they are first needed, and written off when they are lost."""

from datetime import datetime

from django.db import transaction

from fieldcast.accounts.access import require
from fieldcast.accounts.types import SignedIn
from fieldcast.catalog import queries as catalog
from fieldcast.catalog.types import LotView
from fieldcast.catalog.words import several
from fieldcast.kit.said import said
from fieldcast.trace import operations as trace_operations
from fieldcast.trace.facts.lost import WrittenOff
from fieldcast.trace.operations import NewEvent
from fieldcast.trade.models import LotStock, WriteOff
from fieldcast.trade.stock import units as moving
from fieldcast.trade.stock.problems import AboveFreeUnits, BadWriteOff
from fieldcast.trade.stock.queries import stock_view
from fieldcast.trade.stock.types import StockView


def write_off(*, by: SignedIn | None, lot_id: int, units: int, reason: str, now: datetime) -> StockView:
    """Take lost units (rot, breakage, a failed test) out of a lot's free ones, for good, and tell its history.

    Raises `NotFound` for strangers, `BadWriteOff`, and `AboveFreeUnits` when offers or orders hold too many of them.
    """
    why = said(reason)[:200]
    if units < 1 or not why:
        raise BadWriteOff
    lot = catalog.lot(lot_id=lot_id)
    if by is not None:
        require(by, "catalog.manage_lot", lot)
    with transaction.atomic():
        stock = counted(lot)
        check_free(stock, lot, units)
        stock.on_hand -= units
        stock.written_off += units
        stock.save(update_fields=["on_hand", "written_off"])
        by_id = by.pk if by else None
        WriteOff.objects.create(lot_id=lot_id, units=units, reason=why, by_id=by_id, at=now)
        event = NewEvent(fact=WrittenOff(units=units, reason=why), at=now, actor_id=lot.cooperative_id)
        trace_operations.note(lot_id=lot_id, events=[event], by=by, now=now)
    return stock_view(stock)


def counted(lot: LotView) -> LotStock:
    """The lot's stock, locked; made, with everything on hand, when nothing of the lot was ever offered or lost."""
    LotStock.objects.bulk_create(
        [LotStock(lot_id=lot.id, harvested=lot.quantity, on_hand=lot.quantity)], ignore_conflicts=True
    )
    return moving.lock_stock(lot.id)


def check_free(stock: LotStock, lot: LotView, wanted: int) -> None:
    """Raise `AboveFreeUnits` unless `wanted` units of a locked stock are free."""
    free = stock.on_hand - stock.allocated
    if wanted > free:
        unit = several(lot.product.unit)
        raise AboveFreeUnits(wanted=wanted, free=free, lot=lot.code, unit=unit, lot_id=lot.id)
