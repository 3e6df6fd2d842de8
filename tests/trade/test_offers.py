"""Offers take units aside, and give the unsold ones back."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import transaction
from django.utils.translation import override

from fieldcast.agreements import operations as agreements_operations
from fieldcast.agreements.problems import ProductNotAgreed
from fieldcast.catalog.operations import set_lot_state
from fieldcast.catalog.types import LotState
from fieldcast.kit.errors import NotFound, Problem
from fieldcast.live import operations as live_operations
from fieldcast.trace import queries as trace
from fieldcast.trace.types import EventKind
from fieldcast.trade import operations, problems, queries
from fieldcast.trade.types import OfferState, OrderState
from tests.factories.accounts import NOW, make_person
from tests.factories.catalog import make_lot
from tests.factories.market import everyone_agrees, make_stall
from tests.factories.terms import make_terms
from tests.factories.trade import (
    HOLD_SECONDS,
    assert_balanced,
    everything,
    later,
    make_offer,
    make_order,
    make_sale,
    make_session,
    pay,
    place,
)

pytestmark = pytest.mark.django_db


def refused(problem: type[Problem], call: Callable[[], Any]) -> Problem:
    """The call is refused with `problem`, and not a row has changed."""
    before = everything()
    with pytest.raises(problem) as raised, transaction.atomic():
        call()
    assert everything() == before
    return raised.value


def test_an_offer_sets_its_units_aside_and_is_written_into_the_lots_history() -> None:
    sale = make_sale(quantity=1000, packs=100)
    assert (sale.offer.left, sale.offer.state, sale.offer.lot_code) == (
        100,
        OfferState.OPEN,
        sale.stall.lot.code,
    )
    assert (sale.stock.on_hand, sale.stock.allocated, sale.stock.free) == (1000, 500, 500)
    event = trace.history(lot_id=sale.stall.lot.id).events[-1]
    assert event.kind == EventKind.OFFERED
    assert event.facts["packs"] == 100
    assert_balanced()


def test_an_offer_above_the_free_units_is_refused_and_both_figures_named() -> None:
    sale = make_sale(quantity=1000, packs=100)
    problem = refused(problems.AboveFreeUnits, lambda: make_offer(sale.stall, sale.session, packs=101))
    assert (problem.facts["wanted"], problem.facts["free"]) == (505, 500)
    with override("en"):
        assert "505 jin" in problem.message
        assert "500 free" in problem.message
    make_offer(sale.stall, sale.session, packs=100)
    assert sale.stock.free == 0


def test_a_first_offer_above_the_whole_lot_leaves_the_lot_uncounted() -> None:
    stall = make_stall(quantity=10)
    session = make_session(stall)
    refused(problems.AboveFreeUnits, lambda: make_offer(stall, session, packs=3))


@pytest.mark.parametrize("state", [LotState.STOPPED, LotState.FINISHED])
def test_a_stopped_lot_is_not_offered(state: LotState) -> None:
    stall = make_stall()
    session = make_session(stall)
    set_lot_state(lot_id=stall.lot.id, state=state)
    refused(problems.LotStopped, lambda: make_offer(stall, session))


def test_a_lot_of_another_cooperative_is_not_offered() -> None:
    stall, other = make_stall(), make_stall()
    session = make_session(stall)
    refused(problems.WrongLot, lambda: make_offer(stall, session, lot_id=other.lot.id))


def test_an_agreement_between_others_is_refused() -> None:
    stall, other = make_stall(), make_stall()
    session = make_session(stall)
    refused(
        problems.WrongAgreement, lambda: make_offer(stall, session, agreement_version_id=other.version.id)
    )


def test_an_agreement_that_guarantees_no_price_for_the_product_is_refused() -> None:
    stall = make_stall()
    session = make_session(stall)
    eggs = make_lot(cooperative=stall.cooperative)
    refused(ProductNotAgreed, lambda: make_offer(stall, session, lot_id=eggs.id))


def test_an_offer_may_name_a_later_version_than_its_session() -> None:
    stall = make_stall()
    session = make_session(stall)
    later_version = agreements_operations.revise(
        by=stall.chief,
        agreement_id=stall.version.agreement_id,
        terms=make_terms(product_code=stall.lot.product.code, host_bp=900),
        now=NOW,
    )
    everyone_agrees(stall, later_version.id)
    offer = make_offer(stall, session, agreement_version_id=later_version.id)
    assert offer.agreement_version_id == later_version.id


@pytest.mark.parametrize(
    "figure",
    [
        {"packs": 0},
        {"packs": -3},
        {"price_fen": 0},
        {"price_fen": 2**40},
        {"pack_units": 0},
        {"per_buyer_limit": 0},
        {"per_buyer_limit": 10**12},
    ],
)
def test_figures_an_offer_cannot_have_are_refused(figure: dict[str, int]) -> None:
    stall = make_stall()
    session = make_session(stall)
    problem = refused(problems.BadOffer, lambda: make_offer(stall, session, **figure))
    name = next(iter(figure))
    assert problem.facts["field"] == ("units" if name == "packs" else name)  # as requests call it


@pytest.mark.parametrize("title", ["", "   ", "桃" * 61, "\x00", "\u202e\u200b"])
def test_a_name_that_is_none_is_refused(title: str) -> None:
    stall = make_stall()
    session = make_session(stall)
    refused(problems.OfferUntitled, lambda: make_offer(stall, session, title=title))


def test_what_nobody_sees_in_a_name_is_not_kept() -> None:
    stall = make_stall()
    assert make_offer(stall, make_session(stall), title="黄\u202e桃\x00").title == "黄桃"


def test_nothing_is_offered_in_a_session_that_is_over() -> None:
    stall = make_stall()
    session = make_session(stall)
    live_operations.close_session(by=stall.chief, session_id=session.id, now=NOW)
    refused(problems.SessionOver, lambda: make_offer(stall, session))


def test_strangers_cannot_offer_reprice_resize_or_close() -> None:
    sale = make_sale()
    stranger = make_person(county_id=sale.stall.county_id)
    offer_id = sale.offer.id
    for call in (
        lambda: operations.offer(
            by=stranger,
            session_id=sale.session.id,
            lot_id=sale.stall.lot.id,
            title="桃",
            pack_units=1,
            price_fen=1,
            packs=1,
            per_buyer_limit=1,
            now=NOW,
        ),
        lambda: operations.change_price(by=stranger, offer_id=offer_id, price_fen=1, now=NOW),
        lambda: operations.change_packs(by=stranger, offer_id=offer_id, packs=1, now=NOW),
        lambda: operations.close_offer(by=stranger, offer_id=offer_id, now=NOW),
    ):
        refused(NotFound, call)


def test_closing_an_offer_frees_what_is_unsold_and_keeps_what_is_held() -> None:
    sale = make_sale(quantity=1000, packs=100)
    held = place(sale, packs=2)
    make_order(sale, packs=1)
    closed = operations.close_offer(by=sale.stall.chief, offer_id=sale.offer.id, now=NOW)
    assert (closed.state, closed.left) == (OfferState.CLOSED, 0)
    stock = sale.stock
    assert (stock.on_hand, stock.allocated, stock.reserved, stock.sold) == (985, 0, 10, 5)
    assert pay(sale, held) == "applied"
    assert (sale.stock.reserved, sale.stock.sold) == (0, 15)
    assert_balanced()


def test_held_units_of_a_closed_offer_that_expire_are_free_for_other_offers() -> None:
    sale = make_sale(quantity=500, packs=100)
    place(sale, packs=2)
    operations.close_offer(by=sale.stall.chief, offer_id=sale.offer.id, now=NOW)
    operations.expire_due(now=later(HOLD_SECONDS))
    assert (sale.stock.on_hand, sale.stock.free, sale.stock.allocated) == (500, 500, 0)
    assert_balanced()


def test_closing_twice_frees_once() -> None:
    sale = make_sale()
    for _ in range(2):
        operations.close_offer(by=sale.stall.chief, offer_id=sale.offer.id, now=NOW)
    assert (sale.stock.allocated, sale.stock.free) == (0, 1000)


def test_ending_a_session_closes_its_offers_and_held_orders_may_still_be_paid() -> None:
    sale = make_sale(quantity=1000, packs=50)
    second = make_offer(sale.stall, sale.session, packs=20)
    placed = place(sale)
    with transaction.atomic():
        live_operations.close_session(by=sale.stall.chief, session_id=sale.session.id, now=NOW)
        assert operations.close_session_offers(by=None, session_id=sale.session.id, now=NOW) == 2
    assert {offer.state for offer in queries.offers_of_session(session_id=sale.session.id)} == {"closed"}
    assert queries.offer(offer_id=second.id).left == 0
    assert pay(sale, placed) == "applied"
    assert queries.order(order_id=placed.order_id).state == OrderState.PAID
    assert sale.stock.free == 995


def test_offers_left_open_in_a_session_that_is_over_are_closed() -> None:
    sale, going_on = make_sale(), make_sale()
    called_off = make_session(sale.stall, open_=False)
    make_offer(sale.stall, called_off, packs=10)
    live_operations.cancel_session(by=sale.stall.chief, session_id=called_off.id, now=NOW)
    live_operations.close_session(by=sale.stall.chief, session_id=sale.session.id, now=NOW)
    assert operations.close_ended_offers(now=NOW) == 2
    assert sale.stock.allocated == 0
    assert going_on.now_offered.state == OfferState.OPEN


def test_an_offer_can_be_made_larger_and_smaller_but_not_below_what_is_ordered() -> None:
    sale = make_sale(quantity=1000, packs=100)
    place(sale, packs=3)
    chief, offer_id = sale.stall.chief, sale.offer.id
    assert operations.change_packs(by=chief, offer_id=offer_id, packs=150, now=NOW).left == 147
    assert sale.stock.allocated == 735
    assert operations.change_packs(by=chief, offer_id=offer_id, packs=3, now=NOW).left == 0
    assert sale.stock.allocated == 0
    problem = refused(
        problems.FewerThanTaken,
        lambda: operations.change_packs(by=chief, offer_id=offer_id, packs=2, now=NOW),
    )
    assert problem.facts["taken"] == 3
    refused(
        problems.AboveFreeUnits,
        lambda: operations.change_packs(by=chief, offer_id=offer_id, packs=201, now=NOW),
    )
    assert_balanced()


def test_a_closed_offer_is_neither_repriced_nor_resized() -> None:
    sale = make_sale()
    chief, offer_id = sale.stall.chief, sale.offer.id
    operations.close_offer(by=chief, offer_id=offer_id, now=NOW)
    refused(
        problems.OfferClosed,
        lambda: operations.change_price(by=chief, offer_id=offer_id, price_fen=1, now=NOW),
    )
    refused(
        problems.OfferClosed, lambda: operations.change_packs(by=chief, offer_id=offer_id, packs=1, now=NOW)
    )


def test_lost_units_are_written_off_and_the_history_says_why() -> None:
    sale = make_sale(quantity=1000, packs=100)
    stock = operations.write_off(
        by=sale.stall.chief, lot_id=sale.stall.lot.id, units=30, reason=" 霜冻 ", now=NOW
    )
    assert (stock.on_hand, stock.written_off, stock.free) == (970, 30, 470)
    event = trace.history(lot_id=sale.stall.lot.id).events[-1]
    assert (event.kind, dict(event.facts)) == (EventKind.WRITTEN_OFF, {"units": 30, "reason": "霜冻"})
    assert queries.write_offs(lot_id=sale.stall.lot.id)[0].units == 30
    assert_balanced()


def test_only_free_units_can_be_written_off() -> None:
    sale = make_sale(quantity=1000, packs=100)
    lot_id, chief = sale.stall.lot.id, sale.stall.chief
    refused(
        problems.AboveFreeUnits,
        lambda: operations.write_off(by=chief, lot_id=lot_id, units=501, reason="烂果", now=NOW),
    )
    for units, reason in ((0, "烂果"), (-2, "烂果"), (5, "  ")):
        refused(
            problems.BadWriteOff,
            partial(operations.write_off, by=chief, lot_id=lot_id, units=units, reason=reason, now=NOW),
        )


def test_a_stranger_cannot_write_off_a_lot() -> None:
    sale = make_sale()
    stranger = make_person(county_id=sale.stall.county_id)
    refused(
        NotFound,
        lambda: operations.write_off(by=stranger, lot_id=sale.stall.lot.id, units=1, reason="烂果", now=NOW),
    )


def test_an_untouched_lot_is_all_on_hand() -> None:
    stall = make_stall(quantity=400)
    assert (queries.stock(lot_id=stall.lot.id).on_hand, queries.stock(lot_id=stall.lot.id).free) == (400, 400)
    with pytest.raises(NotFound):
        queries.stock(lot_id=0)
