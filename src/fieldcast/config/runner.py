"""Runs the processes of one machine: the database, the pages, the jobs and, to try things out, a payment provider.

`with Platform(environment=env) as platform:` returns once the pages answer, and leaves nothing running behind.
What dies or hangs is started again, the embedded database too; what keeps dying ends the platform with its last words:
see `fieldcast.config.watching`. To these come programs that are wanted for a while: see `fieldcast.kit.programs`.
"""

import contextlib
import errno
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from types import FrameType, TracebackType

import httpx
from django.utils.translation import gettext_lazy as _

from fieldcast.config import database, disk, environment
from fieldcast.config.beats import Watched
from fieldcast.config.claim import Claim
from fieldcast.config.environment import Environment
from fieldcast.config.health import answers, headers_for
from fieldcast.config.logs import fresh_log, last_lines
from fieldcast.config.processes import Process, Program
from fieldcast.config.watching import Watch, beats_of
from fieldcast.kit import programs
from fieldcast.kit.errors import Problem

PAGES = "fieldcast.config.asgi:application"
PROVIDER = "fieldcast.trade.providers.sandbox.server:application"
READY_SECONDS = 120.0
STOP_SECONDS = 6.0
LOOK_SECONDS = 0.1


class PortTaken(Problem):
    """Something else listens where the platform was to."""

    code = "port_taken"
    status = 409
    sentence = _("Port %(port)s of this machine is already in use.")
    next_step = _("Stop what uses it, or choose another port with %(option)s (make demo %(variable)s=…).")


class HostNotOurs(Problem):
    """The address to listen on is none of this machine's."""

    code = "host_not_ours"
    status = 409
    sentence = _("The pages cannot listen on “%(host)s”, port %(port)s: %(reason)s.")
    next_step = _(
        "Set FIELDCAST_HOST to an address of this machine (127.0.0.1 for itself alone, 0.0.0.0 for all), and use a "
        "port that you may use."
    )


class NotPrepared(Problem):
    """The step before the first page failed."""

    code = "not_prepared"
    status = 503
    sentence = _("The platform could not be prepared. The last words were:\n%(words)s\n")
    next_step = _("The whole story is in %(log)s.")


class NotReady(Problem):
    """A process runs but does not answer."""

    code = "not_ready"
    status = 503
    sentence = _(
        "The process “%(name)s” was not well within %(seconds)s seconds. Its last words were:\n%(words)s\n"
    )
    next_step = _("The whole story is in %(log)s.")


