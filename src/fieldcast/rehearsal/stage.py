"""Sets the stage: a cast, a lot, an agreement, a session that is live and one hot offer."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from fieldcast.rehearsal.client import Api
from fieldcast.rehearsal.script import PER_BUYER_LIMIT

PACK_UNITS = 5
PRICE_FEN = 3980
HOLD_SECONDS = 8
AFTER_SALE_SECONDS = 8
DEPOSIT_FEN = 500_000  # stands behind guarantees where buyers are given money back after the sale
SPARE_PACKS = 40  # of the lot, never offered: what is not sold must still be there afterwards


@dataclass(frozen=True)
class Buyer:
    """A shopper and their token."""

    id: int
    token: str


@dataclass(frozen=True)
class Stage:
    """Everyone and everything the sale needs."""

    chief: str
    presenter: str
    officer: str
    carrier_id: int
    lot_id: int
    session_id: int
    offer_id: int
    packs: int
    buyers: tuple[Buyer, ...]


async def set_stage(
    api: Api,
    *,
    buyers: int,
    packs: int,
    per_buyer_limit: int = PER_BUYER_LIMIT,
    hold_seconds: int = HOLD_SECONDS,
) -> Stage:
    """Make a cast and bring it to the moment before the first order. Raises `RehearsalBroken`."""
    cast = await api.must("POST", "/demo/cast", body={"buyers": buyers})
    chief, presenter = cast["chief"]["token"], cast["presenter"]["token"]
    lot = await _register_lot(api, cast, packs)
    version = await _agree(api, cast)
    await _deposit(api, cast)
    session = await _plan(api, cast, version["id"], hold_seconds)
    offer = await api.must(
        "POST",
        f"/sessions/{session['id']}/offers",
        token=presenter,
        body={
            "lot_id": lot["id"],
            "title": "彩排黄桃 5 斤装",
            "title_en": "Rehearsal peach",
            "pack_units": PACK_UNITS,
            "price_fen": PRICE_FEN,
            "units": packs,
            "per_buyer_limit": per_buyer_limit,
        },
    )
    await api.must("POST", f"/sessions/{session['id']}/open", token=presenter)
    await api.must(
        "POST", f"/sessions/{session['id']}/explain", token=presenter, body={"offer_id": offer["id"]}
    )
    return Stage(
        chief=chief,
        presenter=presenter,
        officer=cast["officer"]["token"],
        carrier_id=cast["carrier_id"],
        lot_id=lot["id"],
        session_id=session["id"],
        offer_id=offer["id"],
        packs=packs,
        buyers=tuple(Buyer(id=one["id"], token=one["token"]) for one in cast["buyers"]),
    )


async def _register_lot(api: Api, cast: dict[str, Any], packs: int) -> Any:
    return await api.must(
        "POST",
        "/lots",
        token=cast["chief"]["token"],
        body={
            "plot_id": cast["plot_id"],
            "product_id": cast["product_id"],
            "cooperative_id": cast["cooperative_id"],
            "grade": "一级",
            "harvested_on": (datetime.now(UTC) + timedelta(hours=8)).date().isoformat(),
            "quantity": (packs + SPARE_PACKS) * PACK_UNITS,
        },
    )


async def _agree(api: Api, cast: dict[str, Any]) -> Any:
    version = await api.must(
        "POST",
        "/agreements",
        token=cast["chief"]["token"],
        body={
            "name": "彩排保底收购",
            "cooperative_id": cast["cooperative_id"],
            "host_id": cast["host_id"],
            "carrier_id": cast["carrier_id"],
            "terms": {
                "guarantee_fen": {cast["product_code"]: 380},
                "rebate_bp": 3500,
                "commission_bp": 200,
                "host_bp": 1000,
                "logistics_fen_per_pack": 680,
                "handling_fen_per_pack": 120,
                "cold_chain_bp": 300,
                "after_sale_seconds": AFTER_SALE_SECONDS,
            },
        },
    )
    for token, party in (
        (cast["presenter"]["token"], cast["host_id"]),
        (cast["carrier"]["token"], cast["carrier_id"]),
    ):
        await api.must(
            "POST",
            f"/agreement-versions/{version['id']}/consents",
            token=token,
            body={"organisation_id": party},
        )
    return version


async def _deposit(api: Api, cast: dict[str, Any]) -> None:
    """The cooperative's deposit, written down by an officer of the county from a bank slip."""
    await api.must(
        "POST",
        "/county/deposits",
        token=cast["officer"]["token"],
        body={
            "cooperative_id": cast["cooperative_id"],
            "amount_fen": DEPOSIT_FEN,
            "slip": f"REHEARSAL-{cast['cooperative_id']}",
            "note": "彩排保证金",
        },
    )


async def _plan(api: Api, cast: dict[str, Any], version_id: int, hold_seconds: int) -> Any:
    return await api.must(
        "POST",
        "/sessions",
        token=cast["presenter"]["token"],
        body={
            "title": "彩排专场",
            "starts_at": datetime.now(UTC).isoformat(),
            "organiser_id": cast["host_id"],
            "cooperative_id": cast["cooperative_id"],
            "host_id": cast["host_id"],
            "agreement_version_id": version_id,
            "hold_seconds": hold_seconds,
        },
    )
