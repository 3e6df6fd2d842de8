"""The room hears of every change of packs when it is committed, and of none that was undone."""

import json
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction

from fieldcast.catalog.models import Lot
from fieldcast.catalog.types import LotState
from fieldcast.kit.events import LIVE_CHANNEL
from fieldcast.live import operations as live_operations
from fieldcast.trace import operations as trace_operations
from fieldcast.trace.types import EventKind
from fieldcast.trade import operations, problems, queries
from fieldcast.trade.types import OrderState
from tests.factories.accounts import NOW
from tests.factories.trace import make_event
from tests.factories.trade import (
    HOLD_SECONDS,
    PRICE_FEN,
    Sale,
    later,
    make_buyer,
    make_offer,
    make_sale,
    pay,
    payment_of,
    place,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def sale() -> Sale:
    return make_sale(packs=100, quantity=1000)


class Room:
    """Listens as a web process does."""

    def __init__(self, listener: "psycopg.Connection[Any]") -> None:
        self.listener = listener

    def heard(self) -> list[dict[str, Any]]:
        """What came since it was last asked."""
        return [json.loads(notify.payload) for notify in self.listener.notifies(timeout=0.05)]

    def offers(self, sale: Sale) -> list[dict[str, Any]]:
        """What came about the sale's offer."""
        told = [message for message in self.heard() if "offers" in message]
        assert all(message["s"] == sale.session.id for message in told)
        return [message["offers"][str(sale.offer.id)] for message in told]


@pytest.fixture
def room(sale: Sale) -> Iterator[Room]:
    parameters = {**connection.get_connection_params(), "cursor_factory": psycopg.Cursor}
    parameters.pop("context", None)
    with psycopg.connect(**parameters, autocommit=True) as listener:
        listener.execute(f"LISTEN {LIVE_CHANNEL}")
        yield Room(listener)


def frame(
    left: int,
    sold: int = 0,
    *,
    packs: int = 100,
    price_fen: int = PRICE_FEN,
    state: str = "open",
) -> dict[str, Any]:
    return {"left": left, "sold": sold, "units": packs, "price_fen": price_fen, "state": state}


def test_every_change_of_packs_is_told(sale: Sale, room: Room) -> None:
    chief, offer_id = sale.stall.chief, sale.offer.id
    buyer = make_buyer(sale)
    paid = place(sale, by=buyer, packs=2)
    assert room.offers(sale) == [frame(98)]
    pay(sale, paid)
    assert room.offers(sale) == [frame(98, 2)]
    operations.cancel_order(by=buyer, order_id=place(sale, by=buyer).order_id, now=NOW)
    assert room.offers(sale) == [frame(97, 2), frame(98, 2)]
    for _ in range(3):
        place(sale)
    assert len(room.offers(sale)) == 3
    operations.expire_due(now=later(HOLD_SECONDS))
    assert room.offers(sale) == [frame(98, 2)]  # a batch is told once
    operations.refund_order(by=chief, order_id=paid.order_id, reason="", now=NOW)
    assert room.offers(sale) == [frame(100, 0)]
    operations.change_packs(by=chief, offer_id=offer_id, packs=50, now=NOW)
    assert room.offers(sale) == [frame(50, packs=50)]
    operations.change_price(by=chief, offer_id=offer_id, price_fen=4280, now=NOW)
    assert room.offers(sale) == [frame(50, packs=50, price_fen=4280)]
    operations.close_offer(by=chief, offer_id=offer_id, now=NOW)
    assert room.offers(sale) == [frame(0, packs=50, price_fen=4280, state="closed")]


def test_a_stopped_lot_has_nothing_left_whoever_tells_of_it(sale: Sale, room: Room) -> None:
    paid, left = place(sale), place(sale, by=make_buyer(sale))
    payment_of(paid.order_id)
    room.heard()
    Lot.objects.filter(id=sale.offer.lot_id).update(state=LotState.STOPPED.value)
    pay(sale, paid)
    operations.expire_due(now=later(HOLD_SECONDS))
    operations.change_price(by=sale.stall.chief, offer_id=sale.offer.id, price_fen=4280, now=NOW)
    told = room.offers(sale)
    assert told == [frame(0, 1), frame(0, 1), frame(0, 1, price_fen=4280)]
    shown = queries.room_frames(session_id=sale.session.id)
    assert shown == {str(sale.offer.id): {**told[-1], "stopped": True}}
    assert queries.offer(offer_id=sale.offer.id).left == 0
    assert queries.order(order_id=left.order_id).state == OrderState.EXPIRED


def test_a_refused_order_is_not_told(sale: Sale, room: Room) -> None:
    with pytest.raises(problems.OverLimit):
        place(sale, packs=4)
    assert room.heard() == []


def test_what_is_undone_is_not_told(sale: Sale, room: Room) -> None:
    with transaction.atomic():
        place(sale)
        transaction.set_rollback(True)
    assert room.heard() == []


@pytest.mark.thorough  # hundreds of offers
def test_many_offers_closed_at_once_are_told_in_messages_that_fit(sale: Sale, room: Room) -> None:
    with transaction.atomic():
        for _ in range(70):
            make_offer(sale.stall, sale.session, packs=1)
    room.heard()
    with transaction.atomic():
        live_operations.close_session(by=sale.stall.chief, session_id=sale.session.id, now=NOW)
        operations.close_session_offers(by=None, session_id=sale.session.id, now=NOW)
    told = [message["offers"] for message in room.heard() if "offers" in message]
    assert [len(offers) for offers in told] == [60, 11]
    assert all(offer["state"] == "closed" for offers in told for offer in offers.values())


def test_a_stop_is_told_to_the_room_that_shows_the_lot_and_so_is_its_end(sale: Sale, room: Room) -> None:
    place(sale, packs=2)
    room.heard()
    trace_operations.stop_lot(by=sale.stall.chief, lot_id=sale.offer.lot_id, reason="买家说有异味", now=NOW)
    assert room.offers(sale) == [{"left": 0, "stopped": True}]
    trace_operations.resume_lot(by=sale.stall.chief, lot_id=sale.offer.lot_id, reason="查过了", now=NOW)
    assert room.offers(sale) == [{**frame(98), "stopped": False}]


def test_a_failed_test_is_told_to_the_room_when_it_is_committed(sale: Sale, room: Room) -> None:
    failed = {"result": "fail", "residue": "above limits"}
    with transaction.atomic():
        make_event(sale.stall.lot, EventKind.INSPECTED, failed, by=sale.stall.chief)
        assert room.offers(sale) == []
    # The offer is closed for good and the lot stopped: the room is told both.
    assert room.offers(sale) == [frame(0, state="closed"), {"left": 0, "stopped": True}]


def test_a_stop_that_is_undone_is_told_to_nobody(sale: Sale, room: Room) -> None:
    with transaction.atomic():
        trace_operations.stop_lot(by=sale.stall.chief, lot_id=sale.offer.lot_id, reason="异味", now=NOW)
        transaction.set_rollback(True)
    assert room.heard() == []


def test_a_room_that_no_longer_offers_the_lot_hears_nothing_of_its_stop(sale: Sale, room: Room) -> None:
    operations.close_offer(by=sale.stall.chief, offer_id=sale.offer.id, now=NOW)
    room.heard()
    trace_operations.stop_lot(by=sale.stall.chief, lot_id=sale.offer.lot_id, reason="异味", now=NOW)
    assert room.heard() == []
