"""The ASGI protocol's types, as far as the edge speaks it."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]
Headers = dict[bytes, bytes]

ADDRESS = "fieldcast.address"  # in the scope: what limits count this client by
CLEAN = "fieldcast.headers"  # in the scope: the headers, each once
