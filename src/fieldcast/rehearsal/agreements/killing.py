"""Settlement runs as processes of their own, killed at moments nobody chose, until one is let finish."""

import os
import random
import subprocess
import sys
import time
from datetime import datetime
from typing import Final

KILLS: Final = 2
LONGEST: Final = 0.08  # seconds from the beginning of a run until it is killed
PATIENCE: Final = 120.0


def settle_under_kills(now: datetime, *, rng: random.Random) -> int:
    """Run settlements at `now`, kill the first ones while they are at it, let the last finish; gives how many died."""
    killed = 0
    for _ in range(KILLS):
        with _run(now) as run:
            _begin(run)
            time.sleep(rng.uniform(0.002, LONGEST))
            run.kill()
            killed += run.wait(PATIENCE) != 0  # one that had finished before was not killed
    with _run(now) as run:
        _begin(run)
        if run.wait(PATIENCE):
            raise RuntimeError("the settlement that nobody killed did not finish")
    return killed


def _run(now: datetime) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "fieldcast.rehearsal.agreements.settling", now.isoformat()]
    return subprocess.Popen(  # noqa: S603 — this very program
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=dict(os.environ)
    )


def _begin(run: "subprocess.Popen[str]") -> None:
    assert run.stdin is not None
    assert run.stdout is not None
    if run.stdout.readline().strip() != "ready":
        raise RuntimeError("a settlement run did not get ready")
    run.stdin.write("go\n")
    run.stdin.flush()
