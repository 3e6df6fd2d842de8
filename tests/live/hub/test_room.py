"""One room in one process: at most ten frames a second, bounded queues, and what was missed."""

import asyncio
import json
from itertools import pairwise
from typing import Any

import pytest

from fieldcast.live.hub import room as rooms
from fieldcast.live.hub.frames import HEARTBEAT, RESYNC
from fieldcast.live.hub.room import Listener, Room, Visitor, clock_ms


def frames(received: bytes) -> list[dict[str, Any]]:
    """The JSON of every frame in a stretch of the stream."""
    return [json.loads(line[6:]) for line in received.decode().splitlines() if line.startswith('data: {"id"')]


async def caught_up(room: Room) -> Listener:
    """A listener who has seen everything up to now."""
    listener = room.join(after=clock_ms() + rooms.SLACK_MS + 1)
    assert not listener.behind
    return listener


def test_a_thousand_messages_in_a_second_become_at_most_ten_frames_and_lose_no_value() -> None:
    async def story() -> None:
        room, loop = Room(1), asyncio.get_running_loop()
        listener, began = await caught_up(room), loop.time()
        for number in range(1000):
            room.post({"offers": {"4": {"left": 1000 - number}}, "likes": number})
            await asyncio.sleep(0.001)
        await asyncio.sleep(0.15)
        assert 1 < room.frames_sent <= (loop.time() - began) * 10 + 1
        seen = frames(await listener.take())
        assert seen[-1]["offers"] == {"4": {"left": 1}}
        assert seen[-1]["likes"] == 999
        assert [one["id"] for one in seen] == sorted({one["id"] for one in seen})

    asyncio.run(story())


def test_frames_leave_at_least_a_tenth_of_a_second_apart() -> None:
    async def story() -> None:
        room, loop = Room(1), asyncio.get_running_loop()
        listener, times = await caught_up(room), []
        for number in range(4):
            room.post({"likes": number})
            await listener.take()
            times.append(loop.time())
        gaps = [later - sooner for sooner, later in pairwise(times)]
        assert min(gaps) > rooms.FRAME_SECONDS * 0.9

    asyncio.run(story())


def test_the_first_message_after_a_quiet_while_leaves_at_once() -> None:
    async def story() -> None:
        room = Room(1)
        listener = await caught_up(room)
        began = asyncio.get_running_loop().time()
        room.post({"likes": 1})
        await listener.take()
        assert asyncio.get_running_loop().time() - began < rooms.FRAME_SECONDS / 2

    asyncio.run(story())


def test_a_frame_is_encoded_once_for_all_listeners(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[int] = []

    def encode(frame_id: int, facts: dict[str, Any]) -> bytes:
        calls.append(frame_id)
        return b"frame"

    monkeypatch.setattr(rooms, "encode", encode)

    async def story() -> None:
        room = Room(1)
        listeners = [await caught_up(room) for _ in range(50)]
        room.post({"likes": 1})
        assert [await listener.take() for listener in listeners] == [b"frame"] * 50
        assert len(calls) == 1

    asyncio.run(story())


def test_a_listener_who_cannot_keep_up_loses_the_oldest_and_is_told_to_resync() -> None:
    async def story() -> None:
        listener = Listener(limit=3)
        for number in range(10):
            listener.put(b"%d " % number)
        assert await listener.take() == RESYNC + b"7 8 9 "
        listener.put(b"10")
        assert await listener.take() == b"10"  # told once

    asyncio.run(story())


def test_who_comes_back_gets_what_they_missed() -> None:
    async def story() -> None:
        room = Room(1)
        room._heard_from -= 60_000  # the room has been open for a minute
        for number in range(3):
            room.post({"likes": number})
            await asyncio.sleep(0.11)
        last = room._ring[-1][0]
        back = room.join(after=last - 5000)
        assert [one["likes"] for one in frames(await back.take())] == [0, 1, 2]
        fresh = room.join(after=last + rooms.SLACK_MS)
        room.post({"likes": 9})
        assert [one["likes"] for one in frames(await fresh.take())] == [9]

    asyncio.run(story())


def test_who_missed_more_than_is_kept_reads_the_whole_state() -> None:
    async def story() -> None:
        room = Room(1)
        for after in (None, clock_ms() - 60_000):
            assert await room.join(after=after).take() == RESYNC

    asyncio.run(story())


def test_what_is_kept_for_those_who_come_back_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rooms, "RING_BYTES", 3000)

    async def story() -> None:
        room = Room(1)
        room._heard_from = 0
        for number in range(30):
            room._draft.add({"chat": [{"id": number, "text": "桃" * 100}]})
            room._flush()
        assert sum(len(frame) for _, frame in room._ring) <= 3000
        assert 0 < len(room._ring) < 30
        assert 0 < room._heard_from < room._ring[0][0]

    asyncio.run(story())


def test_a_gap_in_hearing_is_told_to_everyone_and_never_replayed_over() -> None:
    async def story() -> None:
        room = Room(1)
        listener = await caught_up(room)
        room.post({"likes": 1})
        await listener.take()
        before = clock_ms()
        room.lost_hearing()
        assert await listener.take() == RESYNC
        assert await room.join(after=before).take() == RESYNC

    asyncio.run(story())


def test_a_quiet_room_shows_that_it_is_there() -> None:
    async def story() -> None:
        room = Room(1)
        listener = await caught_up(room)
        room._sent_at = asyncio.get_running_loop().time() - 20
        room.beat()
        assert await listener.take() == HEARTBEAT
        room.post({"likes": 1})
        await listener.take()
        room.beat()
        assert not listener._waiting  # a frame has just said the same

    asyncio.run(story())


def test_closing_a_room_sends_what_was_gathered_and_ends_every_connection() -> None:
    async def story() -> None:
        room = Room(1)
        listener = await caught_up(room)
        room.post({"likes": 1})
        await listener.take()
        room.post({"state": "ended"})
        room.close()
        assert [one["state"] for one in frames(await listener.take())] == ["ended"]
        assert await listener.take() == b""

    asyncio.run(story())


def test_viewers_are_told_only_when_they_change() -> None:
    async def story() -> None:
        room = Room(1)
        for viewers in (3, 3, 3):
            room.show_viewers(viewers)
            await asyncio.sleep(0.11)
        assert room.frames_sent == 1

    asyncio.run(story())


def test_one_person_with_two_pages_is_one_viewer_and_a_page_without_visitor_is_none() -> None:
    async def story() -> None:
        room = Room(1)
        room.join(after=None)
        first = room.join(after=None, visitor=Visitor("one"))
        room.join(after=None, visitor=Visitor("one"))
        room.join(after=None, visitor=Visitor("two", earlier="device"))
        assert (room.viewers, len(room.listeners)) == (2, 4)
        assert room.take_seen() == {"one": "", "two": "device"}
        assert room.take_seen() == {}
        room.leave(first)
        assert (room.viewers, room.take_seen()) == (2, {"one": ""})

    asyncio.run(story())


def test_who_stays_long_is_told_again_and_what_could_not_be_told_is_kept() -> None:
    async def story() -> None:
        room = Room(1)
        room.join(after=None, visitor=Visitor("one"))
        room.give_back(room.take_seen())
        assert room.take_seen() == {"one": ""}
        room._told_at -= rooms.TELL_ALL_SECONDS + 1
        assert room.take_seen() == {"one": ""}

    asyncio.run(story())
