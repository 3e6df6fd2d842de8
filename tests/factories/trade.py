"""A sale under way: a live session, an offer in it, buyers, and a provider whose notices are really signed."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from fieldcast.accounts.models import Person
from fieldcast.agreements.terms import Terms
from fieldcast.live import operations as live_operations
from fieldcast.live.types import SessionView
from fieldcast.trade import operations as trade_operations
from fieldcast.trade import queries as trade
from fieldcast.trade.models import LotStock, Offer, Order, Payment
from fieldcast.trade.providers.interface import Event
from fieldcast.trade.providers.sandbox import keys
from fieldcast.trade.providers.sandbox.signing import NOTICE
from fieldcast.trade.types import Delivery, NoticeOutcome, OfferView, OrderView, Placed, StockView, Wanted
from tests.factories.accounts import NOW, make_person
from tests.factories.cover import give_deposit
from tests.factories.market import QUANTITY, Stall, make_stall, ordinary_stall
from tests.factories.prepared import Several, scene

HOLD_SECONDS = 900
PRICE_FEN = 3980
PACK_UNITS = 5
ORDINARY_OFFER = {"price_fen": PRICE_FEN, "packs": 100, "per_buyer_limit": 3}
ORDINARY = {
    "quantity": QUANTITY,
    "hold_seconds": HOLD_SECONDS,
    "terms": None,
    "deposit_fen": 0,
    **ORDINARY_OFFER,
}
DELIVERY = Delivery(
    recipient="李小满",
    phone="13800138000",
    province="浙江省",
    city="杭州市",
    district="西湖区",
    line="文三路 90 号 3 栋 502",
)
_numbers = count(1)


def later(seconds: float) -> datetime:
    """`seconds` after `NOW`."""
    return NOW + timedelta(seconds=seconds)


@dataclass(frozen=True)
class Sale:
    """A live session with one offer."""

    stall: Stall
    session: SessionView
    offer: OfferView

    @property
    def stock(self) -> StockView:
        """The lot's units now."""
        return trade.stock(lot_id=self.offer.lot_id)

    @property
    def now_offered(self) -> OfferView:
        """The offer now."""
        return trade.offer(offer_id=self.offer.id)


@transaction.atomic  # as the edge would open one
def make_session(stall: Stall, *, open_: bool = True, hold_seconds: int = HOLD_SECONDS) -> SessionView:
    """A session of the stall's cooperative and host, live unless `open_` is False."""
    session = live_operations.plan(
        by=stall.chief,
        organiser_id=stall.cooperative.id,
        cooperative_id=stall.cooperative.id,
        host_id=stall.host.id,
        agreement_version_id=stall.version.id,
        title="河湾黄桃 早采现发",
        starts_at=NOW,
        hold_seconds=hold_seconds,
        now=NOW,
    )
    return live_operations.open_session(by=stall.chief, session_id=session.id, now=NOW) if open_ else session


def make_offer(stall: Stall, session: SessionView, **changes: Any) -> OfferView:
    """Boxes of 5 jin at ¥39.80: 100 of them, at most 3 a buyer."""
    values = {
        "lot_id": stall.lot.id,
        "title": "黄桃 5 斤装",
        "title_en": "Yellow peaches, box of 5 jin",
        "pack_units": PACK_UNITS,
        **ORDINARY_OFFER,
        "confirms_jump": True,  # a scene is meant as it is
        **changes,
    }
    return trade_operations.offer(by=stall.chief, session_id=session.id, now=NOW, **values)


@transaction.atomic
def make_sale(
    *,
    quantity: int = QUANTITY,
    hold_seconds: int = HOLD_SECONDS,
    terms: Terms | None = None,
    deposit_fen: int = 0,
    **offer: Any,
) -> Sale:
    """A live session that sells boxes from a lot of `quantity` jin; with a deposit, shortfalls are covered."""
    asked = {
        "quantity": quantity,
        "hold_seconds": hold_seconds,
        "terms": terms,
        "deposit_fen": deposit_fen,
        **offer,
    }
    if all(ORDINARY.get(name, asked) == value for name, value in asked.items()):
        return ordinary_sale()
    stall = make_stall(quantity=quantity, terms=terms)
    if deposit_fen:
        give_deposit(stall, deposit_fen)
        offer.setdefault("covers_shortfall", True)
    session = make_session(stall, hold_seconds=hold_seconds)
    return Sale(stall=stall, session=session, offer=make_offer(stall, session, **offer))


