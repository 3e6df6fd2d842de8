"""The room's events over HTTP, from the ASGI application beside Django."""

import asyncio
import json
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from fieldcast.kit.events import LIVE_CHANNEL, publish
from fieldcast.live import operations as live_operations
from fieldcast.live.hub import current_hub, stop_hub
from fieldcast.web.events import events_of
from fieldcast.web.live import sse
from fieldcast.web.live.sse import last_seen, with_live_events
from tests.live.rooms import Crew, make_crew, open_session

pytestmark = pytest.mark.django_db(transaction=True)
Message = dict[str, Any]


class Visit:
    """One request to the ASGI application, and what it answered so far."""

    def __init__(
        self,
        path: str,
        *,
        method: str = "GET",
        query: str = "",
        headers: tuple[tuple[bytes, bytes], ...] = (),
        address: str = "127.0.0.1",
        takes: int = 10**9,
    ) -> None:
        self.scope = {
            "type": "http",
            "method": method,
            "path": path,
            "query_string": query.encode(),
            "headers": list(headers),
            "fieldcast.address": address,
        }
        self._takes = takes
        self.sent: list[Message] = []
        self._left = asyncio.Event()
        self._news = asyncio.Event()
        self.task = asyncio.ensure_future(application(self.scope, self._receive, self._send))

    @property
    def status(self) -> int:
        """The answer's status."""
        return int(self.sent[0]["status"])

    @property
    def body(self) -> str:
        """What has come so far."""
        return b"".join(message.get("body", b"") for message in self.sent[1:]).decode()

    async def until(self, words: str) -> None:
        """Wait until `words` have come."""
        async with asyncio.timeout(10):
            while words not in self.body:
                self._news.clear()
                await self._news.wait()

    async def leave(self) -> None:
        """Close the connection, as a phone in a tunnel does."""
        self._left.set()
        async with asyncio.timeout(5):
            await self.task

    async def _receive(self) -> Message:
        await self._left.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: MutableMapping[str, Any]) -> None:
        if len(self.sent) >= self._takes:
            await asyncio.Event().wait()
        self.sent.append(dict(message))
        self._news.set()


async def _elsewhere(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 299, "headers": []})


application = with_live_events(_elsewhere)


def run(story: Callable[[], Awaitable[None]]) -> None:
    """Run `story` and leave no hub behind."""

    async def whole() -> None:
        try:
            await story()
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


async def tell(session_id: int, **facts: Any) -> None:
    """Publish and commit, beside the event loop."""

    def inside() -> None:
        with transaction.atomic():
            publish(LIVE_CHANNEL, {"s": session_id, **facts})
        connection.close()

    await asyncio.to_thread(inside)


def test_frames_come_as_events_until_the_listener_leaves(session_id: int) -> None:
    async def story() -> None:
        visit = Visit(f"/live/{session_id}/events")
        await visit.until("event: resync")
        headers = dict(visit.sent[0]["headers"])
        assert visit.status == 200
        assert headers[b"content-type"].startswith(b"text/event-stream")
        assert b"no-store" in headers[b"cache-control"]
        assert headers[b"x-accel-buffering"] == b"no"
        await tell(session_id, likes=3)
        await visit.until('"likes":3')
        assert current_hub().listener_count == 1
        await visit.leave()
        assert current_hub().listener_count == 0

    run(story)


def test_who_was_here_a_moment_ago_goes_on_without_reading_everything(session_id: int) -> None:
    async def story() -> None:
        first = Visit(f"/live/{session_id}/events")
        await first.until("resync")
        await asyncio.sleep(1.1)  # the room has now been listening for longer than clocks may differ
        await tell(session_id, likes=3)
        await first.until('"likes":3')
        frame = json.loads(next(line for line in first.body.splitlines() if '"likes":3' in line)[6:])
        await tell(session_id, likes=4)
        await first.until('"likes":4')
        for back in (
            Visit(f"/live/{session_id}/events", headers=((b"last-event-id", str(frame["id"]).encode()),)),
            Visit(f"/live/{session_id}/events", query=f"since={frame['id']}"),
            Visit(f"/live/{session_id}/events", query=f"since=1&last_event_id={frame['id']}"),
        ):
            await back.until('"likes":4')
            assert "resync" not in back.body
            await back.leave()
        await first.leave()

    run(story)


