"""HLS playlists (RFC 8216), written from a package: the lines they are made of, and that of a film played once."""

from collections.abc import Mapping
from datetime import UTC, datetime

from fieldcast.live.video.package import MICROSECONDS, Package

# segments listed: a player starts three behind the edge, which leaves it three more to stumble over
WINDOW = 6
VERSION = 7  # of the playlist format: EXT-X-MAP needs at least 6, and Apple asks for 7 with fragmented MP4
END = "#EXT-X-ENDLIST"
CONTENT_TYPES: Mapping[str, str] = {
    ".m3u8": "application/vnd.apple.mpegurl",
    ".m4s": "video/iso.segment",
    ".mp4": "video/mp4",
}


def vod_playlist(package: Package, *, base: str = "") -> str:
    """The film from beginning to end, once; `base` goes before each file's name."""
    lines = [
        *head(target_seconds=package.target_seconds),
        "#EXT-X-PLAYLIST-TYPE:VOD",
        "#EXT-X-MEDIA-SEQUENCE:0",
        init_map(package.init, base=base),
    ]
    for segment in package.segments:
        lines += entry(segment.name, duration_us=segment.duration_us, base=base)
    return text([*lines, END])


def head(*, target_seconds: int) -> list[str]:
    """The first lines of every playlist. No segment listed lasts longer than `target_seconds`."""
    return [
        "#EXTM3U",
        f"#EXT-X-VERSION:{VERSION}",
        "#EXT-X-INDEPENDENT-SEGMENTS",
        f"#EXT-X-TARGETDURATION:{target_seconds}",
    ]


def init_map(name: str, *, base: str) -> str:
    """The line that names the file every segment needs first."""
    return f'#EXT-X-MAP:URI="{base}{name}"'


def entry(name: str, *, duration_us: int, base: str) -> list[str]:
    """The two lines of one segment."""
    seconds, rest = divmod(duration_us, MICROSECONDS)
    return [f"#EXTINF:{seconds}.{rest:06d},", f"{base}{name}"]


def date_time(at: datetime) -> str:
    """The line that says at which time of day (aware) the next segment begins."""
    utc = at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return f"#EXT-X-PROGRAM-DATE-TIME:{utc}"


def text(lines: list[str]) -> str:
    """The lines as a file."""
    return "\n".join(lines) + "\n"
