"""A paid order's way to its buyer, step by step, and what the lot's history hears of it."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import transaction
from pytest_django import Settings

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.kept import reading_once
from fieldcast.accounts.models import Membership
from fieldcast.accounts.types import OrganisationKind, OrganisationRef, Role
from fieldcast.kit.errors import NotFound, Problem
from fieldcast.trace import queries as trace
from fieldcast.trace.types import EventKind
from fieldcast.trade import operations, problems, queries
from fieldcast.trade.models import Order, ParcelStep, Shipment
from fieldcast.trade.stock import units
from fieldcast.trade.types import Hindrance, OrderState, OrderView
from tests.factories.accounts import NOW, make_member, make_organisation
from tests.factories.market import agree_with_carrier, make_stall
from tests.factories.terms import make_terms
from tests.factories.trade import (
    Sale,
    assert_balanced,
    everything,
    later,
    make_buyer,
    make_order,
    make_sale,
    sale_with_packed,
    sale_with_shipped,
)

pytestmark = pytest.mark.django_db
STEPS = ("reserved", "paid", "packed", "shipped", "received", "closed")


def refused(problem: type[Problem], call: Callable[[], Any]) -> Problem:
    before = everything()
    with pytest.raises(problem) as raised, transaction.atomic():
        call()
    assert everything() == before
    return raised.value


def test_a_parcel_is_packed_shipped_received_and_the_sale_is_final() -> None:
    sale = make_sale()
    buyer = make_buyer(sale)
    order = make_order(sale, by=buyer)
    chief = sale.stall.chief
    operations.pack(by=chief, order_id=order.id, now=later(10))
    operations.ship(by=chief, order_id=order.id, tracking_number=" yt1234567 ", now=later(20))
    operations.receive(by=buyer, order_id=order.id, now=later(30))
    assert operations.close_due(now=later(89)) == 0
    assert operations.close_due(now=later(90)) == 1
    found = queries.order(order_id=order.id)
    assert found.state == OrderState.CLOSED
    times = (found.packed_at, found.shipped_at, found.received_at, found.after_sale_until, found.closed_at)
    assert times == (later(10), later(20), later(30), later(90), later(90))
    assert (found.tracking_number, found.carrier_id) == ("YT1234567", sale.stall.carrier.id)
    assert Shipment.objects.get(order_id=order.id).delivered_at == later(30)
    assert_balanced()


@pytest.mark.parametrize("until", STEPS)
def test_each_step_begins_from_the_one_before_it_only(until: str) -> None:
    sale = make_sale()
    buyer = make_buyer(sale)
    order = make_order(sale, by=buyer, until=until)
    chief = sale.stall.chief
    calls: dict[str, Callable[[], Any]] = {
        "paid": lambda: operations.pack(by=chief, order_id=order.id, now=later(9)),
        "packed": lambda: operations.ship(
            by=chief, order_id=order.id, tracking_number="YT9999999", now=later(9)
        ),
        "shipped": lambda: operations.receive(by=buyer, order_id=order.id, now=later(9)),
    }
    for begins_from, call in calls.items():
        if begins_from == until:
            with transaction.atomic():
                call()
                transaction.set_rollback(True)
        else:
            problem = refused(problems.WrongState, call)
            assert problem.facts["state"] == until


def test_staff_of_the_seller_pack_and_ship_and_the_buyer_receives() -> None:
    sale = make_sale()
    staff = make_member(organisation=sale.stall.cooperative, role=Role.STAFF, name="打包员")
    buyer = make_buyer(sale)
    order = make_order(sale, by=buyer)
    for person in (buyer, sale.stall.presenter):
        refused(NotFound, partial(operations.pack, by=person, order_id=order.id, now=later(1)))
    operations.pack(by=staff, order_id=order.id, now=later(1))
    refused(
        NotFound,
        lambda: operations.ship(by=buyer, order_id=order.id, tracking_number="YT1234567", now=later(2)),
    )
    operations.ship(by=staff, order_id=order.id, tracking_number="YT1234567", now=later(2))
    for person in (staff, sale.stall.driver):
        refused(NotFound, partial(operations.receive, by=person, order_id=order.id, now=later(3)))
    operations.receive(by=buyer, order_id=order.id, now=later(3))


@pytest.mark.parametrize("number", ["", "12345", "YT 123456", "单号1234567", "x" * 41])
def test_what_is_no_tracking_number_is_refused(number: str) -> None:
    sale, order = sale_with_packed()
    refused(
        problems.BadTracking,
        lambda: operations.ship(by=sale.stall.chief, order_id=order.id, tracking_number=number, now=later(1)),
    )


def test_a_tracking_number_is_on_one_parcel_of_a_carrier() -> None:
    sale = make_sale()
    first, second = make_order(sale, until="packed"), make_order(sale, until="packed")
    chief = sale.stall.chief
    operations.ship(by=chief, order_id=first.id, tracking_number="YT1234567", now=later(1))
    refused(
        problems.TrackingTaken,
        lambda: operations.ship(by=chief, order_id=second.id, tracking_number="yt1234567", now=later(1)),
    )


def test_only_a_carrier_of_the_county_carries() -> None:
    sale, elsewhere = make_sale(), make_stall()
    order = make_order(sale, until="packed")
    for carrier_id in (sale.stall.host.id, elsewhere.carrier.id, 0):
        refused(
            problems.NotACarrier,
            partial(
                operations.ship,
                by=sale.stall.chief,
                order_id=order.id,
                tracking_number="YT1234567",
                carrier_id=carrier_id,
                now=later(1),
            ),
        )


def another_carrier(sale: Sale) -> OrganisationRef:
    """A carrier of the county that is not the one of the terms sold under."""
    return make_organisation(county_id=sale.stall.county_id, kind=OrganisationKind.CARRIER, name="山通快运")


def send_with(sale: Sale, order: OrderView, carrier_id: int) -> int | None:
    """Hand a packed order to a carrier; who carries it now."""
    operations.ship(
        by=sale.stall.chief,
        order_id=order.id,
        tracking_number="ST1234567",
        carrier_id=carrier_id,
        now=later(1),
    )
    return queries.order(order_id=order.id).carrier_id


def test_a_fee_is_paid_in_no_carriers_name_that_agreed_to_none() -> None:
    sale = make_sale()
    order, other = make_order(sale, until="packed"), another_carrier(sale)
    refused(problems.CarrierNotAgreed, lambda: send_with(sale, order, other.id))


def test_a_carrier_that_agreed_to_terms_of_the_cooperative_carries_for_it() -> None:
    sale = make_sale()
    other = another_carrier(sale)
    agree_with_carrier(sale.stall, other)
    assert send_with(sale, make_order(sale, until="packed"), other.id) == other.id


def test_where_no_fee_is_promised_any_carrier_of_the_county_carries() -> None:
    sale = make_sale(terms=make_terms(logistics_fen_per_pack=0))
    other = another_carrier(sale)
    assert send_with(sale, make_order(sale, until="packed"), other.id) == other.id


def test_a_parcel_nobody_speaks_of_is_taken_to_have_arrived(settings: Settings) -> None:
    sale, order = sale_with_shipped()
    assert operations.receive_overdue(now=NOW + timedelta(days=10, seconds=-1)) == 0
    assert operations.receive_overdue(now=NOW + timedelta(days=10)) == 1
    assert queries.order(order_id=order.id).state == OrderState.RECEIVED
    settings.RECEIVED_AFTER_SECONDS = 5
    sooner = make_order(sale, until="shipped")
    assert operations.receive_overdue(now=later(5)) == 1
    assert queries.order(order_id=sooner.id).state == OrderState.RECEIVED


def test_what_cannot_be_delivered_while_the_sweep_waits_for_it_has_not_arrived(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sale, order = sale_with_shipped()
    later_on, locks = NOW + timedelta(days=11), units.lock_order
    hindered: dict[str, Any] = {"by": sale.stall.driver, "order_id": order.id, "why": Hindrance.NOBODY}

    def after_the_carrier(order_id: int) -> Order:
        monkeypatch.setattr(units, "lock_order", locks)
        operations.not_delivered(**hindered, now=later_on)
        return locks(order_id)

    monkeypatch.setattr(units, "lock_order", after_the_carrier)
    assert operations.receive_overdue(now=later_on) == 0
    assert queries.order(order_id=order.id).state == OrderState.SHIPPED


@pytest.mark.parametrize(("until", "step"), [("paid", "pack"), ("packed", "ship"), ("received", "refund")])
def test_whoever_stops_working_there_while_they_wait_for_an_order_changes_nothing(
    until: str, step: str
) -> None:
    sale = make_sale()
    order = make_order(sale, until=until)
    mine: dict[str, Any] = {"by": sale.stall.chief, "order_id": order.id, "now": later(60)}
    steps: dict[str, Callable[[], object]] = {
        "pack": lambda: operations.pack(**mine),
        "ship": lambda: operations.ship(**mine, tracking_number="YT12345678"),
        "refund": lambda: operations.refund_after_sale(**mine, amount_fen=1, reason="坏"),
    }
    with reading_once():
        assert accounts.memberships_of(person_id=sale.stall.chief.pk)
        Membership.objects.filter(person=sale.stall.chief).delete()  # as another request does meanwhile
        with pytest.raises(NotFound):
            steps[step]()


def test_the_lots_history_hears_of_parcels_in_batches_and_of_no_buyer() -> None:
    sale = make_sale()
    lot_id = sale.stall.lot.id
    before = len(trace.history(lot_id=lot_id).events)
    for packs in (1, 2, 3):
        make_order(sale, until="received", packs=packs)
    assert len(trace.history(lot_id=lot_id).events) == before
    assert operations.tell_lots(now=later(60)) == 3
    assert operations.tell_lots(now=later(120)) == 0
    history = trace.history(lot_id=lot_id)
    told = {event.kind: event for event in history.events[before:]}
    assert set(told) == {EventKind.PACKED, EventKind.SHIPPED, EventKind.RECEIVED}
    assert all((event.facts["parcels"], event.facts["units"]) == (3, 30) for event in told.values())
    assert history.intact
    words = "".join(str(event) for event in told.values())
    assert not any(order.number in words for order in Order.objects.all())
    assert not ParcelStep.objects.exists()


def test_a_step_that_a_clock_dated_too_late_keeps_no_other_from_being_told() -> None:
    ahead, sale = make_sale(), make_sale()
    make_order(ahead, until="packed")
    ParcelStep.objects.update(at=later(3600))
    make_order(sale, until="packed")
    assert operations.tell_lots(now=later(60)) == 1
    assert trace.history(lot_id=sale.stall.lot.id).events[-1].kind == EventKind.PACKED
    assert ParcelStep.objects.get().lot_id == ahead.stall.lot.id
    assert operations.tell_lots(now=later(3601)) == 1


def test_a_refunded_order_never_reaches_the_history_as_shipped() -> None:
    sale, order = sale_with_packed()
    operations.refund_order(by=sale.stall.chief, order_id=order.id, reason="", now=later(5))
    operations.tell_lots(now=later(60))
    kinds = [event.kind for event in trace.history(lot_id=sale.stall.lot.id).events]
    assert EventKind.PACKED in kinds
    assert EventKind.SHIPPED not in kinds
