"""How many phones can follow one session: listeners × frames a second through the pages' own server, on loopback.

The platform runs as it does in the county, with two workers and a database of its own; the listeners are one process
of plain sockets. Messages are published faster than frames may leave, so every listener gets ten frames a second; what
is counted is what arrives, and how long after it was published.
"""

import argparse
import asyncio
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import psutil
import psycopg

from fieldcast.config import database, environment
from fieldcast.config.environment import Environment
from fieldcast.config.runner import PAGES, Platform
from fieldcast.config.temporary import temporary

PUBLISHED_A_SECOND = 40
SETTLE_SECONDS = 3.0
MAKE_SESSION = """
from fieldcast.config import provision, setup
setup.django()
provision.migrate()
from django.db import transaction
from django.utils import timezone
from fieldcast.accounts import operations as accounts_operations
from fieldcast.accounts.types import OrganisationKind, Role
from fieldcast.live import operations as live_operations
with transaction.atomic():
    now = timezone.now()
    county = accounts_operations.create_county(code="bench", name="河湾县", name_en="Hewan County")
    person = accounts_operations.register_person(
        phone="13900000001", display_name="社长", password=None, county_id=county
    )
    kinds = (OrganisationKind.COOPERATIVE, OrganisationKind.HOST)
    cooperative, host = (
        accounts_operations.register_organisation(
            county_id=county, kind=kind, code=kind.value, name=kind.value, name_en="", now=now
        )
        for kind in kinds
    )
    accounts_operations.add_member(person_id=person.pk, organisation_id=host.id, role=Role.OWNER)
    session = live_operations.plan(
        by=person, organiser_id=host.id, cooperative_id=cooperative.id, host_id=host.id, agreement_version_id=1,
        title="黄桃专场", starts_at=now, now=now,
    )
    live_operations.open_session(by=person, session_id=session.id, now=now)
print(session.id)
"""


@dataclass
class Tally:
    """What all listeners received. Delays are milliseconds from publishing to reading, of one listener in ten."""

    there: int = 0
    frames: int = 0
    resyncs: int = 0
    delays_ms: list[float] = field(default_factory=list)
    counting: bool = False

    def add(self, event: bytes, *, timed: bool) -> None:
        """Count one event, with the chunk's size in front of it where it has one."""
        if not self.counting:
            return
        self.resyncs += b"event: resync" in event
        if b"id: " not in event:
            return
        self.frames += 1
        if timed:
            likes = json.loads(event.split(b"data: ", 1)[1]).get("likes")
            if likes:
                self.delays_ms.append(time.time() * 1000 - likes)


async def follow(address: tuple[str, int], path: str, tally: Tally, *, timed: bool) -> None:
    """One phone: open the stream and read it until cancelled."""
    reader, writer = await asyncio.open_connection(*address)
    writer.write(f"GET {path} HTTP/1.1\r\nHost: bench\r\nAccept: text/event-stream\r\n\r\n".encode())
    status = await reader.readline()
    if b" 200 " not in status:
        raise ConnectionError(status.decode())
    first = True
    try:
        while event := await reader.readuntil(b"\n\n"):
            tally.add(event, timed=timed)
            tally.there += first
            first = False
    finally:
        writer.close()


async def publish(uri: str, session_id: int) -> None:
    """Publish the clock as the number of likes, steadily, until cancelled."""
    async with await psycopg.AsyncConnection.connect(uri, autocommit=True) as connection:
        while True:
            message = {
                "s": session_id,
                "likes": int(time.time() * 1000),
                "offers": {"1": {"left": 86, "sold": 414}},
            }
            await connection.execute("SELECT pg_notify('fieldcast_live', %s)", [json.dumps(message)])
            await asyncio.sleep(1 / PUBLISHED_A_SECOND)


async def listen_together(*, url: str, uri: str, session_id: int, listeners: int, seconds: float) -> Tally:
    """All listeners at once, for `seconds` once everyone is in."""
    place = urlsplit(url)
    address, path = (place.hostname or "127.0.0.1", place.port or 80), f"/live/{session_id}/events"
    tally = Tally()
    phones: set[asyncio.Task[None]] = set()
    for number in range(listeners):
        phones.add(asyncio.create_task(follow(address, path, tally, timed=number % 10 == 0)))
        if number % 50 == 49:
            await asyncio.sleep(0.05)  # a crowd comes quickly, not in one packet
    publisher = asyncio.create_task(publish(uri, session_id))
    while tally.there < listeners and not any(phone.done() for phone in phones):
        await asyncio.sleep(0.1)
    await asyncio.sleep(SETTLE_SECONDS)
    tally.counting = True
    await asyncio.sleep(seconds)
    tally.counting = False
    failed = [phone for phone in phones if phone.done()]
    for task in (publisher, *phones):
        task.cancel()
    await asyncio.gather(publisher, *phones, return_exceptions=True)
    if failed:
        raise ConnectionError(f"{len(failed)} of {listeners} listeners were turned away or cut off")
    return tally


def make_session(env: Environment) -> int:
    """A live session in the environment's own database; returns its id."""
    variables = {**os.environ, **environment.variables(env)}
    done = subprocess.run(
        [sys.executable, "-c", MAKE_SESSION], env=variables, check=True, capture_output=True, text=True
    )
    return int(done.stdout.split()[-1])


def workers_memory() -> Mapping[int, int]:
    """Bytes of every process this one has started, by id."""
    found = {}
    for process in psutil.Process().children(recursive=True):
        with suppress(psutil.NoSuchProcess):
            if "python" in process.name():
                found[process.pid] = process.memory_info().rss
    return found


def measure(*, listeners: int, seconds: float, application: str = PAGES) -> dict[str, float]:
    """The figures of one run. Raises `ConnectionError` when a listener was turned away."""
    with temporary(variables={"FIELDCAST_WORKERS": "2"}) as env:
        session_id = make_session(env)
        with Platform(environment=env, pages=application, jobs=False) as platform:
            before = sum(workers_memory().values())
            tally = asyncio.run(
                listen_together(
                    url=platform.url,
                    uri=database.uri(env),
                    session_id=session_id,
                    listeners=listeners,
                    seconds=seconds,
                )
            )
            grown = sum(workers_memory().values()) - before
    delays = sorted(tally.delays_ms)
    return {
        "listeners": listeners,
        "deliveries_per_s": tally.frames / seconds,
        "frames_per_listener_per_s": tally.frames / seconds / listeners,
        "p50_ms": statistics.median(delays),
        "p95_ms": delays[int(len(delays) * 0.95)],
        "resyncs": tally.resyncs,
        "kb_per_listener": grown / listeners / 1024,
    }


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--listeners", type=int, default=1000)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--application", default=PAGES, help="the ASGI application to measure")
    chosen = parser.parse_args()
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    found = measure(listeners=chosen.listeners, seconds=chosen.seconds, application=chosen.application)
    print(
        f"Live room, {found['listeners']:,.0f} listeners: {found['deliveries_per_s']:,.0f} frames/s delivered "
        f"({found['frames_per_listener_per_s']:.1f} each), {found['p50_ms']:.0f} ms median and "
        f"{found['p95_ms']:.0f} ms p95 after publishing, {found['resyncs']:.0f} resyncs, "
        f"{found['kb_per_listener']:.0f} kB a listener"
    )


if __name__ == "__main__":
    main()
