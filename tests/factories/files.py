"""Kept files, handed in as a view does it: drawn first, then kept."""

from datetime import datetime
from typing import BinaryIO

from fieldcast.accounts.types import SignedIn
from fieldcast.files import operations as files_operations
from fieldcast.files.types import FileKind, FileView, Retention


def keep(
    *,
    by: SignedIn,
    county_id: int,
    organisation_id: int | None,
    kind: FileKind,
    retention: Retention,
    name: str,
    size: int,
    stream: BinaryIO,
    now: datetime,
) -> FileView:
    """What `by` hands in for an organisation they work for (None: for themselves)."""
    drawn = files_operations.draw_sent(
        by=by, organisation_id=organisation_id, kind=kind, size=size, stream=stream
    )
    return files_operations.keep_drawn(
        by=by,
        county_id=county_id,
        organisation_id=organisation_id,
        kind=kind,
        retention=retention,
        name=name,
        drawn=drawn,
        now=now,
    )
