"""Writes of kept files: handed in, ended when their time is over, read with what their camera wrote."""

from datetime import datetime
from threading import BoundedSemaphore
from typing import Any, BinaryIO, Final

from fieldcast.accounts import operations as accounts_operations
from fieldcast.accounts.access import require, require_now
from fieldcast.accounts.types import Actor, SignedIn
from fieldcast.files import queries, store
from fieldcast.files.drawing import HEAD_BYTES, Drawn, draw, format_of
from fieldcast.files.models import KeptFile
from fieldcast.files.names import shown_name
from fieldcast.files.problems import PictureTooHeavy, TooManyAtOnce
from fieldcast.files.types import KEPT_FOR, LIMITS, FileKind, FileView, Limits, Retention, Taken
from fieldcast.kit.errors import NotFound

AT_ONCE = 200
# A picture takes some hundred MB while it is drawn, a hostile one seconds: two at a time leave the other threads of a
# process their memory and their turn.
DRAWN_AT_ONCE: Final = 2
PATIENCE_SECONDS: Final = 5.0
_DRAWING: Final = BoundedSemaphore(DRAWN_AT_ONCE)
ORPHAN_SECONDS = 24 * 3600.0  # no request lasts so long: its row will not come any more


def draw_sent(
    *, by: Actor, organisation_id: int | None, kind: FileKind, size: int, stream: BinaryIO
) -> Drawn:
    """What `by` sends, drawn anew as a JPEG. It may take seconds, so it comes before any transaction.

    `size` is what the device says, judged before anything is read; the content is judged by its first bytes before the
    rest is. Raises `PictureTooHeavy`, `NotAPicture`, `TooManyDots`, `PictureBroken`; `NotFound` for an organisation
    that is not theirs; `TooManyAtOnce` when this process draws all it can and goes on doing so for some seconds.
    """
    if organisation_id is not None:
        require(by, "files.hand_in", organisation_id)
    limits = LIMITS[kind]
    content = _read(stream, size=size, limits=limits)
    if not _DRAWING.acquire(timeout=PATIENCE_SECONDS):
        raise TooManyAtOnce
    try:
        return draw(content, limits=limits)
    finally:
        _DRAWING.release()


def keep_drawn(
    *,
    by: Actor,
    county_id: int,
    organisation_id: int | None,
    kind: FileKind,
    retention: Retention,
    name: str,
    drawn: Drawn,
    now: datetime,
) -> FileView:
    """Keep what was drawn, within the caller's transaction; `name` is what the device called it.

    Raises `NotFound` for an organisation that is not theirs any more: drawing took its time.
    """
    if organisation_id is not None:
        require_now(by, "files.hand_in", organisation_id)
    row = KeptFile.objects.create(
        county_id=county_id,
        organisation_id=organisation_id,
        handed_in_by_id=by.pk,
        kind=kind.value,
        name=shown_name(name),
        stored=store.put(picture=drawn.data, thumbnail=drawn.thumbnail),
        size=len(drawn.data),
        width=drawn.width,
        height=drawn.height,
        sha256=drawn.sha256,
        fingerprint=_signed(drawn.fingerprint),
        taken=_to_json(drawn.taken),
        retention=retention.value,
        handed_in_at=now,
        keep_until=now + KEPT_FOR[retention],
    )
    return queries.file_view(row)


def read_taken(*, by: SignedIn, file_id: int, why: str, now: datetime) -> Taken:
    """When, where and with what a picture was taken, for those who may see it; who read it, and why, is written down.

    Raises `NotFound`.
    """
    row = KeptFile.objects.filter(id=file_id).first()
    if row is None:
        raise NotFound("file")
    require(by, "files.see_file", queries.file_view(row))
    accounts_operations.log_personal_read(
        by=by, subject=f"file {file_id}", what="place and time", reason=why, now=now
    )
    return _from_json(row.taken)


def end_due(*, now: datetime, limit: int = AT_ONCE) -> int:
    """End the files whose time is over; returns how many.

    The content goes with the next run, when it is certain that its row says so; with it goes what never had a row.
    """
    for lying in store.names(older_than_seconds=ORPHAN_SECONDS):
        kept = KeptFile.objects.filter(stored__in=lying, ended_at__isnull=True).values_list(
            "stored", flat=True
        )
        for name in lying.difference(kept):
            store.drop(name)
    due = KeptFile.objects.filter(ended_at__isnull=True, keep_until__lte=now).order_by("keep_until")
    ids = list(due.values_list("id", flat=True)[:limit])
    return KeptFile.objects.filter(id__in=ids, ended_at__isnull=True).update(ended_at=now)


def _read(stream: BinaryIO, *, size: int, limits: Limits) -> bytes:
    too_heavy = PictureTooHeavy(megabytes=limits.most_bytes // 2**20)
    if size > limits.most_bytes:
        raise too_heavy
    head = stream.read(HEAD_BYTES)
    format_of(head)
    content = head + stream.read(limits.most_bytes - len(head) + 1)
    if len(content) > limits.most_bytes:  # the size that was said was not the size that came
        raise too_heavy
    return content


def _signed(fingerprint: int | None) -> int | None:
    if fingerprint is None:
        return None
    return fingerprint - queries.BITS if fingerprint >= queries.BITS // 2 else fingerprint


def _to_json(taken: Taken) -> dict[str, Any]:
    return {
        "at": taken.at.isoformat() if taken.at else None,
        "latitude": taken.latitude,
        "longitude": taken.longitude,
        "camera": taken.camera,
    }


def _from_json(facts: dict[str, Any]) -> Taken:
    at = facts.get("at")
    return Taken(**{**facts, "at": datetime.fromisoformat(at) if at else None})
