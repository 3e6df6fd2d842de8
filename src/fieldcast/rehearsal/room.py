"""Invented viewers in the demo's rooms: they watch, like, write, ask and buy, over HTTP as anyone could.

They come when the demo runs and stay while they are wanted (`demo.wish`). They watch every session that is live; in
the one that was opened first they also buy, ever more slowly the less is left, and never the last packs: a visitor
always finds some.
"""

import asyncio
import contextlib
import random
import re
import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import httpx

from fieldcast.catalog.types import Category
from fieldcast.demo import names, talk
from fieldcast.demo.goods import GOODS
from fieldcast.demo.wish import viewers_wanted
from fieldcast.rehearsal.client import Api, open_client
from fieldcast.trade.providers.sandbox.checkout import confirm_form

LOOK_SECONDS: Final = 2.0
PAUSE_SECONDS: Final = (1.6, 4.6)  # between two things that somebody does
EVENTS: Final = re.compile(r'"events": "([^"]+)"')
BUY_SECONDS: Final = 14.0  # between two orders while everything is there
KEPT: Final = 12  # packs of an offer that are left to visitors
ANSWER_SECONDS: Final = (9.0, 20.0)
TRY_AGAIN_SECONDS: Final = 3.0
MOST_SESSIONS: Final = 4
DEEDS: Final = ("like", "like", "like", "write", "write", "ask", "come_or_go")


@dataclass(frozen=True)
class Guest:
    """An invented viewer: a name for the room and a token."""

    id: int
    name: str
    secret: str


@dataclass
class Watching:
    """One session that is live, and who of the guests is in it."""

    id: int
    tasks: dict[int, "asyncio.Task[None]"] = field(default_factory=dict)
    host: str = ""
    at_first: int = 0  # packs that could be bought when the guests came
    bought_at: float = 0.0

    def leave(self) -> None:
        """Everyone goes."""
        for task in self.tasks.values():
            task.cancel()
        self.tasks.clear()


def run(*, url: str, home: Path, count: int, alive: Callable[[], None]) -> None:
    """Keep the rooms of the platform at `url` company until told to stop; `alive` is called in between."""
    asyncio.run(_run(url, home, count, alive))


async def _run(url: str, home: Path, count: int, alive: Callable[[], None]) -> None:
    beating = asyncio.create_task(_beat(alive))
    async with open_client() as http:
        room = Room(api=Api(url=url.rstrip("/"), http=http), home=home, count=count)
        try:
            await room.live()
        finally:
            beating.cancel()


async def _beat(alive: Callable[[], None]) -> None:
    while True:
        alive()
        await asyncio.sleep(1.0)


