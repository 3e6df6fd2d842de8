"""Photos and papers of lots."""

import io
from datetime import datetime

from django.db import transaction

from fieldcast.accounts.models import Person
from fieldcast.catalog import operations as catalog_operations
from fieldcast.catalog.types import LotFileView, LotView
from fieldcast.files.types import FileKind
from tests.factories.accounts import NOW
from tests.files.pictures import orchard, saved


@transaction.atomic
def make_lot_file(
    lot: LotView,
    *,
    by: Person,
    kind: FileKind = FileKind.PHOTO,
    public: bool = False,
    content: bytes | None = None,
    name: str = "桃园.jpg",
    now: datetime = NOW,
) -> LotFileView:
    """What `by` hands in for a lot; another picture for each kind unless `content` says which."""
    sent = content or saved(orchard((96, 64), shift=6 * list(FileKind).index(kind)))
    drawn = catalog_operations.draw_lot_file(
        by=by, lot_id=lot.id, kind=kind, public=public, size=len(sent), stream=io.BytesIO(sent)
    )
    return catalog_operations.hand_in(
        by=by, lot_id=lot.id, kind=kind, public=public, name=name, drawn=drawn, now=now
    )
