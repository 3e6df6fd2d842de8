"""One process's ear on the database and its rooms. Everything here runs in one event loop; reads and writes of the
database go through `Rooms`, in a thread, so that a slow query never delays a frame.
"""

import asyncio
import json
import logging
import random
import time
from collections.abc import AsyncGenerator, Mapping
from contextlib import suppress
from typing import Any, Protocol

import psycopg
from psycopg import sql

from fieldcast.live.hub.room import Room, Visitor
from fieldcast.live.types import SessionState

log = logging.getLogger(__name__)

HEARTBEAT_SECONDS = 15.0
PRESENCE_SECONDS = 3.0
KEEP_EMPTY_SECONDS = 30.0  # a phone that lost its network finds the room's last frames still there
GONE_SECONDS = 5.0
ENDED_SECONDS = 5.0
PROBE_SECONDS = 20.0
FIRST_HEARING_SECONDS = 5.0
MOST_LISTENERS = 5000
OPENING = b"retry: 2000\n\n"


class Rooms(Protocol):
    """What the hub asks of the database; called in a thread, raising `OSError` when it cannot be reached."""

    def state(self, session_id: int) -> SessionState | None:
        """The session's state, or None when there is no such session."""

    def report(self, viewers: Mapping[int, int], seen: Mapping[int, Mapping[str, str]]) -> Mapping[int, int]:
        """Write this process's viewers and who was seen, by session; return each session's viewers everywhere."""


class SessionGone(Exception):
    """There is nothing to listen to: `ended` when the session is over, else there never was one."""

    def __init__(self, *, ended: bool) -> None:
        super().__init__("ended" if ended else "unknown")
        self.ended = ended


class TooManyListeners(Exception):
    """This process holds as many listeners as it may, or is about to stop."""


