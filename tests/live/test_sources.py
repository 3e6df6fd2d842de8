"""Where a session's pictures come from: chosen while it is planned, a fact once it was shown, asked for in one call."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries, Settings

from fieldcast.kit.errors import NotFound
from fieldcast.live import operations, queries
from fieldcast.live.models import SessionSource
from fieldcast.live.playlist import _kept, playlist
from fieldcast.live.video import Package, Segment, store
from fieldcast.live.video.sources.clip import clip_directory
from fieldcast.live.video.store import NoSuchClip
from tests.factories.accounts import NOW
from tests.live.rooms import make_crew, make_viewer, open_session, plan_session
from tests.live.video.reading import read

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=30)


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    _kept.clear()
    yield
    _kept.clear()


@pytest.fixture
def film(tmp_path: Path, settings: Settings) -> Package:
    """The papers of a film called `orchard`, four seconds long."""
    settings.MEDIA_ROOT = tmp_path
    package = Package(
        name="orchard",
        digest="d",
        init="d-init.mp4",
        segments=(Segment("d-0.m4s", 2_000_000), Segment("d-1.m4s", 2_000_000)),
        width=540,
        height=960,
        sound=True,
    )
    directory = clip_directory(tmp_path, "orchard")
    with store.draft(directory) as draft:
        store.publish(package, draft=Path(draft), directory=directory)
    return package


def test_a_plan_names_its_clip_and_may_name_another_or_none() -> None:
    crew = make_crew()
    session = plan_session(crew, clip="orchard")
    assert session.clip == "orchard"
    for clip in ("garden", "garden", "", "hills"):
        edited = operations.edit(by=crew.chief, session_id=session.id, clip=clip, now=NOW)
        assert edited.clip == clip
        assert SessionSource.objects.filter(session_id=session.id).count() == bool(clip)
    assert queries.sessions_by_ids(ids={session.id})[session.id].clip == "hills"


def test_what_is_shown_has_the_times_at_which_its_session_opened_and_ended() -> None:
    crew = make_crew()
    session = plan_session(crew, clip="orchard")
    planned = queries.source(session_id=session.id)
    assert planned is not None
    assert (planned.kind, planned.key, planned.from_at, planned.to_at) == ("clip", "orchard", None, None)
    operations.open_session(by=crew.chief, session_id=session.id, now=NOW)
    assert queries.sources_on_air(kinds=["clip"])[0].session_id == session.id
    assert queries.sources_on_air(kinds=["camera"]) == ()
    operations.close_session(by=crew.chief, session_id=session.id, now=LATER)
    shown = queries.source(session_id=session.id)
    assert shown is not None
    assert (shown.from_at, shown.to_at) == (NOW, LATER)
    assert queries.sources_on_air(kinds=["clip"]) == ()


def test_a_kind_that_there_is_not_is_refused_and_a_stranger_chooses_nothing() -> None:
    crew = make_crew()
    session = plan_session(crew)
    with pytest.raises(LookupError, match="hologram"):
        operations.choose_source(by=crew.chief, session_id=session.id, kind="hologram", key="a", now=NOW)
    with pytest.raises(NotFound):
        operations.choose_source(by=make_viewer(crew), session_id=session.id, kind="clip", key="a", now=NOW)
    assert queries.source(session_id=session.id) is None


def test_a_live_session_keeps_what_it_shows() -> None:
    crew = make_crew()
    session = open_session(crew)
    with pytest.raises(operations.NotPlanned):
        operations.choose_source(by=crew.chief, session_id=session.id, kind="clip", key="a", now=NOW)


def test_a_session_shows_one_thing_at_a_time() -> None:
    crew = make_crew()
    session = plan_session(crew, clip="orchard")
    operations.open_session(by=crew.chief, session_id=session.id, now=NOW)
    with pytest.raises(IntegrityError, match="one_source_at_a_time"), transaction.atomic():
        SessionSource.objects.create(session_id=session.id, kind="clip", key="garden", from_at=LATER)
    operations.close_session(by=crew.chief, session_id=session.id, now=LATER)
    SessionSource.objects.create(session_id=session.id, kind="clip", key="garden", from_at=LATER)


def test_what_was_shown_is_neither_changed_nor_forgotten() -> None:
    crew = make_crew()
    session = plan_session(crew, clip="orchard")
    operations.open_session(by=crew.chief, session_id=session.id, now=NOW)
    rows = SessionSource.objects.filter(session_id=session.id)
    for change in (
        lambda: rows.update(key="garden"),
        lambda: rows.update(from_at=LATER),
        lambda: rows.update(from_at=None),
        rows.delete,
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()
    assert rows.get().key == "orchard"


@pytest.mark.parametrize(
    ("facts", "guard"),
    [
        ({"key": ""}, "source_is_named"),
        ({"kind": ""}, "source_is_named"),
        ({"to_at": NOW}, "source_begins_before_it_ends"),
        ({"from_at": LATER, "to_at": NOW}, "source_ends_after_it_begins|lower bound"),
    ],
)
def test_the_database_refuses_a_source_that_cannot_be(facts: dict[str, object], guard: str) -> None:
    session = plan_session(make_crew())
    with pytest.raises(DatabaseError, match=guard), transaction.atomic():
        SessionSource.objects.create(session_id=session.id, **{"kind": "clip", "key": "orchard", **facts})


@pytest.mark.usefixtures("film")
def test_a_room_full_of_phones_asks_the_database_once_a_second(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    crew = make_crew()
    session = plan_session(crew, clip="orchard")
    operations.open_session(by=crew.chief, session_id=session.id, now=NOW)
    with django_assert_num_queries(1) as asked:
        first = playlist(session_id=session.id, now=NOW)
    assert "JOIN" not in asked.captured_queries[0]["sql"]
    with django_assert_num_queries(0):
        for milliseconds in range(0, 1000, 50):
            assert playlist(session_id=session.id, now=NOW + timedelta(milliseconds=milliseconds)) == first
    with django_assert_num_queries(1):
        second = playlist(session_id=session.id, now=NOW + timedelta(seconds=2))
    assert read(second).sequence == read(first).sequence + 1


@pytest.mark.usefixtures("film")
def test_a_second_after_the_end_the_playlist_has_one() -> None:
    crew = make_crew()
    session = plan_session(crew, clip="orchard")
    operations.open_session(by=crew.chief, session_id=session.id, now=NOW)
    assert not read(playlist(session_id=session.id, now=LATER)).ended
    operations.close_session(by=crew.chief, session_id=session.id, now=LATER)
    assert read(playlist(session_id=session.id, now=LATER + timedelta(seconds=1))).ended


@pytest.mark.usefixtures("film")
def test_there_is_nothing_to_see_before_a_session_opens_without_a_source_or_without_its_film() -> None:
    crew = make_crew()
    session = plan_session(crew, clip="garden")
    for session_id in (session.id, open_session(make_crew()).id, 999_999):
        with pytest.raises(NotFound):
            playlist(session_id=session_id, now=NOW)
    operations.open_session(by=crew.chief, session_id=session.id, now=NOW)
    with pytest.raises(NoSuchClip):
        playlist(session_id=session.id, now=NOW)
