"""What a session offers: made from a lot's free units, changed while it is on sale, taken off it."""

from typing import Any

import pytest

from fieldcast.agreements import operations as agreements_operations
from fieldcast.catalog.operations import set_lot_state
from fieldcast.catalog.types import LotState
from fieldcast.live.types import SessionView
from fieldcast.trade import operations as trade_operations
from fieldcast.trade import queries as trade
from fieldcast.trade.types import OfferState
from tests.factories.accounts import NOW
from tests.factories.catalog import make_lot
from tests.factories.market import Stall, make_stall
from tests.factories.terms import make_terms
from tests.factories.trade import make_order, make_sale, make_session, sale_with_paid
from tests.web.shared.desk import browser
from tests.web.shared.reading import error_beside, hidden, typed, words

pytestmark = pytest.mark.django_db
BOXES = {"title": "黄桃 5 斤装", "pack_units": "5", "price": "39.80", "units": "100", "per_buyer_limit": "3"}


def offer(stall: Stall, session: SessionView, **changes: str) -> Any:
    """Fill in the form for boxes of the stall's lot and send it."""
    client, address = browser(stall.chief), f"/coop/sessions/{session.id}/offers/new/"
    form = hidden(client.get(f"{address}?lot={stall.lot.id}"))
    return client.post(address, {**form, **BOXES, **changes})


def test_boxes_of_a_lot_are_put_on_the_run_sheet() -> None:
    stall = make_stall()
    session = make_session(stall, open_=False)
    assert offer(stall, session)["Location"] == f"/coop/sessions/{session.id}/"
    (made,) = trade.offers_of_session(session_id=session.id)
    assert (made.price_fen, made.pack_units, made.packs, made.per_buyer_limit) == (3980, 5, 100, 3)
    assert (made.title, made.title_en) == ("黄桃 5 斤装", "Yellow peach, 5 jin")
    assert trade.stock(lot_id=stall.lot.id).free == 500


def test_offers_stand_in_the_order_in_which_they_were_added() -> None:
    stall = make_stall()
    session = make_session(stall, open_=False)
    for title in ("头一件", "第二件", "第三件"):
        offer(stall, session, title=title, units="10")
    text = words(browser(stall.chief).get(f"/coop/sessions/{session.id}/"))
    assert text.index("1. Yellow") < text.index("2. Yellow") < text.index("3. Yellow")
    assert [one.position for one in trade.offers_of_session(session_id=session.id)] == [0, 1, 2]


def test_the_form_sent_twice_offers_once() -> None:
    stall = make_stall()
    session = make_session(stall, open_=False)
    client, address = browser(stall.chief), f"/coop/sessions/{session.id}/offers/new/"
    form = {**hidden(client.get(f"{address}?lot={stall.lot.id}")), **BOXES}
    client.post(address, form)
    client.post(address, form)
    assert len(trade.offers_of_session(session_id=session.id)) == 1


def test_more_than_is_free_is_refused_with_both_figures() -> None:
    stall = make_stall(quantity=1000)
    session = make_session(stall, open_=False)
    response = offer(stall, session, units="201")
    assert response.status_code == 422
    beside = error_beside(response, "units")
    assert "1,005 jin" in beside
    assert "1,000 jin" in beside
    assert "at most 200 packs" in beside
    assert typed(response, "price") == "39.80"
    assert trade.offers_of_session(session_id=session.id) == ()


def test_units_taken_while_the_form_was_open_are_refused_by_the_stock_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The form's own check read the stock a moment ago; under the lock trade finds less."""
    stall = make_stall(quantity=1000)
    session = make_session(stall, open_=False)
    real = trade_operations.offer

    def slower(**wanted: Any) -> Any:
        trade_operations.write_off(by=stall.chief, lot_id=stall.lot.id, units=600, reason="霜冻", now=NOW)
        return real(**wanted)

    monkeypatch.setattr(trade_operations, "offer", slower)
    response = offer(stall, session)
    assert response.status_code == 422
    assert "500" in error_beside(response, "units")
    assert trade.stock(lot_id=stall.lot.id).written_off == 0  # the whole step was undone


NO_OFFERS = (
    ({"title": ""}, "title"),
    ({"pack_units": "0"}, "pack_units"),
    ({"price": "0"}, "price"),
    ({"price": "39.805"}, "price"),
    ({"price": "cheap"}, "price"),
    ({"price": "100001"}, "price"),
    ({"units": ""}, "units"),
    ({"per_buyer_limit": "201"}, "per_buyer_limit"),
)


def test_an_offer_that_cannot_be_is_refused_beside_its_field() -> None:
    stall = make_stall()
    session = make_session(stall, open_=False)
    for changes, field in NO_OFFERS:
        response = offer(stall, session, **changes)
        assert response.status_code == 422, changes
        assert error_beside(response, field), changes
    assert trade.offers_of_session(session_id=session.id) == ()


def test_choosing_a_lot_shows_what_is_free_and_why_others_cannot_be_chosen() -> None:
    stall = make_stall()
    session = make_session(stall, open_=False)
    unagreed = make_lot(cooperative=stall.cooperative)
    gone = make_lot(cooperative=stall.cooperative, quantity=10, product_id=stall.lot.product.id)
    trade_operations.write_off(by=stall.chief, lot_id=gone.id, units=10, reason="烂了", now=NOW)
    response = browser(stall.chief).get(f"/coop/sessions/{session.id}/offers/new/")
    page, text = response.content.decode(), words(response)
    assert f"?lot={stall.lot.id}" in page
    assert "1,000 jin free" in text
    assert f"?lot={unagreed.id}" not in page
    assert f"{unagreed.code} the agreement guarantees no price for it" in text
    assert f"{gone.code} all of it is offered or sold" in text


