"""One real clip of the demo county, eight seconds of it, cut up once for all tests here."""

from pathlib import Path

import pytest

from fieldcast.live.video import Package
from fieldcast.live.video.sources.clip.cutting import package_hls
from tests.factories import film


@pytest.fixture(scope="session")
def clip() -> Path:
    return film.clip()


@pytest.fixture(scope="session")
def packaged(clip: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Package, Path]:
    directory = tmp_path_factory.mktemp("media") / "clips" / film.KIND
    return package_hls(clip, directory), directory
