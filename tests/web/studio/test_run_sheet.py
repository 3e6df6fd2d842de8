"""What a session sells, from the studio: chosen, priced, changed, taken off; every refusal beside its field."""

from typing import Any

import pytest
from django.test import Client

from fieldcast.catalog.operations import set_lot_state
from fieldcast.catalog.types import LotState
from fieldcast.trade import operations as trade_operations
from fieldcast.trade import queries as trade
from fieldcast.trade.types import OfferState
from tests.factories.catalog import make_lot
from tests.factories.market import Stall, make_stall
from tests.factories.trade import later, make_offer, make_order, make_sale, make_session
from tests.web.shared.desk import browser
from tests.web.shared.reading import error_beside, hidden, typed, words

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def sheet(stall: Stall, session_id: int, client: Client, **changes: Any) -> Any:
    """Put the stall's lot on the run sheet."""
    address = f"/studio/sessions/{session_id}/offers/new/"
    shown = hidden(client.get(f"{address}?lot={stall.lot.id}"))
    filled = {
        "title": "黄桃 5 斤装",
        "pack_units": "5",
        "price": "39.80",
        "units": "100",
        "per_buyer_limit": "3",
    }
    return client.post(address, {**shown, **filled, **changes})


def test_choosing_shows_each_lot_with_what_is_free_of_it() -> None:
    stall = make_stall()
    session = make_session(stall, open_=False)
    make_offer(stall, session, packs=40)
    page = browser(stall.presenter).get(f"/studio/sessions/{session.id}/offers/new/")
    assert f'href="?lot={stall.lot.id}"' in page.content.decode()
    assert "800 jin free" in words(page)


def test_a_lot_that_cannot_be_sold_is_listed_with_the_reason() -> None:
    stall = make_stall(quantity=500)
    session = make_session(stall, open_=False)
    make_offer(stall, session, packs=100)
    make_lot(cooperative=stall.cooperative)
    text = words(browser(stall.presenter).get(f"/studio/sessions/{session.id}/offers/new/"))
    assert "2 lots cannot be offered" in text
    assert "all of it is offered or sold" in text
    assert "the agreement guarantees no price for it" in text


def test_a_lot_of_nobodys_sends_back_to_choosing() -> None:
    stall = make_stall()
    session = make_session(stall, open_=False)
    foreign = make_stall().lot
    page = browser(stall.presenter).get(f"/studio/sessions/{session.id}/offers/new/?lot={foreign.id}")
    assert "This lot cannot be offered now. Choose another one." in words(page)


def test_the_form_shows_what_is_free_and_what_the_farmer_is_guaranteed() -> None:
    stall = make_stall()
    session = make_session(stall, open_=False)
    page = browser(stall.presenter).get(f"/studio/sessions/{session.id}/offers/new/?lot={stall.lot.id}")
    assert "1,000 jin free" in words(page)
    assert "The farmer is guaranteed ¥3.80 a jin." in words(page)
    assert page.content.decode().count('class="form-control"') == 5


def test_what_is_put_on_the_sheet_goes_to_its_end() -> None:
    stall = make_stall()
    session = make_session(stall, open_=False)
    make_offer(stall, session, packs=10, position=7)
    response = sheet(stall, session.id, browser(stall.presenter), title="后加的")
    assert response["Location"] == f"/studio/sessions/{session.id}/"
    offers = trade.offers_of_session(session_id=session.id)
    assert [offer.title for offer in offers] == ["黄桃 5 斤装", "后加的"]
    assert (offers[1].price_fen, offers[1].packs, offers[1].per_buyer_limit) == (3980, 100, 3)


