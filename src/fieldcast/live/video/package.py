"""What a packaged film is: names, durations and sizes, without a file. `sources/clip/cutting` makes one of a whole
film, `growing` piece by piece; `store` keeps it; `looped` and `hls` write its playlists.

Durations are whole microseconds: a loop played a thousand times drifts by nothing.
"""

from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

MICROSECONDS = 1_000_000


@dataclass(frozen=True)
class Segment:
    """One file of a film, beginning with a key frame."""

    name: str
    duration_us: int


@dataclass(frozen=True)
class Package:
    """A film cut into segments. `digest` names its source's content; `init` is the file every segment needs first.

    `width` and `height` are px as shown, after any turning of the phone.
    """

    name: str
    digest: str
    init: str
    segments: tuple[Segment, ...]
    width: int
    height: int
    sound: bool

    def __post_init__(self) -> None:
        if not self.segments or any(segment.duration_us <= 0 for segment in self.segments):
            raise ValueError("a package has at least one segment, and each lasts longer than nothing")

    @cached_property
    def ends_us(self) -> tuple[int, ...]:
        """When each segment ends, from the film's beginning."""
        return tuple(accumulate(segment.duration_us for segment in self.segments))

    @property
    def duration_us(self) -> int:
        """How long the film is."""
        return self.ends_us[-1]

    @property
    def seconds(self) -> float:
        """How long the film is, for people."""
        return self.duration_us / MICROSECONDS

    @cached_property
    def target_seconds(self) -> int:
        """HLS's target duration: whole seconds no segment is longer than."""
        return -(-max(segment.duration_us for segment in self.segments) // MICROSECONDS)
