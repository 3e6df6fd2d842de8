"""The hub on the real database: LISTEN and NOTIFY, the listeners' way in and out, and a line that is cut."""

import asyncio
import json
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import aclosing, contextmanager
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction
from django.utils import timezone

from fieldcast.kit.events import LIVE_CHANNEL, publish
from fieldcast.live import operations, queries
from fieldcast.live.hub import Hub, SessionGone, TooManyListeners, Visitor, current_hub, stop_hub
from fieldcast.live.hub import hub as hub_module
from fieldcast.live.hub.frames import RESYNC
from fieldcast.live.hub.process import DatabaseRooms, conninfo
from fieldcast.live.types import MessageKind
from tests.live.rooms import Crew, make_crew, make_viewer, open_session, plan_session

pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def committed() -> Iterator[None]:
    """A transaction in a thread of its own, whose connection is given back."""
    try:
        with transaction.atomic():
            yield
    finally:
        connection.close()


async def do(work: Callable[[], Any]) -> Any:
    """Do `work` in a transaction, beside the event loop."""

    def inside() -> Any:
        with committed():
            return work()

    return await asyncio.to_thread(inside)


async def tell(session_id: int, **facts: Any) -> None:
    """Publish facts about a session and commit."""
    await do(lambda: publish(LIVE_CHANNEL, {"s": session_id, **facts}))


async def next_frame(events: AsyncGenerator[bytes, None]) -> dict[str, Any]:
    """The next frame that is not only the number of viewers."""
    async with asyncio.timeout(10):
        async for piece in events:
            for event in piece.decode().split("\n\n"):
                if '"id"' in event:
                    facts = json.loads(event.split("data: ")[1])
                    if set(facts) != {"id", "viewers"}:
                        return dict(facts)
    raise AssertionError("the stream ended without a frame")


async def next_resync(events: AsyncGenerator[bytes, None]) -> None:
    """Wait until the stream says that the whole state must be read."""
    async with asyncio.timeout(15):
        async for piece in events:
            if RESYNC in piece:
                return
    raise AssertionError("the stream ended without a resync")


def run(story: Callable[[Hub], Any]) -> None:
    """Run `story` with a hub of its own, and leave none behind."""

    async def whole() -> None:
        try:
            await story(current_hub())
        finally:
            await stop_hub()

    asyncio.run(whole())


@pytest.fixture
def crew() -> Crew:
    return make_crew()


@pytest.fixture
def session_id(crew: Crew) -> int:
    with transaction.atomic():
        return open_session(crew, now=timezone.now()).id


def test_what_commits_is_heard_and_what_is_rolled_back_is_not(session_id: int) -> None:
    def rolled_back() -> None:
        with transaction.atomic():
            publish(LIVE_CHANNEL, {"s": session_id, "likes": 1})
            transaction.set_rollback(True)

    async def story(live: Hub) -> None:
        async with aclosing(await live.listen(session_id=session_id, after=None)) as events:
            await anext(events)
            await do(rolled_back)
            await tell(session_id, likes=2)
            assert (await next_frame(events))["likes"] == 2

    run(story)


def test_a_message_written_in_one_process_reaches_every_listener_of_its_room_only(
    crew: Crew, session_id: int
) -> None:
    with transaction.atomic():
        viewer = make_viewer(crew)
        other = open_session(make_crew(), now=timezone.now())

    async def story(live: Hub) -> None:
        here = [await live.listen(session_id=session_id, after=None) for _ in range(3)]
        there = await live.listen(session_id=other.id, after=None)
        for events in (*here, there):
            await anext(events)
        await do(
            lambda: operations.say(
                by=viewer, session_id=session_id, text="甜吗", kind=MessageKind.CHAT, now=timezone.now()
            )
        )
        for events in here:
            frame = await next_frame(events)
            assert [(line["name"], line["text"]) for line in frame["chat"]] == [("小满", "甜吗")]
        await tell(other.id, likes=7)
        assert (await next_frame(there)).keys() == {"id", "likes"}
        for events in (*here, there):
            await events.aclose()

    run(story)


def test_a_burst_over_the_database_becomes_few_frames_with_the_last_value(session_id: int) -> None:
    def burst() -> None:
        for left in range(300, 0, -1):
            publish(LIVE_CHANNEL, {"s": session_id, "offers": {"4": {"left": left}}})

    async def story(live: Hub) -> None:
        async with aclosing(await live.listen(session_id=session_id, after=None)) as events:
            await anext(events)
            await do(burst)
            seen = [await next_frame(events)]
            while seen[-1]["offers"]["4"]["left"] != 1:
                seen.append(await next_frame(events))
            assert len(seen) <= 5

    run(story)


