"""A real worker in a process of its own, on the test's database."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import quote

from django.db import connection

# each is a program: settings from the environment, then `work` until told to stop
_PROGRAM = (
    "import django; django.setup(); from fieldcast.kit.jobs import worker; worker.LONGEST_SECONDS = {longest}; "
    "worker.work()"
)


@contextmanager
def a_worker(*, longest: float = 120.0) -> Iterator["subprocess.Popen[bytes]"]:
    """Run a worker that takes a job longer than `longest` seconds for hung; it is killed when the block is left."""
    environ = {
        **os.environ,
        "FIELDCAST_DATABASE_URL": _uri(),
        "DJANGO_SETTINGS_MODULE": "fieldcast.config.settings",
    }
    process = subprocess.Popen([sys.executable, "-c", _PROGRAM.format(longest=longest)], env=environ)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def until(is_so: Callable[[], bool], *, seconds: float = 30.0) -> float:
    """Wait until it is so; returns how long that took. Fails after `seconds`."""
    began = time.monotonic()
    while not is_so():
        assert time.monotonic() - began < seconds, "it did not come to pass"
        time.sleep(0.1)
    return time.monotonic() - began


def jobs(status: str, task: str = "") -> int:
    """How many jobs are in a status, of one task or all."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_jobs WHERE status = %s AND task_name LIKE %s",
            [status, f"%{task}"],
        )
        return int(cursor.fetchone()[0])


def _uri() -> str:
    named = connection.settings_dict
    user, host = quote(named["USER"], safe=""), quote(named["HOST"], safe="")
    port = f"&port={named['PORT']}" if named["PORT"] else ""
    return f"postgresql://{user}:@/{named['NAME']}?host={host}{port}"
