"""The playlist of a session, whatever its pictures come from: one call, answered from memory for a second.

Each phone in a room asks every few seconds; each process asks the database and the disk at most once a second for it.
"""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from django.conf import settings

from fieldcast.kit.errors import NotFound
from fieldcast.live import queries
from fieldcast.live.types import SourceView
from fieldcast.live.video.sources import get_source
from fieldcast.live.video.sources.interface import Shown
from fieldcast.live.video.store import directory_of

KEPT: Final = timedelta(seconds=1)
MOST_KEPT: Final = 200
_kept: dict[int, tuple[datetime, str]] = {}


def playlist(*, session_id: int, now: datetime) -> str:
    """The HLS playlist of a session that is or was live, as it stands `now` or stood up to a second before.

    Raises `NotFound` for one that shows nothing, and `NoSuchClip` when nothing of what it shows is there.
    """
    at, text = _kept.get(session_id, (now - KEPT, ""))
    if timedelta(0) <= now - at < KEPT:
        return text
    source = queries.source(session_id=session_id)
    if source is None or source.from_at is None:
        raise NotFound("video")
    text = _read(source, since=source.from_at, now=now)
    if len(_kept) >= MOST_KEPT:
        _kept.clear()
    _kept[session_id] = (now, text)
    return text


def _read(source: SourceView, *, since: datetime, now: datetime) -> str:
    kind = get_source(source.kind)
    return kind.playlist(
        Shown(since=since, until=source.to_at, now=now),
        directory=directory_of(Path(settings.MEDIA_ROOT), folder=kind.folder, name=source.key),
        base=f"{settings.MEDIA_URL}{kind.folder}/{source.key}/",
    )
