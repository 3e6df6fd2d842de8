"""Delivers the notices the books owe, signed afresh at each attempt, until the platform answers 2xx.

At least once, never silently dropped: a delivery is taken from the books, sent, and written back; one cut off
by a stop is sent again at the next start. After the last retry it is given up, which the books still show.
"""

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime

import httpx

from fieldcast.trade.providers.sandbox.signing import NOTICE, Signer
from fieldcast.trade.providers.sandbox.store import Store

AT_ONCE = 12  # notices under way together: brisk, and still polite to a platform on a small machine
ANSWER_SECONDS = 10.0
BEHIND_SECONDS = 0.05  # an older notice follows this long after the newer one that overtook it

CLAIM = """
UPDATE deliveries SET state = 'sending', attempts = attempts + 1 WHERE id IN (
  SELECT id FROM deliveries WHERE state = 'waiting' AND due_at <= ? ORDER BY due_at LIMIT ?)
RETURNING id, attempts, (SELECT body FROM notices WHERE notices.notice_id = deliveries.notice_id) AS body,
  (SELECT notify_url FROM payments JOIN notices USING (reference)
   WHERE notices.notice_id = deliveries.notice_id) AS notify_url
"""


class Courier:
    """One per provider process; `run` is its whole life."""

    def __init__(self, store: Store, signer: Signer, retries: Callable[[], Sequence[float]]) -> None:
        self._store = store
        self._signer = signer
        self._retries = retries
        self._wake = asyncio.Event()
        self._under_way = 0
        self._arrivals: dict[int, asyncio.Future[None]] = {}

    def wake(self) -> None:
        """Say that something new is owed."""
        self._wake.set()

    async def arrival(self, delivery: int, seconds: float) -> None:
        """Wait until `delivery` has been answered 2xx, but no longer than `seconds`."""
        arrived = self._arrivals.setdefault(delivery, asyncio.get_running_loop().create_future())
        self.wake()
        try:
            with suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await arrived
        finally:
            self._arrivals.pop(delivery, None)

    async def run(self) -> None:
        """Deliver until cancelled."""
        limits = httpx.Limits(max_connections=AT_ONCE, max_keepalive_connections=AT_ONCE, keepalive_expiry=30)
        client = httpx.AsyncClient(
            limits=limits, timeout=ANSWER_SECONDS, trust_env=False, follow_redirects=False
        )
        async with client, asyncio.TaskGroup() as tasks:
            while True:
                self._wake.clear()
                for delivery in self._claim():
                    tasks.create_task(self._deliver(client, delivery))
                with suppress(TimeoutError):
                    async with asyncio.timeout(self._until_next()):
                        await self._wake.wait()

    def _claim(self) -> list[sqlite3.Row]:
        room = AT_ONCE - self._under_way
        if room <= 0:
            return []
        with self._store.change() as db:
            claimed = db.execute(CLAIM, [_now().timestamp(), room]).fetchall()
        self._under_way += len(claimed)
        return claimed

    def _until_next(self) -> float | None:
        """Seconds to sleep; None when only a new debt or a finished delivery can change anything."""
        if self._under_way >= AT_ONCE:
            return None
        due = self._store.row("SELECT min(due_at) FROM deliveries WHERE state = 'waiting'")
        return max(0.0, due[0] - _now().timestamp()) if due and due[0] is not None else None

    async def _deliver(self, client: httpx.AsyncClient, delivery: sqlite3.Row) -> None:
        body: bytes = delivery["body"]
        headers = self._signer.headers(purpose=NOTICE, body=body, now=_now())
        headers["Content-Type"] = "application/json"
        try:
            answer = (await client.post(delivery["notify_url"], content=body, headers=headers)).status_code
        except (httpx.HTTPError, httpx.InvalidURL):
            answer = None  # nobody there, or too slow
        self._under_way -= 1
        self._write_back(delivery, answer)
        self.wake()

    def _write_back(self, delivery: sqlite3.Row, answer: int | None) -> None:
        arrived = answer is not None and 200 <= answer < 300
        retries = self._retries()
        again = not arrived and delivery["attempts"] <= len(retries)
        state = "done" if arrived else "waiting" if again else "given_up"
        wait = retries[delivery["attempts"] - 1] if again else 0.0
        now = _now().timestamp()
        with self._store.change() as db:
            db.execute(
                "UPDATE deliveries SET state = ?, due_at = ?, last_answer = ? WHERE id = ?",
                [state, now + wait, answer, delivery["id"]],
            )
            if not again:
                db.execute(
                    "UPDATE deliveries SET state = 'waiting', due_at = ?"
                    " WHERE state = 'held' AND held_behind = ?",
                    [now + BEHIND_SECONDS, delivery["id"]],
                )
        arrival = self._arrivals.get(delivery["id"])
        if arrived and arrival and not arrival.done():
            arrival.set_result(None)


def _now() -> datetime:
    return datetime.now(UTC)
