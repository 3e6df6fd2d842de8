"""The clip is what phones play, loops without a seam and is the same for the same seed."""

import itertools
from pathlib import Path

import av
import numpy as np
import pytest

from fieldcast.demo.drawing import host, people, shapes, sound
from fieldcast.demo.drawing.clip import FRAMES_A_SECOND, HEIGHT, WIDTH, draw_clip, still
from tests.factories import film


@pytest.fixture(scope="module")
def clip() -> Path:
    return film.clip()


@pytest.fixture(scope="module")
def pictures(clip: Path) -> list[np.ndarray]:
    with av.open(str(clip)) as opened:
        return [
            picture.to_ndarray(format="gray")[::4, ::4].astype(float) for picture in opened.decode(video=0)
        ]


def test_the_clip_is_coded_as_every_phone_plays_it(clip: Path) -> None:
    with av.open(str(clip)) as opened:
        video, audio = opened.streams.video[0].codec_context, opened.streams.audio[0].codec_context
        assert (video.name, video.profile, video.pix_fmt) == ("h264", "Main", "yuv420p")
        assert (video.width, video.height, video.has_b_frames) == (WIDTH, HEIGHT, False)
        assert (audio.name, audio.sample_rate) == ("aac", 48_000)


def test_a_key_frame_comes_every_second(clip: Path) -> None:
    with av.open(str(clip)) as opened:
        keys = [packet.is_keyframe for packet in opened.demux(video=0) if packet.size]
    assert keys == [number % FRAMES_A_SECOND == 0 for number in range(8 * FRAMES_A_SECOND)]


def test_sound_and_pictures_end_together(clip: Path) -> None:
    with av.open(str(clip)) as opened:
        ends: dict[str, float] = {}
        for packet in opened.demux():
            if packet.pts is not None and packet.duration is not None:
                ends[packet.stream.type] = float((packet.pts + packet.duration) * packet.time_base)
    assert ends == {"video": pytest.approx(8, abs=0.01), "audio": pytest.approx(8, abs=0.03)}


def test_the_clip_is_light(clip: Path) -> None:
    assert clip.stat().st_size < 2_500_000 / 3


def test_the_scene_moves_all_the_time(pictures: list[np.ndarray]) -> None:
    changes = [np.abs(a - b).mean() for a, b in itertools.pairwise(pictures)]
    assert len(pictures) == 8 * FRAMES_A_SECOND
    assert min(changes) > 0.05


def test_the_last_picture_leads_into_the_first(pictures: list[np.ndarray]) -> None:
    changes = [np.abs(a - b).mean() for a, b in itertools.pairwise(pictures)]
    assert np.abs(pictures[-1] - pictures[0]).mean() < max(changes)


@pytest.mark.thorough  # two more films are drawn
def test_the_same_seed_gives_the_same_bytes_and_another_other_ones(clip: Path, tmp_path: Path) -> None:
    again = draw_clip(tmp_path / "again.mp4", kind=film.KIND, seed=film.SEED, seconds=film.SECONDS)
    assert again.read_bytes() == clip.read_bytes()
    assert still(kind="yellow-peach", seed=3).tobytes() != still(kind="yellow-peach", seed=2).tobytes()


@pytest.mark.parametrize("seconds", [0, -8, 7])
def test_a_length_sound_cannot_share_is_refused(tmp_path: Path, seconds: int) -> None:
    with pytest.raises(ValueError, match="multiple of 8"):
        draw_clip(tmp_path / "a.mp4", kind="kiwi", seed=1, seconds=seconds)
    assert not list(tmp_path.iterdir())


def test_the_sound_is_quiet_and_joins_its_own_end() -> None:
    track = sound.ambience(8, 4)
    assert len(track) == 8 * sound.RATE
    assert 0.05 < np.abs(track).max() <= sound.PEAK + 1e-6
    steps = np.abs(np.diff(track))
    assert abs(float(track[0]) - float(track[-1])) <= steps.max()


@pytest.mark.parametrize("name", ["王秀兰", "周大川", "沈玉梅", "Ana"])
def test_the_host_of_a_clip_looks_like_their_portrait(name: str) -> None:
    who, shown = people.looks(name, 7), host.look(name, 7)
    assert (shown.skin, shown.shirt) == (who.skin, who.shirt)
    assert who.hair in {
        shape.paint.fill
        for part in shown.hair
        for shape in part
        if isinstance(shape, shapes.Path | shapes.Ellipse)
    }
