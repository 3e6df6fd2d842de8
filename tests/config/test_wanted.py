"""What is wanted for a while is started from its list, watched like the rest, and stopped when it leaves the list."""

import os
import signal
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import psutil
import pytest

from fieldcast.config import processes, watching
from fieldcast.config.runner import Platform
from fieldcast.config.temporary import temporary
from fieldcast.kit import programs
from fieldcast.kit.programs import Wanted
from fieldcast.kit.restarts import Why
from fieldcast.live.video import growing
from fieldcast.live.video.store import NoSuchClip
from tests import ground
from tests.config.test_watching import beating, leader, pages_answer, record
from tests.config.test_watching import eventually as soon
from tests.live.video.reading import read

pytestmark = pytest.mark.thorough
PAGES = "tests.config.pages:application"
eventually = partial(soon, seconds=60.0)
CAMERA = Wanted(name="session-7", run="tests.live.video.kinds.camera:record", number=7)
BROKEN = Wanted(name="session-8", run="tests.config.broken:nothing", number=8)


@pytest.fixture(scope="module")
def running() -> Iterator[Platform]:
    """A platform of pages alone; what hangs is found, and what keeps dying given up, sooner than elsewhere."""
    variables = {"FIELDCAST_SANDBOX": "", "FIELDCAST_WORKERS": "1"}
    with (
        pytest.MonkeyPatch.context() as patch,
        temporary(variables=variables) as env,
        ground.under(env.home),
    ):
        patch.setattr(watching, "HUNG_SECONDS", 4.0)
        patch.setattr(processes, "QUICK_DEATHS", 2)
        patch.setattr(processes, "QUICK_SECONDS", 120.0)  # a busy machine takes long to die in
        programs.write(env.home, [BROKEN])  # of an earlier run, and believed no more
        with Platform(environment=env, prepare=lambda _: None, pages=PAGES, jobs=False) as platform:
            yield platform


@pytest.fixture
def camera(running: Platform) -> Iterator[int]:
    """The process of a camera that has begun to record."""
    programs.write(running.environment.home, [CAMERA])
    eventually(lambda: recorded(running) and beating(running, CAMERA.name))
    yield leader(running, CAMERA.name)
    programs.write(running.environment.home, [])
    eventually(lambda: names(running) == ["pages"])


def names(platform: Platform) -> list[str]:
    return [process.program.name for process in platform._processes]


def recorded(platform: Platform) -> int:
    """How many pieces its film has, as its playlist says."""
    directory = platform.environment.home / "media" / "cameras" / CAMERA.name
    try:
        return read(growing.playlist(directory)).entries[-1].sequence + 1
    except NoSuchClip:
        return 0


def given_up(platform: Platform, name: str) -> bool:
    return any(one.hopeless for one in platform._processes if one.program.name == name)


def test_what_an_earlier_run_wanted_is_not_started(running: Platform) -> None:
    assert programs.read(running.environment.home) == ()
    assert names(running) == ["pages"]


def test_it_runs_while_it_is_wanted_and_is_asked_to_stop_in_good_order(
    running: Platform, camera: int
) -> None:
    before = recorded(running)
    eventually(lambda: recorded(running) > before)
    programs.write(running.environment.home, [])
    eventually(lambda: not psutil.pid_exists(camera))
    eventually(lambda: names(running) == ["pages"])
    assert beating(running, CAMERA.name) == []
    eventually(lambda: record(running, CAMERA.name).count == 0)
    ended = recorded(running)
    programs.write(running.environment.home, [CAMERA])  # wanted once more: it goes on where it was
    eventually(lambda: recorded(running) > ended)


@pytest.mark.parametrize(("number", "why"), [(signal.SIGKILL, Why.KILLED), (signal.SIGSTOP, Why.HUNG)])
def test_one_that_dies_or_hangs_is_started_again_and_counted(
    running: Platform, camera: int, number: signal.Signals, why: Why
) -> None:
    before = recorded(running)
    os.kill(camera, number)
    eventually(lambda: record(running, CAMERA.name).recovered_s is not None)
    assert (record(running, CAMERA.name).count, record(running, CAMERA.name).why) == (1, why)
    assert leader(running, CAMERA.name) != camera
    eventually(lambda: recorded(running) > before + 1)
    assert pages_answer(running)


def test_one_that_keeps_dying_harms_nobody_else(running: Platform, camera: int) -> None:
    programs.write(running.environment.home, [CAMERA, BROKEN])
    eventually(lambda: given_up(running, BROKEN.name))
    assert record(running, BROKEN.name).recovered_s is None
    assert pages_answer(running)
    assert running._failure is None
    assert leader(running, CAMERA.name) == camera
    log = Path(running.environment.home / "logs" / "sessions.log").read_text()
    assert "the kettle is empty" in log
