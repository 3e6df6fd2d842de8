"""The play: two months with two sessions each, what goes wrong in them, and what comes after."""

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from time import perf_counter

from django.db import transaction
from django.utils import timezone

from fieldcast.agreements.bonds import operations as bonds_operations
from fieldcast.agreements.records import operations as records
from fieldcast.agreements.records.months import settled_from
from fieldcast.kit.errors import NotFound
from fieldcast.kit.months import month_of
from fieldcast.live import operations as live_operations
from fieldcast.rehearsal.agreements.scene import AFTER_SALE, Stage
from fieldcast.rehearsal.buyers import DELIVERY
from fieldcast.rehearsal.stage import PACK_UNITS, PRICE_FEN
from fieldcast.settlement.corrections.operations import refund_settled
from fieldcast.settlement.periods.operations import settle_periods
from fieldcast.trace import operations as trace_operations
from fieldcast.trade import operations as trade_operations
from fieldcast.trade import queries as trade
from fieldcast.trade.types import Delivery, NoticeOutcome, Remedy, Wanted, Wrong

MONTHS, SESSIONS = 2, 2
PAID_OF_TEN = 9
FORGERIES = 3
DAY = timedelta(days=1)
Settle = Callable[[datetime], int]


@dataclass
class Played:
    """What was done. `kills` of settlement runs that had not finished."""

    sessions: list[int] = field(default_factory=list)
    orders: dict[int, list[int]] = field(default_factory=dict)  # by session: those that reached their buyers
    times_ms: list[float] = field(default_factory=list)  # of placing an order
    forged_refused: int = 0
    strangers_refused: int = 0
    claims: int = 0
    refunds_after_payout: int = 0
    penalties: int = 0
    kills: int = 0
    period_sheets: int = 0


def play(stage: Stage, *, packs: int, seed: int, began: list[datetime], settle: Settle) -> Played:
    """Play the months that begin at `began`; `settle` runs a settlement and says how often it was killed."""
    rng, played, keys = random.Random(seed), Played(), count(1)  # noqa: S311 — a rehearsal must be repeatable
    for month in began:
        _record(stage, month)
        for number in range(SESSIONS):
            at = month + number * 5 * DAY
            orders = list(_session(stage, played, packs=packs, at=at, rng=rng, keys=keys))
            _after(stage, played, orders, at=at, rng=rng)
        after = month + SESSIONS * 5 * DAY + AFTER_SALE + 2 * DAY
        trade_operations.grant_due(now=after)
        _back(stage, played, now=after)
        trade_operations.close_due(now=after)
        played.kills += settle(after)
        played.period_sheets += settle_periods(now=settled_from(month_of(month)) + timedelta(hours=1))
    _late(stage, played, rng=rng)
    _hostile(stage, played)
    return played


def _record(stage: Stage, at: datetime) -> None:
    """What is recorded under the agreement in a month."""
    agreement_id = stage.version.agreement_id
    act = records.record_service(
        by=stage.person("service"),
        agreement_id=agreement_id,
        server_id=stage.service_id,
        served_id=stage.cast.cooperative_id,
        what="修剪示范",
        points=7,
        now=at,
    )
    records.confirm_service(by=stage.person("chief"), act_id=act.id, now=at + DAY)


@transaction.atomic
def _session(
    stage: Stage, played: Played, *, packs: int, at: datetime, rng: random.Random, keys: Iterator[int]
) -> list[int]:
    """A session that sells `packs`; gives the ids of the orders that reached their buyers. Some run out."""
    presenter, cast = stage.person("presenter"), stage.cast
    lot_id = _harvest(stage, packs=packs, at=at, grade=rng.choice(("一级", "二级")))
    session = trade_operations.plan_session(
        by=presenter,
        organiser_id=cast.host_id,
        cooperative_id=cast.cooperative_id,
        host_id=cast.host_id,
        agreement_version_id=stage.version.id,
        title="彩排专场",
        starts_at=at,
        now=at,
    )
    played.sessions.append(session.id)
    offer = trade_operations.offer(
        by=presenter,
        session_id=session.id,
        lot_id=lot_id,
        title="彩排黄桃 5 斤装",
        pack_units=PACK_UNITS,
        price_fen=PRICE_FEN,
        packs=packs,
        per_buyer_limit=packs,
        now=at,
    )
    trade_operations.open_session(by=presenter, session_id=session.id, now=at)
    sent = _sell(stage, played, offer.id, packs=packs, at=at, rng=rng, keys=keys)
    live_operations.close_session(by=presenter, session_id=session.id, now=at + timedelta(hours=2))
    trade_operations.expire_due(now=at + DAY)
    played.orders[session.id] = sent
    return sent


def _harvest(stage: Stage, *, packs: int, at: datetime, grade: str) -> int:
    """A lot with more in it than is sold; more of it is accepted than is sold, too."""
    chief, cast = stage.person("chief"), stage.cast
    lot = trace_operations.register_harvest(
        by=chief,
        plot_id=cast.plot_id,
        product_id=cast.product_id,
        cooperative_id=cast.cooperative_id,
        grade=grade,
        harvested_on=timezone.localdate(at),
        quantity=(packs + 10) * PACK_UNITS,
        now=at,
        today=timezone.localdate(at),
    )
    records.accept(
        by=chief,
        agreement_id=stage.version.agreement_id,
        lot_id=lot.id,
        units=(packs + 5) * PACK_UNITS,
        now=at,
    )
    return lot.id


