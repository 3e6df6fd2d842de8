"""One supervised process: started, started again with growing pauses, stopped with everything it started.

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
from typing import IO, Any

from fieldcast.config.claim import end_group
from fieldcast.kit.restarts import Why

QUICK_SECONDS = 10.0
NEVER_WELL_DEATHS = 3  # in a row, without having been well in between: it cannot start
QUICK_DEATHS = 8  # in a row, each within seconds: it starts and cannot stay
FIRST_PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 5.0
RARE_PAUSE_SECONDS = 60.0  # of what is not vital and keeps dying
LEAVE_SECONDS = 6.0  # from being asked to stop until it is ended


@dataclass(frozen=True)
class Program:
    """What to run: a name for people, the arguments of `fieldcast.config.child`, and where to ask whether it is well.

    `loops` is how many event loops give a sign of life beside its first process. A `vital` one that cannot be kept
    running ends the platform; another is tried again once a minute. One `for_a_while` runs as long as it is on the
    list of `kit.programs`. What it prints goes to the log called `log`, or called as it is.
    """

    name: str
    arguments: tuple[str, ...]
    health: str | None = None
    loops: int = 0
    vital: bool = True
    for_a_while: bool = False
    log: str = ""


class Process:
    """A program kept running."""

    def __init__(self, program: Program, *, environ: Mapping[str, str], log: Path, beats: Path) -> None:
        self.program = program
        self.log = log
        self._beats = beats
        self._environ = dict(environ)
        self._running: subprocess.Popen[bytes] | None = None
        self._again_at = 0.0
        self._lived_quick = False
        self._was_well = False
        self._judged = True
        self._quick_in_a_row = 0  # for the pauses, whoever was to blame
        self._counted = 0
        self._never_well = 0
        self._gone_by: float | None = None
        self.started = 0.0
        self.well_at: float | None = None

    @property
    def pid(self) -> int | None:
        """The number of the process now running."""
        return self._running.pid if self._running else None

    @property
    def hopeless(self) -> bool:
        """True when it died again and again for no reason but its own: starting it once more would not help."""
        return self._counted >= QUICK_DEATHS or self._never_well >= NEVER_WELL_DEATHS

    @property
    def leaving(self) -> bool:
        """True once it was asked to stop for good."""
        return self._gone_by is not None

    def start(self) -> None:
        """Start it; what it prints goes to the end of its log, or nowhere while the disk takes no log."""
        with self._open_log() as log:
            self._running = subprocess.Popen(  # noqa: S603 — our own program
                [
                    sys.executable,
                    "-m",
                    "fieldcast.config.child",
                    f"--beat={self._beats / self.program.name}",
                    *self.program.arguments,
                ],
                env=self._environ,
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.started = time.monotonic()
        self.well_at = None

    def is_well(self, now: float) -> None:
        """Take note that the process now running answered, or gave a sign of life, at `now`."""
        self.well_at = now

    def notice(self) -> Why | None:
        """Notice a death, once: how it died."""
        if self._running is None or (status := self._running.poll()) is None:
            return None
        self._bury(self._running)
        return Why.KILLED if status < 0 else Why.ENDED

    def kill(self) -> None:
        """End it and everything it started at once, though it lives."""
        if self._running is not None:
            end_group(self._running.pid)
            self._running.wait()
            self._bury(self._running)

    def start_when_due(self, *, excused: bool) -> bool:
        """Start it again once the pause after its death is over; true when it was.

        Only now is the death counted against it, unless `excused`: what it died of may have been noticed meanwhile.
        """
        if self._running is not None or time.monotonic() < self._again_at or self.leaving:
            return False
        if not self._judged:
            self._judge(excused=excused)
            if self.hopeless and not self.program.vital:
                self._again_at = time.monotonic() + RARE_PAUSE_SECONDS
                return False
        if self.hopeless and self.program.vital:
            return False
        self._again_at = (
            time.monotonic() + LONGEST_PAUSE_SECONDS
        )  # when starting it fails, that is tried again
        self.start()
        return True

    def leave(self) -> bool:
        """Ask it, once, to stop for good; true when it has, which it is made to after some seconds."""
        if self._gone_by is None:
            self._gone_by = time.monotonic() + LEAVE_SECONDS
            self.ask_to_stop()
        self.notice()
        if time.monotonic() > self._gone_by:
            self.kill()
        return self._running is None

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
        self._lived_quick = time.monotonic() - self.started < QUICK_SECONDS
        self._was_well = self.well_at is not None
        self._judged = False
        self._quick_in_a_row = self._quick_in_a_row + 1 if self._lived_quick else 1
        pause = FIRST_PAUSE_SECONDS * 2 ** min(self._quick_in_a_row - 1, 8)
        self._again_at = time.monotonic() + min(pause, LONGEST_PAUSE_SECONDS)
        end_group(dead.pid)
        self._close(dead)
        self._running = self.well_at = None

    def _judge(self, *, excused: bool) -> None:
        self._judged = True
        if not self._lived_quick:
            self._counted = 0
        if self._was_well:
            self._never_well = 0
        if not excused:
            self._counted += 1
            self._never_well += not self._was_well

    def _open_log(self) -> IO[Any]:
        try:
            return self.log.open("ab")
        except OSError:
            return Path(os.devnull).open("ab")

    @staticmethod
    def _close(process: "subprocess.Popen[bytes]") -> None:
        if process.stdin is not None:
            with contextlib.suppress(BrokenPipeError):
                process.stdin.close()
