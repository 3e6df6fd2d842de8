"""What the cooperative's doors say to whom they stay shut. Who may open which is asked by `tests/flows/doors`."""

import pytest
from django.test import Client

from tests.factories.accounts import make_person
from tests.factories.trade import Sale, make_order, make_sale
from tests.web.shared.desk import browser, make_packer, settled_sale

pytestmark = pytest.mark.django_db
PLACES = (
    "/coop/",
    "/coop/lots/",
    "/coop/sessions/",
    "/coop/orders/",
    "/coop/orders/list.csv",
    "/coop/statements/",
    "/coop/agreements/",
    "/coop/outside/",
    "/coop/outside/orders/",
)
MANAGERS_PLACES = (
    "/coop/lots/new/",
    "/coop/sessions/new/",
    "/coop/agreements/new/",
    "/coop/agreements/compose/",
    "/coop/outside/upload/",
)


def buttons(sale: Sale) -> list[str]:
    """Addresses that only take what is pressed."""
    lot, session = f"/coop/lots/{sale.stall.lot.id}", f"/coop/sessions/{sale.session.id}"
    order = make_order(sale)
    return [
        f"/coop/orders/{order.number}/refund/again/",
        f"{lot}/write-off/",
        f"{lot}/state/",
        f"{session}/open/",
        f"{session}/end/",
        f"{session}/cancel/",
        f"/coop/sessions/offers/{sale.offer.id}/close/",
    ]


def test_a_visitor_is_asked_to_sign_in_and_comes_back_to_the_page() -> None:
    for address in (*PLACES, *MANAGERS_PLACES):
        response = Client().get(address)
        assert response.status_code == 302, address
        assert response["Location"].startswith("/accounts/login/?next=/coop/"), address


def test_someone_of_another_kind_of_place_is_told_whom_the_page_is_for() -> None:
    sale = make_sale()
    for person in (sale.stall.presenter, make_person(county_id=sale.stall.county_id)):
        client = browser(person)
        for address in (*PLACES, *MANAGERS_PLACES):
            response = client.get(address)
            assert response.status_code == 403, address
            assert "This page is for people of a cooperative." in response.content.decode(), address


def test_staff_are_told_who_decides() -> None:
    packer = browser(make_packer(make_sale().stall))
    for address in MANAGERS_PLACES:
        response = packer.get(address)
        assert response.status_code == 403, address
        assert "its owner and managers" in response.content.decode(), address


def test_a_step_is_not_taken_by_looking() -> None:
    sale = make_sale()
    chief = browser(sale.stall.chief)
    assert {chief.get(address).status_code for address in buttons(sale)} == {405}


def test_what_is_not_there_is_not_found() -> None:
    chief = browser(make_sale().stall.chief)
    for address in (
        "/coop/lots/999999999/",
        "/coop/sessions/99999999999999999999999/",
        "/coop/orders/D1-NO/",
    ):
        assert chief.get(address).status_code == 404, address


def test_no_query_string_is_an_error() -> None:
    sale = settled_sale()
    chief = browser(sale.stall.chief)
    queries = (
        "page=0&q=%00",
        "page=-3&since=2026-99-99",
        "page=99999999999999&state=zzz&category=zzz&session=zzz",
        "page=x",
    )
    asked = [f"{place}?{query}" for place in PLACES for query in queries]
    answers = {address: chief.get(address).status_code for address in asked}
    assert {address: status for address, status in answers.items() if status != 200} == {}
