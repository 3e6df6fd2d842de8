"""Where packages lie and how they are read. A whole folder is written or none: a reader never meets half a package."""

import json
import re
import shutil
import tempfile
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from fieldcast.kit.errors import Problem
from fieldcast.live.video.hls import vod_playlist
from fieldcast.live.video.package import Package, Segment

METADATA = "package.json"
PLAYLIST = "index.m3u8"
NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")


class NoSuchClip(Problem):
    """No film is kept under this name."""

    code = "no_such_clip"
    status = 404
    sentence = _("There is no video called “%(name)s”.")
    next_step = _("Choose another video for the session, or upload this one first.")


def directory_of(media_root: Path, *, folder: str, name: str) -> Path:
    """Where the package called `name` (small letters, digits, hyphens) of a kind's `folder` lies.

    Raises `NoSuchClip` for another name.
    """
    if not NAME.fullmatch(name):
        raise NoSuchClip(name=name)
    return media_root / folder / name


def read_package(directory: Path) -> Package:
    """The package in this folder, read once and then only looked at for change. Raises `NoSuchClip`."""
    path = directory / METADATA
    try:
        changed = path.stat().st_mtime_ns
    except (FileNotFoundError, NotADirectoryError) as error:
        raise NoSuchClip(name=directory.name) from error
    return _read(path, changed)


@lru_cache(maxsize=256)
def _read(path: Path, changed: int) -> Package:
    record = json.loads(path.read_text())
    return Package(**{**record, "segments": tuple(Segment(**segment) for segment in record["segments"])})


def draft(directory: Path) -> tempfile.TemporaryDirectory[str]:
    """A folder beside `directory`, on the same disk, in which to make a package."""
    directory.parent.mkdir(parents=True, exist_ok=True)
    return tempfile.TemporaryDirectory(prefix=f".{directory.name}-", dir=directory.parent)


def publish(package: Package, *, draft: Path, directory: Path) -> None:
    """Write the package's own papers into `draft` and put it where `directory` is, in place of what was there."""
    write_papers(package, folder=draft)
    put(draft, directory=directory)


def write_papers(package: Package, *, folder: Path) -> None:
    """What says of a folder that it holds this package whole; the one that is looked for comes last."""
    write(folder / PLAYLIST, vod_playlist(package).encode())
    write(folder / METADATA, json.dumps(asdict(package), indent=1).encode())


def write(path: Path, content: bytes) -> None:
    """Write a file that no reader meets half of."""
    draft = path.with_name(f".{path.name}")
    draft.write_bytes(content)
    draft.replace(path)


def put(draft: Path, *, directory: Path) -> None:
    """Put the folder `draft`, made by the function of that name, where `directory` is, in place of what was there."""
    ready = draft.with_name(draft.name + "-ready")
    draft.rename(ready)
    ready.chmod(0o755)
    try:
        if directory.exists():
            directory.rename(draft)  # removed with the draft
        ready.rename(directory)
    finally:
        draft.mkdir(exist_ok=True)
        shutil.rmtree(ready, ignore_errors=True)
