"""The buy sheet: from the room to the payment provider in one step."""

from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from fieldcast.accounts import operations as accounts_operations
from fieldcast.accounts.queries import addresses_of
from fieldcast.catalog.operations import set_lot_state
from fieldcast.catalog.types import LotState
from fieldcast.kit.errors import Problem
from fieldcast.kit.once import BadKey
from fieldcast.kit.pages import Page
from fieldcast.live import operations as live_operations
from fieldcast.trade import problems
from fieldcast.trade import queries as trade
from fieldcast.trade.operations import change_price, close_offer, end_session
from fieldcast.trade.types import OrderView
from tests.factories.accounts import NOW
from tests.factories.market import make_stall
from tests.factories.trade import (
    PRICE_FEN,
    Sale,
    everything,
    make_offer,
    make_sale,
    make_session,
    paid_notice,
    send_notice,
)
from tests.web.orders.shopping import (
    HTMX,
    TYPED,
    Shopper,
    hidden_in,
    is_checkout,
    make_shopper,
    reference_in,
)
from tests.web.shared.clock import Turn
from tests.web.shared.desk import ENGLISH
from tests.web.shared.reading import english_in, text_of


@pytest.fixture
def sale(db: None, clock: Turn) -> Sale:
    return make_sale()


@pytest.fixture
def shopper(sale: Sale) -> Shopper:
    return make_shopper(sale)


def orders_of(shopper: Shopper) -> Page[OrderView]:
    return trade.orders_of_buyer(buyer_id=shopper.person.pk)


def test_the_sheet_says_what_it_costs_how_many_one_may_have_and_how_long_they_are_kept(
    sale: Sale, shopper: Shopper
) -> None:
    page = text_of(shopper.look(sale.offer.id).content.decode())
    for words in ("黄桃 5 斤装", "¥39.80", "¥7.96/斤", "每人最多 3 份", "留 15 分钟", "文三路 90 号"):
        assert words in page


def test_the_sheet_is_chinese_and_english(sale: Sale, shopper: Shopper) -> None:
    assert english_in(shopper.look(sale.offer.id).content.decode()) == []
    page = text_of(shopper.look(sale.offer.id, **ENGLISH).content.decode())
    assert "Yellow peaches, box of 5 jin" in page
    assert "Your packs are kept for you for 15 minutes while you pay." in page
    assert "First grade" in page
    assert "一级" not in page


def test_a_room_gets_the_sheet_alone_and_a_browser_without_script_a_whole_page(
    sale: Sale, shopper: Shopper
) -> None:
    assert b"<html" not in shopper.look(sale.offer.id, **HTMX).content
    assert b"<html" in shopper.look(sale.offer.id).content


def test_the_stepper_stops_at_the_limit_and_at_what_is_left(sale: Sale, shopper: Shopper) -> None:
    assert b'max="3"' in shopper.look(sale.offer.id).content
    few = make_offer(sale.stall, sale.session, packs=2, title="黄桃 尝鲜")
    assert b'max="2"' in shopper.look(few.id).content


def test_a_hold_of_seconds_is_told_in_seconds(db: None, clock: Turn) -> None:
    sale = make_sale(hold_seconds=20)
    assert "留 20 秒" in text_of(make_shopper(sale).look(sale.offer.id).content.decode())


def test_ordering_leads_straight_to_the_payment_provider(sale: Sale, shopper: Shopper) -> None:
    answer = shopper.send(sale.offer.id, shopper.fill(sale.offer.id, units="2"))
    assert answer.status_code == 303
    assert is_checkout(answer["Location"])
    (order,) = orders_of(shopper).items
    assert (order.lines[0].packs, order.total_fen) == (2, 2 * PRICE_FEN)
    assert trade.order(order_id=order.id).delivery is not None
    assert trade.delivery_of(order_id=order.id).line == "文三路 90 号"


