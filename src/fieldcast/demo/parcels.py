"""A carrier's day when the demo begins: parcels of this morning to fetch, some on their way, some delivered today, one
whose door nobody opened.
"""

from datetime import datetime, timedelta
from typing import Final

from fieldcast.demo.county import County
from fieldcast.trade import operations as trade_operations
from fieldcast.trade import queries as trade
from fieldcast.trade.types import Hindrance, OrderState, To

WHICH: Final = 0  # the cooperative that is live, and its carrier
TO_FETCH: Final = 8
PACKED_AFTER: Final = timedelta(minutes=6)
LONG_ON_THE_WAY: Final = timedelta(hours=26)
DEPOT: Final = "县城分拨中心"
DOORS: Final = (
    (To.DOOR, ""),
    (To.NEIGHBOUR, "对门王阿姨"),
    (To.POINT, "小区东门菜鸟驿站"),
    (To.DOOR, ""),
)


def carry(county: County, *, now: datetime) -> None:
    """Pack the first of today's orders, and let the carrier's driver have been under way with older ones."""
    packer, cooperative_id = county.packers[WHICH], county.cooperatives[WHICH].id
    paid = trade.orders_to_pack(seller_id=cooperative_id, per_page=TO_FETCH).items
    for order in paid:
        assert order.paid_at is not None
        packed = min(now, order.paid_at + PACKED_AFTER)
        trade_operations.pack(by=packer, order_id=order.id, now=packed)
    _under_way(county, now=now)


def _under_way(county: County, *, now: datetime) -> None:
    driver, carrier_id = county.drivers[WHICH], county.carriers[WHICH].id
    sent = trade.orders_of_carrier(carrier_id=carrier_id, state=OrderState.SHIPPED, per_page=200).items
    oldest = sorted(sent, key=lambda one: (one.shipped_at or now, one.id))
    arrived = [one for one in oldest if one.shipped_at and one.shipped_at < now - LONG_ON_THE_WAY]
    for order, (to, words) in zip(arrived[1:], DOORS, strict=False):
        at = now - timedelta(minutes=20 + 17 * len(words))
        trade_operations.deliver(by=driver, order_id=order.id, to=to, words=words, at=at, now=at)
    for order in arrived[:1]:
        at = now - timedelta(minutes=35)
        trade_operations.not_delivered(
            by=driver, order_id=order.id, why=Hindrance.NOBODY, words="电话没人接，门口没人", at=at, now=at
        )
    for order in oldest[1 + len(DOORS) :][:6]:
        assert order.shipped_at is not None
        at = min(now, order.shipped_at + timedelta(hours=3))
        trade_operations.pass_on(by=driver, order_id=order.id, place=DEPOT, at=at, now=at)
