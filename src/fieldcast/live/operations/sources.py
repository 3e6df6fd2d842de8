"""Where a session's pictures come from, as its session is planned, opened and closed; whoever calls holds its row."""

from datetime import datetime

from fieldcast.live.models import SessionSource
from fieldcast.live.video.sources import get_source


def choose(*, session_id: int, kind: str, key: str) -> None:
    """Show `key` of this kind once the session opens, in place of what was chosen before; with no key, nothing.

    Raises `LookupError` for a kind that there is not.
    """
    get_source(kind)
    planned = SessionSource.objects.filter(session_id=session_id, from_at__isnull=True)
    if not key:
        planned.delete()
    elif not planned.update(kind=kind, key=key):
        SessionSource.objects.create(session_id=session_id, kind=kind, key=key)


def begin(*, session_id: int, now: datetime) -> None:
    """What was chosen is shown from `now` on."""
    SessionSource.objects.filter(session_id=session_id, from_at__isnull=True).update(from_at=now)


def end(*, session_id: int, now: datetime) -> None:
    """What is shown ends `now`."""
    SessionSource.objects.filter(session_id=session_id, from_at__isnull=False, to_at__isnull=True).update(
        to_at=now
    )