class Room:
    """The guests and the sessions they watch."""

    def __init__(self, *, api: Api, home: Path, count: int, rng: random.Random | None = None) -> None:
        self._api = api
        self._home = home
        self._count = count
        self._rng = rng or random.Random()  # noqa: S311 — whims, not secrets
        self._guests: tuple[Guest, ...] = ()
        self._sessions: dict[int, Watching] = {}
        self._later: set[asyncio.Task[None]] = set()
        self.placed: dict[str, Guest] = {}  # orders, and who placed each

    @property
    def watched(self) -> tuple[int, ...]:
        """The sessions that are watched."""
        return tuple(self._sessions)

    @property
    def token(self) -> str:
        """Some guest's."""
        return self._guests[0].secret

    async def live(self) -> None:
        """Come, act, and go when they are not wanted; what does not answer is tried again later."""
        looked_at = 0.0
        while True:
            try:
                if not viewers_wanted(self._home):
                    self.leave()
                    await asyncio.sleep(LOOK_SECONDS)
                    continue
                if time.monotonic() - looked_at > LOOK_SECONDS * 3:
                    await self.look()
                    looked_at = time.monotonic()
                await self.act()
            except httpx.HTTPError:
                await asyncio.sleep(TRY_AGAIN_SECONDS)
            await asyncio.sleep(self._rng.uniform(*PAUSE_SECONDS))

    async def act(self) -> None:
        """Somebody does something in one of the rooms, the first of them most often."""
        if not self._sessions:
            return
        sessions = list(self._sessions.values())
        where = sessions[min(self._rng.randrange(len(sessions)), self._rng.randrange(len(sessions)))]
        offers = await self._offers(where)
        if where is sessions[0] and self._wants_to_buy(where, offers):
            await self._buy(where, offers)
            return
        deed = self._rng.choice(DEEDS)
        if deed == "like":
            body = {"count": self._rng.randrange(1, 9)}
            await self._api.send("POST", f"/sessions/{where.id}/likes", token=self._guest().secret, body=body)
        elif deed == "come_or_go":
            self._come_or_go(where)
        else:
            await self._write(where, offers, asks=deed == "ask")

    async def look(self) -> None:
        """Which sessions are live; guests without a token get theirs."""
        if not self._guests:
            await self._invite()
        answer = await self._api.send("GET", "/sessions?state=live", token=self.token)
        if answer.status == httpx.codes.UNAUTHORIZED:  # a fresh county
            self._guests = ()
            return
        found = answer.body["items"] if answer.ok else []
        ids = [one["id"] for one in sorted(found, key=lambda one: str(one["opened_at"]))][:MOST_SESSIONS]
        for gone in set(self._sessions) - set(ids):
            self._sessions.pop(gone).leave()
        if set(ids) - set(self._sessions):
            await self._invite()
        for number in ids:
            where = self._sessions.setdefault(number, Watching(id=number))
            where.tasks = {one: task for one, task in where.tasks.items() if not task.done()}
            while len(where.tasks) < self._share() // 2:
                self._come(where)

    async def _invite(self) -> None:
        body = await self._api.must("POST", "/demo/company", body={"viewers": self._count})
        self._guests = tuple(Guest(**one) for one in body["viewers"])
        for number, host in body["hosts"].items():
            self._sessions.setdefault(int(number), Watching(id=int(number))).host = host["secret"]

    def _share(self) -> int:
        """How many watch one session."""
        return max(1, self._count // max(1, len(self._sessions)))

    def _guest(self) -> Guest:
        return self._rng.choice(self._guests)

    def _come(self, where: Watching) -> None:
        away = [one for one in self._guests if all(one.id not in at.tasks for at in self._sessions.values())]
        if away:
            guest = self._rng.choice(away)
            where.tasks[guest.id] = asyncio.create_task(self._watch(where.id))

    def _come_or_go(self, where: Watching) -> None:
        few, many = self._share() // 2, self._share()
        if len(where.tasks) < many and (len(where.tasks) <= few or self._rng.random() < 0.6):
            self._come(where)
        elif where.tasks:
            where.tasks.pop(self._rng.choice(list(where.tasks))).cancel()

    async def _watch(self, session_id: int) -> None:
        """Hold the room's stream open as the page says, in a browser of one's own: so one is counted, once."""
        quiet = httpx.Timeout(10.0, read=60.0)
        with contextlib.suppress(httpx.HTTPError):
            async with httpx.AsyncClient(base_url=self._api.url, timeout=quiet, trust_env=False) as browser:
                page = await browser.get(f"/live/{session_id}/")
                address = EVENTS.search(page.text)
                if address is None:
                    return
                async with browser.stream("GET", address[1]) as stream:
                    async for _frame in stream.aiter_raw():
                        pass

    async def _offers(self, where: Watching) -> list[dict[str, Any]]:
        answer = await self._api.send("GET", f"/sessions/{where.id}/offers", token=self.token)
        offers = [one for one in answer.body if one["state"] == "open"] if answer.ok else []
        where.at_first = where.at_first or spare(offers)
        return offers

    def _wants_to_buy(self, where: Watching, offers: Sequence[dict[str, Any]]) -> bool:
        left = spare(offers)
        return left > 0 and time.monotonic() - where.bought_at > BUY_SECONDS * where.at_first / left

    async def _buy(self, where: Watching, offers: Sequence[dict[str, Any]]) -> None:
        where.bought_at = time.monotonic()
        offer = self._rng.choice([one for one in offers if one["left"] > KEPT])
        guest = self._guest()
        order: dict[str, Any] = {
            "offer_id": offer["id"],
            "units": self._rng.choice((1, 1, 1, 2)),
            "seen_price_fen": offer["price_fen"],
            "delivery": self._delivery(),
        }
        key = {"Idempotency-Key": secrets.token_hex(12)}
        placed = await self._api.send("POST", "/orders", token=guest.secret, body=order, headers=key)
        if not placed.ok:
            return
        self.placed[placed.body["number"]] = guest
        paying = await self._api.send("POST", f"/orders/{placed.body['number']}/pay", token=guest.secret)
        if paying.ok:
            address, fields = confirm_form(paying.body["checkout_url"], "pay")
            await self._api.http.post(address, data=fields)

    def _delivery(self) -> dict[str, str]:
        province, city, district, street = self._rng.choice(names.PLACES)
        return {
            "recipient": f"{self._rng.choice(list(names.SURNAMES))}女士",
            "phone": f"138{self._rng.randrange(10**8):08d}",
            "province": province,
            "city": city,
            "district": district,
            "line": f"{street} {self._rng.randrange(1, 300)} 号",
        }

    async def _write(self, where: Watching, offers: Sequence[dict[str, Any]], *, asks: bool) -> None:
        lines = talk.written(self._rng, categories(offers), 60)
        line = next((one for one in lines if bool(one.answer) == asks), None)
        if line is None:
            return
        body = {"text": line.text, "kind": "question" if asks else "chat"}
        path = f"/sessions/{where.id}/messages"
        answer = await self._api.send("POST", path, token=self._guest().secret, body=body)
        if answer.ok and asks and where.host:
            task = asyncio.create_task(self._answer(where, answer.body["id"], line.answer))
            self._later.add(task)
            task.add_done_callback(self._later.discard)

    async def _answer(self, where: Watching, message_id: int, text: str) -> None:
        """The invented host answers, unless whoever plays the host was quicker."""
        await asyncio.sleep(self._rng.uniform(*ANSWER_SECONDS))
        path = f"/sessions/{where.id}/messages"
        with contextlib.suppress(httpx.HTTPError):
            there = await self._api.send("GET", path, token=where.host)
            asked = [one for one in there.body if one["id"] == message_id] if there.ok else []
            if asked and not asked[0]["answered"]:
                body = {"text": text, "kind": "answer", "answers": message_id}
                await self._api.send("POST", path, token=where.host, body=body)

    def leave(self) -> None:
        """Everyone goes home."""
        for where in self._sessions.values():
            where.leave()
        self._sessions.clear()


def spare(offers: Sequence[dict[str, Any]]) -> int:
    """How many packs guests may still buy."""
    return sum(max(0, one["left"] - KEPT) for one in offers)


def categories(offers: Sequence[dict[str, Any]]) -> list[Category]:
    """Of what kinds the goods are, as far as their names tell."""
    titles = " ".join(str(one["title"]) for one in offers)
    return list(dict.fromkeys(good.category for good in GOODS if good.name in titles))
