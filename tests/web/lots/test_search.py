"""Searching the lots: what is found, and what there is instead when nothing is."""

import pytest
from django.test import Client

from fieldcast.accounts.types import OrganisationKind
from fieldcast.catalog.operations import set_lot_state
from fieldcast.catalog.types import LotState, LotView
from tests.factories.accounts import make_county, make_organisation
from tests.factories.catalog import make_lot
from tests.web.shared.clock import Turn
from tests.web.shared.reading import english_in, text_of


@pytest.fixture
def lot(db: None, clock: Turn) -> LotView:
    cooperative = make_organisation(county_id=make_county(), kind=OrganisationKind.COOPERATIVE)
    return make_lot(cooperative=cooperative)


def search(words: str) -> str:
    page: str = Client().get("/lots/", {"q": words}).content.decode()
    return page


def test_where_nothing_is_found_the_page_says_what_there_is(lot: LotView) -> None:
    page = search("红富士")
    assert "没有找到" in page
    assert f"比如 {lot.code}" in text_of(page)
    assert f'href="/lots/{lot.id}/"' in page
    assert english_in(page) == []


def test_what_may_not_be_sold_is_not_shown_instead(lot: LotView) -> None:
    set_lot_state(lot_id=lot.id, state=LotState.STOPPED)
    page = search("红富士")
    assert f'href="/lots/{lot.id}/"' not in page
    assert "看看全部批次吧" in text_of(page)


def test_what_is_found_stands_alone(lot: LotView) -> None:
    page = search("黄桃")
    assert f'href="/lots/{lot.id}/"' in page
    assert "现在有的" not in page
