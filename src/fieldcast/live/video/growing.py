"""A film shown while its pieces arrive, in a folder of the same shape that a whole film has.

While it grows the folder holds `growing.json` (what the film is) and `pieces.log` (one line of fixed length a piece:
its duration and the time of day at which it begins); with `package.json` and `index.m3u8` it is finished, and from then
on a package like any other, which can be played once or looped. A piece is first a file and then a line, and only lines
count, so whoever is killed in between leaves nothing half done. Pieces follow each other on one clock: who goes on
after a stop sets its own to `duration_us`.
"""

import fcntl
import json
import os
from bisect import bisect_left
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from fieldcast.live.video import hls, store
from fieldcast.live.video.package import MICROSECONDS, Package, Segment

HEAD = "growing.json"
PIECES = "pieces.log"
LINE = len("0000000000 00000000000000000\n")  # microseconds of length, microseconds since 1970
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True)
class Head:
    """What is known of a film before its first piece. No piece is longer than `target_seconds`; sizes are px.

    `digest` names this recording and begins the names of all its files.
    """

    name: str
    digest: str
    width: int
    height: int
    sound: bool
    target_seconds: int

    @property
    def init(self) -> str:
        """The file every piece needs first."""
        return f"{self.digest}-init.mp4"

    def piece(self, number: int) -> str:
        """The file of piece `number`, counted from 0."""
        return f"{self.digest}-{number:06d}.m4s"


@dataclass(frozen=True)
class Piece:
    """A piece that has arrived. `at` is when it begins."""

    duration_us: int
    at: datetime


class Log:
    """The lines of one film's pieces. A line that was cut short by a kill does not count."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def __len__(self) -> int:
        return os.fstat(self._file.fileno()).st_size // LINE

    def __getitem__(self, number: int) -> Piece:
        self._file.seek(number * LINE)
        length, at = self._file.read(LINE).split()
        return Piece(duration_us=int(length), at=EPOCH + int(at) * MICROSECOND)

    def before(self, moment: datetime) -> int:
        """How many pieces begin before `moment`."""
        return bisect_left(range(len(self)), moment, key=lambda number: self[number].at)

    def add(self, piece: Piece) -> None:
        """Write the next line, over what a kill may have left of one."""
        self._file.seek(len(self) * LINE)
        self._file.write(b"%010d %017d\n" % (piece.duration_us, (piece.at - EPOCH) // MICROSECOND))
        self._file.flush()


class Growing:
    """A film being recorded, held by one writer; made by `opened`."""

    def __init__(self, directory: Path, head: Head, log: Log) -> None:
        self._directory = directory
        self._log = log
        self.head = head
        self.duration_us = sum(log[number].duration_us for number in range(len(log)))

    def append(self, content: bytes, *, duration_us: int, at: datetime) -> None:
        """Take in the next piece, which begins at `at` (aware) with a key frame.

        Raises `ValueError` for one that is longer than the film's playlists have promised, or begins before the last.
        """
        if not 0 < duration_us <= self.head.target_seconds * MICROSECONDS:
            raise ValueError(f"a piece of this film lasts up to {self.head.target_seconds} seconds")
        if len(self._log) and at <= self._log[len(self._log) - 1].at:
            raise ValueError("a piece begins after the one before it")
        store.write(self._directory / self.head.piece(len(self._log)), content)
        self._log.add(Piece(duration_us=duration_us, at=at))
        self.duration_us += duration_us

    def finish(self) -> Package:
        """Make it a package like any other. Raises `ValueError` when no piece ever came."""
        segments = tuple(
            Segment(name=self.head.piece(number), duration_us=self._log[number].duration_us)
            for number in range(len(self._log))
        )
        package = Package(
            name=self.head.name,
            digest=self.head.digest,
            init=self.head.init,
            segments=segments,
            width=self.head.width,
            height=self.head.height,
            sound=self.head.sound,
        )
        store.write_papers(package, folder=self._directory)
        return package


def begin(head: Head, *, init: bytes, directory: Path) -> None:
    """Make the folder of a film that begins, `init` being what every piece needs first, unless it is there already."""
    if (directory / HEAD).exists():
        return
    with store.draft(directory) as draft:
        folder = Path(draft)
        (folder / head.init).write_bytes(init)
        (folder / PIECES).touch()
        (folder / HEAD).write_text(json.dumps(asdict(head), indent=1))
        store.put(folder, directory=directory)


@contextmanager
def opened(directory: Path) -> Iterator[Growing]:
    """The film in `directory`, to go on with it.

    Raises `NoSuchClip` when none was begun, `BlockingIOError` while another writes it, and `ValueError` when it is
    finished.
    """
    head = _head(directory)
    with (directory / PIECES).open("r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)  # goes with the process, however that ends
        if (directory / store.METADATA).exists():
            raise ValueError(f"{head.name} is finished")
        yield Growing(directory, head, Log(file))


def playlist(
    directory: Path, *, until: datetime | None = None, window: int = hls.WINDOW, base: str = ""
) -> str:
    """The newest `window` pieces; with `until` (aware) the last that begin before it, and an end.

    Raises `NoSuchClip` when none was begun, or no piece has come yet.
    """
    head = _head(directory)
    with (directory / PIECES).open("rb") as file:
        log = Log(file)
        count = len(log) if until is None else log.before(until)
        if not count:
            raise store.NoSuchClip(name=directory.name)
        first = max(0, count - window)
        pieces = [(number, log[number]) for number in range(first, count)]
    lines = [
        *hls.head(target_seconds=head.target_seconds),
        f"#EXT-X-MEDIA-SEQUENCE:{first}",
        hls.init_map(head.init, base=base),
    ]
    for number, piece in pieces:
        lines += [
            hls.date_time(piece.at),
            *hls.entry(head.piece(number), duration_us=piece.duration_us, base=base),
        ]
    return hls.text(lines if until is None else [*lines, hls.END])


def _head(directory: Path) -> Head:
    try:
        return Head(**json.loads((directory / HEAD).read_text()))
    except (FileNotFoundError, NotADirectoryError) as error:
        raise store.NoSuchClip(name=directory.name) from error
