"""Verifications reach a view only through here."""

from datetime import datetime

from fieldcast.accounts.access import require
from fieldcast.accounts.types import Actor
from fieldcast.live import queries as live
from fieldcast.supervision import queries
from fieldcast.supervision.types import SessionBooks, Verification


def load_verification(*, by: Actor, session_id: int, now: datetime) -> Verification:
    """A session's reported sales beside its records, for its parties and the authority; else `NotFound`."""
    require(by, "supervision.view_verification", live.session(session_id=session_id))
    return queries.verify_session(session_id=session_id, now=now)


def load_session_books(*, by: Actor, session_id: int) -> SessionBooks:
    """A session's books, for its parties and the authority; else `NotFound`."""
    require(by, "supervision.view_verification", live.session(session_id=session_id))
    return queries.session_books(session_id=session_id)
