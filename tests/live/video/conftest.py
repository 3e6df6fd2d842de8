"""One real clip of the demo county, eight seconds of it, cut up once for all tests here."""

from pathlib import Path

import pytest

from fieldcast.demo.drawing.clip import draw_clip
from fieldcast.live.video import Package
from fieldcast.live.video.sources.clip.cutting import package_hls


@pytest.fixture(scope="session")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return draw_clip(tmp_path_factory.mktemp("film") / "kiwi.mp4", kind="kiwi", seed=3, seconds=8)


@pytest.fixture(scope="session")
def packaged(clip: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Package, Path]:
    directory = tmp_path_factory.mktemp("media") / "clips" / "kiwi"
    return package_hls(clip, directory), directory
