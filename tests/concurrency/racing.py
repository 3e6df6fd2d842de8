"""Lets callers loose at the same instant, each on a database connection of its own."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection

from fieldcast.kit.errors import Problem

Call = Callable[[], Any]


def race(calls: Sequence[Call]) -> list[Any]:
    """Run all calls at once; each gives its result, or the `Problem` it was refused with. Anything else fails."""
    start = Barrier(len(calls))

    def run(call: Call) -> Any:
        try:
            connection.ensure_connection()
            start.wait(60)
            return call()
        except Problem as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return [done.result(120) for done in [pool.submit(run, call) for call in calls]]


def of_type(results: Sequence[Any], kind: type) -> list[Any]:
    """The results that are of `kind`."""
    return [result for result in results if isinstance(result, kind)]
