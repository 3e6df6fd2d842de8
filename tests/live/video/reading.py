"""Reads a playlist as a player does, by RFC 8216 and not by the code under test."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Entry:
    """A listed segment: its media sequence number, discontinuity number, file, seconds and time of day."""

    sequence: int
    discontinuity: int
    name: str
    seconds: float
    at: datetime


@dataclass(frozen=True)
class Playlist:
    target: int
    sequence: int
    discontinuity: int
    entries: tuple[Entry, ...]
    tags: tuple[str, ...]

    @property
    def ended(self) -> bool:
        return "#EXT-X-ENDLIST" in self.tags


def read(text: str) -> Playlist:
    lines = text.splitlines()
    assert lines[0] == "#EXTM3U"
    tags = tuple(line for line in lines if line.startswith("#"))
    value = {tag.split(":", 1)[0]: tag.split(":", 1)[1] for tag in tags if ":" in tag}
    sequence, discontinuity = (
        int(value["#EXT-X-MEDIA-SEQUENCE"]),
        int(value.get("#EXT-X-DISCONTINUITY-SEQUENCE", "0")),
    )
    entries: list[Entry] = []
    number, seconds, at = discontinuity, 0.0, datetime.min
    for line in lines:
        if line == "#EXT-X-DISCONTINUITY":
            number += 1
        elif line.startswith("#EXT-X-PROGRAM-DATE-TIME:"):
            at = datetime.fromisoformat(line.split(":", 1)[1])
        elif line.startswith("#EXTINF:"):
            seconds = float(line.split(":", 1)[1].rstrip(","))
        elif not line.startswith("#"):
            entries.append(Entry(sequence + len(entries), number, line, seconds, at))
            at += timedelta(seconds=seconds)
    return Playlist(int(value["#EXT-X-TARGETDURATION"]), sequence, discontinuity, tuple(entries), tags)