def test_a_stopped_lot_cannot_be_chosen() -> None:
    stall = make_stall()
    session = make_session(stall, open_=False)
    set_lot_state(lot_id=stall.lot.id, state=LotState.STOPPED)
    response = browser(stall.chief).get(f"/coop/sessions/{session.id}/offers/new/?lot={stall.lot.id}")
    assert "This lot cannot be offered now. Choose another one." in words(response)


def test_a_lot_without_a_guaranteed_price_is_refused_in_words() -> None:
    stall = make_stall()
    session = make_session(stall, open_=False)
    unagreed = make_lot(cooperative=stall.cooperative)
    client, address = browser(stall.chief), f"/coop/sessions/{session.id}/offers/new/"
    response = client.post(address, {**BOXES, "lot": unagreed.id})
    assert response.status_code == 422
    assert "This agreement guarantees no price for" in words(response)


def test_another_cooperatives_lot_cannot_be_offered() -> None:
    stall, other = make_stall(), make_stall()
    session = make_session(stall, open_=False)
    client, address = browser(stall.chief), f"/coop/sessions/{session.id}/offers/new/"
    client.post(address, {**BOXES, "lot": other.lot.id})
    assert trade.offers_of_session(session_id=session.id) == ()


def test_nothing_is_added_to_a_session_that_is_over() -> None:
    sale = make_sale()
    trade_operations.end_session(by=sale.stall.chief, session_id=sale.session.id, now=NOW)
    response = browser(sale.stall.chief).get(f"/coop/sessions/{sale.session.id}/offers/new/")
    assert response.status_code == 409
    assert "This session is over." in words(response)


def change(sale: Any, what: str, value: str) -> Any:
    """Send one of the two forms of an offer."""
    address = f"/coop/sessions/offers/{sale.offer.id}/"
    return browser(sale.stall.chief).post(address, {"what": what, what: value})


def test_a_new_price_holds_for_what_is_ordered_from_now_on() -> None:
    sale, order = sale_with_paid()
    assert change(sale, "price", "41.80").status_code == 302
    assert sale.now_offered.price_fen == 4180
    assert trade.order(order_id=order.id).total_fen == 3980


def test_the_number_of_boxes_changes_within_what_is_free() -> None:
    sale = make_sale(quantity=1000, packs=100)
    assert change(sale, "units", "200").status_code == 302
    assert sale.now_offered.packs == 200
    response = change(sale, "units", "201")
    assert response.status_code == 422
    assert error_beside(response, "units")
    assert typed(response, "units") == "201"
    assert sale.now_offered.packs == 200


def test_fewer_boxes_than_are_ordered_cannot_be_offered() -> None:
    sale = make_sale()
    make_order(sale, until="paid", packs=3)
    response = change(sale, "units", "2")
    assert "3 packs are ordered already." in error_beside(response, "units")


@pytest.mark.parametrize(("what", "value"), [("price", "0"), ("price", "x"), ("units", "0"), ("units", "")])
def test_a_change_to_nothing_is_refused(what: str, value: str) -> None:
    sale = make_sale()
    response = change(sale, what, value)
    assert response.status_code == 422
    assert error_beside(response, what)
    assert (sale.now_offered.price_fen, sale.now_offered.packs) == (3980, 100)


def test_an_offer_closed_meanwhile_is_not_changed() -> None:
    sale = make_sale()
    trade_operations.close_offer(by=sale.stall.chief, offer_id=sale.offer.id, now=NOW)
    response = change(sale, "price", "41.80")
    assert response.status_code == 422
    assert "It is off sale" in words(response)
    assert sale.now_offered.price_fen == 3980


def test_taking_an_offer_off_sale_frees_its_units_and_is_asked_about_first() -> None:
    sale = make_sale()
    client, page = browser(sale.stall.chief), f"/coop/sessions/{sale.session.id}/"
    assert 'data-confirm="Take this off sale?"' in client.get(page).content.decode()
    client.post(f"/coop/sessions/offers/{sale.offer.id}/close/")
    client.post(f"/coop/sessions/offers/{sale.offer.id}/close/")
    assert sale.now_offered.state == OfferState.CLOSED
    assert sale.stock.free == 1000


def test_a_host_does_not_change_offers_on_the_cooperatives_pages() -> None:
    sale = make_sale()
    response = browser(sale.stall.presenter).post(
        f"/coop/sessions/offers/{sale.offer.id}/", {"what": "price", "price": "1.00"}
    )
    assert response.status_code == 404
    assert sale.now_offered.price_fen == 3980


def test_a_version_made_later_does_not_change_what_a_session_sells_under() -> None:
    sale = make_sale()
    agreements_operations.revise(
        by=sale.stall.chief,
        agreement_id=sale.stall.version.agreement_id,
        terms=make_terms(product_code=sale.stall.lot.product.code, rebate_bp=4000),
        now=NOW,
    )
    page = words(browser(sale.stall.chief).get(f"/coop/sessions/{sale.session.id}/"))
    assert "version 1" in page
