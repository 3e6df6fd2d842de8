"""Reads of who follows a host, who waits for a session, and which sessions are still to be announced.

The other rooms reach them as `live.queries`.
"""

from datetime import datetime

from fieldcast.live.models import Follow, Session
from fieldcast.live.types import STILL_COMING, SessionState


def unannounced(*, now: datetime, limit: int) -> tuple[int, ...]:
    """Planned sessions that nobody was told of, the next first."""
    rows = Session.objects.filter(
        state=SessionState.PLANNED.value, announced_at__isnull=True, starts_at__gte=now - STILL_COMING
    )
    return tuple(rows.order_by("starts_at", "id").values_list("id", flat=True)[:limit])


def followers(*, host_id: int) -> tuple[int, ...]:
    """Who follows a host."""
    return tuple(Follow.objects.filter(host_id=host_id).values_list("person_id", flat=True))


def awaiting(*, session_id: int) -> tuple[int, ...]:
    """Who waits for a session to begin."""
    return tuple(Follow.objects.filter(session_id=session_id).values_list("person_id", flat=True))


def follows(*, person_id: int | None, host_id: int) -> bool:
    """Does this person follow this host?"""
    return person_id is not None and Follow.objects.filter(person_id=person_id, host_id=host_id).exists()


def awaits(*, person_id: int | None, session_id: int) -> bool:
    """Does this person wait for this session?"""
    return (
        person_id is not None and Follow.objects.filter(person_id=person_id, session_id=session_id).exists()
    )


def followed_by(*, person_id: int) -> tuple[int, ...]:
    """The hosts somebody follows, the latest first."""
    rows = Follow.objects.filter(person_id=person_id, host__isnull=False)
    return tuple(rows.order_by("-since", "-id").values_list("host_id", flat=True))