def test_an_offer_sent_twice_is_one_offer() -> None:
    stall = make_stall()
    session = make_session(stall, open_=False)
    client = browser(stall.presenter)
    address = f"/studio/sessions/{session.id}/offers/new/"
    form = {
        **hidden(client.get(f"{address}?lot={stall.lot.id}")),
        "title": "黄桃",
        "pack_units": "5",
        "price": "39.80",
        "units": "10",
        "per_buyer_limit": "3",
    }
    for _time in range(2):
        assert client.post(address, form)["Location"] == f"/studio/sessions/{session.id}/"
    assert len(trade.offers_of_session(session_id=session.id)) == 1


def test_more_than_is_free_is_refused_with_both_figures_beside_the_field() -> None:
    stall = make_stall()
    session = make_session(stall, open_=False)
    response = sheet(stall, session.id, browser(stall.presenter), units="201")
    assert response.status_code == 422
    said = error_beside(response, "units")
    assert "1,005 jin" in said
    assert "1,000 jin" in said
    assert typed(response, "units") == "201"
    assert typed(response, "price") == "39.80"
    assert trade.offers_of_session(session_id=session.id) == ()


NO_FIGURES: tuple[tuple[dict[str, str], str], ...] = (
    ({"title": ""}, "title"),
    ({"title": "长" * 61}, "title"),
    ({"pack_units": "0"}, "pack_units"),
    ({"pack_units": "many"}, "pack_units"),
    ({"price": "0"}, "price"),
    ({"price": "39.805"}, "price"),
    ({"price": "cheap"}, "price"),
    ({"units": "0"}, "units"),
    ({"units": "-3"}, "units"),
    ({"per_buyer_limit": "0"}, "per_buyer_limit"),
    ({"per_buyer_limit": "201"}, "per_buyer_limit"),
)


def test_a_figure_that_cannot_be_is_refused_beside_its_field() -> None:
    stall = make_stall()
    session = make_session(stall, open_=False)
    client = browser(stall.presenter)
    for changes, field in NO_FIGURES:
        response = sheet(stall, session.id, client, **changes)
        assert response.status_code == 422, changes
        assert error_beside(response, field), changes
        assert typed(response, field) == next(iter(changes.values()))
    assert trade.stock(lot_id=stall.lot.id).free == 1000


def test_a_lot_stopped_meanwhile_is_refused() -> None:
    stall = make_stall()
    session = make_session(stall, open_=False)
    client = browser(stall.presenter)
    shown = hidden(client.get(f"/studio/sessions/{session.id}/offers/new/?lot={stall.lot.id}"))
    set_lot_state(lot_id=stall.lot.id, state=LotState.STOPPED)
    form = {"title": "黄桃", "pack_units": "5", "price": "39.80", "units": "10", "per_buyer_limit": "3"}
    page = client.post(f"/studio/sessions/{session.id}/offers/new/", {**shown, **form})
    assert "This lot cannot be offered now." in words(page)
    assert trade.offers_of_session(session_id=session.id) == ()


def test_nothing_is_added_to_a_session_that_is_over() -> None:
    sale = make_sale()
    trade_operations.end_session(by=sale.stall.chief, session_id=sale.session.id, now=later(60))
    page = browser(sale.stall.presenter).get(f"/studio/sessions/{sale.session.id}/offers/new/")
    assert page.status_code == 409
    assert "This session is over." in words(page)


def test_goods_can_be_added_while_live() -> None:
    sale = make_sale()
    response = sheet(sale.stall, sale.session.id, browser(sale.stall.presenter), units="5")
    assert response.status_code == 302
    assert len(trade.offers_of_session(session_id=sale.session.id)) == 2


def test_a_price_is_changed_on_its_page() -> None:
    sale = make_sale()
    client = browser(sale.stall.presenter)
    address = f"/studio/offers/{sale.offer.id}/"
    assert typed(client.get(address), "price") == "39.80"
    response = client.post(address, {"what": "price", "price": "36.5"})
    assert response["Location"] == f"/studio/sessions/{sale.session.id}/"
    assert sale.now_offered.price_fen == 3650


