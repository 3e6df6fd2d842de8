"""What a page process does beside answering: tasks on its event loop, started once it runs.

`on_start` is for whoever has something to do there, such as touching a file to show that the loop still turns.
"""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any
from weakref import WeakSet

log = logging.getLogger(__name__)

Task = Callable[[], Coroutine[Any, Any, None]]
_to_start: list[Task] = []
_started: "WeakSet[asyncio.AbstractEventLoop]" = WeakSet()
_running: set[asyncio.Task[None]] = set()  # the loop itself keeps only a weak hold on its tasks


def on_start(task: Task) -> Task:
    """Have `task()` run on the event loop of each page process, from its start or its first request on."""
    _to_start.append(task)
    return task


def start() -> None:
    """Start what was asked for, once a loop. Called on the loop."""
    loop = asyncio.get_running_loop()
    if loop in _started:
        return
    _started.add(loop)
    for make in _to_start:
        task = loop.create_task(make())
        _running.add(task)
        task.add_done_callback(_ended)


def _ended(task: "asyncio.Task[None]") -> None:
    _running.discard(task)
    if not task.cancelled() and (failure := task.exception()) is not None:
        log.error("a task of this page process ended", exc_info=failure)
