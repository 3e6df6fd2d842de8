"""A source that is live: a program beside each session records a moving bar, piece by piece, without an end."""

import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

from fieldcast.live.video import growing
from fieldcast.live.video.growing import Head
from fieldcast.live.video.sources.interface import Shown
from fieldcast.live.video.store import directory_of

PAUSE_SECONDS = 0.2


@dataclass(frozen=True)
class Camera:
    """The kind `camera`; its keys are `session-<number>`."""

    folder: str = "cameras"
    program: str | None = "tests.live.video.kinds.camera:record"

    def playlist(self, shown: Shown, *, directory: Path, base: str) -> str:
        """The newest pieces."""
        return growing.playlist(directory, until=shown.until, base=base)


SOURCE = Camera()


def record(*, session_id: int, alive: Callable[[], None]) -> None:
    """Record without an end, going on where an earlier one was stopped."""
    name = f"session-{session_id}"
    directory = directory_of(Path(settings.MEDIA_ROOT), folder=SOURCE.folder, name=name)
    pieces, init = _film()
    head = Head(name=name, digest="bar", width=96, height=160, sound=True, target_seconds=2)
    growing.begin(head, init=init, directory=directory)
    with growing.opened(directory) as recorded:
        while True:
            for content, duration_us in pieces:
                recorded.append(content, duration_us=duration_us, at=datetime.now(UTC))
                alive()
                time.sleep(PAUSE_SECONDS)


def _film() -> tuple[list[tuple[bytes, int]], bytes]:
    from fieldcast.live.video.sources.clip.cutting import package_hls
    from tests.live.video.films import make_film

    with tempfile.TemporaryDirectory() as folder:
        film = package_hls(make_film(Path(folder) / "bar.mp4"), Path(folder) / "bar")
        read = [((Path(folder) / "bar" / one.name).read_bytes(), one.duration_us) for one in film.segments]
        return read, (Path(folder) / "bar" / film.init).read_bytes()
