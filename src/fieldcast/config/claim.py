"""Who runs the platform on a home: one runner at a time, and a record of it for who asks and who comes next.

The lock goes with the process that holds it, however that process ends; the record may outlive it and is then
used to end what the dead runner started.
"""

import contextlib
import fcntl
import json
import os
import signal
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import psutil
from django.utils.translation import gettext_lazy as _

from fieldcast.kit.errors import Problem

LEAVE_SECONDS = 6.0


class AlreadyRunning(Problem):
    """Another runner holds this home."""

    code = "already_running"
    status = 409
    sentence = _("The platform is already running on %(home)s, at %(url)s (process %(pid)s).")
    next_step = _("Open that address, stop that process, or give this one a home of its own with --home.")


@dataclass(frozen=True)
class Child:
    """A process by number and moment of birth, since numbers are given out again."""

    pid: int
    began: str


class Claim:
    """The right to run the platform on `home`, from `take` to `leave`."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._record = home / "run" / "platform.json"
        self._lock: IO[str] | None = None

    def take(self, *, url: str) -> None:
        """Take the home and end what a dead runner left on it. Raises `AlreadyRunning`."""
        self._record.parent.mkdir(parents=True, exist_ok=True)
        lock = (self._record.parent / "lock").open("w")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as held:
            lock.close()
            running = self._read()
            raise AlreadyRunning(
                home=self._home, url=running.get("url", "?"), pid=running.get("pid", "?")
            ) from held
        self._lock = lock
        _end(Child(**child) for child in self._read().get("children", []))
        self.note(url=url, pids=[])

    def note(self, *, url: str, pids: Iterable[int]) -> None:
        """Write down the processes that now belong to this runner."""
        children = []
        for pid in pids:
            with contextlib.suppress(psutil.NoSuchProcess):
                children.append({"pid": pid, "began": _birth(psutil.Process(pid))})
        draft = self._record.with_suffix(".draft")
        draft.write_text(json.dumps({"pid": os.getpid(), "url": url, "children": children}))
        draft.replace(self._record)

    def leave(self) -> None:
        """Give the home up. Harmless when it was never taken."""
        if self._lock is None:
            return
        self._record.unlink(missing_ok=True)
        self._lock.close()
        self._lock = None

    def _read(self) -> dict[str, Any]:
        try:
            return dict(json.loads(self._record.read_text()))
        except (FileNotFoundError, ValueError):
            return {}


def _end(children: Iterable[Child]) -> None:
    """Wait for the processes of a dead runner, which stop by themselves, and insist when one does not."""
    waiting = [child for child in children if _lives(child)]
    deadline = time.monotonic() + LEAVE_SECONDS
    while waiting and time.monotonic() < deadline:
        time.sleep(0.05)
        waiting = [child for child in waiting if _lives(child)]
    for child in waiting:
        end_group(child.pid)


def _lives(child: Child) -> bool:
    try:
        process = psutil.Process(child.pid)
        return _birth(process) == child.began and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _birth(process: psutil.Process) -> str:
    """When a process began, as the kernel counts since it started: a time of day would move when the clock is set."""
    try:
        ticks = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()[19]
        return f"{Path('/proc/sys/kernel/random/boot_id').read_text().strip()} {ticks}"
    except FileNotFoundError:  # gone, or a system that says it otherwise
        return str(process.create_time())


def end_group(pid: int) -> None:
    """End, at once, a process that leads its own group, and everything it started."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)
