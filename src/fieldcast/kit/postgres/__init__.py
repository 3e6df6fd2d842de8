"""Django's PostgreSQL backend, that notices when the database is away and then lets nobody wait for it.

Named by `DATABASES["ENGINE"]`. The first request that loses its connection has the database asked, on a thread of its
own; while it does not answer, every further request is refused at once instead of waiting for a connection that cannot
come. When it answers again, requests begin with connections of their own time: those of before are dead.
"""

import logging
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

import psycopg
from django.db import InterfaceError, OperationalError
from django.utils.translation import gettext_lazy as _

from fieldcast.kit.errors import Problem

ASK_SECONDS = 0.5
ANSWER_SECONDS = 2  # the least psycopg waits
# the server says: shut down, crashed, not to be connected to now, too many connections
AWAY_STATES = frozenset({"57P01", "57P02", "57P03", "53300"})
DISK_FULL_STATE = "53100"
# what the driver and its pool say where no server was there to give a state
AWAY_WORDS = ("connection", "pool", "server", "database is away")

log = logging.getLogger(__name__)


class DatabaseAway(Problem):
    """The database does not answer just now."""

    code = "database_away"
    status = 503
    sentence = _("The platform's database is not answering just now.")
    next_step = _(
        "Nothing that was confirmed is lost. Wait a moment, look whether your last step was taken, then go on."
    )


class NoRoom(Problem):
    """The database has no room left on its disk."""

    code = "no_room"
    status = 503
    sentence = _("The platform has no room left to write anything down.")
    next_step = _("What you just did was not done. Tell whoever runs the platform, and try again later.")


def problem_of(error: BaseException | None) -> Problem | None:
    """The sentence for an error of the database that is nobody's mistake, or None for any other error."""
    if not isinstance(error, OperationalError | InterfaceError | psycopg.Error):
        return None
    cause = error if isinstance(error, psycopg.Error) else error.__cause__
    state = getattr(cause, "sqlstate", None)
    if state == DISK_FULL_STATE:
        return NoRoom()
    return DatabaseAway() if is_lost(cause) else None


def is_lost(error: BaseException | None) -> bool:
    """True when the connection, not the statement, is what failed."""
    if not isinstance(error, psycopg.OperationalError | psycopg.InterfaceError):
        return False
    if error.sqlstate is None:
        return any(word in str(error) for word in AWAY_WORDS)
    return error.sqlstate in AWAY_STATES or error.sqlstate.startswith("08")


class Gate:
    """Open while the database answers. Shared by all threads of a process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._asking = False
        self._shut = False

    @property
    def shut(self) -> bool:
        """True when the database was found away and has not been found back."""
        return self._shut

    def suspect(
        self, *, parameters: Mapping[str, Any], let_go: Callable[[], None], look_through: Callable[[], None]
    ) -> None:
        """A connection was lost: find out about the database, unless somebody is at it.

        `let_go` lets the connections go that were made until now, and everyone who waits for one; `look_through`
        replaces the dead ones among them.
        """
        with self._lock:
            if self._asking:
                return
            self._asking = True
        threading.Thread(
            target=self._ask, args=(dict(parameters), let_go, look_through), daemon=True, name="database-gate"
        ).start()

    def _ask(
        self, parameters: dict[str, Any], let_go: Callable[[], None], look_through: Callable[[], None]
    ) -> None:
        began = time.monotonic()
        try:
            while (reason := _refusal(parameters)) is not None:
                if not self._shut:
                    self._shut = True
                    log.warning("the database is away: %s", reason)
                    let_go()
                time.sleep(ASK_SECONDS)
            if self._shut:
                let_go()
                log.warning("the database is back after %.1f seconds", time.monotonic() - began)
            else:
                look_through()
        finally:
            self._asking = self._shut = False


gate = Gate()


def _refusal(parameters: dict[str, Any]) -> str | None:
    try:
        psycopg.connect(**{**parameters, "connect_timeout": ANSWER_SECONDS}).close()
    except psycopg.Error as error:
        return str(error).split("\n", 1)[0]
    return None
