"""Uploads that are not a film phones can play are refused with a sentence, and leave nothing behind."""

from collections.abc import Callable
from pathlib import Path

import av
import pytest
from django.utils import translation

from fieldcast.kit.errors import Problem
from fieldcast.live.video.sources.clip import inspection as refusals
from fieldcast.live.video.sources.clip.cutting import package_hls
from fieldcast.live.video.sources.clip.inspection import Limits
from tests.live.video.films import make_film


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def shortened(path: Path) -> Path:
    film = make_film(path)
    return written(path, film.read_bytes()[: film.stat().st_size // 3])


BAD: dict[str, tuple[type[Problem], Callable[[Path], Path]]] = {
    "nothing": (refusals.NotAFilm, lambda path: path),
    "an empty file": (refusals.NotAFilm, lambda path: written(path, b"")),
    "a letter": (refusals.NotAFilm, lambda path: written(path, b"Dear sir, " * 5000)),
    "noise": (refusals.NotAFilm, lambda path: written(path, bytes(range(256)) * 400)),
    "a film cut off": (refusals.NotAFilm, shortened),
    "a song": (refusals.NotAFilm, lambda path: make_film(path, codec=None)),
    "an old codec": (refusals.WrongPictures, lambda path: make_film(path, codec="mpeg4")),
    "colours phones lack": (refusals.WrongPictures, lambda path: make_film(path, pixels="yuv444p")),
    "another sound": (refusals.WrongSound, lambda path: make_film(path, sound="libopus")),
    "rare key frames": (refusals.TooFewKeyFrames, lambda path: make_film(path, seconds=13, gop=1000)),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_upload_is_refused_in_words_and_leaves_nothing(tmp_path: Path, case: str) -> None:
    problem, make = BAD[case]
    source = make(tmp_path / "upload.mp4")
    with pytest.raises(problem) as refused:
        package_hls(source, tmp_path / "clips" / "upload")
    for language in ("zh-hans", "en"):
        with translation.override(language):
            assert refused.value.message
            assert refused.value.advice
            assert "%" not in str(refused.value)
    assert not list(tmp_path.glob("clips/*"))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("upload.mp4", "ffconcat version 1.0\nfile secret.mp4\n"),
        ("upload.m3u8", "#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\nsecret.ts\n#EXT-X-ENDLIST\n"),
    ],
)
def test_a_list_that_would_read_other_files_is_not_followed(tmp_path: Path, name: str, text: str) -> None:
    make_film(tmp_path / "secret.mp4")
    make_film(tmp_path / "secret.ts")
    upload = written(tmp_path / name, text.encode())
    with av.open(str(upload)) as followed:  # the control: the library would follow it if it were let
        assert followed.streams.video
    with pytest.raises(refusals.NotAFilm):
        package_hls(upload, tmp_path / "clips" / "upload")


@pytest.mark.parametrize(
    ("limits", "problem"),
    [
        (Limits(max_seconds=3), refusals.TooLong),
        (Limits(max_bytes=2000), refusals.TooLarge),
        (Limits(max_side=120), refusals.TooLarge),
    ],
)
def test_a_film_past_a_limit_is_refused(tmp_path: Path, limits: Limits, problem: type[Problem]) -> None:
    film = make_film(tmp_path / "upload.mp4", seconds=4)
    with pytest.raises(problem):
        package_hls(film, tmp_path / "clips" / "upload", limits=limits)
    assert package_hls(film, tmp_path / "clips" / "upload").duration_us == 4_000_000


def test_a_film_longer_than_its_head_says_is_refused_too(tmp_path: Path) -> None:
    film = make_film(tmp_path / "upload.mkv", seconds=6)
    content = film.read_bytes()
    length = content.index(b"\x44\x89\x88") + 3  # Matroska's Duration element, eight bytes of float
    written(film, content[:length] + bytes.fromhex("408f400000000000") + content[length + 8 :])  # 1,000 ms
    with pytest.raises(refusals.TooLong):
        package_hls(film, tmp_path / "clips" / "upload", limits=Limits(max_seconds=3))
    assert not any((tmp_path / "clips").glob("*"))


def test_a_refused_replacement_leaves_the_film_that_was_there(tmp_path: Path) -> None:
    directory = tmp_path / "clips" / "a"
    good = package_hls(make_film(tmp_path / "a.mp4"), directory)
    with pytest.raises(refusals.TooFewKeyFrames):
        package_hls(make_film(tmp_path / "b.mp4", seconds=13, gop=1000), directory)
    assert {path.name for path in directory.iterdir()} >= {segment.name for segment in good.segments}


def test_a_refusal_speaks_chinese(tmp_path: Path) -> None:
    with pytest.raises(refusals.TooLong) as refused:
        package_hls(make_film(tmp_path / "a.mp4"), tmp_path / "a", limits=Limits(max_seconds=3))
    with translation.override("zh-hans"):
        assert refused.value.message == "这段视频超过了 0.1 分钟。"
