"""Placing an order: units are held, the price is the server's, and every refusal changes nothing."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils.translation import override

from fieldcast.catalog.operations import set_lot_state
from fieldcast.catalog.types import LotState
from fieldcast.kit.errors import NotFound, Problem
from fieldcast.kit.once import BadKey
from fieldcast.live import operations as live_operations
from fieldcast.trade import operations, problems, queries
from fieldcast.trade.models import Order
from fieldcast.trade.types import OrderState
from tests.factories.accounts import NOW
from tests.factories.trade import (
    DELIVERY,
    HOLD_SECONDS,
    PRICE_FEN,
    assert_balanced,
    counters,
    everything,
    make_buyer,
    make_order,
    make_sale,
    make_session,
    place,
)

pytestmark = pytest.mark.django_db


def refused(problem: type[Problem], **order: Any) -> Problem:
    """The order is refused with `problem`, and not a row has changed."""
    before = everything()
    with pytest.raises(problem) as raised, transaction.atomic():
        place(**order)
    assert everything() == before
    return raised.value


def test_an_order_holds_its_units_until_it_is_paid_or_expires() -> None:
    sale = make_sale()
    buyer = make_buyer(sale)
    placed = place(sale, by=buyer, packs=2)
    order = queries.order(order_id=placed.order_id)
    assert (order.state, order.total_fen, order.buyer_id) == (OrderState.RESERVED, 2 * PRICE_FEN, buyer.pk)
    assert placed.expires_at == NOW + timedelta(seconds=HOLD_SECONDS) == order.expires_at
    assert (placed.number, placed.total_fen, placed.repeated) == (order.number, order.total_fen, False)
    assert counters(sale) == (2, 0, 10, 0)
    assert sale.now_offered.left == 98
    stock = sale.stock
    assert (stock.harvested, stock.on_hand, stock.allocated, stock.free) == (1000, 990, 490, 500)
    assert_balanced()


def test_an_order_remembers_price_terms_and_seller_as_they_were() -> None:
    sale = make_sale()
    placed = place(sale, packs=2)
    operations.change_price(
        by=sale.stall.chief, offer_id=sale.offer.id, price_fen=9900, now=NOW, confirms_jump=True
    )
    order = queries.order(order_id=placed.order_id)
    line = order.lines[0]
    assert (line.price_fen, line.total_fen, line.packs, line.pack_units) == (PRICE_FEN, 2 * PRICE_FEN, 2, 5)
    assert line.agreement_version_id == sale.stall.version.id
    assert order.seller_id == sale.stall.cooperative.id


def test_the_address_is_trimmed_its_province_official_and_unreadable_in_the_database() -> None:
    sale = make_sale()
    placed = place(
        sale, delivery=replace(DELIVERY, recipient="  李 小\u200b满 ", province="浙江", city="杭州\x00")
    )
    order = queries.order(order_id=placed.order_id)
    assert order.delivery == replace(DELIVERY, recipient="李 小满")
    assert order.province == "浙江省"
    with connection.cursor() as cursor:
        cursor.execute("SELECT delivery FROM trade_order WHERE id = %s", [placed.order_id])
        stored = cursor.fetchone()[0]
    assert "李" not in stored
    assert "13800138000" not in stored
    with pytest.raises(json.JSONDecodeError):
        json.loads(stored)


def test_the_same_key_again_answers_the_first_order_and_takes_no_more_units() -> None:
    sale = make_sale(packs=2)
    buyer = make_buyer(sale)
    first = place(sale, by=buyer, packs=2, key="once-more")
    again = place(sale, by=buyer, packs=2, key="once-more", now=NOW + timedelta(seconds=40))
    assert again == replace(first, repeated=True)
    assert counters(sale) == (2, 0, 10, 0)


def test_the_same_key_answers_the_first_order_also_when_the_session_is_over() -> None:
    sale = make_sale()
    buyer = make_buyer(sale)
    first = place(sale, by=buyer, key="once-more")
    live_operations.close_session(by=sale.stall.chief, session_id=sale.session.id, now=NOW)
    operations.close_session_offers(by=None, session_id=sale.session.id, now=NOW)
    assert place(sale, by=buyer, key="once-more").order_id == first.order_id


def test_two_buyers_may_use_the_same_key() -> None:
    sale = make_sale()
    assert place(sale, key="the-same").order_id != place(sale, key="the-same").order_id


@pytest.mark.parametrize("change", [{"packs": 2}, {"delivery": replace(DELIVERY, line="别处 1 号")}])
def test_the_same_key_for_another_request_is_refused(change: dict[str, Any]) -> None:
    sale = make_sale()
    buyer = make_buyer(sale)
    place(sale, by=buyer, key="once-more")
    refused(problems.KeyReused, sale=sale, by=buyer, key="once-more", **change)


def test_the_same_key_for_another_offer_is_refused() -> None:
    sale, other = make_sale(), make_sale()
    buyer = make_buyer(sale)
    place(sale, by=buyer, key="once-more")
    refused(problems.KeyReused, sale=other, by=buyer, key="once-more")


@pytest.mark.parametrize("key", ["with blank", "seven-7", "x" * 65, "a/slash/in", "\x00", "钥匙"])
def test_a_key_that_cannot_be_kept_is_refused(key: str) -> None:
    sale = make_sale()
    refused(BadKey, sale=sale, by=make_buyer(sale), key=key)


@pytest.mark.parametrize("packs", [0, -1])
def test_an_order_of_nothing_is_refused(packs: int) -> None:
    sale = make_sale()
    refused(problems.BadPacks, sale=sale, by=make_buyer(sale), packs=packs)


def test_a_price_changed_since_it_was_shown_is_refused_and_the_new_one_named() -> None:
    sale = make_sale()
    operations.change_price(by=sale.stall.chief, offer_id=sale.offer.id, price_fen=4280, now=NOW)
    problem = refused(problems.PriceChanged, sale=sale, by=make_buyer(sale), seen_price_fen=PRICE_FEN)
    assert problem.facts["price_fen"] == 4280
    with override("en"):
        assert "¥42.80" in problem.message


@pytest.mark.parametrize("seen", [-5, 0, 2**70])
def test_a_price_nobody_showed_is_refused_like_a_changed_one(seen: int) -> None:
    sale = make_sale()
    refused(problems.PriceChanged, sale=sale, by=make_buyer(sale), seen_price_fen=seen)


def test_more_than_the_limit_for_one_buyer_is_refused_over_all_their_orders() -> None:
    sale = make_sale(per_buyer_limit=3)
    buyer = make_buyer(sale)
    place(sale, by=buyer, packs=1)
    make_order(sale, by=buyer, packs=1)
    problem = refused(problems.OverLimit, sale=sale, by=buyer, packs=2)
    assert (problem.facts["limit"], problem.facts["yours"]) == (3, 2)
    assert place(sale, by=buyer, packs=1)


def test_what_a_buyer_gave_back_does_not_count_towards_the_limit() -> None:
    sale = make_sale(per_buyer_limit=1)
    buyer = make_buyer(sale)
    operations.cancel_order(by=buyer, order_id=place(sale, by=buyer).order_id, now=NOW)
    assert place(sale, by=buyer)


def test_an_absurd_wish_is_over_the_limit_not_an_error() -> None:
    sale = make_sale()
    refused(problems.OverLimit, sale=sale, by=make_buyer(sale), packs=10**30)


def test_sold_out_when_every_pack_is_paid_for() -> None:
    sale = make_sale(packs=2)
    make_order(sale, packs=2)
    problem = refused(problems.SoldOut, sale=sale, by=make_buyer(sale))
    assert type(problem) is problems.SoldOut


def test_sold_out_says_how_many_are_held_by_others_and_may_come_back() -> None:
    sale = make_sale(packs=3)
    make_order(sale, packs=1)
    place(sale, packs=2)
    problem = refused(problems.AllHeld, sale=sale, by=make_buyer(sale))
    assert (problem.code, problem.status) == ("sold_out", 409)
    with override("en"):
        assert problem.message == "None left just now: 2 packs are held by others for up to 15 min."
        assert "Try again" in problem.advice


def test_packs_one_holds_oneself_are_not_held_by_others() -> None:
    sale = make_sale(packs=2)
    buyer = make_buyer(sale)
    place(sale, by=buyer, packs=2)
    assert type(refused(problems.SoldOut, sale=sale, by=buyer)) is problems.SoldOut


def test_too_few_left_says_how_many_there_are() -> None:
    sale = make_sale(packs=3)
    place(sale, packs=2)
    problem = refused(problems.TooFewLeft, sale=sale, by=make_buyer(sale), packs=2)
    assert (problem.code, problem.facts["left"]) == ("sold_out", 1)


def test_nothing_is_ordered_before_the_session_opens() -> None:
    sale = make_sale()
    live_operations.close_session(by=sale.stall.chief, session_id=sale.session.id, now=NOW)
    planned = make_session(sale.stall, open_=False)
    offer = operations.offer(
        by=sale.stall.chief,
        session_id=planned.id,
        lot_id=sale.stall.lot.id,
        title="黄桃",
        pack_units=5,
        price_fen=4000,
        packs=10,
        per_buyer_limit=2,
        now=NOW,
    )
    refused(problems.SessionNotLive, sale=sale, by=make_buyer(sale), offer=offer)


def test_nothing_is_ordered_after_the_session_closed() -> None:
    sale = make_sale()
    live_operations.close_session(by=sale.stall.chief, session_id=sale.session.id, now=NOW)
    refused(problems.SessionNotLive, sale=sale, by=make_buyer(sale))


def test_a_closed_offer_sells_no_more() -> None:
    sale = make_sale()
    operations.close_offer(by=sale.stall.chief, offer_id=sale.offer.id, now=NOW)
    refused(problems.OfferClosed, sale=sale, by=make_buyer(sale))


@pytest.mark.parametrize("state", [LotState.STOPPED, LotState.FINISHED])
def test_a_stopped_lot_cannot_be_bought(state: LotState) -> None:
    sale = make_sale()
    set_lot_state(lot_id=sale.stall.lot.id, state=state)
    refused(problems.LotStopped, sale=sale, by=make_buyer(sale))


@pytest.mark.parametrize("offer_id", [987654321, 0, -1, 2**80])
def test_an_offer_that_is_not_there_is_not_found(offer_id: int) -> None:
    sale = make_sale()
    refused(NotFound, sale=sale, by=make_buyer(sale), offer=replace(sale.offer, id=offer_id))


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"recipient": "  "}, "recipient"),
        ({"phone": ""}, "phone"),
        ({"phone": "李小满"}, "phone"),
        ({"line": ""}, "line"),
        ({"province": ""}, "province"),
        ({"line": "x" * 121}, "line"),
        ({"city": "\x00"}, "city"),
        ({"city": ""}, "city"),
    ],
)
def test_an_incomplete_address_is_refused_and_the_field_named(change: dict[str, str], field: str) -> None:
    sale = make_sale()
    problem = refused(
        problems.DeliveryIncomplete, sale=sale, by=make_buyer(sale), delivery=replace(DELIVERY, **change)
    )
    assert problem.facts["missing"] == field


def test_a_province_that_is_none_is_refused() -> None:
    sale = make_sale()
    address = replace(DELIVERY, province="火星")
    problem = refused(problems.ProvinceUnknown, sale=sale, by=make_buyer(sale), delivery=address)
    with override("en"):
        assert "火星" in problem.message


def test_placing_an_order_is_one_statement(django_assert_num_queries: Any) -> None:
    sale = make_sale()
    buyer = make_buyer(sale)
    with django_assert_num_queries(1):
        place(sale, by=buyer)


def test_order_numbers_are_not_in_sequence() -> None:
    sale = make_sale()
    numbers = {place(sale).number for _ in range(5)}
    assert len(numbers) == 5
    assert Order.objects.filter(number__in=numbers).count() == 5
    assert len({number[-8:-4] for number in numbers}) > 1
