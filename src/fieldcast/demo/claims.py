"""What buyers want back when the demo begins: one request that waits for the county, one that was answered with other
goods; and the county's after-sale line.

Both are of parcels that nobody has received before, so nothing that is settled is touched.
"""

import io
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from PIL import Image, ImageDraw

from fieldcast.demo.county import County
from fieldcast.files.sent import Photo
from fieldcast.trade import operations as trade_operations
from fieldcast.trade import queries as trade
from fieldcast.trade.types import Carried, OrderState, OrderView, Remedy, Wrong

WHICH: Final = 0  # the cooperative that is live: of the others everything has come long ago
ARRIVED: Final = timedelta(hours=18)
SKIN, ROT = "#e8b45a", "#5a3d22"


def ask_back(county: County, *, now: datetime) -> None:
    """Open the line, and let two buyers ask: the first objects to a refusal, the second gets other goods."""
    trade_operations.set_after_sales(
        by=county.officers[0],
        county_id=county.id,
        now=now - timedelta(days=200),
        phone="0570-5550188",
        words="每天 8:30 到 20:00",
        words_en="Every day 8:30 to 20:00",
        damage_hours=48,
        answer_hours=48,
        decide_days=7,
        most_requests=5,
    )
    orders = _arrived(county, now=now)
    for order in _first(orders):
        _objected(county, order, now=now)
    for order in _first(one for one in orders if _has_more(one)):
        _exchanged(county, order, now=now)


def _arrived(county: County, *, now: datetime) -> Iterator[OrderView]:
    """Parcels that were sent long enough ago to have come, and of which their carrier has said nothing since."""
    found = trade.orders_of_seller(
        seller_id=county.cooperatives[WHICH].id, state=OrderState.SHIPPED, per_page=200
    )
    for order in sorted(found.items, key=lambda one: (one.shipped_at or now, one.id)):
        quiet = all(step.step == Carried.FETCHED for step in trade.carrying_steps(order_id=order.id))
        someones = order.buyer_id != county.consumers[0].pk  # the first shopper has enough to look at
        if quiet and someones and order.shipped_at and order.shipped_at < now - ARRIVED:
            yield order


def _first(orders: Iterator[OrderView]) -> Iterator[OrderView]:
    for order in orders:
        yield order
        return


def _has_more(order: OrderView) -> bool:
    line = order.lines[0]
    return trade.stock(lot_id=line.lot_id).free >= line.pack_units


def _objected(county: County, order: OrderView, *, now: datetime) -> None:
    by = next(one for one in county.consumers if one.pk == order.buyer_id)
    came = now - ARRIVED
    trade_operations.receive(by=by, order_id=order.id, now=came)
    asked = trade_operations.ask_refund(
        by=by,
        order_id=order.id,
        wrong=Wrong.SPOILT,
        remedy=Remedy.PART,
        damaged_units=max(1, sum(line.packs * line.pack_units for line in order.lines) // 3),
        words="开箱底下三分之一都烂了，汁水流到箱子外面",
        photos=trade_operations.draw_photos(
            by=by, order_id=order.id, photos=[_photo(came + timedelta(minutes=1))]
        ),
        now=came + timedelta(minutes=2),
    )
    trade_operations.answer_refund(
        by=county.chiefs[WHICH],
        request_id=asked.id,
        amount_fen=0,
        words="发货前逐个挑过，请看装箱照片",
        now=now - timedelta(hours=9),
    )
    trade_operations.object_to_answer(
        by=by, request_id=asked.id, words="照片是刚开箱拍的，请县里看看", now=now - timedelta(hours=5)
    )


def _exchanged(county: County, order: OrderView, *, now: datetime) -> None:
    by = next(one for one in county.consumers if one.pk == order.buyer_id)
    came = now - ARRIVED + timedelta(hours=1)
    trade_operations.receive(by=by, order_id=order.id, now=came)
    asked = trade_operations.ask_refund(
        by=by,
        order_id=order.id,
        wrong=Wrong.SPOILT,
        remedy=Remedy.EXCHANGE,
        packs=1,
        words="路上压坏了一箱，想换一箱好的",
        now=came + timedelta(minutes=2),
    )
    trade_operations.exchange_goods(
        by=county.packers[WHICH],
        request_id=asked.id,
        words="今天补发一箱，司机下午来取",
        now=now - timedelta(hours=2),
    )


def _photo(at: datetime) -> Photo:
    """Fruit of which some is brown, with the moment a camera would have written beside it."""
    picture = Image.new("RGB", (480, 360), "#c9b08a")
    pen = ImageDraw.Draw(picture)
    for place in range(12):
        x, y = 30 + place % 4 * 108, 20 + place // 4 * 110
        pen.ellipse((x, y, x + 96, y + 96), fill=SKIN)
        if place > 7:
            pen.ellipse((x + 20, y + 24, x + 82, y + 84), fill=ROT)
    exif = Image.Exif()
    exif.get_ifd(0x8769).update({0x9003: f"{at:%Y:%m:%d %H:%M:%S}", 0x9011: "+00:00"})
    content = io.BytesIO()
    picture.save(content, "JPEG", quality=85, exif=exif)
    return Photo(name="坏果.jpg", size=content.tell(), stream=io.BytesIO(content.getvalue()))
