"""The county's pages are for its authority alone."""

import pytest
from django.test import Client

from fieldcast.accounts.types import OrganisationKind
from tests.factories.accounts import make_member, make_organisation, make_person
from tests.factories.trade import make_order, make_sale
from tests.web.coop.desk import CHINESE, browser, make_officer, words
from tests.web.county.office import Desk, make_desk

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]


def doors(desk: Desk) -> list[str]:
    """Every page of the county."""
    order = make_order(desk.sale)
    pages = ["", "attention/", "histories/", "notices/", "households/", "households/?format=csv", "sessions/"]
    pages += [f"sessions/{desk.sale.session.id}/", "orders/", f"orders/{order.number}/"]
    pages += ["settlement/", "settlement/?format=csv", "checks/"]
    pages += [f"figures/{slug}/" for slug in ("sales", "share", "in-time", "refunds", "orders")]
    return [f"/county/{page}" for page in pages]


def test_every_door_opens_to_the_authority() -> None:
    desk = make_desk()
    for address in doors(desk):
        assert desk.client.get(address).status_code == 200, address


def test_every_door_is_shut_to_everyone_else_who_is_told_whom_it_is_for() -> None:
    desk = make_desk()
    stall = desk.sale.stall
    centre = make_organisation(
        county_id=desk.county_id, kind=OrganisationKind.SERVICE_CENTRE, name="服务中心"
    )
    others = [
        stall.chief,
        stall.presenter,
        stall.driver,
        make_person(county_id=desk.county_id),
        make_member(organisation=centre),
    ]
    for person in others:
        client = browser(person)
        for address in doors(desk):
            response = client.get(address)
            assert response.status_code == 403, address
            assert "This page is for people of the county's authority." in words(response)
        assert client.post("/county/checks/").status_code == 403


def test_a_shut_door_speaks_chinese() -> None:
    desk = make_desk()
    text = words(browser(desk.sale.stall.chief, language=CHINESE).get("/county/"))
    assert "县监管部门的人" in text


def test_an_officer_of_another_county_sees_their_own() -> None:
    desk = make_desk()
    order = make_order(desk.sale)
    stranger = browser(make_officer(make_sale().stall.county_id))
    assert stranger.get("/county/").status_code == 200
    for address in (f"/county/sessions/{desk.sale.session.id}/", f"/county/orders/{order.number}/"):
        assert stranger.get(address).status_code == 404


def test_who_is_not_signed_in_is_asked_to_sign_in() -> None:
    for address in doors(make_desk()):
        response = Client().get(address)
        assert response.status_code == 302, address
        assert response["Location"].startswith("/accounts/login/"), address


def test_pages_that_only_show_take_nothing() -> None:
    desk = make_desk()
    for address in doors(desk):
        if address != "/county/checks/":
            assert desk.client.post(address).status_code == 405, address
