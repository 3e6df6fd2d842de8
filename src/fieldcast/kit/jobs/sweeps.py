"""Declares a sweep: a function without arguments that looks for what is due and does it, every so often.

Two locks, neither of which can outlive its worker. The queueing lock keeps at most one run waiting, so that a slow
worker piles nothing up. The advisory lock is held by the worker's own database session while a sweep runs, so that a
sweep that takes long (a payment provider that hangs) does not take one of the worker's places after the other: the
server gives it up as soon as that session ends, however it ends. A `lock` on the task itself would be a row, and a row
outlives the worker that was killed. A sweep whose runs pass by each other's work may have several at once, each under a
lock of its own.
"""

import functools
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import Any

from django.db import DatabaseError, connection
from procrastinate.contrib.django import app

_TAKE = "SELECT pg_try_advisory_lock(hashtext('fieldcast.sweep'), hashtext(%s))"
_GIVE = "SELECT pg_advisory_unlock(hashtext('fieldcast.sweep'), hashtext(%s))"
# The server looks every two seconds whether a session that waits for a row still has a client: the session of a
# killed worker would otherwise keep its locks for as long as it waits.
_NOTICE_DEATH = "SELECT set_config('client_connection_check_interval', '2000', false)"


def sweep(*, cron: str, at_once: int = 1) -> Callable[[Callable[[], Any]], Any]:
    """Run the decorated function at the times of `cron` (six fields, seconds last), in `at_once` workers at most.

    The task keeps its module's name (`fieldcast.trade.tasks.expire_due`) and, called with a timestamp, returns what the
    function returns, or None when others are at it already.
    """

    def declare(do: Callable[[], Any]) -> Any:
        room = do.__module__.split(".")[-2]
        name = f"{room}.{do.__name__}"

        @functools.wraps(do)
        def run(timestamp: int) -> Any:
            with one_of(name, at_once) as free:
                return do() if free else None

        del run.__wrapped__  # its signature is its own: it takes the timestamp
        return app.periodic(cron=cron)(app.task(queueing_lock=name)(run))

    return declare


@contextmanager
def one_of(name: str, at_once: int) -> Iterator[bool]:
    """Hold one of so many locks of `name` for this database session: True, or False when others hold them all."""
    with ExitStack() as held:
        places = (name if place == 0 else f"{name} {place + 1}" for place in range(at_once))
        yield any(held.enter_context(only_run(place)) for place in places)


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
