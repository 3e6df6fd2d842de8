"""A thin HTTP client: one connection pool for everyone in the rehearsal, each with their own token."""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx

AT_ONCE = 64
TIMEOUT = httpx.Timeout(30.0)


class RehearsalBroken(Exception):
    """The platform answered in a way no rehearsal can go on from."""


@dataclass(frozen=True)
class Answer:
    """What came back. `ms` is the time from sending to the whole answer, waiting for a turn left out."""

    status: int
    body: Any
    ms: float

    @property
    def ok(self) -> bool:
        """Was it done?"""
        return self.status < 300

    @property
    def code(self) -> str:
        """The machine code of a refusal, "" when there is none."""
        return str(self.body.get("code", "")) if isinstance(self.body, dict) else ""


@dataclass
class Api:
    """The platform's API v1. At most `AT_ONCE` requests are under way; server errors are counted in `broken`."""

    url: str
    http: httpx.AsyncClient
    turn: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))
    broken: int = 0

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
        async with self.turn:
            began = time.perf_counter()
            response = await self.http.request(method, f"{self.url}/api/v1{path}", json=body, headers=sent)
            ms = (time.perf_counter() - began) * 1000
        if response.status_code >= 500:
            self.broken += 1
        return Answer(status=response.status_code, body=_json(response), ms=ms)

    async def must(
        self, method: str, path: str, *, token: str | None = None, body: Mapping[str, Any] | None = None
    ) -> Any:
        """As `send`, for what cannot go wrong unless the platform is; returns the body."""
        answer = await self.send(method, path, token=token, body=body)
        if not answer.ok:
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
