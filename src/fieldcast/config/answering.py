"""Does the database answer? Asked all the time, on a thread of its own; an embedded one that is gone is started again.

Nobody waits for it here but the server itself: pages say in words that the database is away, jobs end and are started
again, and the runner counts none of that against them.
"""

import threading
import time
from collections.abc import Callable
from typing import Final

import psutil
import psycopg
from django.utils.translation import gettext_lazy as _

from fieldcast.config import database, disk, embedded
from fieldcast.config.environment import Environment
from fieldcast.config.logs import last_lines
from fieldcast.kit.errors import Problem
from fieldcast.kit.restarts import Why

ASK_SECONDS: Final = 0.5
ASK_OTHERS_SECONDS: Final = 2.0  # another machine's server may log every connection
ANSWER_SECONDS = 4  # a busy machine makes a connection late, and killing its database helps nobody
SILENT_ASKS = 3  # silence of about thirteen seconds in all
TRIES = 5  # of starting it in a row, each up to ten seconds
TRY_PAUSE_SECONDS = 1.0
SETTLED_SECONDS = 15.0  # whoever ends so soon after a trouble of the database ended because of it

Noted = Callable[[Why, float], None]


class DatabaseKeepsStopping(Problem):
    """The embedded server was started again, several times in a row, and never came up."""

    code = "database_keeps_stopping"
    status = 503
    sentence = _(
        "The embedded database in %(data)s stopped and could not be started again. Its last words were:\n%(words)s\n"
    )
    next_step = _("The whole story is in %(log)s.")


class DatabaseWatch:
    """Whether the database answers; told as it happens to `troubled`, with why and since when, and to `recovered`.

    Its `failure` is set, and its `look` does nothing more, when an embedded server cannot be started again.
    """

    def __init__(
        self,
        env: Environment,
        *,
        uri: str,
        troubled: Noted,
        recovered: Callable[[], None],
        stopping: threading.Event,
    ) -> None:
        self._env = env
        self._uri = uri
        self._troubled = troubled
        self._recovered = recovered
        self._stopping = stopping
        self._embedded = env.database_url is None
        self._data = embedded.data_of(env)
        self._family: tuple[int, ...] = ()
        self._silent = 0
        self._tries = 0
        self._refused = False
        self._well = True
        self._trouble_at = float("-inf")
        self._answered_at = time.monotonic()
        self.failure: Problem | None = None

    def excuses(self, now: float) -> bool:
        """True when what ends now may have ended because of the database."""
        return not self._well or now - self._trouble_at < SETTLED_SECONDS

    @property
    def well(self) -> bool:
        """True when it answered the last time it was asked."""
        return self._well

    def run(self) -> None:
        """Ask until told to stop, or until there is no hope."""
        pause = ASK_SECONDS if self._embedded else ASK_OTHERS_SECONDS
        while self.failure is None and not self._stopping.wait(pause):
            self.look()

    def look(self) -> None:
        """Ask once, and do what is to be done."""
        server = embedded.postmaster(self._data) if self._embedded else None
        if self._embedded and server is None:
            self._in_trouble(Why.KILLED)
            self._start_again()
            return
        try:
            psycopg.connect(self._uri, connect_timeout=ANSWER_SECONDS, autocommit=True).close()
        except psycopg.errors.ConnectionTimeout:
            self._silence()
        except psycopg.OperationalError:
            self._refusal()
        else:
            self._answered(server)

    def _answered(self, server: psutil.Process | None) -> None:
        self._silent = self._tries = 0
        self._refused = False
        self._answered_at = time.monotonic()
        if server is not None:
            embedded.adopt(self._env, server)
        family = embedded.family(server) if server is not None else ()
        if self._family and family and family != self._family:  # it went down and up between two asks
            self._in_trouble(Why.DATABASE_AWAY)
        self._family = family or self._family
        if not self._well:
            self._well = True
            self._trouble_at = time.monotonic()
            self._recovered()

    def _refusal(self) -> None:
        """It speaks: it is starting, stopping, recovering, or has no room for one more.

        A killed server refuses too, for the moment that it takes to die; the next look tells.
        """
        self._silent = 0
        self._trouble_at = time.monotonic()
        if self._refused or not self._embedded:
            self._in_trouble(Why.DATABASE_AWAY)
        self._refused = True

    def _silence(self) -> None:
        self._silent += 1
        if self._silent < SILENT_ASKS:
            return
        self._in_trouble(Why.HUNG if self._embedded else Why.DATABASE_AWAY)
        if self._embedded:
            embedded.end(self._data)
            self._start_again()

    def _in_trouble(self, why: Why) -> None:
        self._trouble_at = time.monotonic()
        if self._well:
            self._well = False
            self._troubled(why, self._answered_at if why is Why.HUNG else self._trouble_at)

    def _start_again(self) -> None:
        self._silent = 0
        self._family = ()
        try:
            embedded.start_again(self._env)
        except (database.DatabaseDidNotStart, OSError) as failure:
            if embedded.postmaster(self._data) is not None or disk.is_full(self._env.home):
                return  # it is at work on its log, or waits for space: both end by themselves
            self._tries += 1
            if self._tries >= TRIES:
                log = embedded.log_of(self._env)
                self.failure = DatabaseKeepsStopping(data=self._data, words=last_lines(log), log=log)
                self.failure.__cause__ = failure
            self._stopping.wait(TRY_PAUSE_SECONDS)
