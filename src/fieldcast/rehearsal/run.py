"""Runs a rehearsal: the sale is performed once, and judged by what the books say whenever they are asked."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import TypeVar

import httpx

from fieldcast.rehearsal.buyers import Tally
from fieldcast.rehearsal.client import Api, RehearsalBroken, open_client
from fieldcast.rehearsal.report import Found, Report, make_report
from fieldcast.rehearsal.sale import Sale
from fieldcast.rehearsal.script import write_script
from fieldcast.rehearsal.stage import Stage, set_stage

FORGERIES = 3
T = TypeVar("T")


@dataclass(frozen=True)
class Performed:
    """A sale that has been played to its end, and what its buyers met."""

    url: str
    stage: Stage
    tally: Tally
    buyers: int
    packs: int
    seed: int
    forged: int
    strangers: int
    seconds: float


def rehearse(*, url: str, buyers: int, packs: int, seed: int, comments: list[str] | None = None) -> Report:
    """Rehearse a sale of `packs` among `buyers` on the platform at `url`, which must be in demo mode.

    Raises `RehearsalBroken` when the platform cannot be rehearsed on at all.
    """
    return judge(perform(url=url, buyers=buyers, packs=packs, seed=seed, comments=comments))


def perform(*, url: str, buyers: int, packs: int, seed: int, comments: list[str] | None = None) -> Performed:
    """Play the sale from planning it to its last payout."""
    began = time.perf_counter()

    async def play(api: Api) -> Performed:
        stage = await set_stage(api, buyers=buyers, packs=packs)
        script = write_script(buyers=buyers, packs=packs, seed=seed, comments=comments)
        sale = Sale(api=api, stage=stage, script=script)
        await sale.run()
        performed = await finish(api, sale, buyers=buyers, packs=packs, seed=seed)
        return replace(performed, seconds=time.perf_counter() - began)

    return asyncio.run(with_api(url, play))


async def finish(api: Api, sale: Sale, *, buyers: int, packs: int, seed: int) -> Performed:
    """After the sale: try to be paid by forged notices, and put together what was met."""
    forged = await _forge(api, sale.stage.officer)
    if api.broken:
        sale.tally.unexpected.append(f"{api.broken} requests were answered with a server error")
    return Performed(
        url=api.url,
        stage=sale.stage,
        tally=sale.tally,
        buyers=buyers,
        packs=packs,
        seed=seed,
        forged=forged,
        strangers=sale.strangers_refused,
        seconds=0.0,
    )


def judge(performed: Performed) -> Report:
    """What the platform's books say of a sale now, and whether every rule of the house holds."""

    return make_report(
        found=look(performed),
        tally=performed.tally,
        buyers=performed.buyers,
        packs=performed.packs,
        seed=performed.seed,
        forged=performed.forged,
        strangers=performed.strangers,
        seconds=performed.seconds,
    )


def look(performed: Performed) -> Found:
    """What the platform's books say of a sale now."""

    async def ask(api: Api) -> Found:
        officer, session_id = performed.stage.officer, performed.stage.session_id
        return Found(
            books=await api.must("GET", f"/sessions/{session_id}/books", token=officer),
            invariants=await api.invariants(token=officer),
        )

    return asyncio.run(with_api(performed.url, ask))


async def with_api(url: str, step: Callable[[Api], Awaitable[T]]) -> T:
    """Take a step with a client of the platform at `url`. Raises `RehearsalBroken` when it does not answer."""
    async with open_client() as http:
        try:
            return await step(Api(url=url.rstrip("/"), http=http))
        except httpx.HTTPError as error:
            raise RehearsalBroken(f"{url} did not answer: {error!r}") from error


async def _forge(api: Api, officer: str) -> int:
    """Say to have been paid without the provider's key; returns how many lies were refused.

    The token says who lies, so that a county whose platform is rehearsed on is not alarmed; it makes nothing believed.
    """
    refused, by = 0, {"Authorization": f"Bearer {officer}"}
    for number in range(FORGERIES):
        body = {"event": "payment.succeeded", "reference": f"forged-{number}", "amount_fen": 1}
        response = await api.http.post(f"{api.url}/payments/notices/sandbox", json=body, headers=by)
        refused += response.status_code == 401
    return refused
