"""The checks that units and money add up can fail: each kind of tampering, with the guards taken off, is found."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction

from fieldcast.kit.found import Found
from fieldcast.ledger.operations import transfer
from fieldcast.ledger.types import Entry
from fieldcast.trade import operations, queries
from fieldcast.trade.models import LotStock, Offer, Order, OrderLine, Payment, Refund, Reservation, WriteOff
from tests.factories.accounts import NOW
from tests.factories.prepared import scene
from tests.factories.trade import (
    Sale,
    assert_balanced,
    later,
    make_order,
    ordinary_sale,
    place,
    sale_with_paid,
)

pytestmark = pytest.mark.django_db


@scene(on=ordinary_sale)
def with_something_in_every_state(sale: Sale) -> Sale:
    for until in ("reserved", "paid", "packed", "shipped", "received", "closed"):
        make_order(sale, until=until)
    refunded = make_order(sale)
    operations.refund_order(by=sale.stall.chief, order_id=refunded.id, reason="", now=NOW)
    place(sale, packs=2)
    operations.write_off(by=sale.stall.chief, lot_id=sale.stall.lot.id, units=7, reason="烂果", now=NOW)
    return sale


@pytest.fixture
def sale() -> Sale:
    """A sale with something in every state."""
    return with_something_in_every_state()


def take_guards_off(*tables: str) -> None:
    """Inside this test's transaction alone: no CHECK constraint and no trigger speaks up."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            cursor.execute(
                "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'c'", [table]
            )
            for (name,) in cursor.fetchall():
                cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        cursor.execute("SET LOCAL session_replication_role = replica")


def test_a_sale_with_something_in_every_state_is_balanced(sale: Sale) -> None:
    assert_balanced()
    assert queries.stock_imbalance(county_id=sale.stall.county_id).units == 0


@pytest.mark.parametrize(
    "change",
    [{"on_hand": 0}, {"reserved": 1}, {"sold": 999}, {"harvested": 1}, {"allocated": -5}, {"written_off": 1}],
)
def test_the_database_refuses_counters_that_do_not_add_up(sale: Sale, change: dict[str, int]) -> None:
    with pytest.raises(IntegrityError, match="stock_"), transaction.atomic():
        LotStock.objects.filter(lot_id=sale.offer.lot_id).update(**change)


def test_the_database_refuses_an_oversold_offer(sale: Sale) -> None:
    with pytest.raises(IntegrityError, match="offer_not_oversold"), transaction.atomic():
        Offer.objects.filter(id=sale.offer.id).update(sold=1000)


TAMPERINGS: dict[str, Callable[[Sale], object]] = {
    "units vanish from the shelf": lambda sale: LotStock.objects.update(on_hand=3),
    "reserved units are forgotten": lambda sale: LotStock.objects.update(reserved=0),
    "sold units are forgotten": lambda sale: LotStock.objects.update(sold=0),
    "a loss is hidden": lambda sale: LotStock.objects.update(
        written_off=0, on_hand=LotStock.objects.get().on_hand + 7
    ),
    "a loss is invented": lambda sale: WriteOff.objects.create(
        lot_id=sale.offer.lot_id, units=3, reason="?", at=NOW
    ),
    "a loss is erased": lambda sale: WriteOff.objects.all().delete(),
    "more was harvested than the lot says": lambda sale: LotStock.objects.update(harvested=5000),
    "an offer forgets what it sold": lambda sale: Offer.objects.update(sold=0),
    "an offer forgets what it holds": lambda sale: Offer.objects.update(held=0),
    "an offer has grown": lambda sale: Offer.objects.update(packs=150),
    "the stock's count is gone": lambda sale: LotStock.objects.all().delete(),
    "a reservation is called sold": lambda sale: Reservation.objects.filter(state="held").update(
        state="sold"
    ),
    "a reservation is called released": lambda sale: Reservation.objects.filter(state="sold").update(
        state="released"
    ),
    "a reservation holds less": lambda sale: Reservation.objects.update(lot_units=1),
    "a reservation names another buyer": lambda sale: Reservation.objects.update(
        buyer_id=sale.stall.chief.pk
    ),
    "a reservation is gone": lambda sale: Reservation.objects.filter(state="held").delete(),
    "a line says more was bought": lambda sale: OrderLine.objects.update(packs=50),
    "a line says smaller packs": lambda sale: OrderLine.objects.update(pack_units=1),
    "an unpaid order is called paid": lambda sale: Order.objects.filter(state="reserved").update(
        state="paid"
    ),
    "a paid order is called cancelled": lambda sale: Order.objects.filter(state="paid").update(
        state="cancelled"
    ),
}


