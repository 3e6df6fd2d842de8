"""Declares a sweep: a function without arguments that looks for what is due and does it, every so often.

Two locks, neither of which can outlive its worker. The queueing lock keeps at most one run waiting, so that a slow
worker piles nothing up. The advisory lock is held by the worker's own database session while a sweep runs, so that a
sweep that takes long (a payment provider that hangs) does not take one of the worker's places after the other: the
server gives it up as soon as that session ends, however it ends. A `lock` on the task itself would be a row, and a row
outlives the worker that was killed.
"""

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from django.db import DatabaseError, connection
from procrastinate.contrib.django import app

_TAKE = "SELECT pg_try_advisory_lock(hashtext('fieldcast.sweep'), hashtext(%s))"
_GIVE = "SELECT pg_advisory_unlock(hashtext('fieldcast.sweep'), hashtext(%s))"
# The server looks every two seconds whether a session that waits for a row still has a client: the session of a
# killed worker would otherwise keep its locks for as long as it waits.
_NOTICE_DEATH = "SELECT set_config('client_connection_check_interval', '2000', false)"


def sweep(*, cron: str) -> Callable[[Callable[[], Any]], Any]:
    """Run the decorated function at the times of `cron` (six fields, seconds last), in one worker at a time.

    The task keeps its module's name (`fieldcast.trade.tasks.expire_due`) and, called with a timestamp, returns what the
    function returns, or None when another worker is at it.
    """

    def declare(do: Callable[[], Any]) -> Any:
        room = do.__module__.split(".")[-2]
        name = f"{room}.{do.__name__}"

        @functools.wraps(do)
        def run(timestamp: int) -> Any:
            with only_run(name) as free:
                return do() if free else None

        del run.__wrapped__  # its signature is its own: it takes the timestamp
        return app.periodic(cron=cron)(app.task(queueing_lock=name)(run))

    return declare


@contextmanager
def only_run(name: str) -> Iterator[bool]:
    """Hold the advisory lock of `name` for this database session: True, or False when another session holds it."""
    with connection.cursor() as cursor:
        cursor.execute(_NOTICE_DEATH)
        cursor.execute(_TAKE, [name])
        free = bool(cursor.fetchone()[0])
    try:
        yield free
    finally:
        if free:
            with (
                suppress(DatabaseError),
                connection.cursor() as cursor,
            ):  # a lost session has given it up already
                cursor.execute(_GIVE, [name])
