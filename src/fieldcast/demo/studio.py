"""The demo county's pictures and clips, drawn by code and kept under the media root."""

import os
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from fieldcast.demo import names
from fieldcast.demo.drawing.clip import draw_clip
from fieldcast.demo.drawing.files import write_all
from fieldcast.demo.drawing.people import portrait
from fieldcast.demo.goods import star
from fieldcast.live.video.sources.clip import clip_directory
from fieldcast.live.video.sources.clip.cutting import package_hls


@dataclass(frozen=True)
class Clip:
    """A film of the room: what lies on the table and who stands behind it."""

    name: str
    kind: str
    host: str


def clips(day: date) -> tuple[Clip, ...]:
    """One for each cooperative: what it has best in this month, shown by the host it works with most."""
    return tuple(clip_of(which, day) for which in range(len(names.COOPERATIVES)))


def clip_of(which: int, day: date) -> Clip:
    """The clip of a cooperative's sessions."""
    kind = star(which, day).code
    return Clip(name=kind, kind=kind, host=names.HOSTS[which][3])


@contextmanager
def drawing_media(*, root: Path, seed: int, day: date) -> Iterator[Callable[[], None]]:
    """Draw what is not there yet; a second time costs nothing. Pictures are there at once; films are drawn by other
    processes meanwhile, and are there when what is given has returned, or at the end of this.
    """
    write_all(root / "pictures", seed=seed)
    _draw_hosts(root / "pictures" / "people", seed)
    missing = [clip for clip in clips(day) if not (clip_directory(root, clip.name) / "package.json").exists()]
    if not missing:
        yield lambda: None
        return
    others = max(
        1, (os.cpu_count() or 1) - 1
    )  # who waits for the films makes the county on a core of its own
    with ProcessPoolExecutor(max_workers=min(others, len(missing))) as pool:
        films = [pool.submit(_draw_one_clip, clip, root, seed) for clip in missing]

        def finish() -> None:
            for film in films:
                film.result()

        yield finish
        finish()


def _draw_hosts(folder: Path, seed: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for code, _name, _name_en, person in names.HOSTS:
        path = folder / f"{code}.svg"
        if not path.exists():
            path.write_text(portrait(person, seed), encoding="utf-8")


def _draw_one_clip(clip: Clip, root: Path, seed: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        film = draw_clip(Path(folder) / f"{clip.name}.mp4", kind=clip.kind, seed=seed, name=clip.host)
        package_hls(film, clip_directory(root, clip.name))
