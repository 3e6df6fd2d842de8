"""The runner's eye on everything it started: what died or hangs is ended and started again, logs are kept short.

The watcher itself outlives a disk that refuses: what it could not write it writes later, and says so once. If it ends
for any reason but being told to, `ended` is called, so that no platform lives on unwatched.
"""

import contextlib
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from django.utils.translation import gettext_lazy as _

from fieldcast.config import disk, embedded
from fieldcast.config.answering import DatabaseWatch
from fieldcast.config.beats import Pulse, Watched
from fieldcast.config.counting import Counting
from fieldcast.config.environment import Environment
from fieldcast.config.health import Asking, headers_for
from fieldcast.config.logs import last_lines, turn_over
from fieldcast.config.processes import Process, Program
from fieldcast.config.saying import Voice
from fieldcast.kit import programs
from fieldcast.kit.errors import Problem
from fieldcast.kit.programs import Wanted
from fieldcast.kit.restarts import Why

LOOK_SECONDS: Final = 0.1
BEATS_SECONDS: Final = 1.0
LOGS_SECONDS: Final = 2.0
HUNG_SECONDS = 8.0  # without a sign of life
UNANSWERED_SECONDS = 12.0  # without an answer, though it gives signs of life
HUNG_MISSES = 3  # asks, or looks at its sign of life: a runner that slept itself asks again first
STARTING_SECONDS = 120.0  # until its first answer
SPEECHLESS_SECONDS = 15.0  # until its first sign of life, which comes before anything that takes time


class KeepsStopping(Problem):
    """A process died quickly several times in a row."""

    code = "keeps_stopping"
    status = 503
    sentence = _("The process “%(name)s” keeps stopping. Its last words were:\n%(words)s\n")
    next_step = _("The whole story is in %(log)s.")


class Unwatched(Problem):
    """What watches the processes ended by itself, which it never should."""

    code = "unwatched"
    status = 503
    sentence = _("The watcher of the processes (%(name)s) ended unexpectedly, so everything was stopped.")
    next_step = _("Start again, and report what was printed above.")


