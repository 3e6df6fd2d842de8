"""What others say was sold: the hosts' reports of past sessions, and orders a cooperative took elsewhere.

Most reports agree with the orders, one says more than was paid for, and two hosts have not reported yet, so that the
county has something to look at.
"""

import csv
import io
from datetime import datetime, timedelta

from django.utils import timezone

from fieldcast.demo import names
from fieldcast.demo.county import County
from fieldcast.demo.goods import sold_around
from fieldcast.kit.money import yuan
from fieldcast.live import queries as live
from fieldcast.live.types import SessionState
from fieldcast.outside.operations import import_orders
from fieldcast.supervision import operations as supervision_operations
from fieldcast.supervision import queries as supervision
from fieldcast.trade import queries as trade

AFTER = timedelta(hours=14)  # a session begins in the evening; its host reports the next morning
TOO_MANY_PACKS = 6
EXAGGERATED, UNREPORTED = (
    10,
    (4, 11),
)  # of the past sessions, the oldest first; those of two weeks are looked at
OUTSIDE_ORDERS = 40
OUTSIDE_TITLES = (
    "订单号",
    "应付金额",
    "实付金额",
    "退款金额",
    "省份",
    "城市",
    "商品",
    "数量",
    "下单时间",
    "付款时间",
)
REFUNDED_EVERY, UNPAID_EVERY = 13, 17


def report_past_sessions(county: County, *, now: datetime) -> None:
    """Let hosts say what their past sessions sold."""
    presenters = dict(zip((host.id for host in county.hosts), county.presenters, strict=True))
    found = live.sessions(county_id=county.id, state=SessionState.ENDED, per_page=50).items
    sessions = sorted(found, key=lambda session: (session.starts_at, session.id))
    records = supervision.verify_sessions(sessions=sessions, now=now)
    for place, session in enumerate(sessions):
        if place in UNREPORTED:
            continue
        more = TOO_MANY_PACKS if place == EXAGGERATED else 0
        price_fen = trade.offers_of_session(session_id=session.id)[0].price_fen
        supervision_operations.report_sales(
            by=presenters[session.host_id],
            session_id=session.id,
            packs=records[session.id].packs.paid + more,
            amount_fen=records[session.id].amount.paid + more * price_fen,
            now=min(session.starts_at + AFTER, now),
        )


def bring_outside_orders(county: County, *, now: datetime) -> None:
    """The first cooperative brings in what it sold in its neighbours' chat groups."""
    import_orders(
        data=_outside_file(county, now=now).encode("utf-8-sig"),
        file_name="微信群团购.csv",
        format_code="generic",
        county_id=county.id,
        organisation_id=county.cooperatives[0].id,
        by=county.chiefs[0],
        now=now - timedelta(hours=20),
    )


def _outside_file(county: County, *, now: datetime) -> str:
    """Orders of three weeks, some unpaid and some with money given back, as a table of ours."""
    goods = sold_around(0, county.today)
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(OUTSIDE_TITLES)
    begins = timezone.localtime(now) - timedelta(days=22)
    for number in range(1, OUTSIDE_ORDERS + 1):
        good, packs = county.rng.choice(goods), county.rng.choice((1, 1, 2, 3))
        province, city = county.rng.choice(names.PLACES)[:2]
        at = begins + timedelta(hours=number * 12, minutes=county.rng.randrange(600))
        due_fen = good.price_fen * packs
        paid = number % UNPAID_EVERY != 0
        back_fen = due_fen // 5 if number % REFUNDED_EVERY == 0 else 0
        table.writerow(
            [
                f"TG{begins:%y%m}{number:04d}",
                yuan(due_fen),
                yuan(due_fen if paid else 0),
                yuan(back_fen),
                province,
                city,
                f"{good.name} {good.pack_name}",
                packs,
                f"{at:%Y-%m-%d %H:%M:%S}",
                f"{at + timedelta(minutes=county.rng.randrange(1, 9)):%Y-%m-%d %H:%M:%S}" if paid else "",
            ]
        )
    return text.getvalue()
