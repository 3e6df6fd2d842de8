"""The shell: what a browser must have to show a page without a signal, and a mark that changes when any of it does."""

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

from django.conf import settings
from django.contrib.staticfiles import finders
from django.templatetags.static import static

WORKER: Final = "fieldcast/offline/worker.js"
FOLDERS: Final = ("fieldcast/css", "fieldcast/js", "fieldcast/offline")
PARTS: Final = (
    "fieldcast/icons/icons.svg",
    "fieldcast/icons/mark.svg",
    "fieldcast/pages/carrier.css",
    "fieldcast/pages/carrier.js",
    "fieldcast/pages/coop.css",
    "fieldcast/pages/me.css",
    "vendor/htmx/htmx.min.js",
    "vendor/idb/index.js",
    "vendor/tabler/tabler.min.css",
)
# a live room without a signal shows nothing, and nobody buys there
NOT_FOR_FORMS: Final = ("room", "sse.js", "charts.js", "places.js")


def pages() -> tuple[str, ...]:
    """The pages of the shell, one in each language."""
    return tuple(f"/offline/{code}/" for code, _name in settings.LANGUAGES)


def parts() -> tuple[str, ...]:
    """The addresses of the files of the shell."""
    return tuple(static(name) for name in sorted(_files()))


@cache
def version() -> str:
    """16 hex digits of the SHA-256 over the shell's files, worked out once a process: they change with it alone."""
    found = hashlib.sha256()
    for name, path in sorted(_files().items()):
        found.update(name.encode())
        found.update(path.read_bytes())
    return found.hexdigest()[:16]


@cache
def _files() -> dict[str, Path]:
    return dict(_found())


def _found() -> Iterator[tuple[str, Path]]:
    for folder in FOLDERS:
        for path in sorted(_path(folder).iterdir()):
            if path.is_file() and not path.name.startswith(NOT_FOR_FORMS):
                yield f"{folder}/{path.name}", path
    for name in PARTS:
        yield name, _path(name)


def _path(name: str) -> Path:
    found = finders.find(name)
    if not isinstance(found, str):
        raise FileNotFoundError(name)
    return Path(found)


def worker_source() -> str:
    """The worker's own script, as it stands in the static files."""
    return _path(WORKER).read_text(encoding="utf-8")
