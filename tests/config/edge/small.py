"""The smallest pages behind the real edge, and the same pages as they were served before there was one."""

import os
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import django
from a2wsgi import WSGIMiddleware

FILE_BYTES = 12 * 1024 * 1024
_file = tempfile.NamedTemporaryFile()  # noqa: SIM115 — lies there as long as its process lives
_file.truncate(FILE_BYTES)
_taken: list[int] = []  # the sizes of the bodies that reached a page


def pages(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """A page, a file, and what was told to a page."""
    path = environ["PATH_INFO"]
    headers = [("Content-Type", "text/plain")]
    if path == "/file":
        start_response("200 OK", [*headers, ("Content-Length", str(FILE_BYTES))])
        file = open(_file.name, "rb")  # noqa: SIM115 — WSGI's to close
        wrapper: Callable[..., Iterable[bytes]] = environ.get("wsgi.file_wrapper", _whole)
        return wrapper(file, 8192)
    if environ["REQUEST_METHOD"] == "POST":
        _taken.append(len(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"] or 0))))
    said = {
        "/taken": repr(_taken),
        "/forwarded": environ.get("HTTP_X_FORWARDED_FOR", ""),
        "/cookie": environ.get("HTTP_COOKIE", ""),
    }
    words = said.get(path, "well").encode()
    start_response("200 OK", [*headers, ("Content-Length", str(len(words)))])
    return [words]


def _whole(file: Any, size: int) -> Iterable[bytes]:
    return iter(lambda: file.read(size), b"")


_threads = WSGIMiddleware(pages, workers=12)  # type: ignore[arg-type]  # the same protocol by other names


async def bare(scope: Any, receive: Any, send: Any) -> None:
    """The pages without an edge: a thread for a request from its first byte to its answer's last."""

    async def received() -> Any:
        return await receive()

    await _threads(scope, received, send)


def _guarded() -> Any:
    django.setup()
    from fieldcast.config.edge import Pages, guarded
    from fieldcast.config.edge.health import Health
    from fieldcast.live.hub.process import conninfo

    incoming = Path(os.environ["FIELDCAST_HOME"]) / "run" / "incoming"
    return guarded(Pages(pages, incoming=incoming), health=Health(conninfo(), question="SELECT 1"))


application = _guarded()
