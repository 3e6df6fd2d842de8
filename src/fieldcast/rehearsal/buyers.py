"""The buyers: each plays a part and then tries to buy one pack until it has one or the sale is over."""

import asyncio
import secrets
import time
from dataclasses import dataclass, field
from typing import Any

from fieldcast.rehearsal.client import Answer, Api
from fieldcast.rehearsal.script import PER_BUYER_LIMIT, Part, Role
from fieldcast.rehearsal.stage import PRICE_FEN, Buyer, Stage
from fieldcast.trade.providers.sandbox.checkout import Choice, confirm_form

LOOK_SECONDS = 0.25
TRIES = 40
REFUSED_FOR_GOOD = frozenset({"session_not_live", "offer_closed"})
PAID_WAIT_SECONDS = 20.0
DELIVERY = {
    "recipient": "彩排",
    "phone": "13800138000",
    "province": "上海市",
    "city": "上海市",
    "district": "徐汇区",
    "line": "长乐路 1 号",
}


@dataclass
class Market:
    """What everyone in the room sees: packs left, and whether the sale goes on."""

    left: int
    sold: int = 0
    over: bool = False
    moved: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def see(self, *, left: int, sold: int) -> None:
        """Take in a new state of the offer and wake those who wait for packs."""
        async with self.moved:
            self.left, self.sold = left, sold
            self.moved.notify_all()

    async def end(self) -> None:
        """The sale is over; nobody waits any longer."""
        async with self.moved:
            self.over = True
            self.moved.notify_all()

    async def wait_for_packs(self) -> bool:
        """Wait until something is left; False when the sale ended instead."""
        async with self.moved:
            await self.moved.wait_for(lambda: self.left > 0 or self.over)
            return not self.over


@dataclass
class Tally:
    """What the buyers met. Times are of order placements alone, in ms."""

    placed: int = 0
    rejected: dict[str, int] = field(default_factory=dict)
    repeated: int = 0
    unexpected: list[str] = field(default_factory=list)
    times_ms: list[float] = field(default_factory=list)
    first_at: float | None = None
    placed_at: list[float] = field(default_factory=list)

    def note(self, answer: Answer) -> None:
        """Count the answer to one placement."""
        now = time.perf_counter()
        self.first_at = self.first_at or now - answer.ms / 1000
        self.times_ms.append(answer.ms)
        if answer.status == 201:
            self.placed += 1
            self.placed_at.append(now)
        elif answer.status == 200:
            self.repeated += 1
        elif answer.status in (409, 422, 400):
            self.rejected[answer.code] = self.rejected.get(answer.code, 0) + 1
        else:
            self.unexpected.append(f"placing: {answer.status} {answer.body}")

    def orders_per_s(self, packs: int) -> float:
        """Orders placed a second in the rush: from the first request until the packs were first gone."""
        rush = sorted(self.placed_at)[:packs]
        if not rush or self.first_at is None:
            return 0.0
        return len(rush) / max(0.001, rush[-1] - self.first_at)


@dataclass
class Shopper:
    """One buyer at work."""

    api: Api
    stage: Stage
    market: Market
    tally: Tally
    buyer: Buyer
    role: Role

    async def shop(self) -> None:
        """Play the part, then buy one pack or go home empty-handed."""
        await asyncio.sleep(self.role.wait)
        if self.role.line:
            await self._talk()
        await self._play()
        for _try in range(TRIES):
            if not await self.market.wait_for_packs():
                return
            number = await self._order()
            if number and await self._pay(number, "pay") and await self._is_paid(number):
                return
            await asyncio.sleep(LOOK_SECONDS)

    async def _play(self) -> None:
        match self.role.part:
            case Part.GREEDY:
                await self._place(packs=PER_BUYER_LIMIT + 1)
            case Part.STALE_PRICE:
                await self._place(seen_price_fen=PRICE_FEN - 100)
            case Part.ABANDON:
                await self._order()
            case Part.CANCEL:
                if number := await self._order():
                    await self._give_back(number)
            case Part.FAIL_FIRST:
                if number := await self._order():
                    await self._pay(number, "fail")
                    await self._give_back(number)
            case Part.TWICE:
                await self._twice()

    async def _talk(self) -> None:
        path = f"/sessions/{self.stage.session_id}/messages"
        answer = await self.api.send("POST", path, token=self.buyer.token, body={"text": self.role.line})
        if not answer.ok and answer.status not in (409, 422, 429):
            self.tally.unexpected.append(f"talking: {answer.status} {answer.body}")

    async def _twice(self) -> None:
        """The same order sent twice at once must be one order: it is cancelled again, so that nobody owns two."""
        key = _key()
        answers = await asyncio.gather(self._place(key=key), self._place(key=key))
        numbers = {answer.body["number"] for answer in answers if answer.ok}
        if len(numbers) > 1:
            self.tally.unexpected.append(f"one key placed {len(numbers)} orders")
        for number in numbers:
            await self._give_back(number)

    async def _order(self) -> str | None:
        answer = await self._place()
        return str(answer.body["number"]) if answer.ok else None

    async def _place(
        self, *, packs: int = 1, seen_price_fen: int = PRICE_FEN, key: str | None = None
    ) -> Answer:
        body = {
            "offer_id": self.stage.offer_id,
            "units": packs,
            "seen_price_fen": seen_price_fen,
            "delivery": DELIVERY,
        }
        answer = await self.api.send(
            "POST", "/orders", token=self.buyer.token, body=body, headers={"Idempotency-Key": key or _key()}
        )
        self.tally.note(answer)
        return answer

    async def _pay(self, number: str, choice: Choice) -> bool:
        """Go to the provider and choose; False when the order could no longer be paid."""
        answer = await self.api.send("POST", f"/orders/{number}/pay", token=self.buyer.token)
        if not answer.ok:
            if answer.status != 409:
                self.tally.unexpected.append(f"paying: {answer.status} {answer.body}")
            return False
        address, fields = confirm_form(answer.body["checkout_url"], choice)
        answer = await self.api.patiently(lambda: self.api.http.post(address, data=fields))
        if answer.status >= 500:
            self.tally.unexpected.append(f"cashier: {answer.status}")
        return answer.status < 400

    async def _is_paid(self, number: str) -> bool:
        """Wait for the provider's notice to be heard; False when the hold ran out before it came."""
        ends = time.perf_counter() + PAID_WAIT_SECONDS
        while time.perf_counter() < ends:
            answer = await self.api.send("GET", f"/orders/{number}", token=self.buyer.token)
            state = answer.body.get("state") if answer.ok else ""
            if state in ("expired", "cancelled", "refunded"):
                return False
            if state not in ("reserved", ""):
                return True
            await asyncio.sleep(LOOK_SECONDS * 2)
        return False

    async def _give_back(self, number: str) -> None:
        """Cancel an unpaid order; where the platform was away for a while, its hold may have run out first."""
        answer: Any = await self.api.send("POST", f"/orders/{number}/cancel", token=self.buyer.token)
        over = answer.code == "wrong_state" and answer.body["facts"]["state"] in ("expired", "cancelled")
        if not answer.ok and not over and not answer.done_before:
            self.tally.unexpected.append(f"giving {number} back: {answer.status} {answer.body}")


def _key() -> str:
    return secrets.token_hex(12)
