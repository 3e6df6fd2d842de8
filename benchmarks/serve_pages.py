"""How long the server takes for the pages people wait for, with the demo county. To reach: the room, p95 100 ms.

One visitor after another over one connection, as the platform runs for a county. Beside the pages stands the bare limit
of the same run: a page that does next to nothing.
"""

import re
import time

import httpx
import numpy as np

from fieldcast.config.runner import Platform
from fieldcast.config.temporary import temporary

REQUESTS = 200
WARM = 20
TO_REACH_P95_MS = 100.0
BARE = "/readyz"


def room(client: httpx.Client) -> str:
    """The address of the session that is live in the demo county."""
    found = re.search(r'"(/live/\d+/)"', client.get("/live/").raise_for_status().text)
    assert found, "no session is live"
    return found[1]


def measure(client: httpx.Client, address: str) -> tuple[float, float, float]:
    """The 50th and 95th percentile in milliseconds, and the size of the page in kB as it is sent."""
    times, size = [], 0
    for number in range(WARM + REQUESTS):
        began = time.perf_counter()
        answer = client.get(address).raise_for_status()
        if number >= WARM:
            times.append((time.perf_counter() - began) * 1000)
        size = answer.num_bytes_downloaded
    p50, p95 = np.percentile(times, [50, 95])
    return float(p50), float(p95), size / 1000


def main() -> None:
    """Measure and say whether the figure was reached."""
    with (
        temporary(variables={"FIELDCAST_DEMO": "1"}) as env,
        Platform(
            environment=env, prepare=lambda platform: platform.run_apart("fieldcast.cli", "load-demo")
        ) as platform,
        httpx.Client(base_url=platform.url, trust_env=False, headers={"accept-encoding": "gzip"}) as client,
    ):
        live = room(client)
        reached = True
        for name, address in (
            ("bare page", BARE),
            ("the live room", live),
            ("home", "/"),
            ("the laboratory", "/lab/"),
        ):
            p50, p95, size = measure(client, address)
            print(f"{name:20} p50 {p50:6.1f} ms  p95 {p95:6.1f} ms  {size:6.1f} kB")
            reached = reached and (address != live or p95 <= TO_REACH_P95_MS)
    print(f"to reach: the room's p95 {TO_REACH_P95_MS:.0f} ms: {'reached' if reached else 'missed'}")


if __name__ == "__main__":
    main()
