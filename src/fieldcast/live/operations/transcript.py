"""What the host says, kept with its times. Lines are only ever added: they are evidence."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from fieldcast.accounts.access import require
from fieldcast.accounts.types import SignedIn
from fieldcast.kit.errors import NotFound, Problem
from fieldcast.kit.events import LIVE_CHANNEL, publish
from fieldcast.live import queries
from fieldcast.live.captions import get_engine
from fieldcast.live.captions.interface import Said
from fieldcast.live.models import Session, TranscriptLine
from fieldcast.live.types import SessionState, TranscriptView
from fieldcast.live.words import one_line

LINE_LENGTH = 1000


class OutsideSession(Problem):
    """A line's times must lie within the session, and in order."""

    code = "outside_session"
    sentence = _("These words were not said while the session was live.")
    next_step = _("Give the times at which they were said, between its opening and its end.")


def transcribe(
    *,
    by: SignedIn,
    session_id: int,
    text: str,
    at: datetime,
    source: str,
    now: datetime,
    ended_at: datetime | None = None,
) -> TranscriptView:
    """Keep what was said from `at` to `ended_at`; `source` names the engine it comes from (`live.captions`).

    A session that has ended still takes lines said before its end: recognition runs behind. Raises `OutsideSession`,
    `EmptyText`, `TextTooLong`; `NotFound` for those who do not run the session; `LookupError` for no engine.
    """
    engine = get_engine(source)
    said = engine.line(Said(text=text, at=at, ended_at=ended_at))
    session = Session.objects.filter(id=session_id).first()
    if session is None:
        raise NotFound("session")
    require(by, "live.run_session", session)
    _check_times(session, said, slack=engine.clock_slack, now=now)
    row = TranscriptLine.objects.create(
        session_id=session_id,
        at=said.at,
        ended_at=said.ended_at,
        text=one_line(said.text, limit=LINE_LENGTH),
        source=source,
        recorded_by_id=by.pk,
        recorded_at=now,
    )
    if session.state == SessionState.LIVE.value:
        line = {"id": row.pk, "at": row.at.isoformat(timespec="milliseconds"), "text": row.text}
        publish(LIVE_CHANNEL, {"s": session_id, "transcript": [line]})
    return queries.transcript_view(row)


def _check_times(session: Session, said: Said, *, slack: timedelta, now: datetime) -> None:
    if session.opened_at is None:
        raise OutsideSession
    latest = session.closed_at or now
    if not session.opened_at - slack <= said.at <= (said.ended_at or said.at) <= latest + slack:
        raise OutsideSession
