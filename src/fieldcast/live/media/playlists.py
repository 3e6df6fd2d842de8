"""HLS playlists (RFC 8216) computed from a package and the clock alone.

A film shown as live repeats for as long as its session is open. Segments are counted from the session's beginning
through all repetitions: segment `k` is file `k mod n` of repetition `k div n`, and `k` is its media sequence number.
Each repetition starts the film's own clock anew, which a discontinuity announces; a segment's discontinuity number is
its repetition.

One window of segments is already recorded when a session opens, so that the first viewer starts at once: the film's
clock runs ahead of the session's by exactly that window, and every playlist is full.
"""

from bisect import bisect_right
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from fieldcast.live.media.types import MICROSECONDS, Package, Segment

WINDOW = (
    6  # segments listed: a player starts three behind the edge, which leaves it three more to stumble over
)
VERSION = 7  # of the playlist format: EXT-X-MAP needs at least 6, and Apple asks for 7 with fragmented MP4


def live_playlist(
    package: Package, *, started_at: datetime, now: datetime, window: int = WINDOW, base: str = ""
) -> str:  # fmt: skip
    """The playlist of a session live since `started_at`, as it stands `now`; `base` goes before each file's name.

    A clock a little behind the one that opened the session gets the first playlist. Raises `ValueError` for a
    `window` below 1.
    """
    return _text(_head(package) + _window(package, started_at, now, window, base))


def ended_playlist(
    package: Package, *, started_at: datetime, ended_at: datetime, window: int = WINDOW, base: str = ""
) -> str:  # fmt: skip
    """The last playlist of a session closed at `ended_at`: as it was then, with an end, so that players stop asking."""
    return _text([*_head(package), *_window(package, started_at, ended_at, window, base), "#EXT-X-ENDLIST"])


def vod_playlist(package: Package, *, base: str = "") -> str:
    """The film from beginning to end, once."""
    lines = [*_head(package), "#EXT-X-PLAYLIST-TYPE:VOD", "#EXT-X-MEDIA-SEQUENCE:0", _map(package, base)]
    for segment in package.segments:
        lines += _entry(segment, base)
    return _text([*lines, "#EXT-X-ENDLIST"])


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
        _map(package, base),
        *_entries(package, range(first, first + window), origin, base),
    ]


def _entries(package: Package, numbers: range, origin: datetime, base: str) -> Iterator[str]:
    for number in numbers:
        joins = number > 0 and number % len(package.segments) == 0
        if joins:
            yield "#EXT-X-DISCONTINUITY"
        if joins or number == numbers.start:
            at = origin + timedelta(microseconds=_start_us(package, number))
            yield f"#EXT-X-PROGRAM-DATE-TIME:{_utc(at)}"
        yield from _entry(package.segments[number % len(package.segments)], base)


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


def _head(package: Package) -> list[str]:
    return [
        "#EXTM3U",
        f"#EXT-X-VERSION:{VERSION}",
        "#EXT-X-INDEPENDENT-SEGMENTS",
        f"#EXT-X-TARGETDURATION:{package.target_seconds}",
    ]


def _map(package: Package, base: str) -> str:
    return f'#EXT-X-MAP:URI="{base}{package.init}"'


def _entry(segment: Segment, base: str) -> list[str]:
    seconds, rest = divmod(segment.duration_us, MICROSECONDS)
    return [f"#EXTINF:{seconds}.{rest:06d},", f"{base}{segment.name}"]


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _text(lines: list[str]) -> str:
    return "\n".join(lines) + "\n"
