"""Orders a second for one hot offer, through HTTP, with 64 buyers at once. To reach: 150 orders/s, p95 600 ms.

The platform runs as it does for a county (two web processes, the database, the jobs), with the demo county in it.
Beside the figure stand two bare limits of the same run and machine: the same orders placed by the database function
alone, on as many connections as the platform uses, and as many requests for a page that does next to nothing.
"""

import asyncio
import json
import math
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import psycopg

from fieldcast.config import database
from fieldcast.config.runner import Platform
from fieldcast.config.temporary import temporary
from fieldcast.rehearsal.buyers import DELIVERY
from fieldcast.rehearsal.client import Api, open_client
from fieldcast.rehearsal.stage import PRICE_FEN, Stage, set_stage

BUYERS = 64
PACKS = 3000
WARM_PACKS = 200
PER_BUYER_LIMIT = 200
HOLD_SECONDS = 3600  # nothing may come back while it is measured
DIRECT_CONNECTIONS = 8
TO_REACH_PER_S, TO_REACH_P95_MS = 150.0, 600.0
FUNCTION = "SELECT trade_place_order(%s::bigint[], %s::int[], %s::int[], %s, %s, %s, %s, %s, %s, %s, %s)"


@dataclass(frozen=True)
class Figure:
    """What was measured: answers a second and their times."""

    name: str
    done: int
    per_s: float
    p50_ms: float
    p95_ms: float


async def measure_http(url: str, stage: Stage) -> Figure:
    """Every buyer orders one pack after another until the offer is sold out."""
    body = json.dumps(
        {"offer_id": stage.offer_id, "units": 1, "seen_price_fen": PRICE_FEN, "delivery": DELIVERY}
    ).encode()

    async def buy(connection: "Connection", who: int, turn: int) -> bool:
        headers = {
            "Authorization": f"Bearer {stage.buyers[who].token}",
            "Idempotency-Key": f"bench-{who}-{turn}",
            "Content-Type": "application/json",
        }
        return await connection.request("POST", "/api/v1/orders", headers, body) == 201

    return await _race("orders through HTTP", url, buy)


async def measure_floor(url: str) -> Figure:
    """The same client asking for a page that only touches the database."""

    async def ask(connection: "Connection", who: int, turn: int) -> bool:
        return turn < PACKS // BUYERS and await connection.request("GET", "/readyz", {}, b"") == 200

    return await _race("bare page through HTTP", url, ask)


async def measure_function(uri: str, stage: Stage) -> Figure:
    """The same orders placed by the database function alone."""
    times: list[float] = []

    async def buy(who: int) -> None:
        async with await psycopg.AsyncConnection.connect(uri, autocommit=True) as connection:
            turn, placed = 0, True
            while placed:
                turn += 1
                began = time.perf_counter()
                placed = await _place_directly(connection, stage, who, turn)
                if placed:
                    times.append((time.perf_counter() - began) * 1000)

    began = time.perf_counter()
    await asyncio.gather(*(buy(who) for who in range(DIRECT_CONNECTIONS)))
    return _figure("orders by the function alone", times, time.perf_counter() - began)


async def _place_directly(
    connection: "psycopg.AsyncConnection[Any]", stage: Stage, who: int, turn: int
) -> bool:
    key = f"direct-{who}-{turn}"
    line = [[stage.offer_id], [1], [PRICE_FEN]]
    values = [*line, stage.buyers[(who * 97 + turn) % BUYERS].id, key, key, key[:24]]
    row = await (
        await connection.execute(FUNCTION, [*values, "上海市", "{}", datetime.now(UTC), "fieldcast_live"])
    ).fetchone()
    return row is not None and row[0]["outcome"] == "placed"


class Connection:
    """One kept-alive HTTP/1.1 connection with as little of its own as can be: the platform is what is measured."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, host: str) -> None:
        self._reader, self._writer, self._host = reader, writer, host

    @classmethod
    async def open(cls, url: str) -> "Connection":
        """Connect to the server of `url`."""
        parts = urlsplit(url)
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
        return cls(reader, writer, parts.netloc)

    async def request(self, method: str, path: str, headers: dict[str, str], body: bytes) -> int:
        """Send a request, read the whole answer, return its status."""
        lines = [f"{method} {path} HTTP/1.1", f"Host: {self._host}", f"Content-Length: {len(body)}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        self._writer.write("\r\n".join(lines).encode() + b"\r\n\r\n" + body)
        head = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        length = int(head.split("content-length:", 1)[1].split("\r\n", 1)[0])
        await self._reader.readexactly(length)
        return int(head.split(" ", 2)[1])

    def close(self) -> None:
        """Hang up."""
        self._writer.close()


async def _race(name: str, url: str, step: Callable[[Connection, int, int], Awaitable[bool]]) -> Figure:
    times: list[float] = []

    async def one(who: int) -> None:
        connection = await Connection.open(url)
        turn, going = 0, True
        while going:
            began = time.perf_counter()
            going = await step(connection, who, turn)
            turn += 1
            if going:
                times.append((time.perf_counter() - began) * 1000)
        connection.close()

    began = time.perf_counter()
    await asyncio.gather(*(one(who) for who in range(BUYERS)))
    return _figure(name, times, time.perf_counter() - began)


def _figure(name: str, times: list[float], seconds: float) -> Figure:
    ordered = sorted(times)

    def nearest_rank(percent: int) -> float:
        return ordered[max(0, math.ceil(len(ordered) * percent / 100) - 1)]

    return Figure(
        name=name,
        done=len(times),
        per_s=len(times) / seconds,
        p50_ms=nearest_rank(50),
        p95_ms=nearest_rank(95),
    )


async def measure(url: str, uri: str) -> tuple[Figure, Figure, Figure]:
    """Set two stages and measure the limits and the platform in turn. Raises `ValueError` when packs are amiss."""
    async with open_client() as http:
        api = Api(url=url, http=http)
        warm, hot, bare = [
            await set_stage(
                api, buyers=BUYERS, packs=n, per_buyer_limit=PER_BUYER_LIMIT, hold_seconds=HOLD_SECONDS
            )
            for n in (WARM_PACKS, PACKS, PACKS)
        ]
    await measure_http(url, warm)
    floor = await measure_floor(url)
    through = await measure_http(url, hot)
    direct = await measure_function(uri, bare)
    if through.done != PACKS:
        raise ValueError(f"{through.done} orders were placed for {PACKS} packs")
    return through, direct, floor


def main() -> None:
    """Measure and print."""
    variables = {"FIELDCAST_DEMO": "1"}
    with (
        temporary(variables=variables) as env,
        Platform(
            environment=env, prepare=lambda platform: platform.run_apart("fieldcast.cli", "load-demo")
        ) as platform,
    ):
        figures = asyncio.run(measure(platform.url, database.uri(env)))
    for figure in figures:
        print(
            f"{figure.name:30} {figure.done:6} in all  {figure.per_s:8.1f}/s  "
            f"p50 {figure.p50_ms:6.1f} ms  p95 {figure.p95_ms:6.1f} ms"
        )
    through = figures[0]
    reached = through.per_s >= TO_REACH_PER_S and through.p95_ms <= TO_REACH_P95_MS
    verdict = "reached" if reached else "missed"
    print(f"to reach: {TO_REACH_PER_S:.0f} orders/s and p95 {TO_REACH_P95_MS:.0f} ms: {verdict}")


if __name__ == "__main__":
    main()
