"""A lot is stopped by many at once, and while it is sold: one record, and nobody waits for ever."""

from threading import Barrier

import pytest
from django.db import transaction

from fieldcast.catalog import queries as catalog
from fieldcast.catalog.operations import set_lot_state
from fieldcast.catalog.types import LotState
from fieldcast.trace import operations as trace_operations
from fieldcast.trace import queries as trace
from fieldcast.trace.facts.stopped import Stopped
from fieldcast.trace.operations import NewEvent
from fieldcast.trace.types import EventKind
from fieldcast.trade import operations as trade_operations
from tests.concurrency.racing import race
from tests.factories.accounts import NOW
from tests.factories.trace import make_event
from tests.factories.trade import Sale, make_offer, make_sale

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.concurrency]
AT_ONCE = 6


@pytest.fixture
def sale() -> Sale:
    return make_sale(quantity=2000, packs=100)


def stops(sale: Sale) -> int:
    """How many records of the lot say that it was stopped."""
    history = trace.history(lot_id=sale.stall.lot.id)
    assert history.intact
    return sum(event.kind == EventKind.STOPPED for event in history.events)


def test_of_many_stops_at_once_one_is_written_down(sale: Sale) -> None:
    def stop() -> None:
        trace_operations.stop_lot(by=sale.stall.chief, lot_id=sale.stall.lot.id, reason="异味", now=NOW)

    race([stop] * AT_ONCE)
    assert stops(sale) == 1


def test_control_whoever_looks_before_locking_writes_it_down_again(sale: Sale) -> None:
    looked = Barrier(AT_ONCE)

    def stop_unlocked() -> None:
        with transaction.atomic():
            lot = catalog.lot(lot_id=sale.stall.lot.id)
            looked.wait(60)
            if lot.state == LotState.OPEN:
                set_lot_state(lot_id=lot.id, state=LotState.STOPPED)
                event = NewEvent(fact=Stopped(reason="异味"), at=NOW)
                trace_operations.note(lot_id=lot.id, events=[event], by=None, now=NOW)

    race([stop_unlocked] * AT_ONCE)
    assert stops(sale) == AT_ONCE


def test_a_lot_is_stopped_tested_offered_and_written_off_at_once_without_a_deadlock(sale: Sale) -> None:
    lot_id, chief = sale.stall.lot.id, sale.stall.chief
    passed = {"result": "pass", "residue": "not detected"}

    def turn() -> None:
        trace_operations.stop_lot(by=chief, lot_id=lot_id, reason="异味", now=NOW)
        trace_operations.resume_lot(by=chief, lot_id=lot_id, reason="查过了", now=NOW)

    calls = [
        turn,
        turn,
        lambda: make_event(sale.stall.lot, EventKind.INSPECTED, passed, by=chief),
        lambda: trade_operations.write_off(by=chief, lot_id=lot_id, units=1, reason="霜冻", now=NOW),
        lambda: trade_operations.change_packs(by=chief, offer_id=sale.offer.id, packs=120, now=NOW),
        lambda: trade_operations.change_price(by=chief, offer_id=sale.offer.id, price_fen=4100, now=NOW),
        lambda: make_offer(sale.stall, sale.session, packs=3),
    ]
    for _round in range(5):
        race(calls)
    assert trace.history(lot_id=lot_id).intact