@pytest.mark.parametrize("tampering", TAMPERINGS)
def test_tampering_with_units_behind_the_guards_is_found(sale: Sale, tampering: str) -> None:
    take_guards_off(
        "trade_lotstock",
        "trade_offer",
        "trade_order",
        "trade_orderline",
        "trade_reservation",
        "trade_writeoff",
    )
    TAMPERINGS[tampering](sale)
    found = queries.stock_imbalance(county_id=None)
    assert found.units > 0
    assert found.lots == (sale.offer.lot_id,)
    assert all({"what", "counter", "rows", "units"} <= set(detail) for detail in found.details)
    assert queries.stock_imbalance(county_id=0).units == 0


def test_overselling_an_offer_is_found_and_measured(sale: Sale) -> None:
    take_guards_off("trade_offer", "trade_lotstock")
    Offer.objects.update(packs=4)
    found = queries.stock_imbalance(county_id=None)
    assert found.oversold == (8 - 4) * 5
    assert found.offers == (sale.offer.id,)


def test_overselling_a_lot_is_found_and_measured(sale: Sale) -> None:
    take_guards_off("trade_writeoff", "trade_lotstock")
    WriteOff.objects.update(units=1000)
    found = queries.stock_imbalance(county_id=None)
    assert found.oversold == 8 * 5


MONEY: dict[str, Callable[[Sale], object]] = {
    "a payment is erased": lambda sale: Payment.objects.filter(order__state="paid").update(paid_at=None),
    "a payment is larger than its money": lambda sale: Payment.objects.filter(order__state="paid").update(
        amount_fen=1
    ),
    "an order was never paid": lambda sale: Order.objects.filter(state="reserved").update(state="shipped"),
    "a refund is confirmed without its money": lambda sale: Refund.objects.update(state="succeeded"),
    "a paid order is cancelled without a refund": lambda sale: Order.objects.filter(state="paid").update(
        state="cancelled"
    ),
    "money moved without a payment": lambda sale: transfer(
        client_id="x",
        kind="payment",
        entries=[Entry("outside:sandbox", "world", -500), Entry("org:1", "escrow", 500)],
        county_id=sale.stall.county_id,
        now=NOW,
    ),
}


@pytest.mark.parametrize("tampering", MONEY)
def test_tampering_with_money_behind_the_guards_is_found(sale: Sale, tampering: str) -> None:
    assert queries.money_imbalance(county_id=None).ok
    take_guards_off("trade_order", "trade_payment", "trade_refund")
    MONEY[tampering](sale)
    assert not queries.money_imbalance(county_id=None).ok


def test_an_order_line_is_never_changed() -> None:
    sale, _order = sale_with_paid()
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        OrderLine.objects.update(price_fen=1)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        WriteOff.objects.create(lot_id=sale.offer.lot_id, units=3, reason="?", at=later(1)).delete()


def test_a_function_replaced_by_hand_is_found() -> None:
    assert queries.wrong_functions() == Found()
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE OR REPLACE FUNCTION trade_order_answer(o trade_order, p_hash text) RETURNS jsonb LANGUAGE sql"
            " AS $$ SELECT '{}'::jsonb $$"
        )
    found = queries.wrong_functions()
    assert found.figure == 1
    assert found.details == ("function: trade_order_answer is not what trade/sql/order_answer.sql says",)