class Platform:
    """The running platform of one home.

    `prepare` brings database and files up to date before anything is served; without it a process of its own does, so
    that this one needs no Django. `pages` names the ASGI application, `jobs` says whether background jobs run.
    """

    def __init__(
        self,
        *,
        environment: Environment,
        prepare: "Callable[[Platform], None] | None" = None,
        pages: str = PAGES,
        jobs: bool = True,
    ) -> None:
        self.environment = environment
        self._prepare = prepare or _provision
        self._pages = pages
        self._jobs = jobs
        self._claim = Claim(environment.home)
        self._processes: list[Process] = []
        self._stopping = threading.Event()
        self._ended = threading.Event()
        self._failure: Problem | None = None
        self._watch: Watch | None = None

    @property
    def url(self) -> str:
        """The address of the pages, as this machine reaches them."""
        return f"http://{_reachable(self.environment.host)}:{self.environment.port}"

    @property
    def provider_url(self) -> str:
        """The address of the payment provider."""
        return self.environment.provider_url

    def __enter__(self) -> "Platform":
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Prepare, start every process, and return when they answer.

        Raises `AlreadyRunning`, `PortTaken`, `HostNotOurs`, `NotPrepared`, `KeepsStopping`, `NotReady`, or, for
        what the disk refused, `DiskFull` or `NotWritable`, with nothing left running.
        """
        try:
            with disk.explained(self.environment.home):
                self._claim.take(url=self.environment.public_url)
                self._check_ports()
                self._prepare(self)
                self._launch()
            self._await_ready()
        except BaseException:
            self.stop()
            raise

    def wait(self) -> None:
        """Return when the platform was stopped. Raises why, when it ended by itself: `KeepsStopping` or another."""
        while not self._ended.wait(1.0):  # a wait without an end would not notice a signal
            pass
        if self._failure is not None:
            raise self._failure

    def stop(self) -> None:
        """Stop every process and leave the database. Harmless when already stopped."""
        self._stopping.set()
        if self._watch is not None:
            self._watch.join()
        for process in self._processes:
            process.ask_to_stop()
        deadline = time.monotonic() + STOP_SECONDS
        for process in self._processes:
            process.wait(deadline - time.monotonic())
        self._processes.clear()
        database.release(self.environment)
        self._claim.leave()
        self._ended.set()

    def _check_ports(self) -> None:
        env = self.environment
        _must_be_free(env.host, env.port, option="--port", variable="PORT")
        if env.sandbox:
            _must_be_free("127.0.0.1", env.provider_port, option="--provider-port", variable="PROVIDER_PORT")

    def run_apart(self, module: str, *arguments: str) -> None:
        """Run a module of ours to its end in a process of its own, on this platform's database and home.

        Raises `NotPrepared` when it fails.
        """
        log = fresh_log(self.environment.home / "logs", "prepare")
        with log.open("ab") as out:
            done = subprocess.run(  # noqa: S603 — our own program
                [sys.executable, "-m", module, *arguments],
                env=self._child_environ(with_owner=True),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                check=False,
            )
        if done.returncode != 0:
            raise NotPrepared(words=last_lines(log), log=log)

    def _child_environ(self, *, with_owner: bool = False) -> dict[str, str]:
        """What a process of ours reads. What serves for long is not told how to become the tables' owner."""
        known = replace(
            self.environment,
            database_url=database.uri(self.environment),
            database_owner_url=database.owner_uri(self.environment) if with_owner else None,
        )
        return {
            **os.environ,
            **environment.variables(known),
            "DJANGO_SETTINGS_MODULE": "fieldcast.config.settings",
            "PYTHONUNBUFFERED": "1",
        }

    def _launch(self) -> None:
        environ = self._child_environ()
        home = self.environment.home
        Watched(beats_of(home)).clear()
        programs.clear(home)

        def make(program: Program) -> Process:
            log = fresh_log(home / "logs", program.log or program.name)
            return Process(program, environ=environ, log=log, beats=beats_of(home))

        for program in self._programs():
            process = make(program)
            self._processes.append(process)
            process.start()
        self._note()
        self._watch = Watch(
            self.environment,
            uri=environ["FIELDCAST_DATABASE_URL"],
            processes=self._processes,
            make=make,
            note=self._note,
            stopping=self._stopping,
            ended=self._end,
        )
        self._watch.start()

    def _programs(self) -> list[Program]:
        env = self.environment
        pages = ("serve", self._pages, f"--host={env.host}", f"--port={env.port}", f"--workers={env.workers}")
        programs = [Program("pages", pages, f"{self.url}/healthz", loops=env.workers)]
        if env.sandbox:
            provider = ("serve", PROVIDER, "--interface=asgi", f"--port={env.provider_port}")
            health = f"http://127.0.0.1:{env.provider_port}/healthz"
            programs.append(Program("provider", provider, health, loops=1))
        if self._jobs:
            programs.append(Program("jobs", ("jobs",)))
        if env.viewers:
            company = ("viewers", f"--url={self.url}", f"--home={env.home}", f"--count={env.viewers}")
            programs.append(Program("viewers", company, vital=False))
        return programs

    def _note(self) -> None:
        pids = [process.pid for process in self._processes if process.pid is not None]
        self._claim.note(url=self.environment.public_url, pids=pids)

    def _end(self, failure: Problem) -> None:
        """The platform cannot go on: whoever waits is told why, and stops what still runs."""
        self._failure = self._failure or failure
        self._ended.set()

    def _await_ready(self) -> None:
        """Ask each process that can be asked until it says it is well."""
        deadline = time.monotonic() + READY_SECONDS
        headers = headers_for(self.environment.public_url)
        with httpx.Client(timeout=5, trust_env=False) as client:
            for process in tuple(self._processes):
                health = process.program.health
                while health is not None and answers(client, health, headers) != httpx.codes.OK:
                    if self._failure is not None:
                        raise self._failure
                    if time.monotonic() > deadline:
                        raise _not_ready(process)
                    time.sleep(LOOK_SECONDS)


@contextlib.contextmanager
def until_told_to_stop() -> Iterator[None]:
    """Leave the block, in good order, at the first Ctrl+C, SIGTERM or closed terminal; later ones change nothing.

    Only in the main thread, around `Platform` and its `wait`.
    """

    def stop(number: int, frame: FrameType | None) -> None:
        for each in previous:
            signal.signal(each, lambda number, frame: None)
        raise KeyboardInterrupt

    wanted = [signal.SIGINT, signal.SIGTERM]
    if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:  # else it was started to outlive its terminal
        wanted.append(signal.SIGHUP)
    previous = {number: signal.getsignal(number) for number in wanted}
    try:
        for number in wanted:
            signal.signal(number, stop)
        yield
    except KeyboardInterrupt:
        pass  # being told to stop is no failure
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)


def _provision(platform: Platform) -> None:
    platform.run_apart("fieldcast.config.provision")


def _not_ready(process: Process) -> NotReady:
    return NotReady(
        name=process.program.name,
        seconds=int(READY_SECONDS),
        words=last_lines(process.log),
        log=process.log,
    )


def _reachable(host: str) -> str:
    """Where to ask for what listens on `host`: a wildcard is no address to go to."""
    return {"0.0.0.0": "127.0.0.1", "::": "[::1]", "": "127.0.0.1"}.get(host, host)  # noqa: S104


def _must_be_free(host: str, port: int, *, option: str, variable: str) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen(1)
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise PortTaken(port=port, option=option, variable=variable) from error
            raise HostNotOurs(host=host, port=port, reason=error.strerror or error) from error
