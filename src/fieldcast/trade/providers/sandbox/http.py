"""As much HTTP as the sandbox needs over ASGI: a request read whole, a response, and a form or a JSON object
in it.
"""

import ipaddress
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from fieldcast.trade.providers.sandbox.words import Language, Refused

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]

BODY_LIMIT = 64 * 1024
FIELD_LIMIT = 40


@dataclass(frozen=True)
class Request:
    """An HTTP request. Header names are lower case; `client` is the caller's address, empty when unknown."""

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    client: str
    body: bytes

    @property
    def is_local(self) -> bool:
        """True when the caller is on this machine and no proxy stands between."""
        if "forwarded" in self.headers or "x-forwarded-for" in self.headers:
            return False
        try:
            return ipaddress.ip_address(self.client).is_loopback
        except ValueError:
            return False

    def language(self, chosen: str = "") -> Language:
        """The language `chosen` on the page, else the browser's, else Chinese."""
        wanted = chosen or self.headers.get("accept-language", "zh").strip()
        return "en" if wanted.lower().startswith("en") else "zh"


@dataclass(frozen=True)
class Response:
    """An HTTP response."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)

    async def send(self, send: Send) -> None:
        """Send it, with the headers every answer has."""
        headers = {
            "Content-Length": str(len(self.body)),
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
            **self.headers,
        }
        pairs = [(name.lower().encode(), value.encode("latin-1")) for name, value in headers.items()]
        await send({"type": "http.response.start", "status": self.status, "headers": pairs})
        await send({"type": "http.response.body", "body": self.body})


async def read(scope: Scope, receive: Receive) -> Request:
    """The whole request. Raises `Refused` when its body is larger than anyone should send."""
    body = bytearray()
    while True:
        message = await receive()
        body += message.get("body", b"")
        if len(body) > BODY_LIMIT:
            raise Refused("too_large", 413)
        if message["type"] == "http.disconnect" or not message.get("more_body"):
            break
    return head(scope, bytes(body))


def head(scope: Scope, body: bytes = b"") -> Request:
    """The request without waiting for its body."""
    client = scope.get("client")
    return Request(
        method=scope["method"],
        path=scope["path"],
        query=scope.get("query_string", b"").decode("latin-1"),
        headers={name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]},
        client=client[0] if client else "",
        body=body,
    )


def form(text: str) -> dict[str, str]:
    """Fields of a query or a form. Raises `Refused` when there are too many or one is given twice."""
    try:
        pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=FIELD_LIMIT, errors="strict")
    except ValueError as error:
        raise Refused("bad_link", 400) from error
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise Refused("bad_link", 400)
    return fields


def json_object(body: bytes) -> dict[str, Any]:
    """The JSON object in a body. Raises `Refused` when there is none."""
    try:
        content = json.loads(body)
    except ValueError as error:
        raise Refused("malformed", 400, problem="not JSON") from error
    if not isinstance(content, dict):
        raise Refused("malformed", 400, problem="not a JSON object")
    return content


def json_response(
    status: int, content: Mapping[str, Any], headers: Mapping[str, str] | None = None
) -> Response:
    """A JSON answer."""
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    return Response(status, body, {"Content-Type": "application/json", **(headers or {})})