def test_a_room_is_told_where_to_go_without_losing_its_page(sale: Sale, shopper: Shopper) -> None:
    answer = shopper.send(sale.offer.id, shopper.fill(sale.offer.id), **HTMX)
    assert answer.status_code == 204
    assert is_checkout(answer["HX-Redirect"])


def test_a_sheet_sent_twice_orders_once_and_pays_the_same(sale: Sale, shopper: Shopper) -> None:
    form = shopper.fill(sale.offer.id, address="new", **TYPED)
    first = shopper.send(sale.offer.id, form)
    again = shopper.send(sale.offer.id, form)
    assert reference_in(first["Location"]) == reference_in(again["Location"])
    assert orders_of(shopper).total == 1
    assert len(addresses_of(person_id=shopper.person.pk)) == 2


def test_two_sheets_are_two_orders(sale: Sale, shopper: Shopper) -> None:
    for _sheet in range(2):
        shopper.send(sale.offer.id, shopper.fill(sale.offer.id))
    assert orders_of(shopper).total == 2


def test_a_used_sheet_that_was_changed_is_refused_and_gets_a_new_key(sale: Sale, shopper: Shopper) -> None:
    form = shopper.fill(sale.offer.id)
    shopper.send(sale.offer.id, form)
    answer = shopper.send(sale.offer.id, {**form, "units": "2"})
    assert_refused(answer, said(problems.KeyReused()))
    assert orders_of(shopper).total == 1
    assert form["key"] not in answer.content.decode()


def test_a_new_address_is_used_and_kept(sale: Sale, shopper: Shopper) -> None:
    shopper.send(sale.offer.id, shopper.fill(sale.offer.id, address="new", **TYPED))
    (order,) = orders_of(shopper).items
    assert trade.delivery_of(order_id=order.id).one_line == "黑龙江省哈尔滨市道里区中央大街 12 号"
    assert [one.phone for one in addresses_of(person_id=shopper.person.pk)] == ["13800138000", "13900139000"]


def test_a_new_address_is_not_kept_when_its_owner_does_not_want_it(sale: Sale, shopper: Shopper) -> None:
    typed = {name: value for name, value in TYPED.items() if name != "to-keep"}
    answer = shopper.send(sale.offer.id, shopper.fill(sale.offer.id, address="new", **typed))
    assert is_checkout(answer["Location"])
    assert len(addresses_of(person_id=shopper.person.pk)) == 1


def test_an_address_typed_again_is_not_kept_twice(sale: Sale, shopper: Shopper) -> None:
    for _time in range(2):
        shopper.send(sale.offer.id, shopper.fill(sale.offer.id, address="new", **TYPED))
    assert orders_of(shopper).total == 2
    assert len(addresses_of(person_id=shopper.person.pk)) == 2


def test_a_full_address_book_does_not_stop_an_order(sale: Sale, shopper: Shopper) -> None:
    for number in range(accounts_operations.MOST_ADDRESSES - 1):
        accounts_operations.save_address(
            by=shopper.person,
            recipient="李",
            phone="13800138000",
            province="浙江省",
            city="杭州市",
            line=f"{number} 号",
        )
    answer = shopper.send(sale.offer.id, shopper.fill(sale.offer.id, address="new", **TYPED))
    assert is_checkout(answer["Location"])
    page = shopper.client.get("/me/orders/").content.decode()
    assert "地址没有存下来" in page


def test_a_buyer_without_addresses_is_asked_for_one(sale: Sale, shopper: Shopper) -> None:
    accounts_operations.delete_address(by=shopper.person, address_id=shopper.home.id)
    page = shopper.look(sale.offer.id).content.decode()
    assert 'value="new"' in page
    assert page.count('name="address"') == 1
    form = {**shopper.fill(sale.offer.id), "address": "new", **TYPED}
    assert is_checkout(shopper.send(sale.offer.id, form)["Location"])


