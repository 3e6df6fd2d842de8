"""Money going back: whole before shipment, in part or whole after sale, never more than was paid, set aside at once."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import transaction

from fieldcast.kit.errors import NotFound, Problem
from fieldcast.ledger import queries as ledger
from fieldcast.ledger.operations import InsufficientFunds, transfer
from fieldcast.ledger.types import Entry
from fieldcast.trade import operations, problems, queries
from fieldcast.trade.models import OrderLine, Refund, Reservation
from fieldcast.trade.types import OrderState, RefundKind, RefundState
from tests.factories.accounts import NOW
from tests.factories.trade import (
    PRICE_FEN,
    Sale,
    assert_balanced,
    counters,
    everything,
    later,
    make_buyer,
    make_order,
    make_sale,
    refund_notice,
    sale_with_paid,
    sale_with_received,
    send_notice,
)

pytestmark = pytest.mark.django_db


def refused(problem: type[Problem], call: Callable[[], Any]) -> Problem:
    before = everything()
    with pytest.raises(problem) as raised, transaction.atomic():
        call()
    assert everything() == before
    return raised.value


def available(sale: Sale) -> int:
    return ledger.balance(party=sale.stall.cooperative.party, purpose="escrow").available_fen


def confirm(order_id: int) -> None:
    for refund in (
        Refund.objects.select_related("payment").filter(order_id=order_id).exclude(state="succeeded")
    ):
        assert send_notice(refund_notice(refund)) == "applied"


@pytest.mark.parametrize("until", ["paid", "packed"])
def test_a_refund_before_shipment_returns_units_and_the_whole_price(until: str) -> None:
    sale = make_sale()
    order = make_order(sale, until=until, packs=2)
    refund = operations.refund_order(
        by=sale.stall.chief, order_id=order.id, reason=" 果子 不够 ", now=later(9)
    )
    assert (refund.amount_fen, refund.kind) == (2 * PRICE_FEN, RefundKind.BEFORE_SHIPMENT)
    assert (refund.state, refund.reason) == (RefundState.REQUESTED, "果子 不够")
    assert queries.order(order_id=order.id).state == OrderState.REFUNDED
    assert counters(sale) == (0, 0, 0, 0)
    assert sale.now_offered.left == 100
    assert available(sale) == 0
    confirm(order.id)
    assert queries.refunds_of(order_id=order.id)[0].state == RefundState.SUCCEEDED
    assert ledger.balance(party="outside:sandbox", purpose="world").balance_fen == 0
    assert_balanced()


def test_units_refunded_after_the_offer_closed_are_free_units_of_the_lot() -> None:
    sale = make_sale(quantity=500, packs=100)
    order = make_order(sale)
    operations.close_offer(by=sale.stall.chief, offer_id=sale.offer.id, now=NOW)
    operations.refund_order(by=sale.stall.chief, order_id=order.id, reason="", now=later(9))
    assert (sale.stock.free, sale.stock.allocated, sale.stock.sold) == (500, 0, 0)
    assert_balanced()


@pytest.mark.parametrize("until", ["reserved", "shipped", "received", "closed"])
def test_a_refund_before_shipment_is_refused_at_any_other_time(until: str) -> None:
    sale = make_sale()
    order = make_order(sale, until=until)
    refused(
        problems.WrongState,
        lambda: operations.refund_order(by=sale.stall.chief, order_id=order.id, reason="", now=later(9)),
    )


def test_a_refund_is_asked_for_once() -> None:
    sale, order = sale_with_paid()
    operations.refund_order(by=sale.stall.chief, order_id=order.id, reason="", now=later(9))
    refused(
        problems.WrongState,
        lambda: operations.refund_order(by=sale.stall.chief, order_id=order.id, reason="", now=later(9)),
    )
    assert Refund.objects.count() == 1


@pytest.mark.parametrize("until", ["shipped", "received"])
def test_an_after_sale_refund_gives_a_part_back_and_the_goods_stay_sold(until: str) -> None:
    sale = make_sale()
    order = make_order(sale, until=until, packs=2)
    refund = operations.refund_after_sale(
        by=sale.stall.chief, order_id=order.id, amount_fen=1000, reason="压坏两个", now=later(9)
    )
    assert (refund.kind, refund.amount_fen) == (RefundKind.AFTER_SALE, 1000)
    found = queries.order(order_id=order.id)
    assert (found.state, found.refunded_fen) == (OrderState(until), 1000)
    assert counters(sale) == (0, 2, 0, 10)
    assert Reservation.objects.get(line__order_id=order.id).state == "sold"
    assert available(sale) == 2 * PRICE_FEN - 1000
    confirm(order.id)
    assert_balanced()


def test_after_sale_refunds_together_never_pass_what_was_paid() -> None:
    sale = make_sale()
    order = make_order(sale, until="received", packs=1)
    chief = sale.stall.chief

    def refund(amount_fen: int) -> Any:
        return operations.refund_after_sale(
            by=chief, order_id=order.id, amount_fen=amount_fen, reason="", now=later(9)
        )

    refund(PRICE_FEN - 100)
    problem = refused(problems.AmountTooLarge, lambda: refund(101))
    assert problem.facts["left_fen"] == 100
    refused(problems.BadAmount, lambda: refund(0))
    refused(problems.BadAmount, lambda: refund(-5))
    refund(100)
    refused(problems.AmountTooLarge, lambda: refund(1))
    confirm(order.id)
    assert OrderLine.objects.get(order_id=order.id).refunded_fen == PRICE_FEN
    assert available(sale) == 0
    assert_balanced()


def test_after_the_window_nothing_is_refunded() -> None:
    sale, order = sale_with_received()
    assert order.after_sale_until == later(60)

    def refund(seconds: int) -> Any:
        return operations.refund_after_sale(
            by=sale.stall.chief, order_id=order.id, amount_fen=1, reason="", now=later(seconds)
        )

    refused(problems.AfterSaleOver, lambda: refund(61))
    assert refund(60)
    confirm(order.id)
    operations.close_due(now=later(61))
    refused(problems.AfterSaleOver, lambda: refund(30))


@pytest.mark.parametrize("until", ["reserved", "paid", "packed"])
def test_an_after_sale_refund_before_shipment_is_refused(until: str) -> None:
    sale = make_sale()
    order = make_order(sale, until=until)
    refused(
        problems.WrongState,
        lambda: operations.refund_after_sale(
            by=sale.stall.chief, order_id=order.id, amount_fen=1, reason="", now=later(9)
        ),
    )


def test_only_the_sellers_managers_give_money_back() -> None:
    sale = make_sale()
    buyer = make_buyer(sale)
    paid = make_order(sale, by=buyer)
    received = make_order(sale, by=buyer, until="received")
    for person in (buyer, sale.stall.presenter, sale.stall.driver, make_buyer(sale)):
        refused(
            NotFound,
            partial(operations.refund_order, by=person, order_id=paid.id, reason="", now=later(1)),
        )
        refused(
            NotFound,
            partial(
                operations.refund_after_sale,
                by=person,
                order_id=received.id,
                amount_fen=1,
                reason="",
                now=later(1),
            ),
        )


def test_money_that_is_going_back_cannot_be_spent_meanwhile() -> None:
    sale, order = sale_with_paid()
    operations.refund_order(by=sale.stall.chief, order_id=order.id, reason="", now=later(9))
    party = sale.stall.cooperative.party
    with pytest.raises(InsufficientFunds):
        transfer(
            client_id="spend",
            kind="payout",
            entries=[Entry(party, "escrow", -1), Entry("outside:bank", "world", 1)],
            county_id=sale.stall.county_id,
            now=later(10),
        )


def test_an_order_with_money_on_its_way_back_is_not_closed() -> None:
    sale, order = sale_with_received()
    operations.refund_after_sale(
        by=sale.stall.chief, order_id=order.id, amount_fen=500, reason="", now=later(30)
    )
    assert operations.close_due(now=later(3600)) == 0
    confirm(order.id)
    assert operations.close_due(now=later(3600)) == 1
    assert queries.order(order_id=order.id).state == OrderState.CLOSED
