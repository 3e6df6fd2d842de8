"""A prepared film, looped as live for as long as its session is open: inspected, cut up whole, and kept by name.

Showing one needs nothing that can read films; only `inspection` and `cutting` load that.
"""

from dataclasses import dataclass
from pathlib import Path

from fieldcast.live.video import looped
from fieldcast.live.video.sources.interface import Shown
from fieldcast.live.video.store import directory_of, read_package


@dataclass(frozen=True)
class Clips:
    """The kind `clip`; its key is the film's name."""

    folder: str = "clips"
    program: str | None = None

    def playlist(self, shown: Shown, *, directory: Path, base: str) -> str:
        """The film's playlist at this moment of its repetitions. Raises `NoSuchClip`."""
        package = read_package(directory)
        if shown.until is None:
            return looped.live_playlist(package, started_at=shown.since, now=shown.now, base=base)
        return looped.ended_playlist(package, started_at=shown.since, ended_at=shown.until, base=base)


SOURCE = Clips()


def clip_directory(media_root: Path, name: str) -> Path:
    """The folder of the film called `name`: small letters, digits and hyphens. Raises `NoSuchClip` for another name."""
    return directory_of(media_root, folder=SOURCE.folder, name=name)
