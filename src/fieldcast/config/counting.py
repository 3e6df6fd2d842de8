"""Counts what was started again and how long until it was well, and keeps the file that `kit.restarts` reads."""

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from fieldcast.kit import restarts
from fieldcast.kit.restarts import Program, Why


class Counting:
    """The restarts of one run of the platform. Called from several threads."""

    def __init__(self, home: Path, *, say: Callable[[str], None]) -> None:
        self._home = home
        self._say = say
        self._since = datetime.now(UTC)
        self._programs: dict[str, Program] = {}
        self._troubled_at: dict[str, float] = {}
        self._lock = threading.Lock()
        self._due = True

    def know(self, name: str) -> None:
        """Name a program that runs, so that it is listed though nothing ever happened to it."""
        with self._lock:
            self._programs.setdefault(name, Program(name))

    def forget(self, name: str) -> None:
        """A program is not wanted any more."""
        with self._lock:
            self._programs.pop(name, None)
            self._troubled_at.pop(name, None)
            self._due = True

    def troubled(self, name: str, why: Why, *, since: float | None = None) -> None:
        """A program ended, hangs or does not answer, `since` that time of the monotonic clock (default: now)."""
        with self._lock:
            known = self._programs.get(name, Program(name))
            self._programs[name] = replace(
                known, count=known.count + 1, last_at=datetime.now(UTC), why=why, recovered_s=None
            )
            # one that falls while it gets up is well only at the end of both
            self._troubled_at.setdefault(name, time.monotonic() if since is None else since)
            self._due = True
        self._say(f"{name}: {why.value}")

    def because(self, name: str, why: Why) -> None:
        """Say better why a program is in the trouble it is in."""
        with self._lock:
            self._programs[name] = replace(self._programs[name], why=why)
            self._due = True

    def recovered(self, name: str) -> None:
        """A program is well. Does nothing when it was never otherwise."""
        with self._lock:
            began = self._troubled_at.pop(name, None)
            if began is None:
                return
            seconds = round(time.monotonic() - began, 2)
            known = self._programs[name]
            longest = max(seconds, known.longest_s or 0.0)
            self._programs[name] = replace(known, recovered_s=seconds, longest_s=longest)
            self._due = True
        self._say(f"{name}: well after {seconds:.1f} s")

    def in_trouble(self, name: str) -> bool:
        """True while it is not well again."""
        with self._lock:
            return name in self._troubled_at

    def save(self) -> None:
        """Write the file when anything changed. Raises `OSError`, and is to be asked again, when the disk refuses."""
        with self._lock:
            if not self._due:
                return
            programs = list(self._programs.values())
            self._due = False
        try:
            restarts.write(self._home, since=self._since, programs=programs)
        except OSError:
            self._due = True
            raise
