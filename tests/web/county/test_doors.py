"""What the county's doors say to whom they stay shut. Who may open which is asked by `tests/flows/doors`."""

import pytest

from fieldcast.accounts.types import OrganisationKind
from tests.factories.accounts import make_member, make_organisation
from tests.factories.trade import make_order, make_sale
from tests.web.county.office import make_desk
from tests.web.shared.desk import CHINESE, browser, make_officer
from tests.web.shared.reading import words

pytestmark = pytest.mark.django_db


def test_who_is_not_of_the_authority_is_told_whom_the_pages_are_for() -> None:
    desk = make_desk()
    centre = make_organisation(
        county_id=desk.county_id, kind=OrganisationKind.SERVICE_CENTRE, name="服务中心"
    )
    for person in (desk.sale.stall.chief, make_member(organisation=centre)):
        response = browser(person).get("/county/")
        assert response.status_code == 403
        assert "This page is for people of the county's authority." in words(response)


def test_a_shut_door_speaks_chinese() -> None:
    text = words(browser(make_desk().sale.stall.chief, language=CHINESE).get("/county/"))
    assert "县监管部门的人" in text


def test_an_officer_of_another_county_sees_their_own() -> None:
    desk = make_desk()
    order = make_order(desk.sale)
    stranger = browser(make_officer(make_sale().stall.county_id))
    assert stranger.get("/county/").status_code == 200
    for address in (f"/county/sessions/{desk.sale.session.id}/", f"/county/orders/{order.number}/"):
        assert stranger.get(address).status_code == 404


def test_pages_that_only_show_take_nothing() -> None:
    desk = make_desk()
    for page in (
        "",
        "attention/",
        "histories/",
        "notices/",
        "households/",
        "sessions/",
        "orders/",
        "settlement/",
    ):
        assert desk.client.post(f"/county/{page}").status_code == 405, page
