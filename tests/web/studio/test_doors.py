"""A session's pages are for those who run it: its host's owners and managers, and its cooperative's."""

from typing import Any

import pytest
from django.test import Client

from fieldcast.accounts.models import Person
from fieldcast.accounts.types import Role
from fieldcast.live import operations as live
from fieldcast.live import queries
from fieldcast.live.types import MessageKind
from fieldcast.trade.types import OfferState
from tests.factories.accounts import NOW, make_member, make_person
from tests.factories.trade import Sale, make_buyer, make_sale
from tests.web.coop.desk import browser, make_officer

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]


def outsiders(sale: Sale) -> list[Person]:
    """Everyone who has no business in the studio of this session."""
    other = make_sale()
    return [
        make_person(county_id=sale.stall.county_id),
        sale.stall.driver,
        make_officer(sale.stall.county_id),
        make_member(organisation=sale.stall.host, role=Role.STAFF, name="助播"),
        other.stall.presenter,
    ]


def doors(sale: Sale) -> list[tuple[str, str, dict[str, Any]]]:
    """Every page and button of a session: method, address, form."""
    line = live.say(
        by=make_buyer(sale), session_id=sale.session.id, text="在吗", kind=MessageKind.QUESTION, now=NOW
    )
    here, offer = f"/studio/sessions/{sale.session.id}", f"/studio/offers/{sale.offer.id}"
    return [
        ("get", f"{here}/", {}),
        ("get", f"{here}/edit/", {}),
        ("get", f"{here}/offers/new/", {}),
        ("get", f"{offer}/", {}),
        ("post", f"{here}/edit/", {"title": "改", "starts_at": "2026-11-23T20:00"}),
        ("post", f"{here}/open", {}),
        ("post", f"{here}/end", {}),
        ("post", f"{here}/cancel", {}),
        ("post", f"{here}/report", {"units": "1", "amount": "1"}),
        ("post", f"{here}/explain", {"offer": sale.offer.id}),
        ("post", f"{here}/answer", {"question": line.id, "text": "在"}),
        ("post", f"{here}/announce", {"text": "大家好"}),
        ("post", f"{here}/transcribe", {"text": "今早采的"}),
        ("post", f"/studio/messages/{line.id}/hide", {}),
        ("post", f"{offer}/", {"what": "price", "price": "1"}),
        ("post", f"{offer}/close", {}),
    ]


def test_an_outsider_finds_nothing_behind_any_door_and_changes_nothing() -> None:
    sale = make_sale()
    for person in outsiders(sale):
        client = browser(person)
        for method, address, form in doors(sale):
            assert getattr(client, method)(address, form).status_code == 404, (method, address)
    session = queries.session(session_id=sale.session.id)
    assert (session.state, session.explaining_offer_id) == (sale.session.state, None)
    assert (sale.now_offered.price_fen, sale.now_offered.state) == (3980, OfferState.OPEN)
    assert queries.transcript(session_id=sale.session.id) == ()
    assert {one.kind for one in queries.recent_messages(session_id=sale.session.id)} == {MessageKind.QUESTION}


def test_who_is_not_signed_in_is_asked_to_sign_in_at_every_door() -> None:
    sale = make_sale()
    for method, address, form in doors(sale):
        response = getattr(Client(), method)(address, form)
        assert response.status_code == 302, address
        assert response["Location"].startswith("/accounts/login/"), address


def test_buttons_are_pressed_and_not_followed() -> None:
    sale = make_sale()
    client = browser(sale.stall.presenter)
    for method, address, _form in doors(sale):
        if method == "post" and not address.endswith("/"):
            assert client.get(address).status_code == 405, address


def test_a_form_from_elsewhere_is_refused() -> None:
    sale = make_sale()
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(sale.stall.presenter, backend="django.contrib.auth.backends.ModelBackend")
    assert strict.post(f"/studio/sessions/{sale.session.id}/end").status_code == 403


def test_the_cooperatives_chief_may_run_the_session_too() -> None:
    sale = make_sale()
    assert browser(sale.stall.chief).get(f"/studio/sessions/{sale.session.id}/").status_code == 200


@pytest.mark.parametrize("address", ["/studio/sessions/999999/", "/studio/offers/999999/"])
def test_what_is_not_there_is_not_found(address: str) -> None:
    assert browser(make_sale().stall.presenter).get(address).status_code == 404
