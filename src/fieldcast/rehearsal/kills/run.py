"""Plays a sale, or one after the other for as long as wanted, while the killer is at work; then everything is read."""

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import replace

import httpx

from fieldcast.rehearsal.client import Api, RehearsalBroken
from fieldcast.rehearsal.kills.house import House
from fieldcast.rehearsal.kills.killer import ALL, Aim, Fall, Killer
from fieldcast.rehearsal.kills.report import KillsReport, Tried
from fieldcast.rehearsal.report import Report
from fieldcast.rehearsal.run import Performed, finish, judge, look, with_api
from fieldcast.rehearsal.sale import Sale
from fieldcast.rehearsal.script import write_script
from fieldcast.rehearsal.stage import set_stage

RUSH_SECONDS = 45.0  # buyers come over this time, so that some meet each kind of death
PATIENCE_SECONDS = 60.0
QUIET_SECONDS = 90.0  # given after the last death until nothing waits any more


def rehearse_under_kills(
    house: House, *, buyers: int, packs: int, seed: int, minutes: float = 0.0, aims: Sequence[Aim] = ALL
) -> KillsReport:
    """Rehearse on a running `house` while each kind of its processes is killed; go on for `minutes`, one sale after
    the other. The last sale is judged; what went wrong in earlier ones counts too.

    Raises `RehearsalBroken` when the platform cannot be rehearsed on at all.
    """
    began = time.monotonic()
    ends = began + minutes * 60
    falls: list[Fall] = []
    reports: list[Report] = []
    while not reports or time.monotonic() < ends:
        number = seed + len(reports)
        seconds = _left(ends, minutes)
        killer = Killer(house, seed=number, seconds=seconds, aims=aims)
        performed = perform(house, killer, buyers=buyers, packs=packs, seed=number, seconds=seconds)
        falls += killer.falls
        reports.append(judge(performed))
    earlier = [f"sale {n}: {words}" for n, one in enumerate(reports[:-1], 1) for words in one.failures]
    return KillsReport(
        report=reports[-1],
        falls=tuple(falls),
        invariants=look(performed).invariants,
        tamperings=tamper(house),
        minutes=round((time.monotonic() - began) / 60, 1),
        rounds=len(reports),
        earlier_failures=tuple(earlier[:50]),
    )


def perform(
    house: House, killer: Killer, *, buyers: int, packs: int, seed: int, seconds: float = 0.0
) -> Performed:
    """Play one sale to its last payout while `killer` is at work, and wait until nothing waits any more.

    Buyers are given the `seconds` for which the killer goes on beside their own patience.
    """
    try:
        performed = _play(house, killer, buyers=buyers, packs=packs, seed=seed, seconds=seconds)
    except (RehearsalBroken, httpx.TransportError) as error:
        fell = ", ".join(f"{fall.kind} ({'hung' if fall.hung else 'killed'})" for fall in killer.falls[-5:])
        words = f"{error!r}\nLast killed: {fell}\nThe platform's last words:\n{house.last_words()}"
        raise RehearsalBroken(words) from error
    _wait_until_nothing_waits(performed)
    return performed


def tamper(house: House) -> Tried:
    """Try every tampering on the house's own tables, in a process apart; each is undone. Raises `RehearsalBroken`."""
    done = subprocess.run(
        [sys.executable, "-m", "fieldcast.rehearsal.tampering"],
        env=house.environ(),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise RehearsalBroken(f"the tamperings could not be tried: {done.stderr[-2000:]}")
    found = json.loads(done.stdout.strip().splitlines()[-1])
    return Tried(
        tried=found["tried"], refused=found["refused"], found=found["found"], unseen=tuple(found["unseen"])
    )


def _left(ends: float, minutes: float) -> float:
    """How long the killer of the next sale goes on beyond hitting each kind once: a few minutes at a time."""
    return max(0.0, min(ends - time.monotonic(), 180.0)) if minutes else 0.0


def _play(house: House, killer: Killer, *, buyers: int, packs: int, seed: int, seconds: float) -> Performed:
    began = time.perf_counter()

    async def play(api: Api) -> Performed:
        api.patience = PATIENCE_SECONDS
        stage = await set_stage(api, buyers=buyers, packs=packs)
        script = write_script(buyers=buyers, packs=packs, seed=seed, rush_seconds=RUSH_SECONDS)
        more_seconds = RUSH_SECONDS + 4 * PATIENCE_SECONDS + seconds
        sale = Sale(api=api, stage=stage, script=script, more_seconds=more_seconds)
        killer.start()
        try:
            await sale.sell()
        except BaseException:  # told to stop, or the platform is broken: nothing more is to be killed
            killer.give_up()
            raise
        await asyncio.to_thread(killer.join)
        await sale.settle()
        performed = await finish(api, sale, buyers=buyers, packs=packs, seed=seed)
        return replace(performed, seconds=time.perf_counter() - began)

    return asyncio.run(with_api(house.url, play))


def _wait_until_nothing_waits(performed: Performed) -> None:
    """What a death left behind is taken up within half a minute: wait for that before the books are read."""
    ends = time.monotonic() + QUIET_SECONDS
    while time.monotonic() < ends:
        found = look(performed).invariants
        if not any(
            found[name] for name in ("stuck_jobs", "holds_overdue", "refunds_unsent", "lines_unsettled")
        ):
            return
        time.sleep(1.0)
