"""The platform as a service manager runs it: in a process of its own, started again when that one ends."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from pathlib import Path

import httpx
import psutil
import psycopg

from fieldcast.config import environment
from fieldcast.config.environment import Environment
from fieldcast.rehearsal.client import RehearsalBroken

UP_SECONDS = 300.0  # generous: it is no test of how soon it starts
STOP_SECONDS = 30.0
AGAIN_SECONDS = 1.0  # what a service manager waits before it starts again what ended
LOOK_SECONDS = 0.1
CHILD = "fieldcast.config.child"
# What marks the command line of each process that the runner starts.
PROGRAMS = {"pages": "fieldcast.config.asgi", "provider": "sandbox.server", "jobs": "jobs"}


class House:
    """The platform of `env`, from `start` to `stop`. `variables` are laid over its processes' environment."""

    def __init__(self, env: Environment, *, variables: Mapping[str, str]) -> None:
        self.env = env
        self.url = f"http://127.0.0.1:{env.port}"
        self.started = 0
        self._variables = dict(variables)
        self._runner: subprocess.Popen[bytes] | None = None
        self._stopping = threading.Event()
        self._keeper = threading.Thread(target=self._keep, daemon=True, name="house-keeper")

    @property
    def log(self) -> Path:
        """Where the runner writes."""
        return self.env.home / "runner.log"

    def start(self) -> None:
        """Start it and return once pages and provider answer. Raises `RehearsalBroken` with its last words."""
        self._begin()
        ends = time.monotonic() + UP_SECONDS
        while not (self.answers() and self.provider_answers()):
            if time.monotonic() > ends or (self._runner is not None and self._runner.poll() is not None):
                raise RehearsalBroken(f"the platform did not come up: {self.last_words()}")
            time.sleep(LOOK_SECONDS)
        self._keeper.start()

    def stop(self) -> None:
        """Stop it and leave nothing running."""
        self._stopping.set()
        if self._keeper.is_alive():
            self._keeper.join()
        if self._runner is None:
            return
        self._runner.terminate()
        try:
            self._runner.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._runner.kill()
            self._runner.wait()

    def answers(self, *, seconds: float = 2.0) -> bool:
        """Does a page that asks the database come, on a connection of its own?"""
        return _is_good(f"{self.url}/", seconds)

    def provider_answers(self, *, seconds: float = 2.0) -> bool:
        """Is the payment provider well?"""
        return _is_good(f"{self.env.provider_url}/healthz", seconds)

    def pids(self, kind: str) -> list[int]:
        """The processes of a kind that live now: runner, pages, page_worker, jobs, provider, database, backend."""
        if kind == "runner":
            return [self._runner.pid] if self._runner is not None and self._runner.poll() is None else []
        if kind == "database":
            return [pid for pid in [self._postmaster()] if pid is not None and psutil.pid_exists(pid)]
        if kind == "backend":
            return [one.pid for one in _children(self._postmaster()) if "[local]" in _title(one)]
        if kind == "page_worker":
            return [one.pid for pid in self.pids("pages") for one in _children(pid) if CHILD in _title(one)]
        found = [one for pid in self.pids("runner") for one in _children(pid) if CHILD in _title(one)]
        return [one.pid for one in found if PROGRAMS[kind] in _title(one).split(CHILD, 1)[1]]

    def newest_worker(self) -> int:
        """The number of the job worker that registered last, 0 while the database does not answer."""
        lines = self._lock_file()
        if len(lines) < 5:
            return 0
        try:
            with psycopg.connect(
                host=lines[4], port=lines[3], user="postgres", dbname="postgres"
            ) as connection:
                row = connection.execute("SELECT coalesce(max(id), 0) FROM procrastinate_workers").fetchone()
                return int(row[0]) if row else 0
        except psycopg.Error:
            return 0

    def last_words(self) -> str:
        """The end of the runner's log."""
        return self.log.read_text(errors="replace")[-2000:] if self.log.exists() else ""

    def environ(self) -> dict[str, str]:
        """The environment of its processes, and of commands beside it."""
        return {**os.environ, **environment.variables(self.env), **self._variables}

    def _begin(self) -> None:
        with self.log.open("ab") as log:
            self._runner = subprocess.Popen(
                [sys.executable, "-m", "fieldcast.cli", "up"],
                env=self.environ(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.started += 1

    def _keep(self) -> None:
        while not self._stopping.wait(AGAIN_SECONDS):
            if self._runner is not None and self._runner.poll() is not None:
                self._begin()

    def _postmaster(self) -> int | None:
        lines = self._lock_file()
        return int(lines[0]) if lines and lines[0].isdigit() else None

    def _lock_file(self) -> list[str]:
        """What the database says of itself: process, directory, start, port, socket directory."""
        try:
            return [
                line.strip() for line in (self.env.home / "pg" / "postmaster.pid").read_text().splitlines()
            ]
        except OSError:
            return []


def fell(pid: int, sign: signal.Signals) -> bool:
    """Send a signal; False when the process was gone already."""
    try:
        os.kill(pid, sign)
    except ProcessLookupError:
        return False
    return True


def lives(pid: int) -> bool:
    """Is there a process of this number that is more than a name?"""
    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def _is_good(url: str, seconds: float) -> bool:
    try:
        return (
            httpx.get(url, timeout=seconds, trust_env=False, follow_redirects=True).status_code
            == httpx.codes.OK
        )
    except httpx.TransportError:
        return False


def _children(pid: int | None) -> list[psutil.Process]:
    if pid is None:
        return []
    try:
        return psutil.Process(pid).children()
    except psutil.Error:
        return []


def _title(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except psutil.Error:
        return ""
