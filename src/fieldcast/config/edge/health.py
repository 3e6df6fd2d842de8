"""`/healthz`: does this process live, and does its database answer? Asked by the runner and by load balancers.

Answered on the event loop with a connection of its own, so it waits for no page thread and no pool: a process that does
not answer here hangs, one that says `database_away` lives and waits. Many who ask within a second share one question.
"""

import asyncio
import json
from contextlib import suppress
from typing import Any, Final, LiteralString

import psycopg

from fieldcast.config.edge.answers import Answer

PATH: Final = "/healthz"
FRESH_SECONDS: Final = 1.0
PATIENCE_SECONDS: Final = 1.0
QUESTION: Final = "SELECT 1 FROM django_migrations LIMIT 1"


class Health:
    """Asks the database named by `conninfo`, at most once a second. Of one event loop."""

    def __init__(self, conninfo: str, *, question: LiteralString = QUESTION) -> None:
        self._conninfo, self._question = conninfo, question
        self._connection: psycopg.AsyncConnection[Any] | None = None
        self._asking: asyncio.Task[bool] | None = None
        self._known: tuple[float, bool] = (float("-inf"), False)

    async def answer(self) -> Answer:
        """200 `ok`, or 503 `database_away` when the database gives no answer within a second."""
        well = await self._is_well()
        body = json.dumps({"status": "ok" if well else "database_away"}).encode()
        headers = [
            (b"content-type", b"application/json"),
            (b"content-length", str(len(body)).encode()),
            (b"cache-control", b"no-store"),
        ]
        return Answer(200 if well else 503, headers, body)

    async def _is_well(self) -> bool:
        loop = asyncio.get_running_loop()
        when, well = self._known
        if loop.time() - when < FRESH_SECONDS:
            return well
        if self._asking is None:
            self._asking = loop.create_task(self._ask())
        asking = self._asking
        await asyncio.wait({asking})
        return asking.result()

    async def _ask(self) -> bool:
        well = False
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                if self._connection is None:
                    self._connection = await psycopg.AsyncConnection.connect(self._conninfo, autocommit=True)
                await self._connection.execute(self._question)
                well = True
        except (psycopg.Error, OSError, TimeoutError):
            await self._hang_up()
        finally:
            self._known = (asyncio.get_running_loop().time(), well)
            self._asking = None
        return well

    async def _hang_up(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(psycopg.Error, OSError):
                await connection.close()
