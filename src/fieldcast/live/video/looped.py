"""A film shown as live: its playlist is computed from the package and the clock alone.

It repeats for as long as its session is open. Segments are counted from the session's beginning
through all repetitions: segment `k` is file `k mod n` of repetition `k div n`, and `k` is its media sequence number.
Each repetition starts the film's own clock anew, which a discontinuity announces; a segment's discontinuity number is
its repetition.

One window of segments is already recorded when a session opens, so that the first viewer starts at once: the film's
clock runs ahead of the session's by exactly that window, and every playlist is full.
"""

from bisect import bisect_right
from collections.abc import Iterator
from datetime import datetime, timedelta

from fieldcast.live.video import hls
from fieldcast.live.video.hls import WINDOW
from fieldcast.live.video.package import Package


def live_playlist(
    package: Package, *, started_at: datetime, now: datetime, window: int = WINDOW, base: str = ""
) -> str:  # fmt: skip
    """The playlist of a session live since `started_at`, as it stands `now`; `base` goes before each file's name.

    A clock a little behind the one that opened the session gets the first playlist. Raises `ValueError` for a
    `window` below 1.
    """
    return hls.text(_head(package) + _window(package, started_at, now, window, base))


def ended_playlist(
    package: Package, *, started_at: datetime, ended_at: datetime, window: int = WINDOW, base: str = ""
) -> str:  # fmt: skip
    """The last playlist of a session closed at `ended_at`: as it was then, with an end, so that players stop asking."""
    return hls.text([*_head(package), *_window(package, started_at, ended_at, window, base), hls.END])


def _head(package: Package) -> list[str]:
    return hls.head(target_seconds=package.target_seconds)


def _window(package: Package, started_at: datetime, now: datetime, window: int, base: str) -> list[str]:
    if window < 1:
        raise ValueError("a playlist lists at least one segment")
    lead_us = _start_us(package, window)
    elapsed_us = max(0, (now - started_at) // timedelta(microseconds=1))
    first = _recorded(package, elapsed_us + lead_us) - window
    origin = started_at - timedelta(microseconds=lead_us)
    return [
        f"#EXT-X-MEDIA-SEQUENCE:{first}",
        f"#EXT-X-DISCONTINUITY-SEQUENCE:{_gone(package, first)}",
        hls.init_map(package.init, base=base),
        *_entries(package, range(first, first + window), origin, base),
    ]


def _entries(package: Package, numbers: range, origin: datetime, base: str) -> Iterator[str]:
    for number in numbers:
        joins = number > 0 and number % len(package.segments) == 0
        if joins:
            yield "#EXT-X-DISCONTINUITY"
        if joins or number == numbers.start:
            at = origin + timedelta(microseconds=_start_us(package, number))
            yield hls.date_time(at)
        segment = package.segments[number % len(package.segments)]
        yield from hls.entry(segment.name, duration_us=segment.duration_us, base=base)


def _recorded(package: Package, elapsed_us: int) -> int:
    """How many segments, through all repetitions, have ended by then."""
    repetition, rest_us = divmod(elapsed_us, package.duration_us)
    return repetition * len(package.segments) + bisect_right(package.ends_us, rest_us)


def _start_us(package: Package, number: int) -> int:
    """When segment `number` begins, on the film's clock."""
    repetition, index = divmod(number, len(package.segments))
    return repetition * package.duration_us + (package.ends_us[index - 1] if index else 0)


def _gone(package: Package, first: int) -> int:
    """How many discontinuities lie before this playlist. One at its first segment is still listed, so not yet gone."""
    repetition, index = divmod(first, len(package.segments))
    return repetition - 1 if repetition and index == 0 else repetition
