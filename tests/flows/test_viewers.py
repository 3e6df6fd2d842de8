"""Invented viewers in the live room of the demo county, on the whole platform."""

import asyncio
import random
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

from fieldcast.rehearsal.client import Api, open_client
from fieldcast.rehearsal.room import KEPT, Room, categories, spare

if TYPE_CHECKING:
    from fieldcast.config.runner import Platform

GUESTS, DEEDS, PATIENCE_SECONDS = 6, 14, 20.0


@pytest.mark.browser  # no browser in it, but it shares the one server with the tests that walk pages
def test_a_room_moves_by_itself(server: "Platform") -> None:
    """Somebody watches, likes, writes and has bought; all of them are gone when they are told to go."""
    with ThreadPoolExecutor(max_workers=1) as other:  # Playwright may keep an event loop in this thread
        before, during, after = other.submit(lambda: asyncio.run(keep_company(server))).result()
    assert before["counts"]["viewers"] == 0
    assert GUESTS // 2 <= during["counts"]["viewers"] <= GUESTS
    assert during["counts"]["likes"] > before["counts"]["likes"]
    assert during["lines"] > before["lines"]
    # that fewer are left would say nothing here: what the county's own unpaid orders held comes back meanwhile
    assert during["bought"]
    for order in during["bought"]:
        assert order["session_id"] == during["id"]
        assert order["total_fen"] == sum(line["units"] * line["price_fen"] for line in order["lines"]) > 0
    assert after["counts"]["viewers"] == 0


async def keep_company(server: "Platform") -> tuple[dict[str, Any], ...]:
    async with open_client() as http:
        api = Api(url=server.url, http=http)
        room = Room(api=api, home=server.environment.home, count=GUESTS, rng=random.Random(4))
        await room.look()
        [session_id] = room.watched
        room.leave()
        before = await state(api, room, session_id, viewers=0)
        await room.look()
        for _deed in range(DEEDS):
            await room.act()
        during = await state(api, room, session_id, viewers=GUESTS // 2)
        room.leave()
        return before, during, await state(api, room, session_id, viewers=0)


async def state(api: Api, room: Room, session_id: int, *, viewers: int) -> dict[str, Any]:
    """What everyone sees of the room, once it counts at least, or for none exactly, so many viewers."""
    token = room.token
    ends = time.monotonic() + PATIENCE_SECONDS
    while True:
        found = await api.must("GET", f"/sessions/{session_id}", token=token)
        now = found["counts"]["viewers"]
        if now == 0 if viewers == 0 else now >= viewers:
            break
        assert time.monotonic() < ends, f"{now} viewers"
        await asyncio.sleep(0.3)
    lines = await api.must("GET", f"/sessions/{session_id}/messages", token=token)
    bought = [
        await api.must("GET", f"/orders/{number}", token=guest.secret)
        for number, guest in room.placed.items()
    ]
    return {**found, "lines": len(lines), "bought": bought}


def test_the_last_packs_are_left_to_visitors() -> None:
    assert spare([{"left": KEPT + 3}, {"left": KEPT}, {"left": 2}]) == 3


def test_what_is_talked_of_follows_the_names_of_the_goods() -> None:
    assert [
        str(one) for one in categories([{"title": "脐橙 10 斤装 · 梁金凤家"}, {"title": "云雾绿茶"}])
    ] == [
        "fruit",
        "tea",
    ]
