"""A real film becomes segments that decode, follow each other without a gap and keep their names."""

import itertools
from io import BytesIO
from pathlib import Path

import av
import pytest

from fieldcast.live.video import Package, read_package
from fieldcast.live.video.sources.clip import clip_directory
from fieldcast.live.video.sources.clip.cutting import package_hls
from fieldcast.live.video.store import NoSuchClip
from tests.live.video.films import make_film
from tests.live.video.reading import read


def packets(
    package: Package, directory: Path, kind: str, *, only: int | None = None
) -> list[tuple[float, float, bool]]:
    """Start, length (both in seconds) and key-frame mark of every packet, segment after segment."""
    found = []
    segments = package.segments if only is None else package.segments[only : only + 1]
    for segment in segments:
        content = (directory / package.init).read_bytes() + (directory / segment.name).read_bytes()
        with av.open(BytesIO(content), "r") as film:
            for packet in film.demux(getattr(film.streams, kind)[0]):
                if packet.size:
                    base = packet.time_base
                    found.append(
                        (float(packet.pts * base), float(packet.duration * base), packet.is_keyframe)
                    )
    return found


def test_the_clip_is_cut_into_segments_of_two_seconds(packaged: tuple[Package, Path]) -> None:
    package, directory = packaged
    assert [segment.duration_us for segment in package.segments] == [2_000_000] * 4
    assert (package.width, package.height, package.sound) == (540, 960, True)
    assert sorted(path.name for path in directory.iterdir()) == sorted(
        ["package.json", "index.m3u8", package.init, *(segment.name for segment in package.segments)]
    )


def test_every_segment_begins_with_a_key_frame_and_decodes_by_itself(packaged: tuple[Package, Path]) -> None:
    package, directory = packaged
    for number, segment in enumerate(package.segments):
        assert packets(package, directory, "video", only=number)[0][2]
        content = (directory / package.init).read_bytes() + (directory / segment.name).read_bytes()
        with av.open(BytesIO(content), "r") as film:
            pictures = list(film.decode(film.streams.video[0]))
        assert len(pictures) == 30
        assert {(picture.width, picture.height) for picture in pictures} == {(540, 960)}


@pytest.mark.parametrize("kind", ["video", "audio"])
def test_time_runs_on_from_segment_to_segment(packaged: tuple[Package, Path], kind: str) -> None:
    package, directory = packaged
    times = packets(package, directory, kind)
    assert times[0][0] == pytest.approx(0, abs=1e-3)
    for (start, length, _), (following, _, _) in itertools.pairwise(times):
        assert following == pytest.approx(start + length, abs=1e-3)
    assert times[-1][0] + times[-1][1] == pytest.approx(package.seconds, abs=0.03)


def test_nothing_is_encoded_again(clip: Path, packaged: tuple[Package, Path]) -> None:
    package, directory = packaged
    with av.open(str(clip), "r") as film:
        before = [bytes(packet) for packet in film.demux(film.streams.video[0]) if packet.size]
    after = []
    for segment in package.segments:
        content = (directory / package.init).read_bytes() + (directory / segment.name).read_bytes()
        with av.open(BytesIO(content), "r") as film:
            after += [bytes(packet) for packet in film.demux(film.streams.video[0]) if packet.size]
    assert after == before


def test_the_kept_playlist_plays_the_film_once(packaged: tuple[Package, Path]) -> None:
    package, directory = packaged
    playlist = read((directory / "index.m3u8").read_text())
    assert [entry.name for entry in playlist.entries] == [segment.name for segment in package.segments]
    assert playlist.ended


def test_what_is_read_back_is_what_was_packaged(packaged: tuple[Package, Path]) -> None:
    package, directory = packaged
    assert read_package(directory) == package
    assert read_package(directory) is read_package(directory)


def test_the_same_film_again_changes_nothing(tmp_path: Path) -> None:
    film = make_film(tmp_path / "a.mp4")
    first = package_hls(film, tmp_path / "clips" / "a")
    written = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "clips" / "a").iterdir()}
    assert package_hls(film, tmp_path / "clips" / "a") == first
    assert {path.name: path.stat().st_mtime_ns for path in (tmp_path / "clips" / "a").iterdir()} == written


def test_a_film_that_replaces_another_answers_to_none_of_its_names(tmp_path: Path) -> None:
    directory = tmp_path / "clips" / "a"
    first = package_hls(make_film(tmp_path / "a.mp4"), directory)
    second = package_hls(make_film(tmp_path / "b.mp4", shade=90), directory)
    assert read_package(directory) == second
    assert not {segment.name for segment in first.segments} & {path.name for path in directory.iterdir()}
    assert [path.name for path in directory.parent.iterdir()] == ["a"]


def test_the_length_of_a_segment_is_a_choice(tmp_path: Path) -> None:
    film = make_film(tmp_path / "a.mp4", seconds=8)
    package = package_hls(film, tmp_path / "a", segment_seconds=4)
    assert [segment.duration_us for segment in package.segments] == [4_000_000, 4_000_000]


def test_a_silent_film_is_packaged(tmp_path: Path) -> None:
    package = package_hls(make_film(tmp_path / "a.mp4", sound=None), tmp_path / "a")
    assert not package.sound
    assert package.duration_us == 4_000_000


def test_a_film_with_pictures_out_of_order_is_packaged_whole(tmp_path: Path) -> None:
    film = make_film(tmp_path / "a.mp4", b_frames=2, seconds=6)
    package = package_hls(film, tmp_path / "a")
    starts = sorted(start for start, _, _ in packets(package, tmp_path / "a", "video"))
    assert len(starts) == 90
    assert [round((b - a) * 15, 2) for a, b in itertools.pairwise(starts)] == [1.0] * 89
    assert package.duration_us == pytest.approx(6_000_000, abs=70_000)


def test_a_recording_of_a_browser_in_matroska_is_packaged(tmp_path: Path) -> None:
    package = package_hls(make_film(tmp_path / "a.mkv", seconds=6), tmp_path / "a")
    assert len(package.segments) == 3
    assert package.duration_us == pytest.approx(
        6_000_000, abs=70_000
    )  # Matroska keeps no length of the last picture


@pytest.mark.parametrize("name", ["", "../secrets", "a/b", "Peach", "-a", "a" * 61, "a\n"])
def test_a_clips_name_cannot_lead_elsewhere(tmp_path: Path, name: str) -> None:
    with pytest.raises(NoSuchClip):
        clip_directory(tmp_path, name)


def test_a_clip_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(NoSuchClip) as refused:
        read_package(clip_directory(tmp_path, "peach"))
    assert refused.value.status == 404
    assert "peach" in refused.value.message
