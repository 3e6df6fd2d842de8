"""One request through Django's synchronous handler, on a thread, in one step: a whole body in, a whole answer out.

A file that Django wants to send leaves the thread as an open file; the event loop sends it.
"""

import os
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from fieldcast.config.edge.answers import Answer, FilePart, RawHeaders
from fieldcast.config.edge.bodies import Body
from fieldcast.config.edge.protocol import ADDRESS, CLEAN, Headers, Scope

SIGNED_IN: Final = "fieldcast.signed_in"  # set in the environ by `middleware`: the pages know who asked
PLAIN: Final = {b"content-length": "CONTENT_LENGTH", b"content-type": "CONTENT_TYPE"}
Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]


@dataclass
class _Started:
    status: int = 500
    headers: RawHeaders = field(default_factory=list)

    def __call__(self, status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> None:
        self.status = int(status.split(" ", 1)[0])
        self.headers = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]


class _File:
    """WSGI's `wsgi.file_wrapper`: hands the file on instead of reading it."""

    def __init__(self, file: Any, block_size: int = 0) -> None:
        self.file = file


def environ_of(scope: Scope, body: Body) -> Environ:
    """What WSGI tells an application of a request. The body is whole, so its true length is said."""
    headers: Headers = scope[CLEAN]
    host, port = scope.get("server") or ("localhost", 80)
    client = scope.get("client")
    environ: Environ = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": scope["path"].encode().decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": str(host),
        "SERVER_PORT": str(port or 0),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": body.file,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        "wsgi.file_wrapper": _File,
        ADDRESS: scope[ADDRESS],
    }
    if client is not None:
        environ["REMOTE_ADDR"], environ["REMOTE_PORT"] = str(client[0]), str(client[1])
    for name, value in headers.items():
        key = PLAIN.get(name) or "HTTP_" + name.decode("latin-1").upper().replace("-", "_")
        environ[key] = value.decode("latin-1")
    environ["CONTENT_LENGTH"] = str(body.size) if body.size else environ.get("CONTENT_LENGTH", "")
    return environ


def call(application: Application, environ: Environ) -> Answer:
    """The application's answer. Everything of Django's ends on this thread, its database connection first."""
    started = _Started()
    result = application(environ, started)
    head = environ["REQUEST_METHOD"] == "HEAD"
    if isinstance(result, _File):
        try:
            part = None if head else _part(result.file, started.headers)
        finally:
            result.file.close()
        return Answer(started.status, started.headers, part or b"")
    try:
        body = b"" if head else b"".join(result)
    finally:
        getattr(result, "close", lambda: None)()
    return Answer(started.status, started.headers, body)


def _part(file: Any, headers: RawHeaders) -> FilePart | bytes:
    """The file's part that the headers promise, under a handle of our own; small ones at once."""
    inner = getattr(file, "fileobj", file)  # WhiteNoise wraps the file of which a range was asked for
    length = next((int(value) for name, value in headers if name == b"content-length"), None)
    try:
        handle = inner.fileno()
    except (AttributeError, OSError):
        handle = None
    if length is None or handle is None:
        return bytes(file.read())
    start = inner.tell()
    if length <= AT_ONCE_FROM_A_FILE:
        return os.pread(handle, length, start)
    return FilePart(os.dup(handle), start, length)


AT_ONCE_FROM_A_FILE: Final = 64 * 1024
