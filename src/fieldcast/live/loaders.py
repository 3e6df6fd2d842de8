"""Sessions reach a view only through here."""

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.access import require
from fieldcast.accounts.types import Actor, Role
from fieldcast.kit.errors import NotFound
from fieldcast.kit.pages import Page
from fieldcast.live import queries
from fieldcast.live.types import SessionState, SessionView


def load_session(*, by: Actor, session_id: int) -> SessionView:
    """A session for anyone; a cancelled one only for those who run it. Raises `NotFound`."""
    session = queries.session(session_id=session_id)
    if session.state == SessionState.CANCELLED:
        require(by, "live.run_session", session)
    return session


def load_sessions(
    *, by: Actor, county_id: int, state: SessionState | None = None, page: int = 1
) -> Page[SessionView]:
    """Sessions of a county, the latest start first; cancelled and unannounced ones only for those who run them."""
    mine = {
        one.organisation.id
        for one in accounts.memberships_of(person_id=by.pk)
        if one.role in (Role.OWNER, Role.MANAGER)
    }
    return queries.sessions(county_id=county_id, state=state, runs=mine, page=page)


def load_session_to_run(*, by: Actor, session_id: int) -> SessionView:
    """A session for those who run it. Raises `NotFound` for everyone else."""
    session = queries.session(session_id=session_id)
    require(by, "live.run_session", session)
    return session


def load_message_session(*, by: Actor, message_id: int) -> SessionView:
    """The session of a message, for those who run it. Raises `NotFound` for everyone else."""
    session_id = queries.session_of_message(message_id=message_id)
    if session_id is None:
        raise NotFound("message")
    return load_session_to_run(by=by, session_id=session_id)
