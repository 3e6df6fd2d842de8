"""An answer on its way out: written by the event loop, at the client's pace, but not at any pace.

What fits into the connection's own buffers is handed over at once. The rest goes in pieces, each of which must be taken
within `WRITE_SECONDS`; who takes none is dropped, so that nobody holds a file open by not reading it.
"""

import asyncio
import os
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

from fieldcast.config.edge.protocol import Receive, Send

PIECE: Final = 64 * 1024
AT_ONCE: Final = 256 * 1024
WRITE_SECONDS: Final = 20.0
RawHeaders = list[tuple[bytes, bytes]]

_disk = ThreadPoolExecutor(max_workers=2, thread_name_prefix="disk")  # a slow disk never stops the loop


@dataclass(frozen=True)
class FilePart:
    """`length` bytes of an open file, from `start`; the answer closes it."""

    handle: int
    start: int
    length: int


@dataclass(frozen=True)
class Answer:
    """Status, headers and what follows them."""

    status: int
    headers: RawHeaders
    body: bytes | FilePart = b""


async def write(answer: Answer, receive: Receive, send: Send) -> None:
    """Send the answer. Returns when it is sent or its reader was given up."""
    await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
    if isinstance(answer.body, bytes) and len(answer.body) <= AT_ONCE:
        await send({"type": "http.response.body", "body": answer.body})
        return
    # In a task of its own, because the server's own tasks cannot be cancelled when time is up.
    task = asyncio.get_running_loop().create_task(_write_long(answer.body, receive, send))
    await asyncio.wait({task})
    task.result()


async def _write_long(body: bytes | FilePart, receive: Receive, send: Send) -> None:
    left = asyncio.ensure_future(_left(receive))
    try:
        async for piece in _pieces(body):
            if left.done():
                return
            async with asyncio.timeout(WRITE_SECONDS):
                await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})
    except TimeoutError:
        return  # the server closes a connection whose answer was left unfinished
    finally:
        left.cancel()
        if isinstance(body, FilePart):
            os.close(body.handle)


async def _pieces(body: bytes | FilePart) -> AsyncIterator[bytes]:
    if isinstance(body, bytes):
        for start in range(0, len(body), PIECE):
            yield body[start : start + PIECE]
        return
    loop = asyncio.get_running_loop()
    at, end = body.start, body.start + body.length
    while at < end:
        piece = await loop.run_in_executor(_disk, os.pread, body.handle, min(PIECE, end - at), at)
        if not piece:
            raise OSError("a file became shorter while it was sent")
        at += len(piece)
        yield piece


async def _left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