def test_when_the_connection_is_cut_everyone_resyncs_and_hears_again(session_id: int) -> None:
    def cut() -> None:
        with psycopg.connect(conninfo(), autocommit=True) as line:
            found = line.execute(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
                "WHERE datname = current_database() "
                "AND application_name = 'fieldcast live' AND query LIKE 'LISTEN%'"
            ).fetchone()
        assert found is not None
        assert found[0] == 1

    async def story(live: Hub) -> None:
        async with aclosing(await live.listen(session_id=session_id, after=None)) as events:
            await anext(events)
            await next_resync(events)  # a first visit always begins by reading the state
            await asyncio.to_thread(cut)
            await next_resync(events)
            await tell(session_id, likes=5)
            assert (await next_frame(events))["likes"] == 5

    run(story)


def test_there_is_nothing_to_hear_of_a_session_that_is_over_or_never_was(crew: Crew, session_id: int) -> None:
    with transaction.atomic():
        planned = plan_session(crew, now=timezone.now())
        operations.close_session(by=crew.chief, session_id=session_id, now=timezone.now())

    async def story(live: Hub) -> None:
        with pytest.raises(SessionGone) as over:
            await live.listen(session_id=session_id, after=None)
        assert over.value.ended
        with pytest.raises(SessionGone) as never:
            await live.listen(session_id=10**9, after=None)
        assert not never.value.ended
        async with aclosing(await live.listen(session_id=planned.id, after=None)) as events:
            await anext(events)
            await tell(planned.id, state="live")
            assert (await next_frame(events))["state"] == "live"

    run(story)


def test_when_a_session_ends_its_streams_tell_so_and_end(
    crew: Crew, session_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub_module, "ENDED_SECONDS", 0.3)

    async def story(live: Hub) -> None:
        events = await live.listen(session_id=session_id, after=None)
        await anext(events)
        await do(lambda: operations.close_session(by=crew.chief, session_id=session_id, now=timezone.now()))
        frame = await next_frame(events)
        assert (frame["state"], frame["explaining"]) == ("ended", None)
        await tell(session_id, offers={"4": {"left": 0, "state": "closed"}})
        assert (await next_frame(events))["offers"]["4"]["state"] == "closed"
        async with asyncio.timeout(5):
            assert [piece async for piece in events] == []
        assert live.listener_count == 0

    run(story)


def test_visitors_are_counted_as_viewers_and_visits_and_who_runs_the_session_is_not(
    session_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub_module, "PRESENCE_SECONDS", 0.1)

    async def story(live: Hub) -> None:
        first = await live.listen(session_id=session_id, after=None, visitor=Visitor("first"))
        again = await live.listen(session_id=session_id, after=None, visitor=Visitor("first"))
        host = await live.listen(session_id=session_id, after=None)
        await anext(first)
        await anext(again)
        await anext(host)
        async with asyncio.timeout(10):
            while True:
                found = await do(lambda: queries.counts(session_id=session_id))
                if found.visits:
                    break
        assert (found.viewers, found.peak_viewers, found.visits) == (1, 1, 1)
        await first.aclose()
        await again.aclose()
        async with asyncio.timeout(10):
            while (await do(lambda: queries.counts(session_id=session_id))).viewers:
                await asyncio.sleep(0.05)
        await host.aclose()

    run(story)
    found = queries.counts(session_id=session_id)
    assert (found.viewers, found.peak_viewers, found.visits) == (0, 1, 1)


def test_a_process_that_stops_ends_every_stream_and_takes_no_new_ones(session_id: int) -> None:
    async def story(live: Hub) -> None:
        events = await live.listen(session_id=session_id, after=None)
        await anext(events)
        await anext(events)
        await stop_hub()
        async with asyncio.timeout(5):
            assert [piece async for piece in events] == []
        with pytest.raises(TooManyListeners):
            await live.listen(session_id=session_id, after=None)
        assert [task for task in asyncio.all_tasks() if task is not asyncio.current_task()] == []

    run(story)


def test_a_process_holds_only_so_many_listeners(session_id: int) -> None:
    async def story(_: Hub) -> None:
        small = Hub(conninfo=conninfo(), channel=LIVE_CHANNEL, rooms=DatabaseRooms(), most=1)
        small.start()
        try:
            only = await small.listen(session_id=session_id, after=None)
            await anext(only)
            with pytest.raises(TooManyListeners):
                await small.listen(session_id=session_id, after=None)
            await only.aclose()
            again = await small.listen(session_id=session_id, after=None)
            await anext(again)
            await again.aclose()
        finally:
            await small.close()

    run(story)


def test_what_is_not_a_message_for_a_room_is_passed_over(
    session_id: int, caplog: pytest.LogCaptureFixture
) -> None:
    def nonsense() -> None:
        for payload in ("not json", "[]", "{}", '{"s": null}'):
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_notify(%s, %s)", [LIVE_CHANNEL, payload])

    async def story(live: Hub) -> None:
        async with aclosing(await live.listen(session_id=session_id, after=None)) as events:
            await anext(events)
            await do(nonsense)
            await tell(session_id, likes=3)
            assert (await next_frame(events))["likes"] == 3

    run(story)
    assert caplog.text.count("not a message for a room") == 3