@scene(on=ordinary_stall)
def ordinary_sale(stall: Stall) -> Sale:
    """A live session of the stall with one offer, as `make_sale()` makes it."""
    session = make_session(stall)
    return Sale(stall=stall, session=session, offer=make_offer(stall, session))


@scene(on=ordinary_sale)
def two_sales(sale: Sale) -> Several:
    """The same and another, of other people: for a test that makes both itself."""
    return Several({ordinary_sale: (sale, ordinary_sale())})


@scene(on=ordinary_sale)
def sale_and_stall(sale: Sale) -> Several:
    """The same and a stall of other people."""
    return Several({ordinary_sale: (sale,), ordinary_stall: (ordinary_stall(),)})


@scene(on=ordinary_stall)
def two_stalls(stall: Stall) -> Several:
    """The same and another, of other people."""
    return Several({ordinary_stall: (stall, ordinary_stall())})


def make_buyer(sale: Sale, name: str = "小满") -> Person:
    """Someone who can buy."""
    return make_person(county_id=sale.stall.county_id, name=name)


def place(
    sale: Sale,
    *,
    by: Person | None = None,
    packs: int = 1,
    key: str | None = None,
    seen_price_fen: int | None = None,
    delivery: Delivery = DELIVERY,
    offer: OfferView | None = None,
    now: datetime = NOW,
) -> Placed:
    """Order `packs`, by a buyer of its own and under a key of its own unless told otherwise."""
    chosen = offer or sale.offer
    return trade_operations.place_order(
        by=by or make_buyer(sale),
        lines=[
            Wanted(
                offer_id=chosen.id,
                packs=packs,
                seen_price_fen=chosen.price_fen if seen_price_fen is None else seen_price_fen,
            )
        ],
        delivery=delivery,
        idempotency_key=key or f"key-{next(_numbers):04d}",
        now=now,
    )


def pay(sale: Sale, placed: Placed, *, now: datetime = NOW) -> NoticeOutcome:
    """The provider says that the order is paid."""
    return send_notice(paid_notice(placed.order_id), now=now)


def make_order(
    sale: Sale, *, until: str = "paid", by: Person | None = None, packs: int = 1, now: datetime = NOW
) -> OrderView:
    """An order that has come as far as `until`: reserved, paid, packed, shipped, received or closed."""
    placed = place(sale, by=by, packs=packs, now=now)
    steps = ["reserved", "paid", "packed", "shipped", "received", "closed"]
    for step in steps[1 : steps.index(until) + 1]:
        _advance(sale, placed.order_id, step, now)
    return trade.order(order_id=placed.order_id)


def _advance(sale: Sale, order_id: int, step: str, now: datetime) -> None:
    if step == "paid":
        assert send_notice(paid_notice(order_id), now=now) == NoticeOutcome.APPLIED
    elif step == "packed":
        trade_operations.pack(by=sale.stall.chief, order_id=order_id, now=now)
    elif step == "shipped":
        tracking_number = f"YT{next(_numbers):010d}"
        trade_operations.ship(
            by=sale.stall.chief, order_id=order_id, tracking_number=tracking_number, now=now
        )
    elif step == "received":
        trade_operations.receive(by=Order.objects.get(id=order_id).buyer, order_id=order_id, now=now)
    else:
        until = trade.order(order_id=order_id).after_sale_until
        assert until is not None
        trade_operations.close_due(now=until)


@scene(on=ordinary_sale)
def sale_with_reserved(sale: Sale) -> tuple[Sale, OrderView]:
    """An ordinary sale and one order of a buyer of its own, not paid yet."""
    return sale, trade.order(order_id=place(sale).order_id)


@scene(on=sale_with_reserved)
def sale_with_paid(made: tuple[Sale, OrderView]) -> tuple[Sale, OrderView]:
    """The same, paid."""
    return _further(made, "paid")


@scene(on=sale_with_paid)
def sale_with_packed(made: tuple[Sale, OrderView]) -> tuple[Sale, OrderView]:
    """The same, packed."""
    return _further(made, "packed")


