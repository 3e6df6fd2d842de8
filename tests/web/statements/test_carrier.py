"""A carrier's statements."""

import pytest

from tests.factories.market import make_stall
from tests.factories.trade import make_sale
from tests.web.shared.desk import browser, settle
from tests.web.shared.reading import words

pytestmark = pytest.mark.django_db


def test_a_carrier_sees_what_each_session_brought() -> None:
    sale = make_sale()
    settle(sale, packs=2)
    text = words(browser(sale.stall.driver).get("/statements/carrier/"))
    assert "Live with Qingshan" in text
    assert "¥17.20" in text  # two boxes at ¥8.60


def test_a_carrier_without_statements_is_told_when_the_first_comes() -> None:
    stall = make_stall()
    assert "No statement yet" in words(browser(stall.driver).get("/statements/carrier/"))
    assert "Nothing found" in words(browser(stall.driver).get("/statements/carrier/?q=x"))


def test_others_are_told_whom_the_page_is_for() -> None:
    response = browser(make_stall().chief).get("/statements/carrier/")
    assert response.status_code == 403
    assert "This page is for people of a carrier." in words(response)
