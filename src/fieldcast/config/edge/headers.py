"""A request's headers as the pages read them: each name once, and none that could pass for another.

WSGI writes `X_Forwarded_For` and `X-Forwarded-For` into the same place, so a stranger could add to what our proxy said
about him; names with an underscore are dropped, as nginx does.
"""

from collections.abc import Iterable
from typing import Final

from fieldcast.config.edge.problems import OddHeaders
from fieldcast.config.edge.protocol import Headers

ONCE: Final = frozenset(
    {
        b"host",
        b"content-length",
        b"content-type",
        b"transfer-encoding",
        b"authorization",
        b"x-forwarded-proto",
    }
)
NEVER: Final = frozenset({b"proxy"})  # in CGI's tongue it names a proxy for our own requests


def cleaned(headers: Iterable[tuple[bytes, bytes]]) -> Headers:
    """The headers with repeated ones joined. Raises `OddHeaders` where there may be one alone."""
    found: Headers = {}
    for name, value in headers:
        if b"_" in name or name in NEVER:
            continue
        if name not in found:
            found[name] = value
        elif name in ONCE:
            raise OddHeaders(name=name.decode("latin-1"))
        else:
            found[name] += (b"; " if name == b"cookie" else b",") + value
    if b"content-length" in found and b"transfer-encoding" in found:
        raise OddHeaders(name="content-length")
    return found
