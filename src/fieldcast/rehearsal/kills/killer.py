"""Kills one process after the other, each kind in turn or at random, and times how long the platform takes to be well.

A killed process is gone at once (SIGKILL); a hung one stays and does nothing more (SIGSTOP), until it is found out.
"""

import random
import signal
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass

from fieldcast.rehearsal.kills.house import House, fell, lives

PAUSES = (1.0, 3.0)  # seconds between one recovery and the next kill
GOOD_ANSWERS = (
    8  # in a row, each on a connection of its own, so that every page worker is likely to have been asked
)
GIVE_UP_SECONDS = 60.0
LOOK_SECONDS = 0.1
KINDS = ("page_worker", "jobs", "provider", "backend", "database", "pages", "runner")
HANGING = (
    "page_worker",
    "jobs",
    "provider",
    "database",
)  # the runner's own hanging is for the service manager to see


@dataclass(frozen=True)
class Aim:
    """What is to be hit, and whether it is killed or only stopped."""

    kind: str
    hung: bool = False


@dataclass(frozen=True)
class Fall:
    """A process that was killed, or hung; `recovered_s` None: the platform was not well again within a minute."""

    kind: str
    hung: bool
    recovered_s: float | None


ALL = (*(Aim(kind) for kind in KINDS), *(Aim(kind, hung=True) for kind in HANGING))


class Killer(threading.Thread):
    """Goes through `ALL` once in an order drawn by `seed`, then on at random until `seconds` have passed."""

    def __init__(self, house: House, *, seed: int, seconds: float = 0.0, aims: Sequence[Aim] = ALL) -> None:
        super().__init__(daemon=True, name="killer")
        self._house = house
        self._rng = random.Random(seed)  # noqa: S311 — a rehearsal must be repeatable
        self._ends = time.monotonic() + seconds
        self._aims = list(aims)
        self._over = threading.Event()
        self.falls: list[Fall] = []

    def run(self) -> None:
        """Kill, wait until all is well, pause, and again."""
        self._rng.shuffle(self._aims)
        for aim in self._aims:
            if not self._over.is_set():
                self._fell(aim)
        while time.monotonic() < self._ends and not self._over.is_set():
            self._fell(self._rng.choice(self._aims))

    def give_up(self) -> None:
        """Kill nothing more, and wait for no recovery."""
        self._over.set()
        self.join()

    def _fell(self, aim: Aim) -> None:
        self._over.wait(self._rng.uniform(*PAUSES))
        found = self._house.pids(aim.kind)
        if not found:
            return
        worker = self._house.newest_worker() if aim.kind == "jobs" else 0
        began = time.monotonic()
        hit = self._rng.choice(found)
        if fell(hit, signal.SIGSTOP if aim.hung else signal.SIGKILL):
            self.falls.append(Fall(aim.kind, aim.hung, self._recovery(hit, worker, began)))

    def _recovery(self, hit: int, worker: int, began: float) -> float | None:
        """Seconds until the first of the good answers that went on, whatever was hit: all must be well."""
        good, first = 0, began
        while time.monotonic() - began < GIVE_UP_SECONDS and not self._over.is_set():
            asked = time.monotonic()
            if self._is_well(hit, worker):
                first = first if good else asked
                good += 1
                if good == GOOD_ANSWERS:
                    return max(0.0, first - began)
            else:
                good = 0
                time.sleep(LOOK_SECONDS)
        return None

    def _is_well(self, hit: int, worker: int) -> bool:
        house = self._house
        if lives(hit) or not all(
            house.pids(kind) for kind in ("runner", "pages", "page_worker", "jobs", "provider", "database")
        ):
            return False
        if (
            worker and house.newest_worker() <= worker
        ):  # the jobs' own sign of life: another worker has registered
            return False
        return house.answers() and house.provider_answers()
