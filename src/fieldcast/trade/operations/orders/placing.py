"""Placing an order: the hottest call of the product. One statement decides and writes (`trade_place_order`, in the
migrations); here stands what comes before it, reading the form, and after it, turning its answer into words.
"""

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import connection

from fieldcast.accounts.types import Who
from fieldcast.kit.errors import NotFound, Problem
from fieldcast.kit.events import LIVE_CHANNEL
from fieldcast.kit.ids import dated_number
from fieldcast.kit.once import KEY, BadKey
from fieldcast.trade.models import Order
from fieldcast.trade.operations.problems import (
    AllHeld,
    BadUnits,
    DeliveryIncomplete,
    KeyReused,
    LotStopped,
    OfferClosed,
    OverLimit,
    PriceChanged,
    ProvinceUnknown,
    SessionNotLive,
    SoldOut,
    TooFewLeft,
)
from fieldcast.trade.outside.places import find_place
from fieldcast.trade.types import Delivery, Placed
from fieldcast.trade.words import DELIVERY_FIELDS

LARGEST = 2**31 - 1  # of the columns; a larger wish is refused in the same words as this one
LONGEST = {"recipient": 40, "phone": 20, "province": 20, "city": 40, "district": 40, "line": 120}
NEEDED = ("recipient", "phone", "province", "line")
PHONE = re.compile(r"\+?[0-9][0-9 -]{6,18}")
PLACE = "SELECT trade_place_order(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"


def place_order(
    *,
    by: Who,
    offer_id: int,
    units: int,
    seen_price_fen: int,
    delivery: Delivery,
    idempotency_key: str,
    now: datetime,
) -> Placed:
    """Order `units` packs of an offer and hold them until `expires_at`.

    The same key with the same request answers the first order with `repeated`, whenever it comes; with another request
    it raises `KeyReused`. The price is the server's: `seen_price_fen` is what the buyer saw, and any other raises
    `PriceChanged` with the price now. Raises `BadKey`, `BadUnits`, `DeliveryIncomplete`, `ProvinceUnknown`, `NotFound`,
    `SessionNotLive`, `OfferClosed`, `LotStopped`, `OverLimit` and `SoldOut` (or its `AllHeld`, `TooFewLeft`), each of
    which changes nothing.

    It is one statement. Call it outside a transaction where nothing else must go with it: it then commits by itself,
    and the next buyer of a hot offer does not wait for this process to say so.
    """
    if not KEY.fullmatch(idempotency_key):
        raise BadKey
    if units < 1:
        raise BadUnits
    address = check_delivery(delivery)
    answer = _place(
        offer_id=offer_id,
        buyer_id=by.pk,
        key=idempotency_key,
        request_hash=_request_hash(offer_id, units, seen_price_fen, address),
        units=units,
        seen_price_fen=seen_price_fen,
        delivery=address,
        now=now,
    )
    if answer["outcome"] not in ("placed", "repeated"):
        raise _refusal(answer, units)
    return Placed(
        number=answer["number"],
        order_id=answer["order_id"],
        total_fen=answer["total_fen"],
        expires_at=datetime.fromisoformat(answer["expires_at"]),
        repeated=answer["outcome"] == "repeated",
    )


def check_delivery(delivery: Delivery) -> Delivery:
    """The address with blanks trimmed and the province under its official name.

    Raises `DeliveryIncomplete`, naming the first field that is missing, too long or no phone number, and
    `ProvinceUnknown`.
    """
    fields = {name: " ".join(value.split()) for name, value in asdict(delivery).items()}
    for name, value in fields.items():
        unreadable = len(value) > LONGEST[name] or not value.isprintable()
        if unreadable or (not value and name in NEEDED) or (name == "phone" and not PHONE.fullmatch(value)):
            raise DeliveryIncomplete(field=DELIVERY_FIELDS[name], missing=name)
    place = find_place(fields["province"])
    if place is None:
        raise ProvinceUnknown(province=fields["province"])
    return Delivery(**{**fields, "province": place.province})


def _request_hash(offer_id: int, units: int, seen_price_fen: int, delivery: Delivery) -> str:
    """What makes two requests the same one."""
    request = json.dumps([offer_id, units, seen_price_fen, asdict(delivery)], ensure_ascii=False)
    return hashlib.sha256(request.encode()).hexdigest()


def _place(
    *,
    offer_id: int,
    buyer_id: int,
    key: str,
    request_hash: str,
    units: int,
    seen_price_fen: int,
    delivery: Delivery,
    now: datetime,
) -> Mapping[str, Any]:
    sealed = Order._meta.get_field("delivery").get_prep_value(asdict(delivery))
    values = [
        offer_id,
        buyer_id,
        key,
        request_hash,
        min(units, LARGEST // 2),
        max(-1, min(seen_price_fen, LARGEST)),
        dated_number("D", now),
        delivery.province,
        sealed,
        now,
        LIVE_CHANNEL,
    ]
    if not 0 < offer_id < 2**63:
        raise NotFound("offer")
    with connection.cursor() as cursor:
        cursor.execute(PLACE, values)
        answer: Mapping[str, Any] = json.loads(cursor.fetchone()[0])
    return answer


def _refusal(answer: Mapping[str, Any], units: int) -> Problem:
    """The problem that says what the database answered."""
    problems: Mapping[str, Callable[[], Problem]] = {
        "key_reused": KeyReused,
        "session_not_live": SessionNotLive,
        "offer_closed": OfferClosed,
        "lot_stopped": LotStopped,
        "price_changed": lambda: PriceChanged(price_fen=answer["price_fen"]),
        "over_limit": lambda: OverLimit(limit=answer["limit"], yours=answer["yours"], wanted=units),
        "sold_out": lambda: _sold_out(answer),
        "no_such_offer": lambda: NotFound("offer"),
    }
    return problems[answer["outcome"]]()


def _sold_out(answer: Mapping[str, Any]) -> SoldOut:
    facts = {"left": answer["left"], "held": answer["held"], "minutes": -(-answer["hold_seconds"] // 60)}
    if facts["left"]:
        return TooFewLeft(**facts)
    return AllHeld(**facts) if facts["held"] else SoldOut(**facts)
