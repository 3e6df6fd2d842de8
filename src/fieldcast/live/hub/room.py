"""One session in one process: who listens, what is being gathered, and the frames of the last seconds."""

import asyncio
import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fieldcast.live.hub.frames import HEARTBEAT, RESYNC, Draft, encode

FRAME_SECONDS = 0.1
RING_FRAMES = 200  # twenty seconds at full speed: a reconnecting phone is back by then
RING_BYTES = 512 * 1024
QUEUE_FRAMES = 32
TELL_ALL_SECONDS = 600.0  # well within the half hour for which a visit lasts
SLACK_MS = 1000  # two processes may put one message into frames up to this far apart


def clock_ms() -> int:
    """Milliseconds since 1970. Frame ids are times, so that any process can continue where another left off."""
    return time.time_ns() // 1_000_000


@dataclass(frozen=True)
class Visitor:
    """Whom a connection belongs to, as a hash for one session. `earlier`: the one before signing in, or ""."""

    key: str
    earlier: str = ""


class Listener:
    """One open connection. What waits for it is bounded: the oldest goes first, and then it must resync.

    `visitor` is None where nobody is counted: the host's own page, staff, a program.
    """

    def __init__(self, *, visitor: Visitor | None = None, limit: int = QUEUE_FRAMES) -> None:
        self.visitor = visitor
        self._waiting: deque[bytes] = deque()
        self._limit = limit
        self._wakener: asyncio.Future[None] | None = None
        self.behind = False
        self.closed = False

    def put(self, frame: bytes) -> None:
        """Queue a frame without ever waiting."""
        if self.closed:
            return
        if len(self._waiting) >= self._limit:
            self._waiting.popleft()
            self.behind = True
        self._waiting.append(frame)
        self._wake()

    def close(self) -> None:
        """Let the connection end once what is queued has been taken."""
        self.closed = True
        self._wake()

    async def take(self) -> bytes:
        """All that waits, in one piece, as soon as there is something; empty when the connection should end."""
        while not self._waiting and not self.closed:
            self._wakener = asyncio.get_running_loop().create_future()
            try:
                await self._wakener
            finally:
                self._wakener = None
        pieces = list(self._waiting)
        self._waiting.clear()
        if self.behind:
            self.behind = False
            pieces.insert(0, RESYNC)
        return b"".join(pieces)

    def _wake(self) -> None:
        if self._wakener is not None and not self._wakener.done():
            self._wakener.set_result(None)


class Room:
    """Gathers messages and hands out at most one frame every `FRAME_SECONDS`; lives in one event loop."""

    def __init__(self, session_id: int) -> None:
        self.session_id = session_id
        self.listeners: set[Listener] = set()
        self._seen: dict[str, str] = {}  # to be told: who came and who left
        self._told_at = time.monotonic()
        self.frames_sent = 0
        self.empty_since = time.monotonic()
        self._draft = Draft()
        self._timer: asyncio.TimerHandle | None = None
        self._sent_at = 0.0
        self._viewers: int | None = None
        self._last_id = 0
        self._ring: deque[tuple[int, bytes]] = deque()
        self._ring_bytes = 0
        self._heard_from = clock_ms()

    def join(self, *, after: int | None, visitor: Visitor | None = None) -> Listener:
        """Add a listener who has seen everything up to frame `after` (None: nothing yet).

        They get what they missed, or `resync` when this process has not been listening for that long.
        """
        listener = Listener(visitor=visitor)
        if after is None or after - SLACK_MS < self._heard_from:
            listener.put(RESYNC)
        else:
            for frame_id, frame in self._ring:
                if frame_id > after - SLACK_MS:
                    listener.put(frame)
        self.listeners.add(listener)
        self._see(listener)
        return listener

    def leave(self, listener: Listener) -> None:
        """Forget a listener."""
        listener.close()
        self.listeners.discard(listener)
        self.empty_since = time.monotonic()
        self._see(listener)

    @property
    def viewers(self) -> int:
        """People who are here, however many pages they have open."""
        return len({one.visitor.key for one in self.listeners if one.visitor is not None})

    def take_seen(self) -> dict[str, str]:
        """Who came or left since this was last asked; now and then everyone, so that who stays is not forgotten."""
        if time.monotonic() - self._told_at > TELL_ALL_SECONDS:
            self._told_at = time.monotonic()
            for listener in self.listeners:
                self._see(listener)
        seen, self._seen = self._seen, {}
        return seen

    def give_back(self, seen: Mapping[str, str]) -> None:
        """What was taken could not be told: it is told next time."""
        self._seen = {**seen, **self._seen}

    def _see(self, listener: Listener) -> None:
        if listener.visitor is not None:
            self._seen[listener.visitor.key] = listener.visitor.earlier

    def post(self, message: Mapping[str, Any]) -> None:
        """Take in a message; it leaves at once, or with the next frame when one has just left."""
        self._draft.add(message)
        if self._draft and self._timer is None:
            loop = asyncio.get_running_loop()
            self._timer = loop.call_at(max(loop.time(), self._sent_at + FRAME_SECONDS), self._flush)

    def show_viewers(self, viewers: int) -> None:
        """Tell the room how many are here, when that has changed."""
        if viewers != self._viewers:
            self._viewers = viewers
            self.post({"viewers": viewers})

    def lost_hearing(self) -> None:
        """Messages may have been missed: everyone reads the whole state again, and nothing older is replayed."""
        self._ring.clear()
        self._ring_bytes = 0
        self._heard_from = clock_ms()
        for listener in self.listeners:
            listener.put(RESYNC)

    def beat(self) -> None:
        """Show silent connections that the room is there, so that nothing between drops them."""
        if asyncio.get_running_loop().time() - self._sent_at > 1:
            for listener in self.listeners:
                listener.put(HEARTBEAT)

    def close(self) -> None:
        """End every connection and stop the clock."""
        if self._timer is not None:
            self._timer.cancel()
            self._flush()
        for listener in self.listeners:
            listener.close()

    def _flush(self) -> None:
        self._timer = None
        self._sent_at = asyncio.get_running_loop().time()
        self._last_id = max(self._last_id + 1, clock_ms())
        frame = encode(self._last_id, self._draft.take())
        self._keep(self._last_id, frame)
        self.frames_sent += 1
        for listener in self.listeners:
            listener.put(frame)

    def _keep(self, frame_id: int, frame: bytes) -> None:
        """Keep the frame for those who come back; what is older than the bounds allow can no longer be replayed."""
        self._ring.append((frame_id, frame))
        self._ring_bytes += len(frame)
        while len(self._ring) > RING_FRAMES or self._ring_bytes > RING_BYTES:
            self._heard_from, old = self._ring.popleft()
            self._ring_bytes -= len(old)
