"""The threads that pages run on: three pools, so that no kind of visitor can take the threads of another.

Each thread holds one database connection while it works; together they are as many as the database pool holds.
"""

import asyncio
import os
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Final, ParamSpec, TypeVar

from fieldcast.config.edge.problems import Busy

P = ParamSpec("P")
T = TypeVar("T")

ANONYMOUS, PEOPLE, PASSWORDS = "anonymous", "people", "passwords"
THREADS: Final = {ANONYMOUS: 4, PEOPLE: 8, PASSWORDS: 2}
MOST_WAITING: Final = {ANONYMOUS: 2000, PEOPLE: 2000, PASSWORDS: 200}
PATIENCE_SECONDS: Final = 20.0
RETRY_SECONDS: Final = 10
NICENESS: Final = 5  # hashing a password is nothing but computing: pages go before it


class Pool:
    """Threads of one kind. Who waits too long, or comes when too many wait, is told so (`Busy`) and takes no thread."""

    def __init__(
        self, name: str, *, threads: int, most_waiting: int, patience: float = PATIENCE_SECONDS, nice: int = 0
    ) -> None:
        self._threads = ThreadPoolExecutor(
            max_workers=threads, thread_name_prefix=name, initializer=_step_back, initargs=(nice,)
        )
        self._free = threads
        self._most_waiting, self._patience = most_waiting, patience
        self._waiting: deque[asyncio.Future[bool]] = deque()

    @property
    def waiting(self) -> int:
        """How many wait for a thread."""
        return len(self._waiting)

    async def run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """`work` on a thread of this pool. Raises `Busy` when none comes free in time."""
        assert not kwargs
        loop = asyncio.get_running_loop()
        if self._free:
            self._free -= 1
        else:
            await self._turn(loop)
        try:
            return await loop.run_in_executor(self._threads, work, *args)
        finally:
            self._next()

    async def _turn(self, loop: asyncio.AbstractEventLoop) -> None:
        # The server's own tasks cannot be cancelled, so time is kept by a future that answers no.
        if len(self._waiting) >= self._most_waiting:
            raise Busy(seconds=RETRY_SECONDS)
        turn: asyncio.Future[bool] = loop.create_future()
        self._waiting.append(turn)
        impatience = loop.call_later(self._patience, self._give_up, turn)
        came = await turn
        impatience.cancel()
        if not came:
            raise Busy(seconds=RETRY_SECONDS)

    def _give_up(self, turn: "asyncio.Future[bool]") -> None:
        if not turn.done():
            self._waiting.remove(turn)
            turn.set_result(False)

    def _next(self) -> None:
        """The thread goes to whoever waits longest."""
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(True)
                return
        self._free += 1


def all_pools() -> dict[str, Pool]:
    """The three pools of one process."""
    return {
        name: Pool(
            name,
            threads=threads,
            most_waiting=MOST_WAITING[name],
            nice=NICENESS if name == PASSWORDS else 0,
        )
        for name, threads in THREADS.items()
    }


def _step_back(nice: int) -> None:
    """Let this thread alone go after the others; where a system knows no such thing, all are alike."""
    if nice:
        with suppress(AttributeError, OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), nice)