class Hub:
    """Rooms of one process, fed from one LISTEN connection."""

    def __init__(self, *, conninfo: str, channel: str, rooms: Rooms, most: int = MOST_LISTENERS) -> None:
        self._conninfo = conninfo
        self._channel = channel
        self._database = rooms
        self._most = most
        self._rooms: dict[int, Room] = {}
        self._opening: dict[int, asyncio.Lock] = {}
        self._gone: dict[int, tuple[float, bool]] = {}
        self._tasks: list[asyncio.Task[None]] = []
        self._hearing = asyncio.Event()
        self._closed = False
        self.listener_count = 0

    def start(self) -> None:
        """Begin to listen; must be called inside the event loop that will serve the listeners."""
        jobs = (self._hear(), self._beat(), self._count())
        self._tasks = [asyncio.get_running_loop().create_task(job) for job in jobs]

    async def close(self) -> None:
        """End every connection, then stop listening. May be called twice."""
        self._closed = True
        for room in self._rooms.values():
            room.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks = []
        counts = dict.fromkeys(self._rooms, 0)
        seen = {session_id: room.take_seen() for session_id, room in self._rooms.items()}
        self._rooms.clear()
        if counts:
            with suppress(OSError):
                await asyncio.to_thread(self._database.report, counts, seen)

    async def listen(
        self, *, session_id: int, after: int | None, visitor: Visitor | None = None
    ) -> AsyncGenerator[bytes, None]:
        """The session's server-sent events from frame `after` on, until the listener leaves or the room closes.

        Who listens without a `visitor` is not counted. Raises `SessionGone` or `TooManyListeners` before the first.
        """
        if self._closed or self.listener_count >= self._most:
            raise TooManyListeners
        room = await self._room(session_id)
        return self._follow(room, after, visitor)

    async def _follow(
        self, room: Room, after: int | None, visitor: Visitor | None
    ) -> AsyncGenerator[bytes, None]:
        listener = room.join(after=after, visitor=visitor)
        self.listener_count += 1
        try:
            yield OPENING
            while True:
                piece = await listener.take()
                if not piece:
                    return
                yield piece
        finally:
            self.listener_count -= 1
            room.leave(listener)

    async def _room(self, session_id: int) -> Room:
        """The session's room, opened when it is live or will be; many who come at once open it once."""
        if room := self._rooms.get(session_id):
            return room
        when, ended = self._gone.get(session_id, (0.0, False))
        if time.monotonic() - when < GONE_SECONDS:
            raise SessionGone(ended=ended)
        async with self._opening.setdefault(session_id, asyncio.Lock()):
            if room := self._rooms.get(session_id):
                return room
            with suppress(
                TimeoutError
            ):  # without hearing there is still a room: it resyncs once hearing is back
                await asyncio.wait_for(self._hearing.wait(), FIRST_HEARING_SECONDS)
            state = await asyncio.to_thread(self._database.state, session_id)
            if self._closed or state is None or state in {SessionState.ENDED, SessionState.CANCELLED}:
                self._remember_gone(session_id, ended=state is not None)
                raise SessionGone(ended=state is not None)
            return self._rooms.setdefault(session_id, Room(session_id))

    def _remember_gone(self, session_id: int, *, ended: bool) -> None:
        if len(self._gone) > 1000:
            self._gone.clear()
        self._gone[session_id] = (time.monotonic(), ended)
        self._opening.pop(session_id, None)

    async def _hear(self) -> None:
        """Hold the LISTEN connection; when it breaks, come back with growing pauses and have everyone resync."""
        pause = 0.25
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(
                    self._conninfo, autocommit=True
                ) as connection:
                    await connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(self._channel)))
                    pause = 0.25
                    self._hear_again()
                    await self._dispatch_all(connection)
            except (psycopg.Error, OSError, TimeoutError) as error:
                log.warning("the live room lost the database: %s", error)
            self._hearing.clear()
            await asyncio.sleep(pause * random.uniform(0.5, 1.5))  # noqa: S311 — spreads reconnects, keeps no secret
            pause = min(10.0, pause * 2)

    def _hear_again(self) -> None:
        for room in self._rooms.values():
            room.lost_hearing()
        self._hearing.set()

    async def _dispatch_all(self, connection: psycopg.AsyncConnection[Any]) -> None:
        while True:
            async for notice in connection.notifies(timeout=PROBE_SECONDS):
                self.dispatch(notice.payload)
            # A connection cut without a word says nothing more; asking it something finds out.
            await asyncio.wait_for(connection.execute("SELECT 1"), PROBE_SECONDS)

    def dispatch(self, payload: str) -> None:
        """Hand one published message to its room, if anyone is in it."""
        try:
            message = json.loads(payload)
            room = self._rooms.get(message["s"])
        except (ValueError, KeyError, TypeError):
            log.warning("not a message for a room: %.80s", payload)
            return
        if room is None:
            return
        room.post(message)
        if message.get("state") in {SessionState.ENDED, SessionState.CANCELLED}:
            # The last frames of the sale still pass, then the connections end.
            asyncio.get_running_loop().call_later(ENDED_SECONDS, self._end, room)

    def _end(self, room: Room) -> None:
        if self._rooms.get(room.session_id) is room:
            del self._rooms[room.session_id]
            self._opening.pop(room.session_id, None)
        room.close()

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(HEARTBEAT_SECONDS)
            for room in self._rooms.values():
                room.beat()

    async def _count(self) -> None:
        """Every few seconds tell the database who is here, and the rooms how many are here in all."""
        while True:
            await asyncio.sleep(PRESENCE_SECONDS)
            if not self._rooms:
                continue
            await self._report_once()
            self._drop_empty()

    async def _report_once(self) -> None:
        rooms = dict(self._rooms)
        viewers = {session_id: room.viewers for session_id, room in rooms.items()}
        seen = {session_id: room.take_seen() for session_id, room in rooms.items()}
        try:
            totals = await asyncio.to_thread(self._database.report, viewers, seen)
        except OSError as error:
            log.warning("viewers could not be counted: %s", error)
            for session_id, room in rooms.items():
                room.give_back(seen[session_id])
            return
        for session_id, room in rooms.items():
            room.show_viewers(totals.get(session_id, 0))

    def _drop_empty(self) -> None:
        before = time.monotonic() - KEEP_EMPTY_SECONDS
        for session_id, room in list(self._rooms.items()):
            if not room.listeners and room.empty_since < before:
                del self._rooms[session_id]
                self._opening.pop(session_id, None)
