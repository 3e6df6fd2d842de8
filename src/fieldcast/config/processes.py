"""One supervised process: started, restarted with growing pauses, stopped with everything it started.

A process leads a group of its own, so a Ctrl+C meant for the runner does not reach it, and what it leaves behind can
be ended by that group. Its standard input is held open by the runner: see `fieldcast.config.child`.
"""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from fieldcast.config.claim import end_group

QUICK_SECONDS = 10.0
QUICK_DEATHS = 3
FIRST_PAUSE_SECONDS = 0.5
LOG_BYTES = 5 * 1024 * 1024


@dataclass(frozen=True)
class Program:
    """What to run: a name for people, and the arguments of `fieldcast.config.child`."""

    name: str
    arguments: tuple[str, ...]
    health: str | None = None


class Process:
    """A program kept running."""

    def __init__(self, program: Program, *, environ: Mapping[str, str], log: Path) -> None:
        self.program = program
        self.log = log
        self._environ = dict(environ)
        self._running: subprocess.Popen[bytes] | None = None
        self._started = 0.0
        self._again_at = 0.0
        self.quick_deaths = 0

    @property
    def pid(self) -> int | None:
        """The number of the process now running."""
        return self._running.pid if self._running else None

    @property
    def hopeless(self) -> bool:
        """True when it died quickly, again and again: starting it once more would not help."""
        return self.quick_deaths >= QUICK_DEATHS

    def start(self) -> None:
        """Start it; what it prints goes to the end of its log."""
        with self.log.open("ab") as log:
            self._running = subprocess.Popen(  # noqa: S603 — our own program
                [sys.executable, "-m", "fieldcast.config.child", *self.program.arguments],
                env=self._environ,
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._started = time.monotonic()

    def look(self) -> bool:
        """Notice a death, and start again once the pause is over. True when it was started again."""
        if self._running is not None:
            if self._running.poll() is None:
                return False
            self._bury(self._running)
        if self.hopeless or time.monotonic() < self._again_at:
            return False
        self.start()
        return True

    def ask_to_stop(self) -> None:
        """Tell it to stop; it is given time by `wait`."""
        if self._running is not None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._running.pid, signal.SIGTERM)

    def wait(self, seconds: float) -> None:
        """Wait for it to stop and end, at once, what is left of its group afterwards."""
        if self._running is None:
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._running.wait(max(seconds, 0.01))
        end_group(self._running.pid)
        self._running.wait()
        self._close(self._running)
        self._running = None

    def _bury(self, dead: "subprocess.Popen[bytes]") -> None:
        quick = time.monotonic() - self._started < QUICK_SECONDS
        self.quick_deaths = self.quick_deaths + 1 if quick else 1
        self._again_at = time.monotonic() + FIRST_PAUSE_SECONDS * 2 ** (self.quick_deaths - 1)
        end_group(dead.pid)
        self._close(dead)
        self._running = None

    @staticmethod
    def _close(process: "subprocess.Popen[bytes]") -> None:
        if process.stdin is not None:
            with contextlib.suppress(BrokenPipeError):
                process.stdin.close()


def fresh_log(folder: Path, name: str) -> Path:
    """The log of that name, its former part set aside when it has grown long."""
    folder.mkdir(parents=True, exist_ok=True)
    log = folder / f"{name}.log"
    if log.exists() and log.stat().st_size > LOG_BYTES:
        log.replace(folder / f"{name}.old.log")
    return log


def last_lines(log: Path, count: int = 12) -> str:
    """The end of a log, for a message that must explain a death."""
    if not log.exists():
        return ""
    with log.open("rb") as file:
        file.seek(max(0, log.stat().st_size - 8192))
        return "\n".join(file.read().decode(errors="replace").splitlines()[-count:])
