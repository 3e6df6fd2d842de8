"""The smallest application the runner can serve: well, endless, hanging, or dying, as the address says."""

import asyncio
import os
import signal
import time
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Message = MutableMapping[str, Any]


async def application(
    scope: Message, receive: Callable[[], Awaitable[Message]], send: Callable[[Message], Awaitable[None]]
) -> None:
    """Answer one request."""
    if scope["path"] == "/die":
        os.killpg(0, signal.SIGKILL)
    if scope["path"] == "/hang":
        time.sleep(600)
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/plain")]})
    while scope["path"] == "/watch":
        await send({"type": "http.response.body", "body": b"still here\n", "more_body": True})
        await asyncio.sleep(0.1)
    await send({"type": "http.response.body", "body": os.environ["FIELDCAST_HOME"].encode()})
