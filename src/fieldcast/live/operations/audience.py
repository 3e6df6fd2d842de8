"""What the audience does: visits, likes, shares, and how many are there now."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db.models import F
from django.db.models.functions import Greatest
from django.utils.translation import gettext_lazy as _

from fieldcast.kit.errors import NotFound, Problem
from fieldcast.kit.events import LIVE_CHANNEL, publish
from fieldcast.live import queries
from fieldcast.live.models import Presence, Tally
from fieldcast.live.operations import visits
from fieldcast.live.operations.sessions import SessionNotLive
from fieldcast.live.operations.visits import Seen
from fieldcast.live.types import SessionState

MOST_LIKES = 50  # a finger taps no faster within the second that is sent at once
FORGET_AFTER = timedelta(hours=1)


class LikesOutOfRange(Problem):
    """Likes come in small handfuls."""

    code = "likes_out_of_range"
    sentence = _("Likes are sent 1 to %(most)s at a time, not %(count)s.")
    next_step = _("Send fewer at once.")


def like(*, session_id: int, count: int) -> int:
    """Add `count` likes to a live session and return their total. Raises `LikesOutOfRange`, `SessionNotLive`."""
    if not 1 <= count <= MOST_LIKES:
        raise LikesOutOfRange(most=MOST_LIKES, count=count)
    rows = Tally.objects.filter(session_id=session_id, session__state=SessionState.LIVE.value)
    if not rows.update(likes=F("likes") + count):
        raise _not_live(session_id)
    # Read back inside the transaction that holds the row: totals are published in the order they grew.
    total = Tally.objects.filter(session_id=session_id).values_list("likes", flat=True).get()
    publish(LIVE_CHANNEL, {"s": session_id, "likes": total})
    return total


def share(*, session_id: int) -> int:
    """Count someone passing the session on and return the total. Raises `NotFound`."""
    if not Tally.objects.filter(session_id=session_id).update(shares=F("shares") + 1):
        raise NotFound("session")
    return Tally.objects.filter(session_id=session_id).values_list("shares", flat=True).get()


def visit(*, session_id: int, count: int = 1) -> None:
    """Count people coming in. A session that is gone is not an error: the room may just have been left open."""
    Tally.objects.filter(session_id=session_id).update(visits=F("visits") + count)


def set_presence(*, session_id: int, process: str, viewers: int, now: datetime) -> int:
    """Say how many viewers `process` holds for a session; returns the viewers of all processes."""
    return report_presence(process=process, viewers={session_id: viewers}, seen={}, now=now)[session_id]


def report_presence(
    *, process: str, viewers: Mapping[int, int], seen: Mapping[int, Seen], now: datetime
) -> dict[int, int]:
    """Write how many view one process's rooms and who was `seen` there; returns every session's viewers now.

    Who comes back within `VISIT_LASTS` is on the same visit. Sessions are taken in the order of their ids, so that two
    processes never wait for each other.
    """
    known = set(Tally.objects.filter(session_id__in=[*viewers]).values_list("session_id", flat=True))
    rows = [
        Presence(session_id=session_id, process=process, listeners=viewers[session_id], seen_at=now)
        for session_id in sorted(known)
    ]
    Presence.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["session", "process"],
        update_fields=["listeners", "seen_at"],
    )
    Presence.objects.filter(session_id__in=known, seen_at__lt=now - FORGET_AFTER).delete()
    found = queries.viewers(session_ids=known)
    for session_id in sorted(known):
        came = visits.seen(session_id=session_id, visitors=seen.get(session_id, {}), now=now)
        total = found.get(session_id, 0)
        changes = Tally.objects.filter(session_id=session_id)
        if came or changes.filter(peak_viewers__lt=total).exists():
            changes.update(peak_viewers=Greatest("peak_viewers", total), visits=F("visits") + came)
    return {session_id: found.get(session_id, 0) for session_id in viewers}


def _not_live(session_id: int) -> Problem:
    return NotFound("session") if queries.state_of(session_id=session_id) is None else SessionNotLive()
