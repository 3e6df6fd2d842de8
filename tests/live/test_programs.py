"""A source that is live: a folder of its own, a program beside each of its sessions, a playlist that grows."""

import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from fieldcast.kit import programs
from fieldcast.kit.programs import Wanted
from fieldcast.live import operations, queries, tasks
from fieldcast.live.playlist import _kept, playlist
from fieldcast.live.video import growing, sources
from fieldcast.live.video.growing import Head
from tests.factories.accounts import NOW
from tests.live.rooms import Crew, make_crew, plan_session
from tests.live.video.reading import read

pytestmark = pytest.mark.django_db
KINDS = Path(__file__).parent / "video" / "kinds"
RECORD = "tests.live.video.kinds.camera:record"


@pytest.fixture
def camera(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The kind of source that tests have: its folder lies beside the real ones."""
    monkeypatch.setattr(sources, "__path__", [*sources.__path__, str(KINDS)])
    _kept.clear()
    yield
    sys.modules.pop(f"{sources.__name__}.camera", None)


@pytest.fixture
def home(settings: Settings, tmp_path: Path) -> Path:
    settings.HOME, settings.MEDIA_ROOT = tmp_path, tmp_path / "media"
    return tmp_path


def open_camera(crew: Crew) -> int:
    session = plan_session(crew)
    operations.choose_source(
        by=crew.chief, session_id=session.id, kind="camera", key=f"session-{session.id}", now=NOW
    )
    return operations.open_session(by=crew.chief, session_id=session.id, now=NOW).id


def listed(home: Path) -> tuple[Wanted, ...]:
    tasks.list_programs(0)
    return programs.read(home) or ()


@pytest.mark.usefixtures("camera")
def test_a_folder_is_all_it_takes() -> None:
    assert sources.kinds() == ("camera", "clip")
    assert sources.folders() == {"cameras", "clips"}


def test_without_it_the_kind_is_not_there() -> None:
    assert sources.kinds() == ("clip",)
    with pytest.raises(LookupError):
        open_camera(make_crew())


@pytest.mark.usefixtures("camera")
def test_each_of_its_live_sessions_has_a_program_from_its_opening_to_its_end(home: Path) -> None:
    crew, other = make_crew(), make_crew()
    film = plan_session(other, clip="orchard")  # needs none
    operations.open_session(by=other.chief, session_id=film.id, now=NOW)
    assert listed(home) == ()
    first = open_camera(crew)
    assert listed(home) == (Wanted(name=f"session-{first}", run=RECORD, number=first),)
    second = open_camera(make_crew())
    assert [one.number for one in listed(home)] == [first, second]
    operations.close_session(by=crew.chief, session_id=first, now=NOW + timedelta(hours=1))
    assert [one.number for one in listed(home)] == [second]


def test_a_house_in_which_nothing_needs_a_program_keeps_no_list(home: Path) -> None:
    crew = make_crew()
    operations.open_session(by=crew.chief, session_id=plan_session(crew, clip="orchard").id, now=NOW)
    assert listed(home) == ()
    assert not programs.file_of(home).exists()


@pytest.mark.usefixtures("camera")
def test_the_room_sees_its_pieces_as_they_come_and_none_after_its_end(home: Path, client: Client) -> None:
    crew = make_crew()
    session_id = open_camera(crew)
    directory = home / "media" / "cameras" / f"session-{session_id}"
    head = Head(name="bar", digest="bar", width=96, height=160, sound=True, target_seconds=2)
    growing.begin(head, init=b"init", directory=directory)
    with growing.opened(directory) as recorded:
        for number in range(9):
            now = NOW + timedelta(seconds=2 * number)
            recorded.append(b"piece %d" % number, duration_us=2_000_000, at=now)
            newest = read(playlist(session_id=session_id, now=now)).entries[-1]
            assert (newest.sequence, newest.at) == (number, now)
    assert client.get(newest.name).getvalue() == b"piece 8"
    assert client.get(f"/media/cameras/session-{session_id}/../../../run/programs.json").status_code == 404
    operations.close_session(by=crew.chief, session_id=session_id, now=NOW + timedelta(seconds=12))
    ended = read(playlist(session_id=session_id, now=NOW + timedelta(minutes=5)))
    assert ended.ended
    assert ended.entries[-1].sequence == 5
    source = queries.source(session_id=session_id)
    assert source is not None
    assert (source.kind, queries.session(session_id=session_id).clip) == ("camera", "")


@pytest.mark.usefixtures("camera")
def test_its_room_shows_a_picture(client: Client) -> None:
    session_id = open_camera(make_crew())
    assert f"/live/{session_id}/video.m3u8" in client.get(f"/live/{session_id}/").content.decode()


def test_a_list_that_cannot_be_read_says_nothing(tmp_path: Path) -> None:
    assert programs.read(tmp_path) == ()
    one = Wanted(name="session-1", run=RECORD, number=1)
    programs.write(tmp_path, [one])
    written = programs.file_of(tmp_path).stat().st_mtime_ns
    programs.write(tmp_path, [one])
    assert programs.file_of(tmp_path).stat().st_mtime_ns == written
    for torn in ("[{", '[{"name": "pages", "run": "os:abort", "number": 1}]', '[{"nome": 1}]', "7"):
        programs.file_of(tmp_path).write_text(torn)
        assert programs.read(tmp_path) is None
    programs.clear(tmp_path)
    assert programs.read(tmp_path) == ()


@pytest.mark.parametrize(
    ("name", "run", "number"),
    [("pages", RECORD, 1), ("session-x", RECORD, 1), ("session-1", "os.abort", 1), ("session-1", RECORD, -1)],
)
def test_a_program_that_the_runner_would_not_start_cannot_be_wanted(name: str, run: str, number: int) -> None:
    with pytest.raises(ValueError, match="no program"):
        Wanted(name=name, run=run, number=number)
