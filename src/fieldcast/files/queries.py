"""Reads of kept files."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.utils import timezone

from fieldcast.files import store
from fieldcast.files.models import KeptFile
from fieldcast.files.problems import FileEnded
from fieldcast.files.types import Content, FileKind, FileView, Retention
from fieldcast.kit.errors import NotFound

ALIKE = 6  # bits of 64 that may differ; re-encoding and resizing change none to four, another picture about thirty
MOST_FOUND = 50
BITS = 2**64

# Every row of the county is counted; at a hundred thousand files that is some tens of milliseconds.
_ALIKE = """
SELECT id, bit_count((fingerprint # %(fingerprint)s)::bit(64)) AS apart FROM files_keptfile
WHERE county_id = %(county)s AND fingerprint IS NOT NULL AND id <> %(id)s
  AND bit_count((fingerprint # %(fingerprint)s)::bit(64)) <= %(most)s
ORDER BY apart, id LIMIT %(limit)s
"""


@dataclass(frozen=True)
class AlikeFile:
    """A file that looks like another; `apart` counts the bits of their fingerprints that differ."""

    file: FileView
    apart: int


def file(*, file_id: int) -> FileView:
    """One file, ended or not. Raises `NotFound`."""
    row = KeptFile.objects.filter(id=file_id).first()
    if row is None:
        raise NotFound("file")
    return file_view(row)


def files_by_ids(*, ids: set[int]) -> dict[int, FileView]:
    """Files by id."""
    return {row.pk: file_view(row) for row in KeptFile.objects.filter(id__in=ids)}


def taken_at(*, ids: set[int]) -> dict[int, datetime | None]:
    """When pictures were taken by their cameras' clocks, for a room whose own rule let its reader in; None: not known.

    The moment alone, which whoever handed them in gave as evidence; where they were taken is read by `read_taken`.
    """
    found = KeptFile.objects.filter(id__in=ids).values_list("id", "taken")
    return {id_: datetime.fromisoformat(taken["at"]) if taken.get("at") else None for id_, taken in found}


def content(*, file_id: int, thumbnail: bool = False) -> Content:
    """A file's picture, or a small one, for a room whose own rule has let its reader in (else `loaders`).

    Raises `NotFound`, and `FileEnded` when its time is over.
    """
    row = KeptFile.objects.filter(id=file_id).first()
    if row is None:
        raise NotFound("file")
    if row.ended_at is not None:
        raise FileEnded(day=timezone.localdate(row.ended_at).isoformat())
    return Content(name=row.name, data=store.get(row.stored, thumbnail=thumbnail))


def alike(*, county_id: int, file_id: int, most: int = ALIKE) -> tuple[AlikeFile, ...]:
    """The county's other files that look like this one, the most alike first; the same content is 0 apart.

    What was ended is found too: a picture that comes again is news, whether or not the first is still kept.
    """
    wanted = (
        KeptFile.objects.filter(id=file_id, county_id=county_id).values_list("fingerprint", flat=True).first()
    )
    if wanted is None:
        return ()
    asked = {"fingerprint": wanted, "county": county_id, "id": file_id, "most": most, "limit": MOST_FOUND}
    with connection.cursor() as cursor:
        cursor.execute(_ALIKE, asked)
        apart = {int(row[0]): int(row[1]) for row in cursor.fetchall()}
    found = files_by_ids(ids=set(apart))
    return tuple(AlikeFile(file=found[each], apart=bits) for each, bits in apart.items())


def file_view(row: KeptFile) -> FileView:
    """A file as others see it: without what its camera wrote."""
    return FileView(
        id=row.pk,
        county_id=row.county_id,
        organisation_id=row.organisation_id,
        handed_in_by_id=row.handed_in_by_id,
        kind=FileKind(row.kind),
        name=row.name,
        size=row.size,
        width=row.width,
        height=row.height,
        sha256=row.sha256,
        fingerprint=None if row.fingerprint is None else row.fingerprint % BITS,
        retention=Retention(row.retention),
        handed_in_at=row.handed_in_at,
        keep_until=row.keep_until,
        ended_at=row.ended_at,
    )
