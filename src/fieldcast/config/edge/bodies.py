"""Reads a request's body whole, on the event loop, within limits of size and time, before any page sees it.

A body that breaks off is refused: taken for whole, a form cut in the middle of a number would say another number. What
is small stays in memory; what is larger goes into a file without a name in the home, gone with whoever held it.
"""

import asyncio
import tempfile
from collections.abc import Awaitable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, Final, cast

from fieldcast.config.edge.budget import Budget
from fieldcast.config.edge.problems import BodyCutOff, BodyTooLarge, BodyTooSlow, Busy
from fieldcast.config.edge.protocol import Message, Receive

IN_MEMORY: Final = 256 * 1024
SILENCE_SECONDS: Final = 15.0  # without a byte
GRACE_SECONDS: Final = 15.0  # for the whole body, beside what its size is given:
SLOWEST_BYTES_A_SECOND: Final = 16 * 1024
FULL_DISK_SECONDS: Final = 60
LINGER_SECONDS: Final = 2.0
LINGER_BYTES: Final = 4 * 1024 * 1024


class Body:
    """A body as it arrives, then whole. What it holds counts against `budget` until it is closed."""

    def __init__(
        self, *, budget: Budget | None = None, address: str = "", directory: Path | None = None
    ) -> None:
        self._budget, self._address, self._directory = budget, address, directory
        self.file: BinaryIO = BytesIO()
        self.size = 0

    def add(self, piece: bytes) -> None:
        """Keep one more piece. Raises `Busy` when there is no room for it."""
        if self._budget is not None:
            self._budget.take(self._address, len(piece))
        self.size += len(piece)
        try:
            if isinstance(self.file, BytesIO) and self.size > IN_MEMORY and self._directory is not None:
                self.file = _unnamed(self._directory, self.file.getvalue())
            self.file.write(piece)
        except OSError as full:
            raise Busy(seconds=FULL_DISK_SECONDS) from full

    def close(self) -> None:
        """Let go of it."""
        self.file.close()
        if self._budget is not None:
            self._budget.give_back(self._address, self.size)


@dataclass(frozen=True)
class Reading:
    """How one body is to be read: `expected` bytes if its length was said, never more than `most`."""

    expected: int | None
    most: int
    directory: Path
    budget: Budget
    address: str


async def read(receive: Receive, reading: Reading) -> Body:
    """The whole body. Raises `BodyCutOff`, `BodyTooSlow`, `BodyTooLarge` or `Busy`, with nothing kept.

    Runs in a task of its own, because the server's own tasks cannot be cancelled when time is up.
    """
    task = asyncio.get_running_loop().create_task(_read(receive, reading))
    await asyncio.wait({task})
    return task.result()


async def _read(receive: Receive, reading: Reading) -> Body:
    body = Body(budget=reading.budget, address=reading.address, directory=reading.directory)
    started = asyncio.get_running_loop().time()
    try:
        more = True
        while more:
            message = await _next(receive, _deadline(started, reading, body.size))
            if message["type"] != "http.request":
                raise BodyCutOff
            piece = message.get("body", b"")
            if body.size + len(piece) > reading.most:
                raise BodyTooLarge(most=reading.most // 1024)
            body.add(piece)
            more = message.get("more_body", False)
        if reading.expected is not None and body.size != reading.expected:
            raise BodyCutOff
        body.file.seek(0)
    except BaseException:
        body.close()
        raise
    return body


def _deadline(started: float, reading: Reading, size: int) -> float:
    """A body of known length is given its time at once; of others, each byte that came earns its own."""
    length = size if reading.expected is None else reading.expected
    return started + GRACE_SECONDS + length / SLOWEST_BYTES_A_SECOND


async def _next(receive: Receive, deadline: float) -> Message:
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout_at(min(deadline, loop.time() + SILENCE_SECONDS)):
            return await receive()
    except TimeoutError:
        raise BodyTooSlow from None


def _unnamed(directory: Path, beginning: bytes) -> BinaryIO:
    """A file without a name: gone with the last process that holds it, however that ends."""
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    file: Any = tempfile.TemporaryFile(dir=directory)  # noqa: SIM115 — closed with the body
    file.write(beginning)
    return cast("BinaryIO", file)


async def linger(receive: Receive) -> None:
    """Read on for a moment after a refusal, and forget it: a connection closed on what it has not read is torn down,
    and the refusal lost on the way with it."""

    async def forget() -> None:
        seen = 0
        while seen < LINGER_BYTES:
            message = await receive()
            seen += len(message.get("body", b""))
            if message["type"] != "http.request" or not message.get("more_body"):
                return

    await within(forget(), LINGER_SECONDS)


async def within(work: Awaitable[None], seconds: float) -> None:
    """Let `work` go on for `seconds` at most."""
    task = asyncio.ensure_future(work)
    _done, late = await asyncio.wait({task}, timeout=seconds)
    for one in late:
        one.cancel()
