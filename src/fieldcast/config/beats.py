"""Signs of life: a file for each process, touched every second by what would stop if the process hung.

A worker that serves pages touches its own from its event loop, the process that started it from a thread, the job
worker from the loop in which it works. The runner does not believe the times on the files, which whoever sets the
clock can move: it counts how long a file has not changed, on a clock of its own.
"""

import asyncio
import contextlib
import os
import threading
from collections.abc import Iterator
from pathlib import Path

EVERY_SECONDS = 1.0
FOLDER = "beats"


class Beat:
    """The sign of life of this very process; `prefix` is its file without the process's number."""

    def __init__(self, prefix: Path) -> None:
        self._file = prefix.with_name(f"{prefix.name}-{os.getpid()}")

    def touch(self) -> None:
        """Change the file's time. A disk that is full or read-only keeps nobody from working."""
        with contextlib.suppress(OSError):
            try:
                os.utime(self._file)
            except FileNotFoundError:
                self._file.touch()


def from_a_thread(prefix: Path) -> threading.Event:
    """Touch this process's file from a thread, until the event is set: it stops when the whole process does."""
    beat, enough = Beat(prefix), threading.Event()

    def go_on() -> None:
        beat.touch()
        while not enough.wait(EVERY_SECONDS):
            beat.touch()

    threading.Thread(target=go_on, daemon=True, name="beat").start()
    return enough


def from_a_loop(prefix: Path, loop: asyncio.AbstractEventLoop) -> None:
    """Touch this process's file from `loop`, running or about to run: it stops when the loop does."""
    beat = Beat(prefix)

    def go_on() -> None:
        beat.touch()
        loop.call_later(EVERY_SECONDS, go_on)

    loop.call_soon(go_on)


class Pulse:
    """One process's file as the runner sees it: since when it has not changed, and how often that was seen."""

    def __init__(self, mark: int, now: float) -> None:
        self._mark = mark
        self.changed_at = now
        self.unchanged = 0

    def see(self, mark: int, now: float) -> None:
        """Take in what the file says now."""
        if mark == self._mark:
            self.unchanged += 1
        else:
            self._mark, self.changed_at, self.unchanged = mark, now, 0


class Watched:
    """All signs of life below a folder, looked at now and then by the runner."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._own = Beat(folder / "runner")
        self._pulses: dict[tuple[str, int], Pulse] = {}

    def look(self, now: float) -> None:
        """Read every file. Where our own cannot be written, nobody else's silence means anything."""
        self._own.touch()
        found = {}
        for name, pid, mark in self._files():
            pulse = self._pulses.get((name, pid))
            if pulse is None:
                pulse = Pulse(mark, now)
            else:
                pulse.see(mark, now)
            found[name, pid] = pulse
        self._pulses = found
        own = found.get(("runner", os.getpid()))
        if own is None or own.unchanged:
            for pulse in found.values():
                pulse.changed_at, pulse.unchanged = now, 0

    def of(self, name: str) -> dict[int, Pulse]:
        """The signs of life of a program's processes, by process number."""
        return {pid: pulse for (each, pid), pulse in self._pulses.items() if each == name}

    def forget(self, name: str, pid: int) -> None:
        """A process is gone, and its file with it."""
        self._pulses.pop((name, pid), None)
        with contextlib.suppress(OSError):
            (self.folder / f"{name}-{pid}").unlink()

    def clear(self) -> None:
        """Begin without files of the dead. Raises `OSError` when the folder cannot be made."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for file in self.folder.iterdir():
            file.unlink(missing_ok=True)

    def _files(self) -> Iterator[tuple[str, int, int]]:
        with contextlib.suppress(OSError):
            for entry in list(os.scandir(self.folder)):
                name, _dash, pid = entry.name.rpartition("-")
                with contextlib.suppress(OSError):
                    if pid.isdigit():
                        yield name, int(pid), entry.stat().st_mtime_ns