# --- signed out ------------------------------------------------------------------------------------------------------
def test_a_visitor_sees_the_goods_and_the_way_to_sign_in_and_back(sale: Sale) -> None:
    page = Client().get(f"/buy/{sale.offer.id}/?units=2").content.decode()
    assert "¥39.80" in page
    assert f"/accounts/login/?next=%2Fbuy%2F{sale.offer.id}%2F%3Funits%3D2" in page
    assert 'name="address"' not in page


def test_who_signed_out_meanwhile_signs_in_and_comes_back_with_the_packs_chosen(
    sale: Sale, shopper: Shopper
) -> None:
    form = shopper.fill(sale.offer.id, units="2")
    before = everything()
    answer = Client().post(f"/buy/{sale.offer.id}/", data=form, headers=HTMX)
    assert answer["HX-Redirect"] == f"/accounts/login/?next=%2Fbuy%2F{sale.offer.id}%2F%3Funits%3D2"
    assert everything() == before
    assert b'name="units" value="2"' in shopper.client.get(f"/buy/{sale.offer.id}/?units=2").content


# --- refused: told in the sheet, nothing lost, nothing changed -------------------------------------------------------
def assert_refused(answer: Any, sentence: str) -> None:
    """The sheet comes back with the reason, in Chinese, and htmx will show it."""
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'role="alert"' in page
    assert sentence in text_of(page)
    assert english_in(page) == []


def said(problem: Problem) -> str:
    """What a Chinese reader is told."""
    with translation.override("zh-hans"):
        return problem.message


def refuse(shopper: Shopper, offer_id: int, form: dict[str, str], problem: Problem) -> str:
    """Send a sheet that must be refused: nothing has changed, and what was typed is still there."""
    sent = {**form, "address": "new", **TYPED}
    before, kept = everything(), addresses_of(person_id=shopper.person.pk)
    answer = shopper.send(offer_id, sent)
    assert_refused(answer, said(problem))
    assert everything() == before
    assert addresses_of(person_id=shopper.person.pk) == kept
    page: str = answer.content.decode()
    for typed in ("王秀兰", "139 0013 9000", "哈尔滨市", "道里区", "中央大街 12 号"):
        assert f'value="{typed}"' in page
    assert '<option value="黑龙江省" selected>' in page
    assert sent["key"] not in page
    return page


def test_sold_out_is_told(sale: Sale, shopper: Shopper) -> None:
    offer = make_offer(sale.stall, sale.session, packs=1)
    form = shopper.fill(offer.id)
    send_notice(paid_notice(_buys(sale, offer.id)))
    page = refuse(shopper, offer.id, form, problems.SoldOut())
    assert f"/live/{sale.session.id}/" in page


def test_all_held_is_told_with_how_long(sale: Sale, shopper: Shopper) -> None:
    offer = make_offer(sale.stall, sale.session, packs=1)
    form = shopper.fill(offer.id)
    _buys(sale, offer.id)
    refuse(shopper, offer.id, form, problems.AllHeld(held=1, minutes=15))


def test_too_few_left_is_told_and_the_stepper_goes_back(sale: Sale, shopper: Shopper) -> None:
    offer = make_offer(sale.stall, sale.session, packs=3)
    form = shopper.fill(offer.id, units="3")
    _buys(sale, offer.id)
    page = refuse(shopper, offer.id, form, problems.TooFewLeft(left=2))
    assert 'name="units" value="2" min="1" max="2"' in " ".join(page.split())


def test_over_the_limit_is_told_and_leads_to_what_one_has(sale: Sale, shopper: Shopper) -> None:
    shopper.send(sale.offer.id, shopper.fill(sale.offer.id, units="2"))
    form = shopper.fill(sale.offer.id, units="2")
    page = refuse(shopper, sale.offer.id, form, problems.OverLimit(limit=3, yours=2))
    assert 'max="1"' in page
    assert 'href="/me/orders/"' in page