def test_a_price_is_changed_in_the_sheet_over_the_live_view() -> None:
    sale = make_sale()
    client = browser(sale.stall.presenter)
    shown = client.get(f"/studio/offers/{sale.offer.id}/", headers=HTMX)
    assert "<html" not in shown.content.decode()
    response = client.post(
        f"/studio/offers/{sale.offer.id}/", {"what": "price", "price": "36.5"}, headers=HTMX
    )
    assert response.status_code == 204
    assert '"sheet:close": "offer"' in response["HX-Trigger"]
    assert sale.now_offered.price_fen == 3650


NO_CHANGES = (
    ({"what": "price", "price": "free"}, "price"),
    ({"what": "price", "price": "0"}, "price"),
    ({"what": "units", "units": "1"}, "units"),
    ({"what": "units", "units": "201"}, "units"),
    ({"what": "units", "units": "no"}, "units"),
)


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_wrong_change_stays_in_its_form_with_the_reason_beside_it(headers: dict[str, str]) -> None:
    sale = make_sale()
    make_order(sale, packs=2)
    client = browser(sale.stall.presenter)
    for form, field in NO_CHANGES:
        response = client.post(f"/studio/offers/{sale.offer.id}/", form, headers=headers)
        assert response.status_code == 422, form
        assert error_beside(response, field), form
        assert typed(response, field) == form[field]
    assert (sale.now_offered.price_fen, sale.now_offered.packs) == (3980, 100)


def test_more_boxes_can_be_offered_and_fewer_down_to_those_ordered() -> None:
    sale = make_sale()
    make_order(sale, packs=2)
    client = browser(sale.stall.presenter)
    for units in ("120", "2"):
        client.post(f"/studio/offers/{sale.offer.id}/", {"what": "units", "units": units})
        assert sale.now_offered.packs == int(units)


def test_an_offer_taken_off_frees_its_units_and_cannot_be_changed_any_more() -> None:
    sale = make_sale()
    client = browser(sale.stall.presenter)
    page = client.post(f"/studio/offers/{sale.offer.id}/close", follow=True)
    assert "is off sale." in words(page)
    assert sale.now_offered.state == OfferState.CLOSED
    assert sale.stock.free == 1000
    refused = client.post(f"/studio/offers/{sale.offer.id}/", {"what": "price", "price": "12"})
    assert refused.status_code == 422
    assert "It is off sale." in words(refused)


def test_a_form_that_asks_for_nothing_shows_the_page_again() -> None:
    sale = make_sale()
    assert (
        browser(sale.stall.presenter).post(f"/studio/offers/{sale.offer.id}/", {"what": "?"}).status_code
        == 200
    )
    assert sale.now_offered.price_fen == 3980


def test_a_price_far_from_the_last_one_is_asked_about_again() -> None:
    sale = make_sale()
    client = browser(sale.stall.presenter)
    refused = sheet(sale.stall, sale.session.id, client, price="398", units="2")
    assert refused.status_code == 422
    assert "more than a third away" in error_beside(refused, "price")
    assert 'name="confirms_jump"' in refused.content.decode()
    taken = sheet(sale.stall, sale.session.id, client, price="398", units="2", confirms_jump="1")
    assert taken.status_code == 302
    assert trade.offers_of_session(session_id=sale.session.id)[-1].price_fen == 39800


def test_a_changed_price_far_from_the_last_one_is_asked_about_again() -> None:
    sale = make_sale()
    client, address = browser(sale.stall.presenter), f"/studio/offers/{sale.offer.id}/"
    refused = client.post(address, {"what": "price", "price": "3,980"}, headers=HTMX)
    assert refused.status_code == 422
    assert 'name="confirms_jump"' in refused.content.decode()
    assert sale.now_offered.price_fen == 3980
    client.post(address, {"what": "price", "price": "3,980", "confirms_jump": "1"}, headers=HTMX)
    assert sale.now_offered.price_fen == 398000
