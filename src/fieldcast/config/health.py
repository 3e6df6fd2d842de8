"""Does a process answer? Asked all the time, each on a thread of its own, so that one that hangs delays no other.

Any answer is a sign of life, also "the database is away": what cannot answer at all is to be killed, nothing else.
"""

import threading
import time
from typing import Final

import httpx

from fieldcast.config.processes import Process

ASK_SECONDS: Final = 0.5
ANSWER_SECONDS: Final = 2.5


class Asking:
    """Asks one process, from `run`, and counts how often in a row it gave no answer."""

    def __init__(self, process: Process, *, headers: dict[str, str], stopping: threading.Event) -> None:
        self.process = process
        self._headers = headers
        self._stopping = stopping
        self._asked: int | None = None
        self.misses = 0

    def run(self) -> None:
        """Ask until told to stop."""
        with httpx.Client(timeout=ANSWER_SECONDS, trust_env=False) as client:
            while not self._stopping.wait(ASK_SECONDS):
                self._ask(client)

    def _ask(self, client: httpx.Client) -> None:
        pid = self.process.pid
        if pid != self._asked:
            self._asked, self.misses = pid, 0
        if pid is None or self.process.program.health is None:
            return
        answered = answers(client, self.process.program.health, self._headers) is not None
        if pid != self.process.pid:  # the answer was another process's
            return
        if answered:
            self.misses = 0
            self.process.is_well(time.monotonic())
        else:
            self.misses += 1


def answers(client: httpx.Client, address: str, headers: dict[str, str]) -> int | None:
    """The status of the answer, or None when there was none in time."""
    try:
        return client.get(address, headers=headers).status_code
    except httpx.HTTPError:
        return None


def headers_for(public_url: str) -> dict[str, str]:
    """Behind TLS the pages answer only to their own name, and only to what came over TLS."""
    public = httpx.URL(public_url)
    return {"Host": public.netloc.decode(), "X-Forwarded-Proto": public.scheme}
