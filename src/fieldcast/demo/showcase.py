"""The first shopper of the demo's page has an order in each state it can be in."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from fieldcast.demo.county import County
from fieldcast.demo.orders import Buyer, Goods, Sold, buy, give_back, send
from fieldcast.trade import operations as trade_operations


def buy_long_ago(
    county: County, which: int, goods: Sequence[Goods], buyer: Buyer, *, begins: datetime
) -> None:
    """One order that is finished, one of which a part was refunded, one that was cancelled, one that was not paid."""
    at = begins + timedelta(minutes=9)
    received = begins + timedelta(days=4)
    for place in range(2):
        sold = _paid(goods[place], buyer, at=at + timedelta(minutes=place))
        _sent(county, which, sold, at=at + timedelta(hours=18))
        trade_operations.receive(by=buyer.person, order_id=sold.placed.order_id, now=received)
        if place:
            give_back(county, which, sold, at=received + timedelta(minutes=1))
    cancelled = _placed(goods[2], buyer, at=at + timedelta(minutes=4))
    trade_operations.cancel_order(
        by=buyer.person, order_id=cancelled.placed.order_id, now=at + timedelta(minutes=6)
    )
    _placed(goods[0], buyer, at=at + timedelta(minutes=8))  # its packs come back when its time is over


def buy_lately(
    county: County, which: int, goods: Sequence[Goods], buyer: Buyer, *, begins: datetime, now: datetime
) -> None:
    """Of a session some days ago: one order that has just been received, one on its way, one packed."""
    at = begins + timedelta(minutes=11)
    received, shipped, packed = (
        _paid(goods[place], buyer, at=at + timedelta(minutes=place)) for place in range(3)
    )
    yesterday = now - timedelta(hours=26)
    for sold in (received, shipped):
        _sent(county, which, sold, at=max(at + timedelta(hours=4), yesterday))
    trade_operations.receive(
        by=buyer.person, order_id=received.placed.order_id, now=now - timedelta(seconds=20)
    )
    trade_operations.pack(
        by=county.packers[which],
        order_id=packed.placed.order_id,
        now=max(at + timedelta(hours=4), now - timedelta(hours=3)),
    )


def buy_today(goods: Sequence[Goods], buyer: Buyer, *, now: datetime) -> None:
    """In the session that is live: one order that is paid, one that waits for its payment."""
    _paid(goods[0], buyer, at=now - timedelta(minutes=12))
    _placed(goods[1], buyer, at=now - timedelta(minutes=1))


def _placed(goods: Goods, buyer: Buyer, *, at: datetime) -> Sold:
    sold = buy(goods, buyer, packs=1, at=at)
    if sold is None:
        raise RuntimeError("nothing was left for the first shopper")
    return sold


def _paid(goods: Goods, buyer: Buyer, *, at: datetime) -> Sold:
    sold = _placed(goods, buyer, at=at)
    trade_operations.take_payment(order_id=sold.placed.order_id, now=at + timedelta(seconds=30))
    return sold


def _sent(county: County, which: int, sold: Sold, *, at: datetime) -> None:
    trade_operations.pack(by=county.packers[which], order_id=sold.placed.order_id, now=at)
    send(county, which, sold, at=at + timedelta(hours=2))
