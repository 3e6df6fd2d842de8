"""A film cut into HLS segments by copying its packets: no picture is encoded again, so it costs about nothing.

The result begins at zero with a key frame. Sound from before the first picture (an AAC encoder's run-up, or a file cut
in the middle) is left out, so that pictures and sound start together and a loop stays in step.
"""

import hashlib
import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeAlias

import av
from av.container import InputContainer
from av.packet import Packet

from fieldcast.live.video.package import MICROSECONDS, Package, Segment
from fieldcast.live.video.sources.clip.inspection import (
    LIMITS,
    Facts,
    Limits,
    NotAFilm,
    TooFewKeyFrames,
    inspect,
    opened,
    too_long,
)
from fieldcast.live.video.store import NoSuchClip, draft, publish, read_package

ENTRY = re.compile(r"#EXTINF:(\d+)\.(\d{1,6}),[^\n]*\n([^#\n]+)")
DIGEST_LENGTH = 12
_Packet: TypeAlias = "Packet[Any]"  # generic for the type checker alone


def package_hls(
    source: Path, directory: Path, *, segment_seconds: int = 2, limits: Limits = LIMITS
) -> Package:
    """Cut the film at `source` into segments of about `segment_seconds` in `directory`, and say what is there.

    A segment begins at a key frame, so it may be longer. File names carry the source's digest: a film that replaces
    another never answers to a name a viewer has cached. The same film again changes nothing. Raises the refusals of
    `inspection`, before anything is written where viewers look.
    """
    facts = inspect(source, limits=limits)
    digest = _digest(source, segment_seconds)
    try:
        known = read_package(directory)
    except NoSuchClip:
        known = None
    if known and known.digest == digest:
        return known
    with draft(directory) as folder:
        segments = _cut(source, Path(folder), digest, segment_seconds, limits)
        package = _package(directory.name, digest, segments, facts)
        publish(package, draft=Path(folder), directory=directory)
    return package


def _package(name: str, digest: str, segments: tuple[Segment, ...], facts: Facts) -> Package:
    return Package(
        name=name,
        digest=digest,
        init=_init(digest),
        segments=segments,
        width=facts.width,
        height=facts.height,
        sound=facts.sound,
    )


def _digest(source: Path, segment_seconds: int) -> str:
    with source.open("rb") as file:
        content = hashlib.file_digest(file, "sha256")
    content.update(b"%d" % segment_seconds)
    return content.hexdigest()[:DIGEST_LENGTH]


def _init(digest: str) -> str:
    return f"{digest}-init.mp4"


def _cut(
    source: Path, folder: Path, digest: str, segment_seconds: int, limits: Limits
) -> tuple[Segment, ...]:
    playlist = folder / "muxer.m3u8"
    options = {
        "hls_time": str(segment_seconds),
        "hls_list_size": "0",
        "hls_playlist_type": "vod",
        "hls_segment_type": "fmp4",
        "hls_fmp4_init_filename": _init(digest),
        "hls_segment_filename": str(folder / f"{digest}-%04d.m4s"),
        "hls_flags": "independent_segments",
    }
    with opened(source) as film, av.open(str(playlist), "w", format="hls", options=options) as output:
        places = {stream: output.add_stream_from_template(stream) for stream in _wanted(film)}
        for packet in _packets(film, limits):
            packet.stream = places[packet.stream]
            output.mux(packet)
    segments = tuple(
        Segment(name=name, duration_us=int(seconds) * MICROSECONDS + int(rest.ljust(6, "0")))
        for seconds, rest, name in ENTRY.findall(playlist.read_text())
    )
    playlist.unlink()
    if not segments:
        raise NotAFilm
    longest = max(segment.duration_us for segment in segments) / MICROSECONDS
    if longest > max(limits.max_gap_seconds, segment_seconds * 1.5):
        raise TooFewKeyFrames(seconds=round(longest))
    return segments


def _wanted(film: InputContainer) -> list[av.stream.Stream]:
    return [film.streams.video[0], *film.streams.audio[:1]]


def _packets(film: InputContainer, limits: Limits) -> Iterator[_Packet]:
    """The packets to keep, on a clock that starts with the first key frame. Raises `TooLong` whatever the head said."""
    zero: Fraction | None = None
    early: list[_Packet] = []
    for packet in film.demux(_wanted(film)):
        if packet.size == 0:
            continue  # the flush packet that ends a stream
        if zero is None:
            if packet.stream.type != "video":
                early.append(packet)
                continue
            if not packet.is_keyframe or packet.pts is None:
                continue
            zero = packet.pts * packet.time_base
            yield from (kept for kept in early if _shift(kept, zero, limits))
        if _shift(packet, zero, limits):
            yield packet


def _shift(packet: _Packet, zero: Fraction, limits: Limits) -> bool:
    """Move a packet onto the clock; False for sound from before the first picture."""
    if packet.pts is None or packet.dts is None:
        raise NotAFilm
    offset = round(zero / packet.time_base)
    packet.pts, packet.dts = packet.pts - offset, packet.dts - offset
    if packet.pts * packet.time_base > limits.max_seconds:
        raise too_long(limits)
    return packet.stream.type == "video" or packet.pts >= 0
