"""A film shown while its pieces arrive: real segments of a real film, as a player and a decoder read them."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import av
import pytest

from fieldcast.live.video import Package, growing, read_package, store
from fieldcast.live.video.growing import Head
from fieldcast.live.video.hls import WINDOW
from fieldcast.live.video.looped import live_playlist
from tests.live.video.reading import read

BEGAN = datetime(2026, 11, 22, 11, 30, tzinfo=UTC)
TWO_SECONDS = timedelta(seconds=2)
Film = tuple[Package, Path]


@pytest.fixture
def directory(packaged: Film, tmp_path: Path) -> Path:
    """A film that has begun and has no piece yet."""
    place = tmp_path / "cameras" / "peach"
    begin(packaged, place)
    return place


def begin(film: Film, directory: Path) -> None:
    package, source = film
    head = Head(
        name="peach", digest="abc", width=package.width, height=package.height, sound=True, target_seconds=2
    )
    growing.begin(head, init=(source / package.init).read_bytes(), directory=directory)


def append(film: Film, directory: Path, *numbers: int) -> None:
    """Pieces of the film, those of its second showing with the clock of the first: enough for a playlist."""
    package, source = film
    with growing.opened(directory) as recorded:
        for number in numbers:
            segment = package.segments[number % len(package.segments)]
            recorded.append(
                (source / segment.name).read_bytes(),
                duration_us=segment.duration_us,
                at=BEGAN + number * TWO_SECONDS,
            )


def test_the_playlist_grows_piece_by_piece_and_never_goes_back(packaged: Film, directory: Path) -> None:
    for number in range(WINDOW + 3):
        append(packaged, directory, number)
        playlist = read(growing.playlist(directory, base="/media/cameras/peach/"))
        assert playlist.sequence == max(0, number + 1 - WINDOW)
        assert len(playlist.entries) == min(number + 1, WINDOW)
        newest = playlist.entries[-1]
        assert (newest.sequence, newest.name) == (number, f"/media/cameras/peach/abc-{number:06d}.m4s")
        assert newest.at == BEGAN + number * TWO_SECONDS
        assert (playlist.target, playlist.discontinuity, playlist.ended) == (2, 0, False)
        assert not [tag for tag in playlist.tags if "PLAYLIST-TYPE" in tag or "DISCONTINUITY" in tag]


def test_every_piece_decodes_as_soon_as_it_is_listed(packaged: Film, directory: Path) -> None:
    append(packaged, directory, 0, 1, 2)
    for entry in read(growing.playlist(directory)).entries:
        content = (directory / "abc-init.mp4").read_bytes() + (directory / entry.name).read_bytes()
        with av.open(BytesIO(content), "r") as film:
            assert len(list(film.decode(film.streams.video[0]))) == 30


def test_what_began_after_the_end_is_not_shown(packaged: Film, directory: Path) -> None:
    append(packaged, directory, *range(8))
    ended = read(growing.playlist(directory, until=BEGAN + 3 * TWO_SECONDS))
    assert [entry.sequence for entry in ended.entries] == [0, 1, 2]
    assert ended.ended
    with pytest.raises(store.NoSuchClip):
        growing.playlist(directory, until=BEGAN)


def test_a_finished_film_is_a_package_like_any_other(packaged: Film, directory: Path) -> None:
    append(packaged, directory, 0, 1, 2, 3)
    with growing.opened(directory) as recorded:
        package = recorded.finish()
    assert read_package(directory) == package
    assert package.duration_us == packaged[0].duration_us
    whole = read((directory / "index.m3u8").read_text())
    assert whole.ended
    assert [entry.name for entry in whole.entries] == [segment.name for segment in package.segments]
    assert "abc-000003.m4s" in live_playlist(package, started_at=BEGAN, now=BEGAN)
    with pytest.raises(ValueError, match="finished"), growing.opened(directory):
        pass


def test_a_finished_film_decodes_from_beginning_to_end_without_a_gap(packaged: Film, directory: Path) -> None:
    append(packaged, directory, 0, 1, 2, 3)
    with growing.opened(directory) as recorded:
        package = recorded.finish()
    names = [package.init, *(segment.name for segment in package.segments)]
    with av.open(BytesIO(b"".join((directory / name).read_bytes() for name in names)), "r") as film:
        times = [picture.time for picture in film.decode(film.streams.video[0])]
    assert len(times) == 120
    assert times == pytest.approx([number / 15 for number in range(120)], abs=1e-3)


def test_who_was_killed_between_file_and_line_or_within_a_line_left_nothing_half_done(
    packaged: Film, directory: Path
) -> None:
    append(packaged, directory, 0, 1)
    with (directory / growing.PIECES).open("ab") as log:
        log.write(b"00020000")  # a line cut short
    (directory / "abc-000002.m4s").write_bytes(b"half a piece")
    before = growing.playlist(directory)
    assert [entry.sequence for entry in read(before).entries] == [0, 1]
    with growing.opened(directory) as recorded:
        assert recorded.duration_us == 4_000_000
    append(packaged, directory, 2)
    assert [entry.sequence for entry in read(growing.playlist(directory)).entries] == [0, 1, 2]
    package, source = packaged
    assert (directory / "abc-000002.m4s").read_bytes() == (source / package.segments[2].name).read_bytes()


def test_a_film_that_was_begun_is_not_begun_anew(packaged: Film, directory: Path) -> None:
    append(packaged, directory, 0, 1)
    begin(packaged, directory)
    assert len(read(growing.playlist(directory)).entries) == 2
    assert [path.name for path in directory.parent.iterdir()] == ["peach"]


def test_one_writes_and_the_next_waits_its_turn(packaged: Film, directory: Path) -> None:
    with growing.opened(directory), pytest.raises(BlockingIOError), growing.opened(directory):
        pass
    append(packaged, directory, 0)


def test_a_piece_that_would_break_what_players_were_promised_is_refused(directory: Path) -> None:
    with growing.opened(directory) as recorded:
        for wrong in (0, -1, 2_000_001):
            with pytest.raises(ValueError, match="up to 2 seconds"):
                recorded.append(b"-", duration_us=wrong, at=BEGAN)
        recorded.append(b"-", duration_us=2_000_000, at=BEGAN)
        with pytest.raises(ValueError, match="after the one before"):
            recorded.append(b"-", duration_us=2_000_000, at=BEGAN)
    assert len(read(growing.playlist(directory)).entries) == 1


def test_a_film_without_a_piece_cannot_be_shown_or_finished(directory: Path, tmp_path: Path) -> None:
    for place in (directory, tmp_path / "cameras" / "nowhere"):
        with pytest.raises(store.NoSuchClip):
            growing.playlist(place)
    with growing.opened(directory) as recorded, pytest.raises(ValueError, match="at least one segment"):
        recorded.finish()
    assert not (directory / "package.json").exists()
