"""A small sale with something in every state, so that each tampering finds rows to tamper with.

Made through the rooms' own operations beside whatever is there; who calls it undoes it with its own transaction.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count

from django.db import transaction
from django.utils import timezone

from fieldcast.accounts import operations as accounts
from fieldcast.accounts import queries as people
from fieldcast.accounts.types import Role
from fieldcast.agreements import operations as agreements
from fieldcast.agreements.cover import operations as cover
from fieldcast.agreements.terms import Terms
from fieldcast.demo.cast import Cast, make_cast
from fieldcast.live import operations as live
from fieldcast.outside.operations import import_orders
from fieldcast.rehearsal.buyers import DELIVERY
from fieldcast.rehearsal.stage import PACK_UNITS, PRICE_FEN
from fieldcast.settlement import operations as settlement
from fieldcast.supervision import operations as supervision
from fieldcast.trace import operations as trace
from fieldcast.trade import operations as trade
from fieldcast.trade import queries as sold
from fieldcast.trade.payments.starting import PROVIDER
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
    trade.tell_lots(now=stall.began + timedelta(minutes=20))
    after = stall.began + 2 * AFTER_SALE
    trade.close_due(now=after)
    settlement.settle_due(now=after)
    # All of this happens just now: what was due and waits would be found by itself.
    just_now = now - stall.began
    for state in STATES:
        order(state, later=just_now)
    trade.refund_order(by=None, order_id=order("paid", later=just_now), reason="彩排", now=now)
    _give_back(stall, order("received", later=just_now), now=now, done=False)
    trade.begin_payment(order_id=order("reserved", later=just_now), now=now)
    _write_down(stall, now)


def _stand_behind(stall: _Stall) -> None:
    """A fund with money in it stands behind the cooperative."""
    officer = people.person(person_id=stall.cast.officer.id)
    at, number = stall.began, stall.session_id
    fund = cover.found_fund(by=officer, county_id=stall.cast.county_id, name=f"彩排基金 {number}", now=at)
    cover.receive_for_fund(by=officer, fund_id=fund.id, amount_fen=100_000, slip=f"SCENE-{number}", now=at)
    cover.set_backing(
        by=officer, fund_id=fund.id, cooperative_id=stall.cast.cooperative_id, limit_fen=50_000, now=at
    )


def _open(began: datetime) -> _Stall:
    """A stall whose session is live and sells peaches."""
    cast = make_cast(buyers=6, now=began)
    chief, presenter = (people.person(person_id=one.id) for one in (cast.chief, cast.presenter))
    driver = people.person(person_id=cast.buyers[0].id)
    accounts.add_member(person_id=driver.pk, organisation_id=cast.carrier_id, role=Role.MANAGER, now=began)
    lot = trace.register_harvest(
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
    version = agreements.create_agreement(
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
        agreements.consent(by=person, version_id=version.id, organisation_id=party, now=began)
    session = trade.plan_session(
        by=presenter,
        organiser_id=cast.host_id,
        cooperative_id=cast.cooperative_id,
        host_id=cast.host_id,
        agreement_version_id=version.id,
        title="彩排专场",
        starts_at=began,
        now=began,
    )
    offer = trade.offer(
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
    trade.open_session(by=presenter, session_id=session.id, now=began)
    return _Stall(cast=cast, session_id=session.id, offer_id=offer.id, began=began)


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
    placed = trade.place_order(
        by=people.person(person_id=stall.cast.buyers[-1].id),
        lines=[Wanted(offer_id=stall.offer_id, packs=1, seen_price_fen=PRICE_FEN)],
        delivery=Delivery(**DELIVERY),
        idempotency_key=key,
        now=at,
    )
    if until in STATES:
        trade.take_payment(order_id=placed.order_id, now=at)
    if until in STATES[1:]:
        trade.pack(by=None, order_id=placed.order_id, now=at)
    if until in STATES[2:]:
        trade.ship(by=None, order_id=placed.order_id, tracking_number=f"T{placed.number}", now=at)
    if until == STATES[3]:
        trade.receive(by=None, order_id=placed.order_id, now=at)
    return placed.order_id


def _give_back(stall: _Stall, order_id: int, *, now: datetime, done: bool) -> None:
    """Part of the price goes back after sale, and has arrived or is still on its way."""
    refund = trade.refund_after_sale(by=None, order_id=order_id, amount_fen=500, reason="彩排：坏果", now=now)
    if done:
        trade.confirm_known(refund_id=refund.id, now=now)


def _write_down(stall: _Stall, now: datetime) -> None:
    """What people said, lost, read and brought from elsewhere."""
    chief, presenter = (people.person(person_id=one.id) for one in (stall.cast.chief, stall.cast.presenter))
    offer = sold.offer(offer_id=stall.offer_id)
    trade.write_off(by=chief, lot_id=offer.lot_id, units=1, reason="彩排：烂果", now=now)
    live.transcribe(
        by=presenter,
        session_id=stall.session_id,
        text="刚摘的黄桃",
        at=stall.began,
        source="typed",
        now=stall.began,
    )
    supervision.report_sales(
        by=presenter, session_id=stall.session_id, packs=1, amount_fen=PRICE_FEN, now=now
    )
    accounts.save_address(
        by=people.person(person_id=stall.cast.buyers[-1].id),
        recipient="彩排",
        phone="13800138000",
        province="上海市",
        line="长乐路 1 号",
    )
    accounts.log_personal_read(by=chief, subject="order:tampering", what="address", reason="彩排", now=now)
    trade.receive_notice(provider=PROVIDER, headers={}, body=b"{}", now=now)
    import_orders(
        data=OUTSIDE.format(at=f"{timezone.localtime(stall.began):%Y-%m-%d %H:%M:%S}").encode(),
        file_name="彩排.csv",
        format_code="generic",
        county_id=stall.cast.county_id,
        organisation_id=stall.cast.cooperative_id,
        by=chief,
        now=now,
    )