@scene(on=sale_with_packed)
def sale_with_shipped(made: tuple[Sale, OrderView]) -> tuple[Sale, OrderView]:
    """The same, on its way."""
    return _further(made, "shipped")


@scene(on=sale_with_shipped)
def sale_with_received(made: tuple[Sale, OrderView]) -> tuple[Sale, OrderView]:
    """The same, with its buyer."""
    return _further(made, "received")


@scene(on=sale_with_received)
def sale_with_closed(made: tuple[Sale, OrderView]) -> tuple[Sale, OrderView]:
    """The same, past the days in which it can be given back."""
    return _further(made, "closed")


def _further(made: tuple[Sale, OrderView], step: str) -> tuple[Sale, OrderView]:
    sale, order = made
    _advance(sale, order.id, step, NOW)
    return sale, trade.order(order_id=order.id)


def payment_of(order_id: int, *, now: datetime = NOW) -> Payment:
    """The order's payment, begun by its buyer when it was not begun yet."""
    order = Order.objects.select_related("buyer").get(id=order_id)
    if not Payment.objects.filter(order=order).exists():
        url = f"http://127.0.0.1/me/orders/{order.number}/"
        trade_operations.start_payment(by=order.buyer, order_id=order_id, return_url=url, now=now)
    return Payment.objects.get(order=order)


def paid_notice(order_id: int, **changes: Any) -> dict[str, Any]:
    """What the provider says when an order is paid."""
    payment = payment_of(order_id)
    return {**notice(Event.PAYMENT_SUCCEEDED, payment.reference, payment.amount_fen), **changes}


def notice(event: Event, reference: str, amount_fen: int) -> dict[str, Any]:
    """A notice under an id of its own."""
    return {
        "notice_id": f"N{next(_numbers):024d}",
        "event": event.value,
        "provider_ref": f"SBX{next(_numbers):020d}",
        "reference": reference,
        "amount_fen": amount_fen,
        "occurred_at": NOW.isoformat(timespec="milliseconds"),
        "refund_reference": "",
    }


def refund_notice(refund: Any, **changes: Any) -> dict[str, Any]:
    """What the provider says when a refund (a row) has arrived."""
    content = notice(Event.REFUND_SUCCEEDED, refund.payment.reference, refund.amount_fen)
    return {**content, "refund_reference": refund.reference, **changes}


def signed(content: Mapping[str, Any], *, now: datetime = NOW) -> tuple[dict[str, str], bytes]:
    """A notice's headers and body, signed as the sandbox signs them."""
    body = json.dumps(content, separators=(",", ":")).encode()
    return keys.signer(Path(settings.HOME), "provider").headers(purpose=NOTICE, body=body, now=now), body


def send_notice(content: Mapping[str, Any], *, now: datetime = NOW) -> NoticeOutcome:
    """Deliver a notice."""
    headers, body = signed(content, now=now)
    return trade_operations.receive_notice(provider="sandbox", headers=headers, body=body, now=now)


def everything() -> dict[str, list[str]]:
    """Every row of trade and of the ledger, as the database says it, to see that a refusal changed nothing."""
    from django.apps import apps

    models = [*apps.get_app_config("trade").get_models(), *apps.get_app_config("ledger").get_models()]
    found: dict[str, list[str]] = {model.__name__: [] for model in models}
    # in one statement: it is asked twice by each of hundreds of tests
    rows = (f"SELECT '{one.__name__}', t::text FROM \"{one._meta.db_table}\" t" for one in models)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM ({' UNION ALL '.join(rows)}) said ORDER BY 1, 2")
        for name, row in cursor.fetchall():
            found[name].append(row)
    return found


def counters(sale: Sale) -> tuple[int, int, int, int]:
    """The offer's held and sold packs, the lot's reserved and sold units, as their rows say."""
    offer = Offer.objects.get(id=sale.offer.id)
    stock = LotStock.objects.get(lot_id=sale.offer.lot_id)
    return offer.held, offer.sold, stock.reserved, stock.sold


def assert_balanced() -> None:
    """Units and money add up."""
    from fieldcast.ledger import queries as ledger

    stock = trade.stock_imbalance(county_id=None)
    assert (stock.units, stock.oversold, stock.details) == (0, 0, ())
    money = trade.money_imbalance(county_id=None)
    assert money.ok, money
    assert ledger.imbalance().ok
