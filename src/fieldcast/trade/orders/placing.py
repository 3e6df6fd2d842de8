"""Placing an order: the hottest call of the product. One statement decides and writes
(`trade/sql/place_order.sql`); here stands what comes before it, reading the form, and after it, turning its answer into
words.
"""

import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import connection

from fieldcast.accounts.types import SignedIn
from fieldcast.kit.errors import NotFound, Problem
from fieldcast.kit.events import LIVE_CHANNEL
from fieldcast.kit.ids import dated_number
from fieldcast.kit.once import KEY, BadKey
from fieldcast.kit.provinces import cities_of, city_of, find_place
from fieldcast.kit.said import plain_digits, said
from fieldcast.trade.models import Order
from fieldcast.trade.offers.problems import LotStopped, OfferClosed
from fieldcast.trade.orders.problems import (
    AllHeld,
    BadPacks,
    DeliveryIncomplete,
    KeyReused,
    OverLimit,
    PriceChanged,
    ProvinceUnknown,
    SessionNotLive,
    SoldOut,
    TooFewLeft,
)
from fieldcast.trade.orders.types import Delivery, Placed, Wanted
from fieldcast.trade.words import DELIVERY_FIELDS

LARGEST = 2**31 - 1  # of the columns; a larger wish is refused in the same words as this one
LONGEST = {"recipient": 40, "phone": 20, "province": 20, "city": 40, "district": 40, "line": 120}
NEEDED = ("recipient", "phone", "province", "line")  # and the city, where the province has more than one
PHONE = re.compile(r"\+?[0-9][0-9 -]{6,18}")
PLACE = "SELECT trade_place_order(%s::bigint[], %s::int[], %s::int[], %s, %s, %s, %s, %s, %s, %s, %s)"


def place_order(
    *,
    by: SignedIn,
    lines: Sequence[Wanted],
    delivery: Delivery,
    idempotency_key: str,
    now: datetime,
) -> Placed:
    """Order packs of offers of one session and hold them until `expires_at`: all lines or none.

    The same key with the same request answers the first order with `repeated`, whenever it comes; with another request
    it raises `KeyReused`. The price is the server's: `seen_price_fen` is what the buyer saw, and any other raises
    `PriceChanged` with the price now. Raises `BadKey`, `BadPacks`, `DeliveryIncomplete`, `ProvinceUnknown`, `NotFound`,
    `SessionNotLive`, `OfferClosed`, `LotStopped`, `OverLimit` and `SoldOut` (or its `AllHeld`, `TooFewLeft`), each of
    which changes nothing; and `ValueError` for no line or two of one offer.

    It is one statement. Call it outside a transaction where nothing else must go with it: it then commits by itself,
    and the next buyer of a hot offer does not wait for this process to say so.
    """
    if not KEY.fullmatch(idempotency_key):
        raise BadKey
    wanted = sorted(lines, key=lambda line: line.offer_id)  # the order in which offers are locked
    if not wanted or len({line.offer_id for line in wanted}) < len(wanted):
        raise ValueError("an order has a line of each offer, and at least one")
    if any(line.packs < 1 for line in wanted):
        raise BadPacks
    address = check_delivery(delivery)
    answer = _place(
        wanted,
        buyer_id=by.pk,
        key=idempotency_key,
        request_hash=_request_hash(wanted, address),
        delivery=address,
        now=now,
    )
    if answer["outcome"] not in ("placed", "repeated"):
        raise _refusal(answer, wanted)
    return Placed(
        number=answer["number"],
        order_id=answer["order_id"],
        total_fen=answer["total_fen"],
        expires_at=datetime.fromisoformat(answer["expires_at"]),
        repeated=answer["outcome"] == "repeated",
    )


def check_delivery(delivery: Delivery) -> Delivery:
    """The address with blanks trimmed, province and city under their official names; a municipality is its own city.

    Raises `DeliveryIncomplete`, naming the first field that is missing, too long or no phone number, and
    `ProvinceUnknown`.
    """
    fields = {name: said(value) for name, value in asdict(delivery).items()}
    fields["phone"] = plain_digits(fields["phone"])
    for name, value in fields.items():
        unreadable = len(value) > LONGEST[name] or not value.isprintable()
        if unreadable or (not value and name in NEEDED) or (name == "phone" and not PHONE.fullmatch(value)):
            raise DeliveryIncomplete(field=DELIVERY_FIELDS[name], missing=name)
    place = find_place(fields["province"])
    if place is None:
        raise ProvinceUnknown(province=fields["province"])
    return Delivery(**{**fields, "province": place.province, "city": _city(place.province, fields["city"])})


def _city(province: str, written: str) -> str:
    """A city under its official name, or as it was written where that says more. Raises `DeliveryIncomplete`."""
    cities = cities_of(province)
    if not written and len(cities) == 1:
        return cities[0]
    if not written and cities:
        raise DeliveryIncomplete(field=DELIVERY_FIELDS["city"], missing="city")
    named = city_of(province, written)
    return named if named.startswith(written) else written


def _request_hash(lines: Sequence[Wanted], delivery: Delivery) -> str:
    """What makes two requests the same one."""
    what = [part for line in lines for part in (line.offer_id, line.packs, line.seen_price_fen)]
    request = json.dumps([*what, asdict(delivery)], ensure_ascii=False)
    return hashlib.sha256(request.encode()).hexdigest()


def _place(
    lines: Sequence[Wanted],
    *,
    buyer_id: int,
    key: str,
    request_hash: str,
    delivery: Delivery,
    now: datetime,
) -> Mapping[str, Any]:
    sealed = Order._meta.get_field("delivery").get_prep_value(asdict(delivery))
    values = [
        [line.offer_id for line in lines],
        [min(line.packs, LARGEST // 2) for line in lines],
        [max(-1, min(line.seen_price_fen, LARGEST)) for line in lines],
        buyer_id,
        key,
        request_hash,
        dated_number("D", now),
        delivery.province,
        sealed,
        now,
        LIVE_CHANNEL,
    ]
    if not all(0 < line.offer_id < 2**63 for line in lines):
        raise NotFound("offer")
    with connection.cursor() as cursor:
        cursor.execute(PLACE, values)
        answer: Mapping[str, Any] = json.loads(cursor.fetchone()[0])
    return answer


def _refusal(answer: Mapping[str, Any], lines: Sequence[Wanted]) -> Problem:
    """The problem that says what the database answered."""
    packs = lines[answer.get("line", 1) - 1].packs
    problems: Mapping[str, Callable[[], Problem]] = {
        "key_reused": KeyReused,
        "session_not_live": SessionNotLive,
        "offer_closed": OfferClosed,
        "lot_stopped": LotStopped,
        "price_changed": lambda: PriceChanged(price_fen=answer["price_fen"]),
        "over_limit": lambda: OverLimit(limit=answer["limit"], yours=answer["yours"], wanted=packs),
        "sold_out": lambda: _sold_out(answer),
        "no_such_offer": lambda: NotFound("offer"),
    }
    return problems[answer["outcome"]]()


def _sold_out(answer: Mapping[str, Any]) -> SoldOut:
    facts = {"left": answer["left"], "held": answer["held"], "minutes": -(-answer["hold_seconds"] // 60)}
    if facts["left"]:
        return TooFewLeft(**facts)
    return AllHeld(**facts) if facts["held"] else SoldOut(**facts)
