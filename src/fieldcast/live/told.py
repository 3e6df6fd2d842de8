"""What live tells people: that a host they follow has announced a session, and that one they wait for has begun."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from fieldcast.inbox import operations as inbox_operations
from fieldcast.inbox.kinds import MOST_LETTERS, Kind, register
from fieldcast.inbox.types import Letter
from fieldcast.live.types import SessionView


@register
@dataclass(frozen=True)
class SessionAnnounced(Kind):
    """A host has a session planned; `at` is when it begins, as ISO 8601."""

    name: ClassVar[str] = "session_announced"
    host: str
    at: str

    @property
    def sentence(self) -> str:
        """Whose, and when."""
        at = timezone.localtime(datetime.fromisoformat(self.at))
        facts = {"host": self.host, "day": formats.date_format(at, "MONTH_DAY_FORMAT"), "time": f"{at:%H:%M}"}
        return _("%(host)s, whom you follow, goes live on %(day)s at %(time)s.") % facts


@register
@dataclass(frozen=True)
class SessionBegun(Kind):
    """A session somebody waits for is live."""

    name: ClassVar[str] = "session_begun"
    host: str

    @property
    def sentence(self) -> str:
        """Whose."""
        return _("%(host)s is live now.") % {"host": self.host}


def announced(session: SessionView, *, to: Iterable[int], now: datetime) -> int:
    """Tell those who follow its host; how many were told."""
    what = SessionAnnounced(host=session.host_name[:MOST_LETTERS], at=session.starts_at.isoformat())
    return _send(session, what, to, "announced", now)


def begun(session: SessionView, *, to: Iterable[int], now: datetime) -> int:
    """Tell those who follow its host or wait for it; how many were told."""
    return _send(session, SessionBegun(host=session.host_name[:MOST_LETTERS]), to, "begun", now)


def _send(session: SessionView, what: Kind, to: Iterable[int], deed: str, now: datetime) -> int:
    letter = Letter(
        to=tuple(to),
        county_id=session.county_id,
        what=what,
        link=f"/live/{session.id}/",
        once_key=f"session:{session.id}:{deed}",
    )
    return inbox_operations.send(letters=[letter], now=now)
