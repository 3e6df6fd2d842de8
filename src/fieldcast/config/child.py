"""One process of the platform, started by the runner as `python -m fieldcast.config.child …`: pages, jobs, the
demo's invented viewers, or what is wanted for a while.

It lives no longer than its runner: the runner holds the other end of its standard input, and when that end closes,
however the runner ended, the process stops itself and everything it started.
"""

import argparse
import asyncio
import importlib
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, cast

from fieldcast.config import beats

GRACE_SECONDS = 5
WORKER_GRACE_SECONDS = 3
# A phone that watches a sale holds one request open for as long as it watches, so a limit on open requests is a
# limit on viewers; what bounds the work is the database pool.
OPEN_REQUESTS = 20_000
BACKLOG = 4096


def main(arguments: Sequence[str] | None = None) -> None:
    """Run what the arguments name until told to stop."""
    parser = argparse.ArgumentParser(prog="python -m fieldcast.config.child")
    parser.add_argument("--beat", type=Path, required=True, help="where signs of life go, without the number")
    kinds = parser.add_subparsers(dest="kind", required=True)
    serve = kinds.add_parser("serve")
    serve.add_argument("application")
    serve.add_argument("--interface", choices=["asgi", "asginl"], default="asginl")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, required=True)
    serve.add_argument("--workers", type=int, default=1)
    kinds.add_parser("jobs")
    wanted = kinds.add_parser("wanted")
    wanted.add_argument("run", help="module:function")
    wanted.add_argument("number", type=int, help="of what it runs for")
    viewers = kinds.add_parser("viewers")
    viewers.add_argument("--url", required=True, help="where the pages answer")
    viewers.add_argument("--home", type=Path, required=True)
    viewers.add_argument("--count", type=int, required=True)
    chosen = parser.parse_args(arguments)
    _allow_many_connections()
    _stop_with_the_runner()
    if chosen.kind == "serve":
        _serve(chosen.application, chosen.interface, chosen.host, chosen.port, chosen.workers, chosen.beat)
    elif chosen.kind == "wanted":
        _run(chosen.run, chosen.number, chosen.beat)
    elif chosen.kind == "viewers":
        _keep_company(chosen.url, chosen.home, chosen.count, chosen.beat)
    else:
        _work(chosen.beat)


def _serve(application: str, interface: str, host: str, port: int, workers: int, beat: Path) -> None:
    from granian.constants import Interfaces  # noqa: PLC0415 — jobs need no web server
    from granian.log import LogLevels  # noqa: PLC0415
    from granian.server import Server  # noqa: PLC0415

    beats.from_a_thread(beat)
    _load_once(application)
    Server(
        application,
        address=host,
        port=port,
        interface=Interfaces(interface),
        workers=workers,
        websockets=False,
        backlog=BACKLOG,
        backpressure=OPEN_REQUESTS,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        respawn_interval=0.5,
        workers_kill_timeout=WORKER_GRACE_SECONDS,
    ).serve(target_loader=partial(_load, beat))


def _load(beat: Path, application: str) -> Callable[..., Any]:
    """Load the application in the worker that serves it, whose event loop gives a sign of life from then on."""
    beats.from_a_loop(beat, asyncio.get_event_loop())
    return _load_once(application)


def _load_once(application: str) -> Callable[..., Any]:
    """The application with everything it imports, in the process from which the workers are forked.

    Loading takes seconds, most of the time until a worker that was killed is replaced, and each would do it anew.
    Nothing that is imported opens a connection or starts a thread, so nothing is shared that must not be.
    """
    module, name = application.split(":")
    loaded = getattr(importlib.import_module(module), name)
    if "django.urls" in sys.modules and sys.modules["django.apps"].apps.ready:
        sys.modules["django.urls"].get_resolver().url_patterns  # noqa: B018 — imports every page
    return cast("Callable[..., Any]", loaded)


def _work(beat: Path) -> None:
    starting = beats.from_a_thread(beat)  # it may hang before its loop runs, too

    def begun(loop: asyncio.AbstractEventLoop) -> None:
        starting.set()
        beats.from_a_loop(beat, loop)

    import django  # noqa: PLC0415 — not every child has Django

    django.setup()
    from fieldcast.kit.jobs import worker  # noqa: PLC0415 — it asks for the settings read above

    worker.work(begun=begun)


def _run(run: str, number: int, beat: Path) -> None:
    """Run a function that gives its own signs of life, by calling `alive` in its loop."""
    starting, own = beats.from_a_thread(beat), beats.Beat(beat)  # it may hang before its first, too

    def alive() -> None:
        starting.set()
        own.touch()

    import django  # noqa: PLC0415 — not every child has Django

    django.setup()
    module, name = run.split(":")
    getattr(importlib.import_module(module), name)(session_id=number, alive=alive)


def _keep_company(url: str, home: Path, count: int, beat: Path) -> None:
    """The demo's invented viewers, who need no Django: they speak to the pages as anyone does."""
    starting, own = beats.from_a_thread(beat), beats.Beat(beat)

    def alive() -> None:
        starting.set()
        own.touch()

    room = importlib.import_module("fieldcast.rehearsal.room")  # by name: it stands above
    room.run(url=url, home=home, count=count, alive=alive)


def _allow_many_connections() -> None:
    """Each viewer is an open file; the usual soft limit of 1,024 is far below what the machine allows."""
    import resource  # noqa: PLC0415 — not everywhere

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 65_536 if hard == resource.RLIM_INFINITY else min(hard, 65_536)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def _stop_with_the_runner() -> None:
    threading.Thread(target=_watch, daemon=True, name="runner-watch").start()


def _watch() -> None:
    while os.read(0, 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE_SECONDS)
    if os.getpgid(0) == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main()
