"""A page's time while 60 clients send half a form and 60 do not read the 12 MB they asked for. To reach: p95 1 s.

The platform runs as it does for a county, with nothing in front of it. The same page is measured before and with the
120 in the same run; beside it `/healthz`, which the runner asks all the time.
"""

import contextlib
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx
import numpy as np
from benchmarks.serve_pages import room

from fieldcast.config.environment import Environment
from fieldcast.config.runner import Platform
from fieldcast.config.temporary import temporary

SENDERS, READERS = 60, 60
FILE_BYTES = 12 * 1024 * 1024
REQUESTS = 60
WARM = 10
TO_REACH_P95_S = 1.0
FILE = "clips/slow-clients.bin"


@dataclass(frozen=True)
class Times:
    """Seconds a page took."""

    name: str
    p50: float
    p95: float
    longest: float


def measure(client: httpx.Client, name: str, address: str) -> Times:
    """One visitor asking for `address` again and again, each time on a new connection, as a newcomer does."""
    times = []
    for number in range(WARM + REQUESTS):
        began = time.perf_counter()
        client.get(address, headers={"connection": "close"}).raise_for_status()
        if number >= WARM:
            times.append(time.perf_counter() - began)
    p50, p95 = np.percentile(times, [50, 95])
    return Times(name, float(p50), float(p95), max(times))


@contextlib.contextmanager
def besieged(url: str) -> Iterator[None]:
    """Hold 120 connections open: half-sent forms, and large files that nobody reads."""
    parts = urlsplit(url)
    half = (
        f"POST /accounts/login/ HTTP/1.1\r\nHost: {parts.netloc}\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\nlogin=139"
    )
    greedy = f"GET /media/{FILE} HTTP/1.1\r\nHost: {parts.netloc}\r\n\r\n"
    with contextlib.ExitStack() as held:
        for words in [half] * SENDERS + [greedy] * READERS:
            one = held.enter_context(socket.socket())
            one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            one.connect((parts.hostname, parts.port))
            one.sendall(words.encode())
        yield


def lay_out(env: Environment) -> None:
    """A large file where visitors may ask for it."""
    path = env.home / "media" / FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(bytes(FILE_BYTES))


def main() -> None:
    """Measure and say whether the figure was reached."""
    with (
        temporary(variables={"FIELDCAST_DEMO": "1"}) as env,
        Platform(
            environment=env, prepare=lambda platform: platform.run_apart("fieldcast.cli", "load-demo")
        ) as platform,
        httpx.Client(base_url=platform.url, trust_env=False, timeout=30) as client,
    ):
        lay_out(env)
        live = room(client)
        found = [measure(client, "the live room", live), measure(client, "/healthz", "/healthz")]
        with besieged(platform.url):
            found.append(measure(client, "the live room under 120", live))
            found.append(measure(client, "/healthz under 120", "/healthz"))
    for one in found:
        print(
            f"{one.name:26} p50 {one.p50 * 1000:7.1f} ms  p95 {one.p95 * 1000:7.1f} ms  "
            f"longest {one.longest * 1000:7.1f} ms"
        )
    reached = found[2].p95 <= TO_REACH_P95_S and found[3].longest <= TO_REACH_P95_S
    print(f"to reach, under 120: the room's p95 {TO_REACH_P95_S:.0f} s: {'reached' if reached else 'missed'}")


if __name__ == "__main__":
    main()