def test_a_session_that_is_over_ends_the_asking_and_one_that_never_was_is_not_found(
    crew: Crew, session_id: int
) -> None:
    with transaction.atomic():
        live_operations.close_session(by=crew.chief, session_id=session_id, now=timezone.now())

    async def story() -> None:
        for path, status in ((f"/live/{session_id}/events", 204), ("/live/999999/events", 404)):
            visit = Visit(path)
            await visit.task
            assert visit.status == status

    run(story)


def test_everything_else_goes_to_the_application_inside(session_id: int) -> None:
    async def story() -> None:
        for path in ("/", f"/live/{session_id}/", f"/live/{session_id}/events/", "/live/x/events"):
            visit = Visit(path)
            await visit.task
            assert visit.status == 299
        post = Visit(f"/live/{session_id}/events", method="POST")
        await post.task
        assert post.status == 405

    run(story)


def test_when_the_process_stops_the_stream_ends_properly(session_id: int) -> None:
    async def story() -> None:
        visit = Visit(f"/live/{session_id}/events")
        await visit.until("resync")
        await stop_hub()
        async with asyncio.timeout(5):
            await visit.task
        assert visit.sent[-1] == {"type": "http.response.body", "body": b"", "more_body": False}
        late = Visit(f"/live/{session_id}/events")
        await late.task
        assert late.status == 503

    run(story)


def test_the_address_a_page_listens_at_is_answered_before_django_which_knows_no_such_page(
    client: Client, session_id: int
) -> None:
    address = events_of(session_id=session_id)
    assert f'"{address}?pass=' in client.get(f"/live/{session_id}/").content.decode()
    assert client.get(address).status_code == 404

    async def story() -> None:
        visit = Visit(address)
        await visit.until("event: resync")
        await visit.leave()

    run(story)


@pytest.mark.parametrize(
    ("header", "query", "expected"),
    [
        ("17", "", 17),
        ("17", "4", 17),
        ("", "4", 4),
        ("", "", None),
        ("x", "-4", None),
        ("", "9" * 19, None),
        ("١٧", "", None),
    ],
)
def test_a_place_in_the_stream_is_a_plain_number(header: str, query: str, expected: int | None) -> None:
    assert last_seen(header=header, query=query) == expected


def test_one_address_listens_only_so_often_and_this_machine_as_often_as_it_likes(
    session_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sse, "MOST_OF_ONE_ADDRESS", 2)

    async def story() -> None:
        path = f"/live/{session_id}/events"
        visits = [Visit(path, address="203.0.113.5") for _one in range(2)]
        visits += [Visit(path, address="203.0.113.6"), *(Visit(path) for _one in range(4))]
        for visit in visits:
            await visit.until("retry")
        third = Visit(path, address="203.0.113.5")
        await third.task
        assert third.status == 429
        await visits[0].leave()
        again = Visit(path, address="203.0.113.5")
        await again.until("retry")
        for visit in [*visits[1:], again]:
            await visit.leave()
        assert not sse._listening

    run(story)


def test_a_listener_that_takes_nothing_is_given_up(session_id: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sse, "WRITE_SECONDS", 0.2)

    async def story() -> None:
        greedy = Visit(f"/live/{session_id}/events", takes=1)
        honest = Visit(f"/live/{session_id}/events")
        await honest.until("retry")
        async with asyncio.timeout(5):
            await greedy.task
        assert not honest.task.done()
        await honest.leave()

    run(story)
