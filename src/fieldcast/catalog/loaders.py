"""Lots reach a view only through here."""

from fieldcast.accounts.access import require
from fieldcast.accounts.types import Actor
from fieldcast.catalog import queries
from fieldcast.catalog.types import LotView


def load_lot(*, lot_id: int) -> LotView:
    """A lot's public page: anyone may read where food came from."""
    return queries.lot(lot_id=lot_id)


def load_lot_to_manage(*, by: Actor, lot_id: int) -> LotView:
    """A lot for its cooperative's owner or manager; else `NotFound`."""
    lot = queries.lot(lot_id=lot_id)
    require(by, "catalog.manage_lot", lot)
    return lot


def load_lot_to_stop(*, by: Actor, lot_id: int) -> LotView:
    """A lot for those who may stop its sale: its cooperative's owner or manager, and the authority; else `NotFound`."""
    lot = queries.lot(lot_id=lot_id)
    require(by, "catalog.stop_lot", lot)
    return lot
