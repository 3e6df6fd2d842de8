"""A thin HTTP client: one connection pool for everyone in the rehearsal, each with their own token."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx

AT_ONCE = 64
TIMEOUT = httpx.Timeout(30.0)
AGAIN_SECONDS = 0.3


class RehearsalBroken(Exception):
    """The platform answered in a way no rehearsal can go on from."""


@dataclass(frozen=True)
class Answer:
    """What came back. `ms` is the time from sending to the whole answer, waiting for a turn left out.

    `again`: it was sent more than once, because the first answers were lost.
    """

    status: int
    body: Any
    ms: float
    again: bool = False

    @property
    def ok(self) -> bool:
        """Was it done?"""
        return self.status < 300

    @property
    def done_before(self) -> bool:
        """Refused because an earlier sending, whose answer was lost, had done it already."""
        return self.again and self.status == httpx.codes.CONFLICT

    @property
    def code(self) -> str:
        """The machine code of a refusal, "" when there is none."""
        return str(self.body.get("code", "")) if isinstance(self.body, dict) else ""


@dataclass
class Api:
    """The platform's API v1. At most `AT_ONCE` requests are under way; server errors are counted in `broken`.

    A request that is not answered, or with a server error, is sent again for `patience` seconds, as people do.
    """

    url: str
    http: httpx.AsyncClient
    turn: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))
    broken: int = 0
    patience: float = 0.0

    async def send(
        self,
        method: str,
        path: str,
        *,
        token: str | None = None,
        body: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Send one request to `/api/v1` and wait for its answer."""
        sent = dict(headers or {})
        if token:
            sent["Authorization"] = f"Bearer {token}"
        address = f"{self.url}/api/v1{path}"
        return await self.patiently(lambda: self.http.request(method, address, json=body, headers=sent))

    async def patiently(self, ask: Callable[[], Awaitable[httpx.Response]]) -> Answer:
        """Ask until there is an answer that is not the server's own failure, or patience is at its end."""
        ends, times = time.perf_counter() + self.patience, 0
        while True:
            times += 1
            last = time.perf_counter() >= ends
            try:
                async with self.turn:
                    began = time.perf_counter()
                    response = await ask()
                    ms = (time.perf_counter() - began) * 1000
            except httpx.TransportError:
                if last:
                    raise
            else:
                if last or not response.is_server_error:
                    self.broken += response.is_server_error
                    return Answer(status=response.status_code, body=_json(response), ms=ms, again=times > 1)
            await asyncio.sleep(AGAIN_SECONDS)

    async def must(
        self,
        method: str,
        path: str,
        *,
        token: str | None = None,
        body: Mapping[str, Any] | None = None,
        expected: tuple[int, ...] = (),
    ) -> Any:
        """As `send`, for what cannot go wrong unless the platform is; returns the body. `expected`: also good."""
        answer = await self.send(method, path, token=token, body=body)
        if not answer.ok and not answer.done_before and answer.status not in expected:
            raise RehearsalBroken(f"{method} {path} was answered with {answer.status}: {answer.body}")
        return answer.body

    async def invariants(self, *, token: str) -> Any:
        """What the books' checks find; an answer of 503 says that they do not hold, and is an answer all the same."""
        path = "/county/invariants"
        answer = await self.send("GET", path, token=token)
        if answer.status == 503 and isinstance(answer.body, dict) and "ok" in answer.body:
            self.broken -= 1  # no server error
        elif not answer.ok:
            raise RehearsalBroken(f"GET {path} was answered with {answer.status}: {answer.body}")
        return answer.body


def open_client() -> httpx.AsyncClient:
    """A client that keeps its connections, follows no redirect and uses no proxy of the environment."""
    limits = httpx.Limits(max_connections=AT_ONCE * 2, max_keepalive_connections=AT_ONCE * 2)
    return httpx.AsyncClient(timeout=TIMEOUT, limits=limits, trust_env=False)


def _json(response: httpx.Response) -> Any:
    if not response.content or not response.headers.get("content-type", "").startswith("application/json"):
        return None
    return response.json()
