"""The live playlist, whatever the film and whatever the moment."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldcast.live.video import Package, Segment, ended_playlist, live_playlist, vod_playlist
from tests.live.video.reading import Playlist, read

OPENED = datetime(2026, 11, 22, 11, 30, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


def package_of(*durations_us: int) -> Package:
    segments = tuple(Segment(f"s{i}.m4s", duration) for i, duration in enumerate(durations_us))
    return Package(
        name="film", digest="d", init="i.mp4", segments=segments, width=540, height=960, sound=True
    )


packages = st.lists(st.integers(300_000, 9_999_999), min_size=1, max_size=9).map(lambda us: package_of(*us))
moments = st.integers(0, 6 * 3600 * 10**6)
windows = st.integers(1, 12)


def at(package: Package, elapsed_us: int, window: int) -> Playlist:
    now = OPENED + elapsed_us * MICROSECOND
    return read(live_playlist(package, started_at=OPENED, now=now, window=window))


def test_a_playlist_reads_as_written() -> None:
    package = package_of(2_000_000, 2_000_000, 1_500_000)
    now = OPENED + timedelta(seconds=4)
    assert live_playlist(package, started_at=OPENED, now=now, window=3, base="/media/clips/film/") == (
        "#EXTM3U\n"
        "#EXT-X-VERSION:7\n"
        "#EXT-X-INDEPENDENT-SEGMENTS\n"
        "#EXT-X-TARGETDURATION:2\n"
        "#EXT-X-MEDIA-SEQUENCE:2\n"
        "#EXT-X-DISCONTINUITY-SEQUENCE:0\n"
        '#EXT-X-MAP:URI="/media/clips/film/i.mp4"\n'
        "#EXT-X-PROGRAM-DATE-TIME:2026-11-22T11:29:58.500Z\n"
        "#EXTINF:1.500000,\n"
        "/media/clips/film/s2.m4s\n"
        "#EXT-X-DISCONTINUITY\n"
        "#EXT-X-PROGRAM-DATE-TIME:2026-11-22T11:30:00.000Z\n"
        "#EXTINF:2.000000,\n"
        "/media/clips/film/s0.m4s\n"
        "#EXTINF:2.000000,\n"
        "/media/clips/film/s1.m4s\n"
    )


@given(packages, moments, windows)
def test_a_playlist_lists_one_window_of_consecutive_segments(
    package: Package, elapsed: int, window: int
) -> None:
    playlist = at(package, elapsed, window)
    assert len(playlist.entries) == window
    for entry in playlist.entries:
        segment = package.segments[entry.sequence % len(package.segments)]
        assert (entry.name, round(entry.seconds * 10**6)) == (segment.name, segment.duration_us)


@given(packages, windows)
def test_the_first_viewer_finds_a_full_window_from_the_beginning(package: Package, window: int) -> None:
    playlist = at(package, 0, window)
    assert playlist.sequence == 0
    assert playlist.discontinuity == 0
    ends = playlist.entries[-1].at + timedelta(seconds=playlist.entries[-1].seconds)
    assert abs(ends - OPENED) <= timedelta(milliseconds=1 + window)


@given(packages, moments, st.integers(0, 120_000_000), windows)
def test_a_later_playlist_continues_an_earlier_one(
    package: Package, elapsed: int, wait: int, window: int
) -> None:
    earlier, later = at(package, elapsed, window), at(package, elapsed + wait, window)
    assert later.sequence >= earlier.sequence
    assert later.discontinuity >= earlier.discontinuity
    known = {entry.sequence: entry for entry in earlier.entries}
    for entry in later.entries:
        if entry.sequence in known:
            same = known[entry.sequence]
            assert (entry.name, entry.seconds, entry.discontinuity) == (
                same.name,
                same.seconds,
                same.discontinuity,
            )
            assert abs(entry.at - same.at) <= timedelta(milliseconds=2)


@given(packages, moments, windows)
def test_the_newest_segment_has_just_been_recorded(package: Package, elapsed: int, window: int) -> None:
    now = OPENED + elapsed * MICROSECOND
    newest = at(package, elapsed, window).entries[-1]
    following = package.segments[(newest.sequence + 1) % len(package.segments)].duration_us
    age = now - (newest.at + timedelta(seconds=newest.seconds))
    rounding = timedelta(milliseconds=2)
    assert -rounding <= age < following * MICROSECOND + rounding


@given(packages, st.integers(0, 200), windows)
def test_discontinuities_are_counted_as_they_slide_out(package: Package, moves: int, window: int) -> None:
    """Move the window segment by segment, as the standard tells a server to, and compare."""
    length, gone, elapsed = len(package.segments), 0, 0
    lead = window
    for first in range(moves):  # segment `first` leaves; a tag before it leaves too
        if first > 0 and first % length == 0:
            gone += 1
        elapsed += package.segments[(lead + first) % length].duration_us
    playlist = at(package, elapsed, window)
    assert playlist.sequence == moves
    assert playlist.discontinuity == gone


@given(packages, moments, windows)
def test_a_segments_discontinuity_number_is_its_repetition(
    package: Package, elapsed: int, window: int
) -> None:
    for entry in at(package, elapsed, window).entries:
        assert entry.discontinuity == entry.sequence // len(package.segments)


@given(packages, moments, windows)
def test_no_segment_is_longer_than_the_target(package: Package, elapsed: int, window: int) -> None:
    playlist = at(package, elapsed, window)
    assert all(entry.seconds <= playlist.target for entry in playlist.entries)


@given(packages, moments, windows)
def test_an_ended_playlist_is_the_last_live_one_with_an_end(
    package: Package, elapsed: int, window: int
) -> None:
    closed = OPENED + elapsed * MICROSECOND
    live = live_playlist(package, started_at=OPENED, now=closed, window=window)
    ended = ended_playlist(package, started_at=OPENED, ended_at=closed, window=window)
    assert not read(live).ended
    assert ended == live + "#EXT-X-ENDLIST\n"


def test_a_clock_behind_the_opening_one_gets_the_first_playlist() -> None:
    package = package_of(2_000_000, 2_000_000)
    early = live_playlist(package, started_at=OPENED, now=OPENED - timedelta(seconds=3))
    assert early == live_playlist(package, started_at=OPENED, now=OPENED)


def test_a_film_on_demand_is_listed_once_and_ends() -> None:
    playlist = read(vod_playlist(package_of(2_000_000, 1_000_000), base="x/"))
    assert [entry.name for entry in playlist.entries] == ["x/s0.m4s", "x/s1.m4s"]
    assert playlist.ended
    assert "#EXT-X-PLAYLIST-TYPE:VOD" in playlist.tags


def test_an_empty_window_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one segment"):
        live_playlist(package_of(2_000_000), started_at=OPENED, now=OPENED, window=0)


def test_a_package_without_segments_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one segment"):
        package_of()
