"""Where content lies: `HOME/files`, encrypted under the field key, under names made by chance.

A file is there before its row, and goes after it: what a killed process leaves is a file without a row, found by
`names` and dropped by the sweep.
"""

import secrets
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from django.conf import settings

from fieldcast.kit.errors import NotFound
from fieldcast.kit.fields import decrypt_bytes, encrypt_bytes

PICTURE: Final = ".picture"
THUMBNAIL: Final = ".thumbnail"
ENDINGS: Final = (PICTURE, THUMBNAIL)


def put(*, picture: bytes, thumbnail: bytes) -> str:
    """Keep both; returns the name they are found by."""
    name = secrets.token_hex(16)
    folder = _root() / name[:2]
    folder.mkdir(parents=True, exist_ok=True)
    for ending, content in ((PICTURE, picture), (THUMBNAIL, thumbnail)):
        draft = folder / f".{name}{ending}"
        draft.write_bytes(encrypt_bytes(content, about=f"{name}{ending}"))
        draft.replace(folder / f"{name}{ending}")
    return name


def get(name: str, *, thumbnail: bool) -> bytes:
    """What is kept under the name. Raises `NotFound`, and `InvalidTag` when somebody changed it on the disk."""
    ending = THUMBNAIL if thumbnail else PICTURE
    try:
        kept = (_root() / name[:2] / f"{name}{ending}").read_bytes()
    except FileNotFoundError as error:
        raise NotFound("file") from error
    return decrypt_bytes(kept, about=f"{name}{ending}")


def drop(name: str) -> None:
    """Nothing is kept under the name any more."""
    for ending in ENDINGS:
        (_root() / name[:2] / f"{name}{ending}").unlink(missing_ok=True)
        (_root() / name[:2] / f".{name}{ending}").unlink(missing_ok=True)


def names(*, older_than_seconds: float) -> Iterator[frozenset[str]]:
    """Every name under which anything has lain for so long, drafts that were never finished too; some at a time."""
    before = time.time() - older_than_seconds
    for folder in sorted(_root().glob("??")):
        yield frozenset(
            path.name.lstrip(".").partition(".")[0]
            for path in folder.iterdir()
            if path.stat().st_mtime < before
        )


def _root() -> Path:
    return Path(settings.HOME) / "files"
