"""The sale: everyone races, some orders are given back and bought again, the session ends, parcels go out."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence

import httpx

from fieldcast.rehearsal.buyers import LOOK_SECONDS, Market, Shopper, Tally
from fieldcast.rehearsal.client import Api
from fieldcast.rehearsal.script import Script
from fieldcast.rehearsal.stage import HOLD_SECONDS, Stage

SALE_SECONDS = 120.0
A_BUYER_SECONDS = 0.15  # more buyers are given more time
SETTLE_SECONDS = 90.0
HANDLED_AT_ONCE = 16


class Sale:
    """One rehearsed sale from the first order to the last payout."""

    def __init__(self, *, api: Api, stage: Stage, script: Script, more_seconds: float = 0.0) -> None:
        """`more_seconds` are allowed the buyers beyond the usual, where the platform does not always answer."""
        self.api = api
        self._more_seconds = more_seconds
        self.stage = stage
        self.script = script
        self.market = Market(left=stage.packs)
        self.tally = Tally()
        self.strangers_refused = 0

    async def run(self) -> None:
        """The whole sale."""
        await self.sell()
        await self.settle()

    async def sell(self) -> None:
        """Race, refund, end, pack, ship, receive, refund after sale."""
        await self._race()
        await self.api.must("POST", f"/sessions/{self.stage.session_id}/close", token=self.stage.presenter)
        numbers = await self._orders("paid")
        await self._each(numbers, self._hand_over)
        await self._try_a_stranger(numbers)
        await self._report_sales()

    async def settle(self) -> None:
        """Wait until everything is settled."""
        await self._settled()

    async def _race(self) -> None:
        """Let everyone shop; while they do, give some paid orders back, so that those packs are sold again."""
        shoppers = [
            Shopper(self.api, self.stage, self.market, self.tally, buyer, role)
            for buyer, role in zip(self.stage.buyers, self.script.roles, strict=True)
        ]
        watching = asyncio.create_task(self._watch())
        refunding = asyncio.create_task(self._refund_some())
        shopping = [asyncio.create_task(shopper.shop()) for shopper in shoppers]
        limit = SALE_SECONDS + A_BUYER_SECONDS * len(shoppers) + self._more_seconds
        done, late = await asyncio.wait({*shopping}, timeout=limit)
        if late:
            self.tally.unexpected.append(f"{len(late)} buyers were still trying after {limit:.0f} s")
        await self.market.end()
        for what, task in (("watching", watching), ("giving back", refunding)):
            # without either the sale never ends, and the buyers would seem to be at fault
            if task.done() and (error := task.exception()):
                self.tally.unexpected.append(f"{what} broke: {error!r}")
        for task in (*late, watching, refunding):
            task.cancel()
        await asyncio.gather(*late, watching, refunding, return_exceptions=True)
        for task in done:
            task.result()  # a buyer that broke breaks the rehearsal

    async def _watch(self) -> None:
        """What the room shows everyone; the sale is over once everything is sold, paid and given back for good."""
        path = f"/sessions/{self.stage.session_id}/offers"
        while True:
            try:
                answer = await self.api.send("GET", path, token=self.stage.presenter)
            except httpx.TransportError:  # away for longer than patience lasts: the room is looked at again
                continue
            if answer.ok:
                offer = answer.body[0]
                await self.market.see(left=offer["left"], sold=offer["sold"])
                if offer["sold"] == offer["units"] and not self.script.refunds_before:
                    await self.market.end()
            await asyncio.sleep(LOOK_SECONDS)

    async def _refund_some(self) -> None:
        """The seller gives the first paid orders back before shipment; only then may the sale be over."""
        while self.script.refunds_before and self.market.sold < max(1, self.stage.packs // 2):
            await asyncio.sleep(LOOK_SECONDS)
        numbers = await self._orders("paid")
        for number in numbers[: self.script.refunds_before]:
            await self.api.must(
                "POST",
                f"/orders/{number}/refund",
                token=self.stage.chief,
                body={"reason": "彩排：发货前退款"},
                expected=(409,),  # its buyer may have been quicker, and given it back already
            )
        self.script = Script(
            roles=self.script.roles, refunds_before=0, refunds_after=self.script.refunds_after
        )

    async def _orders(self, state: str) -> list[str]:
        """Numbers of the seller's orders in a state, oldest first."""
        numbers: list[str] = []
        me = await self.api.must("GET", "/me", token=self.stage.chief)
        cooperative = me["memberships"][0]["organisation_id"]
        page = 1
        while True:
            body = await self.api.must(
                "GET",
                f"/organisations/{cooperative}/orders?state={state}&page={page}",
                token=self.stage.chief,
            )
            numbers += [order["number"] for order in body["items"]]
            if page >= body["pages"]:
                return numbers[::-1]
            page += 1

    async def _each(self, numbers: Sequence[str], step: Callable[[int, str], Awaitable[None]]) -> None:
        turn = asyncio.Semaphore(HANDLED_AT_ONCE)

        async def one(place: int, number: str) -> None:
            async with turn:
                await step(place, number)

        await asyncio.gather(*(one(place, number) for place, number in enumerate(numbers)))

    async def _hand_over(self, place: int, number: str) -> None:
        """Pack, ship, receive; the first orders get a part of their money back within the after-sale window."""
        chief = self.stage.chief
        await self.api.must("POST", f"/orders/{number}/pack", token=chief)
        await self.api.must(
            "POST",
            f"/orders/{number}/ship",
            token=chief,
            body={"carrier_id": self.stage.carrier_id, "tracking_number": f"R{number}"},
        )
        order = await self.api.must("GET", f"/orders/{number}", token=chief)
        buyer = next(one for one in self.stage.buyers if one.id == order["buyer_id"])
        await self.api.must("POST", f"/orders/{number}/receive", token=buyer.token)
        if place < self.script.refunds_after:
            await self.api.must(
                "POST",
                f"/orders/{number}/after-sale-refund",
                token=chief,
                body={"amount_fen": order["total_fen"] // 4, "reason": "彩排：到货坏果"},
            )

    async def _try_a_stranger(self, numbers: Sequence[str]) -> None:
        """Someone else's order is not there for a stranger: not to read, cancel or pay."""
        for number in numbers[:3]:
            order = await self.api.must("GET", f"/orders/{number}", token=self.stage.chief)
            stranger = next((one for one in self.stage.buyers if one.id != order["buyer_id"]), None)
            if stranger is None:
                return
            for method, path in (("GET", ""), ("POST", "/cancel"), ("POST", "/pay")):
                answer = await self.api.send(method, f"/orders/{number}{path}", token=stranger.token)
                if answer.status == 404:
                    self.strangers_refused += 1
                else:
                    self.tally.unexpected.append(
                        f"a stranger's {method} {path or 'order'} got {answer.status}"
                    )

    async def _report_sales(self) -> None:
        """The host reports the truth, and verification must say so."""
        session = f"/sessions/{self.stage.session_id}"
        found = await self.api.must("GET", f"{session}/verification", token=self.stage.officer)
        body = {"units": found["units"]["paid"], "amount_fen": found["amount"]["paid"]}
        found = await self.api.must("POST", f"{session}/sales-reports", token=self.stage.presenter, body=body)
        if found["agrees"] is not True:
            self.tally.unexpected.append(f"a true sales report was doubted: {found}")

    async def _settled(self) -> None:
        """Wait for held packs to expire, refunds to be confirmed and every received order to be settled."""
        ends = time.perf_counter() + SETTLE_SECONDS + HOLD_SECONDS
        while time.perf_counter() < ends:
            books = await self.api.must(
                "GET", f"/sessions/{self.stage.session_id}/books", token=self.stage.officer
            )
            payments, settlement = books["payments"], books["settlement"]
            waiting = payments["held"] or payments["refunds_open"]
            if not waiting and settlement["settled_lines"] == books["sales"]["paid"]["orders"]:
                return
            await asyncio.sleep(LOOK_SECONDS * 2)
        self.tally.unexpected.append(f"not everything was settled in time: {books}")
