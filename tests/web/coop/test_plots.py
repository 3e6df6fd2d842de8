"""Plots: what grows there is declared, what is not declared is not picked there, and the sum is shown."""

from typing import Any

import pytest

from fieldcast.catalog import operations as catalog_operations
from fieldcast.catalog import queries as catalog
from tests.factories.accounts import NOW
from tests.factories.catalog import HARVEST_DAY, make_product
from tests.factories.market import Stall, make_stall
from tests.web.shared.desk import CHINESE, browser, make_packer
from tests.web.shared.reading import english_in, error_beside, hidden, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def stall() -> Stall:
    return make_stall(quantity=10_000)  # a quarter of 10 mu × 4,000 jin


def plot_page(stall: Stall) -> str:
    """The page of the stall's plot."""
    return f"/coop/plots/{stall.lot.plot.id}/"


def declare(stall: Stall, product_id: int, how: str = "years") -> Any:
    """Declare that the stall's plot grows a product."""
    form = {"product": product_id, "perennial": how}
    return browser(stall.chief).post(plot_page(stall), form, follow=True)


def register(stall: Stall, product_id: int, quantity: int) -> Any:
    """Register a lot of the stall's plot."""
    client, page = browser(stall.chief), "/coop/lots/new/"
    said = {"plot": stall.lot.plot.id, "product": product_id, "grade": "一级", "quantity": quantity}
    return client.post(page, {**hidden(client.get(page)), **said, "harvested_on": HARVEST_DAY.isoformat()})


def test_plots_are_listed_with_what_they_grow_and_how_much_is_taken(stall: Stall) -> None:
    page = browser(make_packer(stall)).get("/coop/plots/?q=6 号")
    assert "Yellow peach" in words(page)
    assert "25%" in words(page)
    assert plot_page(stall) not in page.content.decode()  # to declare is its owners' and managers'
    assert "Nothing found" in words(browser(stall.chief).get("/coop/plots/?q=没有这块"))


def test_what_is_not_declared_is_refused_and_the_way_to_declare_it_stands_there(stall: Stall) -> None:
    eggs = make_product(county_id=stall.county_id)
    refused = register(stall, eggs, 5)
    assert refused.status_code == 422
    assert "is not declared to grow this" in error_beside(refused, "product")
    assert f"{plot_page(stall)}?product={eggs}" in refused.content.decode()
    assert "is declared to grow this from now on" in words(declare(stall, eggs))
    assert register(stall, eggs, 5).status_code == 302


def test_the_refusal_shows_the_sum_over_everything_that_grows_there(stall: Stall) -> None:
    plums = make_product(county_id=stall.county_id)
    declare(stall, plums)
    refused = register(stall, plums, 30_001)
    beside = error_beside(refused, "quantity")
    assert all(figure in beside for figure in ("10,000 jin (25%)", "30,001 jin", "at most 30,000 jin"))
    assert register(stall, plums, 30_000).status_code == 302
    assert "100%" in words(browser(stall.chief).get(plot_page(stall)))
    assert "100%" in words(browser(stall.chief).get(f"/lots/{stall.lot.id}/"))


def test_a_crop_is_declared_once_and_taken_out(stall: Stall) -> None:
    product_id = stall.lot.product.id
    assert "is declared to grow that already" in error_beside(declare(stall, product_id), "product")
    browser(stall.chief).post(f"{plot_page(stall)}end/", {"product": product_id})
    assert catalog.crops_of_plots(plot_ids=[stall.lot.plot.id])[stall.lot.plot.id] == ()
    assert register(stall, product_id, 5).status_code == 422


def test_its_pages_are_in_chinese(stall: Stall) -> None:
    vegetable = make_product(county_id=stall.county_id)
    catalog_operations.declare_crop(
        by=stall.chief, plot_id=stall.lot.plot.id, product_id=vegetable, perennial=False, now=NOW
    )
    client = browser(stall.chief, language=CHINESE)
    for page in ("/coop/plots/", plot_page(stall)):
        assert english_in(client.get(page).content.decode()) == []