class Watch:
    """Threads that watch the processes of one platform and its database, from `start` until `stopping` is set."""

    def __init__(
        self,
        env: Environment,
        *,
        uri: str,
        processes: list[Process],
        make: Callable[[Program], Process],
        note: Callable[[], None],
        stopping: threading.Event,
        ended: Callable[[Problem], None],
    ) -> None:
        self._env = env
        self._processes = processes
        self._make = make
        self._note = note
        self._stopping = stopping
        self._ended = ended
        self._voice = Voice(env.home)
        self._counting = Counting(env.home, say=self._voice.record)
        self._beats = Watched(beats_of(env.home))
        headers = headers_for(env.public_url)
        self._asking = {
            process.program.name: Asking(process, headers=headers, stopping=stopping)
            for process in processes
            if process.program.health is not None
        }
        self._database = DatabaseWatch(
            env,
            uri=uri,
            troubled=lambda why, since: self._counting.troubled("database", why, since=since),
            recovered=lambda: self._counting.recovered("database"),
            stopping=stopping,
        )
        self._note_due = True
        self._seen_loops: dict[str, set[int]] = {process.program.name: set() for process in processes}
        self._beats_at = self._logs_at = 0.0
        self._threads = [
            self._thread("processes", self._watch),
            self._thread("database", self._database.run),
            *(self._thread(name, asking.run) for name, asking in self._asking.items()),
        ]

    def start(self) -> None:
        """Begin to watch."""
        for name in ("database", *(process.program.name for process in self._processes)):
            self._counting.know(name)
        for thread in self._threads:
            thread.start()

    def join(self) -> None:
        """Wait until all threads have seen that `stopping` is set."""
        for thread in self._threads:
            if thread.is_alive():
                thread.join()

    def _thread(self, name: str, run: Callable[[], None]) -> threading.Thread:
        def watched() -> None:
            try:
                run()
            finally:  # what went wrong, if anything, is printed by whoever runs threads
                if not self._stopping.is_set():
                    self._ended(self._database.failure or Unwatched(name=name))

        return threading.Thread(target=watched, daemon=True, name=f"watch-{name}")

    def _watch(self) -> None:
        while not self._stopping.wait(LOOK_SECONDS):
            hopeless = self.look()
            if hopeless is not None:
                self._ended(hopeless)
                return

    def look(self) -> Problem | None:
        """Look at everything once and do what is to be done; the reason when there is no hope."""
        now = time.monotonic()
        if now - self._beats_at >= BEATS_SECONDS:
            self._beats_at = now
            self._beats.look(now)
            self._follow_the_list()
            for process in self._processes:
                self._look_at_loops(process, now)
        for process in self._processes:
            self._look_at(process, now)
            if process.hopeless and process.program.vital:
                words = last_lines(process.log)
                return KeepsStopping(name=process.program.name, words=words, log=process.log)
        self._do_chores(now)
        return None

    def _follow_the_list(self) -> None:
        """Start what is wanted for a while and new, and let go of what is wanted no more."""
        listed = programs.read(self._env.home)
        if listed is None:
            return
        wanted = {one.name: _program(one) for one in listed}
        for process in [one for one in self._processes if one.program.for_a_while]:
            name = process.program.name
            stays = wanted.get(name) == process.program and not process.leaving
            if not stays and process.leave():
                self._processes.remove(process)
                self._beats_of_the_dead(process)
                self._counting.forget(name)
                del self._seen_loops[name]
                self._note_due = True
        here = {process.program.name for process in self._processes}
        for name in wanted.keys() - here:
            self._counting.know(name)
            self._seen_loops[name] = set()
            with self._refusals():
                self._processes.append(self._make(wanted[name]))

    def _look_at(self, process: Process, now: float) -> None:
        if process.leaving:  # however it ends, it is no trouble
            return
        name = process.program.name
        died = process.notice()
        if died is not None:
            self._beats_of_the_dead(process)
            self._counting.troubled(name, died)
        elif (since := self._hangs(process, now)) is not None:
            process.kill()
            self._beats_of_the_dead(process)
            self._counting.troubled(name, Why.HUNG, since=since)
        if process.well_at is not None:
            self._counting.recovered(name)
        if process.pid is not None:
            return
        for_the_database = self._database.excuses(now)
        if died is Why.ENDED and for_the_database:  # a database that is away kills nobody
            self._counting.because(name, Why.DATABASE_AWAY)
        with self._refusals():
            if process.start_when_due(excused=for_the_database or disk.is_full(self._env.home)):
                self._note_due = True

    def _hangs(self, process: Process, now: float) -> float | None:
        """Since when the process does not answer or gives no sign of life, when that is long enough to end it."""
        if process.pid is None:
            return None
        pulse = self._beats.of(process.program.name).get(process.pid)
        if pulse is not None and _is_silent(pulse.changed_at, pulse.unchanged, now):
            return pulse.changed_at
        asking = self._asking.get(process.program.name)
        if asking is None:
            return self._hangs_unasked(process, pulse, now)
        if asking.misses < HUNG_MISSES or self._database.excuses(now):
            return None
        if process.well_at is None:
            return process.started if now - process.started > STARTING_SECONDS else None
        return process.well_at if now - process.well_at > UNANSWERED_SECONDS else None

    def _hangs_unasked(self, process: Process, pulse: Pulse | None, now: float) -> float | None:
        """The same of one that answers nobody: its sign of life is all there is."""
        if pulse is not None:
            if pulse.unchanged == 0:
                process.is_well(now)
            return None
        own = self._beats.of("runner").get(os.getpid())
        can_be_written = own is not None and own.unchanged == 0
        return process.started if can_be_written and now - process.started > SPEECHLESS_SECONDS else None

    def _look_at_loops(self, process: Process, now: float) -> None:
        """Workers that a process started itself: it starts those again that end, and we end those that hang."""
        if process.pid is None or not process.program.loops:
            return
        name, worker = process.program.name, f"{process.program.name} worker"
        pulses = {pid: pulse for pid, pulse in self._beats.of(name).items() if pid != process.pid}
        seen, lives = self._seen_loops[name], set()
        for pid, pulse in pulses.items():
            if not _is_in_group(pid, process.pid):
                self._beats.forget(name, pid)
                if pid in seen:
                    self._counting.troubled(worker, Why.KILLED)
            elif _is_silent(pulse.changed_at, pulse.unchanged, now):
                self._counting.troubled(worker, Why.HUNG, since=pulse.changed_at)
                self._beats.forget(name, pid)
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            else:
                lives.add(pid)
        self._seen_loops[name] = lives
        if len(lives) >= process.program.loops:
            self._counting.recovered(worker)

    def _beats_of_the_dead(self, process: Process) -> None:
        name = process.program.name
        for pid in self._beats.of(name):
            self._beats.forget(name, pid)
        self._seen_loops[name] = set()
        # what a worker waited for is counted with the whole from here on
        self._counting.recovered(f"{name} worker")

    def _do_chores(self, now: float) -> None:
        """Each by itself: what the disk refuses to one may be possible for the next."""
        with self._refusals():
            if self._note_due:
                self._note()
                self._note_due = False
        with self._refusals():
            self._counting.save()
        if now - self._logs_at >= LOGS_SECONDS:
            self._logs_at = now
            with self._refusals():
                self._turn_logs_over()
            self._voice.all_is_written()

    def _turn_logs_over(self) -> None:
        for process in self._processes:
            turn_over(process.log)
        if self._env.database_url is None:
            turn_over(embedded.log_of(self._env), old=self._env.home / "logs" / "database.old.log")
        turn_over(self._voice.log)

    @contextlib.contextmanager
    def _refusals(self) -> Iterator[None]:
        """What the disk refuses inside is tried again at the next look."""
        try:
            yield
        except OSError as error:
            self._voice.refused(error)


def beats_of(home: Path) -> Path:
    """Where the processes of a home give their signs of life."""
    return home / "run" / "beats"


def _program(wanted: Wanted) -> Program:
    arguments = ("wanted", wanted.run, str(wanted.number))
    return Program(wanted.name, arguments, vital=False, for_a_while=True, log="sessions")


def _is_silent(changed_at: float, unchanged: int, now: float) -> bool:
    return unchanged >= HUNG_MISSES and now - changed_at > HUNG_SECONDS


def _is_in_group(pid: int, leader: int) -> bool:
    """True for a living process that `leader` started; numbers are given out again, groups tell them apart."""
    try:
        return os.getpgid(pid) == leader
    except ProcessLookupError:
        return False
