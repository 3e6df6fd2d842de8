"""A small sale with something in every state, so that each tampering finds rows to tamper with.

Made through the rooms' own operations beside whatever is there; who calls it undoes it with its own transaction.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count

from django.db import transaction
from django.utils import timezone

from fieldcast.accounts import operations as accounts_operations
from fieldcast.accounts import queries as accounts
from fieldcast.accounts.types import Role, SignedIn
from fieldcast.agreements import operations as agreements_operations
from fieldcast.agreements.cover import operations as cover_operations
from fieldcast.agreements.terms import Terms
from fieldcast.demo.cast import Cast, make_cast
from fieldcast.live import operations as live_operations
from fieldcast.outside.operations import import_orders
from fieldcast.rehearsal.buyers import DELIVERY
from fieldcast.rehearsal.payout_scene import set_payouts
from fieldcast.rehearsal.stage import PACK_UNITS, PRICE_FEN
from fieldcast.settlement import operations as settlement_operations
from fieldcast.supervision import operations as supervision_operations
from fieldcast.trace import operations as trace_operations
from fieldcast.trade import operations as trade_operations
from fieldcast.trade import queries as trade
from fieldcast.trade.providers import provider_for
from fieldcast.trade.types import Delivery, Wanted

STATES = ("paid", "packed", "shipped", "received")
PACKS = 60
AFTER_SALE = timedelta(hours=1)
OUTSIDE = "订单号,应付金额,实付金额,退款金额,省份,下单时间,付款时间\nT1,30.00,20.00,0.00,上海市,{at},{at}\n"


@dataclass(frozen=True)
class _Stall:
    """Who sells, and what."""

    cast: Cast
    session_id: int
    offer_id: int
    began: datetime


@transaction.atomic
def set_scene(*, now: datetime) -> None:
    """Sell, pack, ship, refund, settle and write down a little of everything; all of it a while before `now`."""
    stall = _open(now - timedelta(hours=12))
    _stand_behind(stall)
    keys = count(1)

    def order(until: str, *, later: timedelta = timedelta()) -> int:
        return _order(stall, f"tampering-{next(keys)}", until, stall.began + later)

    closed = [order("received") for _ in range(3)]
    _give_back(stall, closed[0], now=stall.began + timedelta(minutes=10), done=True)
    trade_operations.tell_lots(now=stall.began + timedelta(minutes=20))
    after = stall.began + 2 * AFTER_SALE
    trade_operations.close_due(now=after)
    settlement_operations.settle_due(now=after)
    # All of this happens just now: what was due and waits would be found by itself.
    just_now = now - stall.began
    for state in STATES:
        order(state, later=just_now)
    trade_operations.refund_order(by=None, order_id=order("paid", later=just_now), reason="彩排", now=now)
    _give_back(stall, order("received", later=just_now), now=now, done=False)
    trade_operations.begin_payment(order_id=order("reserved", later=just_now), now=now)
    _write_down(stall, now)
    set_payouts(stall.cast, order_id=closed[1], now=now)


def _stand_behind(stall: _Stall) -> None:
    """A fund with money in it stands behind the cooperative."""
    officer = accounts.person(person_id=stall.cast.officer.id)
    at, number = stall.began, stall.session_id
    fund = cover_operations.found_fund(
        by=officer, county_id=stall.cast.county_id, name=f"彩排基金 {number}", now=at
    )
    cover_operations.receive_for_fund(
        by=officer, fund_id=fund.id, amount_fen=100_000, slip=f"SCENE-{number}", now=at
    )
    cover_operations.set_backing(
        by=officer, fund_id=fund.id, cooperative_id=stall.cast.cooperative_id, limit_fen=50_000, now=at
    )


def _open(began: datetime) -> _Stall:
    """A stall whose session is live and sells peaches."""
    cast = make_cast(buyers=6, now=began)
    chief, presenter = (accounts.person(person_id=one.id) for one in (cast.chief, cast.presenter))
    driver = _driver(cast, began)
    lot = trace_operations.register_harvest(
        by=chief,
        plot_id=cast.plot_id,
        product_id=cast.product_id,
        cooperative_id=cast.cooperative_id,
        grade="一级",
        harvested_on=timezone.localdate(began),
        quantity=2 * PACKS * PACK_UNITS,
        now=began,
        today=timezone.localdate(began),
    )
    version = agreements_operations.create_agreement(
        by=chief,
        county_id=cast.county_id,
        name="彩排保底收购",
        cooperative_id=cast.cooperative_id,
        host_id=cast.host_id,
        carrier_id=cast.carrier_id,
        terms=_terms(cast.product_code),
        now=began,
    )
    for person, party in ((presenter, cast.host_id), (driver, cast.carrier_id)):
        agreements_operations.consent(by=person, version_id=version.id, organisation_id=party, now=began)
    session = trade_operations.plan_session(
        by=presenter,
        organiser_id=cast.host_id,
        cooperative_id=cast.cooperative_id,
        host_id=cast.host_id,
        agreement_version_id=version.id,
        title="彩排专场",
        starts_at=began,
        now=began,
    )
    offer = trade_operations.offer(
        by=presenter,
        session_id=session.id,
        lot_id=lot.id,
        title="彩排黄桃 5 斤装",
        pack_units=PACK_UNITS,
        price_fen=PRICE_FEN,
        packs=PACKS,
        per_buyer_limit=PACKS,
        now=began,
    )
    trade_operations.open_session(by=presenter, session_id=session.id, now=began)
    return _Stall(cast=cast, session_id=session.id, offer_id=offer.id, began=began)


def _driver(cast: Cast, began: datetime) -> SignedIn:
    """A buyer who also manages the carrier."""
    driver = accounts.person(person_id=cast.buyers[0].id)
    accounts_operations.add_member(
        person_id=driver.pk, organisation_id=cast.carrier_id, role=Role.MANAGER, now=began
    )
    return driver


def _terms(product_code: str) -> Terms:
    return Terms(
        guarantee_fen={product_code: 380},
        rebate_bp=3500,
        commission_bp=200,
        host_bp=1000,
        logistics_fen_per_pack=680,
        handling_fen_per_pack=120,
        cold_chain_bp=300,
        after_sale_seconds=int(AFTER_SALE.total_seconds()),
    )


def _order(stall: _Stall, key: str, until: str, at: datetime) -> int:
    """An order that has come as far as `until`."""
    placed = trade_operations.place_order(
        by=accounts.person(person_id=stall.cast.buyers[-1].id),
        lines=[Wanted(offer_id=stall.offer_id, packs=1, seen_price_fen=PRICE_FEN)],
        delivery=Delivery(**DELIVERY),
        idempotency_key=key,
        now=at,
    )
    if until in STATES:
        trade_operations.take_payment(order_id=placed.order_id, now=at)
    if until in STATES[1:]:
        trade_operations.pack(by=None, order_id=placed.order_id, now=at)
    if until in STATES[2:]:
        trade_operations.ship(by=None, order_id=placed.order_id, tracking_number=f"T{placed.number}", now=at)
    if until == STATES[3]:
        trade_operations.receive(by=None, order_id=placed.order_id, now=at)
    return placed.order_id


def _give_back(stall: _Stall, order_id: int, *, now: datetime, done: bool) -> None:
    """Part of the price goes back after sale, and has arrived or is still on its way."""
    refund = trade_operations.refund_after_sale(
        by=None, order_id=order_id, amount_fen=500, reason="彩排：坏果", now=now
    )
    if done:
        trade_operations.confirm_known(refund_id=refund.id, now=now)


def _write_down(stall: _Stall, now: datetime) -> None:
    """What people said, lost, read and brought from elsewhere."""
    chief, presenter = (accounts.person(person_id=one.id) for one in (stall.cast.chief, stall.cast.presenter))
    offer = trade.offer(offer_id=stall.offer_id)
    trade_operations.write_off(by=chief, lot_id=offer.lot_id, units=1, reason="彩排：烂果", now=now)
    live_operations.transcribe(
        by=presenter,
        session_id=stall.session_id,
        text="刚摘的黄桃",
        at=stall.began,
        source="typed",
        now=stall.began,
    )
    supervision_operations.report_sales(
        by=presenter, session_id=stall.session_id, packs=1, amount_fen=PRICE_FEN, now=now
    )
    accounts_operations.save_address(
        by=accounts.person(person_id=stall.cast.buyers[-1].id),
        recipient="彩排",
        phone="13800138000",
        province="上海市",
        line="长乐路 1 号",
    )
    accounts_operations.log_personal_read(
        by=chief, subject="order:tampering", what="address", reason="彩排", now=now
    )
    provider = provider_for(county_id=stall.cast.county_id)
    trade_operations.receive_notice(provider=provider, headers={}, body=b"{}", now=now)
    import_orders(
        data=OUTSIDE.format(at=f"{timezone.localtime(stall.began):%Y-%m-%d %H:%M:%S}").encode(),
        file_name="彩排.csv",
        format_code="generic",
        county_id=stall.cast.county_id,
        organisation_id=stall.cast.cooperative_id,
        by=chief,
        now=now,
    )