def test_a_changed_price_is_shown_and_can_be_accepted(sale: Sale, shopper: Shopper) -> None:
    form = shopper.fill(sale.offer.id, units="2")
    change_price(by=sale.stall.chief, offer_id=sale.offer.id, price_fen=4180, now=NOW)
    page = refuse(shopper, sale.offer.id, form, problems.PriceChanged(price_fen=4180))
    assert "按 ¥41.80 买" in text_of(page)
    assert "¥83.60" in text_of(page)
    answer = shopper.send(sale.offer.id, {**form, **hidden_in(page)})
    assert is_checkout(answer["Location"])
    assert orders_of(shopper).items[0].total_fen == 2 * 4180


def test_a_price_that_was_never_shown_is_not_taken_for_agreed(sale: Sale, shopper: Shopper) -> None:
    form = shopper.fill(sale.offer.id)
    for shown in ("", "1", "-1"):
        refuse(
            shopper,
            sale.offer.id,
            {**form, "seen_price_fen": shown},
            problems.PriceChanged(price_fen=PRICE_FEN),
        )


def test_a_session_that_has_ended_meanwhile_is_told(sale: Sale, shopper: Shopper) -> None:
    form = shopper.fill(sale.offer.id)
    end_session(by=sale.stall.chief, session_id=sale.session.id, now=NOW)
    page = refuse(shopper, sale.offer.id, form, problems.SessionNotLive())
    assert 'href="/live/"' in page


def test_an_offer_that_was_closed_meanwhile_is_told(sale: Sale, shopper: Shopper) -> None:
    form = shopper.fill(sale.offer.id)
    close_offer(by=sale.stall.chief, offer_id=sale.offer.id, now=NOW)
    refuse(shopper, sale.offer.id, form, problems.OfferClosed())


def test_a_stopped_lot_is_told(sale: Sale, shopper: Shopper) -> None:
    form = shopper.fill(sale.offer.id)
    set_lot_state(lot_id=sale.offer.lot_id, state=LotState.STOPPED)
    page = refuse(shopper, sale.offer.id, form, problems.LotStopped())
    assert f"/lots/{sale.offer.lot_id}/" in page


@pytest.mark.parametrize("units", ["5.0", " 2 ", "02"])
def test_a_number_typed_in_another_way_is_read_when_the_sheet_comes_back(
    sale: Sale, shopper: Shopper, units: str
) -> None:
    form = shopper.fill(sale.offer.id, units=units)
    close_offer(by=sale.stall.chief, offer_id=sale.offer.id, now=NOW)
    assert_refused(shopper.send(sale.offer.id, form), said(problems.OfferClosed()))


def test_a_sheet_without_its_key_is_told(sale: Sale, shopper: Shopper) -> None:
    for key in ("", "zwei Wörter", "x" * 65):
        form = {**shopper.fill(sale.offer.id), "key": key}
        answer = shopper.send(sale.offer.id, form)
        assert_refused(answer, said(BadKey()))


def test_an_address_with_something_missing_is_told_where(sale: Sale, shopper: Shopper) -> None:
    before = everything()
    form = shopper.fill(sale.offer.id, address="new", **TYPED)
    for missing in ("to-recipient", "to-phone", "to-province", "to-city", "to-line"):
        answer = shopper.send(sale.offer.id, {**form, missing: ""}, **HTMX)
        assert_refused(answer, "还没有下单")
        assert f'aria-describedby="id_{missing}_error"' in answer.content.decode()
    assert everything() == before


def test_what_cannot_be_is_refused_beside_its_field(sale: Sale, shopper: Shopper) -> None:
    before = everything()
    form = shopper.fill(sale.offer.id, address="new", **TYPED)
    for name, value in (
        ("to-phone", "12345"),
        ("to-province", "江南省"),
        ("to-line", "\u200b"),
        ("units", "0"),
        ("units", "半"),
    ):
        assert_refused(shopper.send(sale.offer.id, {**form, name: value}), "还没有下单")
    assert everything() == before


