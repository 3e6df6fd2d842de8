"""Lots reach a view only through here."""

from datetime import datetime
from typing import Any

from fieldcast.accounts import operations as accounts_operations
from fieldcast.accounts.access import require
from fieldcast.accounts.types import Actor
from fieldcast.catalog import queries
from fieldcast.catalog.types import LotFileView, LotView, PlotView
from fieldcast.files import queries as files
from fieldcast.files.loaders import load_content
from fieldcast.files.types import Content, FileKind


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


def load_plot_to_manage(*, by: Actor, plot_id: int) -> PlotView:
    """A plot for those who answer for the cooperative of its farm; else `NotFound`."""
    plot = queries.plot(plot_id=plot_id)
    require(by, "catalog.manage_plot", plot)
    return plot


def load_lot_to_keep_files(*, by: Actor, lot_id: int) -> LotView:
    """A lot for everyone who works for its cooperative; else `NotFound`."""
    lot = queries.lot(lot_id=lot_id)
    require(by, "catalog.keep_lot_files", lot)
    return lot


def load_lot_file(*, by: Actor, lot_id: int, lot_file_id: int) -> LotFileView:
    """A photo or paper of a lot, withdrawn or not, for everyone who works for its cooperative; else `NotFound`."""
    found = queries.lot_file(lot_id=lot_id, lot_file_id=lot_file_id)
    require(by, "catalog.keep_lot_files", found)
    return found


def load_lot_file_content(
    *, by: Any, lot_id: int, lot_file_id: int, thumbnail: bool, now: datetime
) -> Content:
    """The picture of one, or a small one, for the same people. Reading a paper whole is logged: names stand on it."""
    found = load_lot_file(by=by, lot_id=lot_id, lot_file_id=lot_file_id)
    content = load_content(by=by, file_id=found.file.id, thumbnail=thumbnail)
    if found.file.kind != FileKind.PHOTO and not thumbnail:
        what, reason = found.file.kind.value, f"looking at lot {lot_id}"
        accounts_operations.log_personal_read(
            by=by, subject=f"file {found.file.id}", what=what, reason=reason, now=now
        )
    return content


def load_public_photo(*, by: Actor, lot_id: int, lot_file_id: int, thumbnail: bool) -> Content:
    """A photo that everyone may see, or a small one; `NotFound` for whatever else a lot has."""
    found = queries.lot_file(lot_id=lot_id, lot_file_id=lot_file_id)
    require(by, "catalog.see_public_photo", found)
    return files.content(file_id=found.file.id, thumbnail=thumbnail)