def _sell(
    stage: Stage,
    played: Played,
    offer_id: int,
    *,
    packs: int,
    at: datetime,
    rng: random.Random,
    keys: Iterator[int],
) -> list[int]:
    """All packs of an offer, to whoever; of ten orders one is not paid."""
    sent, left = [], packs
    while left:
        wanted = min(left, rng.choice((1, 1, 2, 3)))
        left -= wanted
        buyer, started = stage.person(f"buyer{rng.randrange(len(stage.cast.buyers) - 1)}"), perf_counter()
        placed = trade_operations.place_order(
            by=buyer,
            lines=[Wanted(offer_id=offer_id, packs=wanted, seen_price_fen=PRICE_FEN)],
            delivery=Delivery(**DELIVERY),
            idempotency_key=f"agreed-{offer_id}-{next(keys)}",
            now=at,
        )
        played.times_ms.append((perf_counter() - started) * 1000)
        if rng.random() < PAID_OF_TEN / 10:
            _send(placed.order_id, placed.number, at)
            sent.append(placed.order_id)
    return sent


def _send(order_id: int, number: str, at: datetime) -> None:
    trade_operations.take_payment(order_id=order_id, now=at)
    trade_operations.pack(by=None, order_id=order_id, now=at + timedelta(hours=3))
    trade_operations.ship(by=None, order_id=order_id, tracking_number=f"T{number}", now=at + DAY)
    trade_operations.receive(by=None, order_id=order_id, now=at + 3 * DAY)


def _after(stage: Stage, played: Played, orders: list[int], *, at: datetime, rng: random.Random) -> None:
    """Some of what came is bruised: one claim is answered, one is let go by."""
    for place, order_id in enumerate(rng.sample(orders, k=min(3, len(orders)))):
        order = trade.order(order_id=order_id)
        buyer = next(player for player in stage.cast.buyers if player.id == order.buyer_id)
        who = stage.cast.buyers.index(buyer)
        when = at + 3 * DAY + timedelta(hours=5)
        asked = trade_operations.ask_refund(
            by=stage.person(f"buyer{who}"),
            order_id=order_id,
            wrong=Wrong.SPOILT,
            remedy=Remedy.PART,
            damaged_units=1 + place,
            words="到货有几个坏了",
            now=when,
        )
        played.claims += 1
        if place < 2:
            trade_operations.answer_refund(
                by=stage.person("chief"),
                request_id=asked.id,
                amount_fen=asked.proposed_fen if place else 100,
                words="按坏果退",
                now=when + timedelta(hours=2),
            )


def _back(stage: Stage, played: Played, *, now: datetime) -> None:
    """What was asked back arrives."""
    for session_id in played.sessions[-SESSIONS:]:
        for order_id in played.orders[session_id]:
            for refund in trade.refunds_of(order_id=order_id):
                if refund.done_at is None:
                    trade_operations.confirm_known(refund_id=refund.id, now=now)


def _late(stage: Stage, played: Played, *, rng: random.Random) -> None:
    """After everything was paid out: a buyer gets money back, and the host pays for what was said."""
    now, officer = timezone.now(), stage.person("officer")
    settled = [
        line
        for session_id in played.sessions
        for order_id in played.orders[session_id]
        for line in trade.order(order_id=order_id).lines
        if line.total_fen > line.refunded_fen and trade.finished_lines_by_ids(order_line_ids=[line.id])
    ]
    for place, line in enumerate(rng.sample(settled, k=min(2, len(settled)))):
        refund = refund_settled(
            by=officer,
            amounts={line.id: min(500, line.total_fen - line.refunded_fen)},
            why="运输途中压坏，县里裁定",
            borne_by="carrier" if place else "",
            now=now,
        )
        trade_operations.confirm_known(refund_id=refund.id, now=now)
        played.refunds_after_payout += 1
    (penalty,) = stage.version.terms.penalties
    bonds_operations.confirm_penalty(
        by=officer,
        agreement_version_id=stage.version.id,
        clause=penalty.clause,
        decision=f"R-{stage.version.id}",
        amount_fen=penalty.fen // 2,
        why="直播中说了检测报告没有的话",
        now=now,
    )
    played.penalties += 1


def _hostile(stage: Stage, played: Played) -> None:
    """Notices of payments that nobody signed, and strangers who would accept goods or give money back."""
    now = timezone.now()
    for number in range(FORGERIES):
        body = json.dumps({"event": "payment.succeeded", "reference": f"forged-{number}", "amount_fen": 1})
        outcome = trade_operations.receive_notice(
            provider="sandbox", headers={}, body=body.encode(), now=now, rehearsed=True
        )
        played.forged_refused += outcome == NoticeOutcome.REJECTED
    (order_id, *_rest) = played.orders[played.sessions[0]]
    line = trade.order(order_id=order_id).lines[0]
    stranger = stage.person("buyer0")
    attempts: tuple[Callable[[], object], ...] = (
        lambda: refund_settled(by=stranger, amounts={line.id: 1}, why="我要钱", now=now),
        lambda: records.accept(
            by=stranger, agreement_id=stage.version.agreement_id, lot_id=line.lot_id, units=1, now=now
        ),
    )
    for attempt in attempts:
        try:
            attempt()
        except NotFound:
            played.strangers_refused += 1
