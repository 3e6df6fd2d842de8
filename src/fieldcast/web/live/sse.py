"""The room's server-sent events, as an ASGI application beside Django.

Django's synchronous middleware would keep a thread for every open connection; a connection here is one task and one
bounded queue. `with_live_events` goes round the whole application, answers `/live/<id>/events` and passes on the rest.
The rooms are public, so there is nobody to authenticate; nothing is read but the session's state. Who is counted as a
viewer brings a signed pass (`web.events`).
"""

import asyncio
import signal
import time
from collections import Counter
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, MutableMapping
from contextlib import aclosing
from types import FrameType
from typing import Any, Final
from urllib.parse import parse_qsl
from weakref import WeakSet

from fieldcast.kit.address import is_this_machine
from fieldcast.live.hub import SessionGone, TooManyListeners, current_hub, stop_hub
from fieldcast.web.events import PASS, PATH, visitor_of

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

# A carrier puts some hundred phones behind one address, so the limit is for who opens thousands. Of each page process.
MOST_OF_ONE_ADDRESS: Final = 1000
WRITE_SECONDS: Final = 30.0  # whoever takes nothing for so long is not listening
_listening: "Counter[str]" = Counter()

_watched: "WeakSet[asyncio.AbstractEventLoop]" = WeakSet()
HEADERS: Final = (
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store, no-transform"),
    (b"x-accel-buffering", b"no"),  # nginx must pass each frame on at once
    (b"x-content-type-options", b"nosniff"),
)


def with_live_events(application: Application) -> Application:
    """`application`, with the rooms' events answered here, and every stream ended when the process is told to stop."""

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and (match := PATH.fullmatch(scope["path"])):
            await _events(scope, receive, send, session_id=int(match[1]))
        else:
            await application(scope, receive, send)

    return serve


def last_seen(*, header: str, query: str) -> int | None:
    """The last frame a listener saw: the browser's own `Last-Event-ID` wins."""
    found = header if _is_id(header) else query
    return int(found) if _is_id(found) else None


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 18


async def _events(scope: Scope, receive: Receive, send: Send, *, session_id: int) -> None:
    if scope["method"] != "GET":
        await _refuse(send, 405, (b"allow", b"GET"))
        return
    address = scope.get("fieldcast.address", "")  # written by the edge; this machine's own is no visitor's
    if _listening[address] >= MOST_OF_ONE_ADDRESS and not is_this_machine(address):
        await _refuse(send, 429, (b"retry-after", b"30"))
        return
    _listening[address] += 1
    try:
        await _listen(scope, receive, send, session_id=session_id)
    finally:
        _listening[address] -= 1
        if not _listening[address]:
            del _listening[address]


async def _listen(scope: Scope, receive: Receive, send: Send, *, session_id: int) -> None:
    asked = dict(parse_qsl(scope.get("query_string", b"").decode("latin-1")))
    visitor = visitor_of(session_id=session_id, signed=asked.get(PASS, ""))
    end_streams_when_told_to_stop(asyncio.get_running_loop())
    try:
        events = await current_hub().listen(
            session_id=session_id, after=_position(scope, asked), visitor=visitor
        )
    except SessionGone as gone:
        await _refuse(send, 204 if gone.ended else 404)  # either makes the browser stop asking
        return
    except (TooManyListeners, OSError):
        await _refuse(send, 503, (b"retry-after", b"5"))
        return
    await send({"type": "http.response.start", "status": 200, "headers": [*HEADERS]})
    await _until_either_leaves(events, receive, send)


async def _until_either_leaves(events: AsyncGenerator[bytes, None], receive: Receive, send: Send) -> None:
    """Stream until the room closes, or the listener leaves or has taken nothing for `WRITE_SECONDS`."""
    clock = _Clock()
    jobs = {asyncio.ensure_future(_stream(events, send, clock)), asyncio.ensure_future(_left(receive))}
    try:
        done: set[asyncio.Task[None]] = set()
        while not done and not clock.overdue():
            done, _going = await asyncio.wait(
                jobs, timeout=WRITE_SECONDS / 2, return_when=asyncio.FIRST_COMPLETED
            )
    finally:
        for job in jobs:
            job.cancel()
        await asyncio.gather(*jobs, return_exceptions=True)


class _Clock:
    """Since when a frame waits to be taken, if one does: cheaper than a time-out for each frame of each listener."""

    def __init__(self) -> None:
        self.since: float | None = None

    def overdue(self) -> bool:
        return self.since is not None and time.monotonic() - self.since > WRITE_SECONDS


async def _stream(events: AsyncGenerator[bytes, None], send: Send, clock: _Clock) -> None:
    async with aclosing(events):
        async for piece in events:
            clock.since = time.monotonic()
            await send({"type": "http.response.body", "body": piece, "more_body": True})
            clock.since = None
    await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _position(scope: Scope, asked: Mapping[str, str]) -> int | None:
    headers = dict(scope["headers"])
    return last_seen(
        header=headers.get(b"last-event-id", b"").decode("latin-1"),
        query=asked.get("last_event_id", "") or asked.get("since", ""),
    )


async def _refuse(send: Send, status: int, *headers: tuple[bytes, bytes]) -> None:
    await send(
        {
            "type": "http.response.start",
            "status": status,
            "headers": [*headers, (b"cache-control", b"no-store")],
        }
    )
    await send({"type": "http.response.body", "body": b""})


def end_streams_when_told_to_stop(loop: asyncio.AbstractEventLoop) -> None:
    """Close the hub at the first SIGTERM or SIGINT, beside the server's own handling of it; once for each loop.

    A server that stops waits for its open connections, and only then tells its applications, if at all; a stream
    that never ends would keep it waiting for ever.
    """
    if loop in _watched:
        return
    _watched.add(loop)
    ending: set[asyncio.Task[None]] = set()  # the loop itself keeps only a weak hold on its tasks

    def end() -> None:
        ending.add(loop.create_task(stop_hub()))

    for number in (signal.SIGTERM, signal.SIGINT):
        theirs = signal.getsignal(number)

        def handle(signum: int, frame: FrameType | None, theirs: Any = theirs) -> None:
            if loop.is_running():
                loop.call_soon_threadsafe(end)
            if callable(theirs):
                theirs(signum, frame)
            elif theirs == signal.SIG_DFL:
                signal.signal(signum, signal.SIG_DFL)
                signal.raise_signal(signum)

        try:
            signal.signal(number, handle)
        except ValueError:  # not the main thread: whoever runs the server here must call `stop_hub` itself
            return