def test_the_address_of_someone_else_cannot_be_chosen(sale: Sale, shopper: Shopper) -> None:
    theirs = make_shopper(sale, "阿勇").home
    before = everything()
    answer = shopper.send(sale.offer.id, shopper.fill(sale.offer.id, address=str(theirs.id)))
    assert_refused(answer, "请选择寄到哪里")
    assert everything() == before


def test_what_was_typed_stays_when_another_address_is_chosen(sale: Sale, shopper: Shopper) -> None:
    form = shopper.fill(sale.offer.id, **TYPED, units="0")
    assert 'value="中央大街 12 号"' in shopper.send(sale.offer.id, form).content.decode()


# --- nothing to buy, told before anyone fills a form ------------------------------------------------------------------
def test_a_session_that_has_not_begun_says_so_and_where_to_wait(sale: Sale, shopper: Shopper) -> None:
    stall = make_stall()
    session = make_session(stall, open_=False)
    page = shopper.look(make_offer(stall, session).id).content.decode()
    assert said(problems.SessionNotLive()) in page
    assert f"/live/{session.id}/" in page
    assert 'name="address"' not in page


def test_what_others_hold_is_told_before_anyone_fills_a_form(sale: Sale, shopper: Shopper) -> None:
    offer = make_offer(sale.stall, sale.session, packs=1)
    placed = _buys(sale, offer.id)
    page = shopper.look(offer.id).content.decode()
    assert said(problems.AllHeld(held=1, minutes=15)) in page
    assert 'name="address"' not in page
    send_notice(paid_notice(placed))
    assert said(problems.SoldOut()) in shopper.look(offer.id).content.decode()


def test_what_is_off_sale_is_told_before_anyone_fills_a_form(sale: Sale, shopper: Shopper) -> None:
    close_offer(by=sale.stall.chief, offer_id=sale.offer.id, now=NOW)
    assert said(problems.OfferClosed()) in shopper.look(sale.offer.id).content.decode()


def test_a_stopped_lot_is_told_before_anyone_fills_a_form(sale: Sale, shopper: Shopper) -> None:
    set_lot_state(lot_id=sale.offer.lot_id, state=LotState.STOPPED)
    page = shopper.look(sale.offer.id).content.decode()
    assert said(problems.LotStopped()) in page
    assert f"/lots/{sale.offer.lot_id}/" in page
    assert 'name="address"' not in page


def test_an_offer_that_is_not_there_is_not_there(sale: Sale, shopper: Shopper) -> None:
    for offer_id in (sale.offer.id + 999, 10**30):
        assert shopper.look(offer_id).status_code == 404


def test_ordering_what_is_not_there_is_not_there(sale: Sale, shopper: Shopper) -> None:
    form = shopper.fill(sale.offer.id)
    for offer_id in (sale.offer.id + 999, 10**30):
        assert shopper.send(offer_id, form).status_code == 404


def test_a_session_called_off_is_not_there_for_strangers(sale: Sale, shopper: Shopper) -> None:
    stall = make_stall()
    session = make_session(stall, open_=False)
    offer = make_offer(stall, session)
    live_operations.cancel_session(by=stall.chief, session_id=session.id, now=NOW)
    assert shopper.look(offer.id).status_code == 404


def test_a_sheet_is_never_kept_by_a_cache(sale: Sale, shopper: Shopper) -> None:
    assert shopper.look(sale.offer.id)["Cache-Control"] == "no-store"


def test_an_order_takes_few_questions_to_the_database(
    sale: Sale, shopper: Shopper, django_assert_max_num_queries: Any
) -> None:
    form = shopper.fill(sale.offer.id)
    with django_assert_max_num_queries(14):
        shopper.send(sale.offer.id, form)


def _buys(sale: Sale, offer_id: int) -> int:
    """Someone else orders one pack; returns the order's id."""
    other = make_shopper(sale, "阿勇")
    other.send(offer_id, other.fill(offer_id))
    return orders_of(other).items[0].id
