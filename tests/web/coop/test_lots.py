"""Lots: the list with their units, and registering one."""

from typing import Any

import pytest
from django.test import Client

from fieldcast.catalog import queries as catalog
from fieldcast.catalog.types import LotState
from fieldcast.trace import queries as trace
from fieldcast.trace.types import EventKind
from tests.factories.catalog import make_plot
from tests.factories.market import Stall, make_stall
from tests.factories.trade import make_order, make_sale
from tests.web.shared.desk import CHINESE, browser
from tests.web.shared.reading import error_beside, hidden, typed, words

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def form_for(client: Client, stall: Stall, **changes: Any) -> dict[str, Any]:
    """A filled-in form for a new lot of the stall's plot."""
    filled = {
        "plot": stall.lot.plot.id,
        "product": stall.lot.product.id,
        "grade": "一级",
        "harvested_on": "2026-11-22",
        "quantity": "500",
    }
    return {**hidden(client.get("/coop/lots/new/")), **filled, **changes}


def lots_of(stall: Stall) -> int:
    """How many lots the cooperative has."""
    return catalog.lots(county_id=stall.county_id, cooperative_id=stall.cooperative.id).total


def test_a_lot_is_listed_with_where_all_of_it_is() -> None:
    sale = make_sale(quantity=1000, packs=100)
    make_order(sale, until="paid", packs=2)
    make_order(sale, until="reserved", packs=1)
    text = words(browser(sale.stall.chief).get("/coop/lots/"))
    assert f"{sale.stall.lot.code}" in text
    # picked 1000; sold 10, reserved 5, so 985 on hand of which 485 are in the offer
    assert "1,000 jin 985 jin 500 jin 5 jin 10 jin 0 jin Can be sold" in text


def test_lots_are_found_by_code_and_by_product() -> None:
    stall = make_stall()
    client = browser(stall.chief)
    assert stall.lot.code in words(client.get(f"/coop/lots/?q={stall.lot.code[-6:].lower()}"))
    assert stall.lot.code in words(client.get("/coop/lots/?q=黄桃"))
    nothing = words(client.get("/coop/lots/?q=nothing-like-it"))
    assert stall.lot.code not in nothing
    assert "Nothing found" in nothing


def test_lots_are_filtered_by_kind_and_state() -> None:
    stall = make_stall()
    client = browser(stall.chief)
    assert stall.lot.code in words(client.get("/coop/lots/?category=fruit&state=open"))
    assert stall.lot.code not in words(client.get("/coop/lots/?category=tea"))
    assert stall.lot.code not in words(client.get("/coop/lots/?state=stopped"))


def test_another_cooperatives_lots_are_not_listed() -> None:
    stall, other = make_stall(), make_stall()
    assert f"/coop/lots/{other.lot.id}/" not in browser(stall.chief).get("/coop/lots/").content.decode()


def test_registering_a_lot_begins_its_history() -> None:
    stall = make_stall()
    client = browser(stall.chief)
    response = client.post("/coop/lots/new/", form_for(client, stall), follow=True)
    newest = catalog.lots(county_id=stall.county_id, cooperative_id=stall.cooperative.id).items[0]
    assert response.redirect_chain == [(f"/coop/lots/{newest.id}/", 302)]
    assert (newest.quantity, newest.grade) == (500, "一级")
    assert [event.kind for event in trace.history(lot_id=newest.id).events] == [EventKind.HARVESTED]
    assert f"Lot {newest.code} is registered." in words(response)


def test_the_form_sent_twice_registers_one_lot() -> None:
    stall = make_stall()
    client = browser(stall.chief)
    form = form_for(client, stall)
    first, second = client.post("/coop/lots/new/", form), client.post("/coop/lots/new/", form)
    assert first["Location"] == second["Location"]
    assert lots_of(stall) == 2


def test_a_lot_larger_than_its_plot_can_bear_is_refused_with_the_figures_beside_the_field() -> None:
    stall = make_stall(quantity=1000)  # 10 mu × 4,000 jin
    client = browser(stall.chief)
    response = client.post("/coop/lots/new/", form_for(client, stall, quantity="39001"))
    assert response.status_code == 422
    beside = error_beside(response, "quantity")
    assert all(figure in beside for figure in ("10", "40,000", "4,000", "1,000", "39,001", "39,000"))
    assert typed(response, "quantity") == "39001"
    assert lots_of(stall) == 1


def test_exactly_what_the_plot_can_still_bear_is_taken() -> None:
    stall = make_stall(quantity=1000)
    client = browser(stall.chief)
    assert client.post("/coop/lots/new/", form_for(client, stall, quantity="39000")).status_code == 302


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"quantity": "0"}, "quantity"),
        ({"quantity": "3.5"}, "quantity"),
        ({"quantity": ""}, "quantity"),
        ({"quantity": "99999999999999999999"}, "quantity"),
        ({"harvested_on": "2026-11-23"}, "harvested_on"),
        ({"harvested_on": "yesterday"}, "harvested_on"),
        ({"plot": ""}, "plot"),
        ({"product": "999999"}, "product"),
        ({"grade": "无"}, "grade"),
    ],
)
def test_a_wrong_field_says_so_and_keeps_the_rest(changes: dict[str, str], field: str) -> None:
    stall = make_stall()
    client = browser(stall.chief)
    form = form_for(client, stall, **changes)
    response = client.post("/coop/lots/new/", form)
    assert response.status_code == 422
    assert error_beside(response, field)
    assert typed(response, "quantity") == form["quantity"]
    assert lots_of(stall) == 1


def test_a_plot_of_nobody_of_the_cooperative_cannot_be_chosen() -> None:
    stall = make_stall()
    elsewhere = make_plot(county_id=stall.county_id, cooperative=None)
    client = browser(stall.chief)
    response = client.post("/coop/lots/new/", form_for(client, stall, plot=elsewhere))
    assert response.status_code == 422
    assert error_beside(response, "plot")


def test_the_room_of_a_plot_is_shown_while_the_form_is_filled_in() -> None:
    stall = make_stall(quantity=1000)
    asked: dict[str, str | int] = {
        "plot": stall.lot.plot.id,
        "product": stall.lot.product.id,
        "harvested_on": "2026-11-22",
    }
    client = browser(stall.chief)
    room = client.get("/coop/lots/new/room/", {**asked, "quantity": "500"}, headers=HTMX)
    assert "10 mu × 4,000 jin a mu = 40,000 jin a season at most" in words(room)
    assert "1,000 jin are registered already, 39,000 jin can still be." in words(room)
    assert "more than the plot can bear" not in words(room)
    full = client.get("/coop/lots/new/room/", {**asked, "quantity": "39001"}, headers=HTMX)
    assert "This is more than the plot can bear." in words(full)


@pytest.mark.parametrize("quantity", ["", "x", "-1", "9" * 40])
def test_the_room_is_shown_whatever_is_being_typed(quantity: str) -> None:
    stall = make_stall()
    asked: dict[str, str | int] = {
        "plot": stall.lot.plot.id,
        "product": stall.lot.product.id,
        "harvested_on": "2026-13-99",
    }
    response = browser(stall.chief).get("/coop/lots/new/room/", {**asked, "quantity": quantity})
    assert response.status_code == 200
    assert "a season at most" in words(response)


def test_the_room_of_somebody_elses_plot_is_not_told() -> None:
    stall, other = make_stall(), make_stall()
    asked = {"plot": other.lot.plot.id, "product": stall.lot.product.id}
    assert "a season at most" not in words(browser(stall.chief).get("/coop/lots/new/room/", asked))


def test_the_pages_of_lots_speak_chinese() -> None:
    stall = make_stall()
    client = browser(stall.chief, language=CHINESE)
    assert "每一批都是：采收 = 库存 + 待付款 + 已售 + 报损。" in words(client.get("/coop/lots/"))
    page = words(client.get(f"/coop/lots/{stall.lot.id}/"))
    assert "采收 今天 14:00 王秀兰家 · 6 号园采了 1,000 斤 · 10 亩 · 等级：一级" in page


def test_the_list_takes_as_many_queries_for_many_lots_as_for_one(django_assert_max_num_queries: Any) -> None:
    from tests.factories.catalog import make_lot

    stall = make_stall()
    for _number in range(8):
        make_lot(cooperative=stall.cooperative, product_id=stall.lot.product.id)
    client = browser(stall.chief)
    with django_assert_max_num_queries(14):
        assert client.get("/coop/lots/").status_code == 200


def test_a_lot_nearly_sold_out_is_marked() -> None:
    sale = make_sale(quantity=50, packs=10, per_buyer_limit=9)
    make_order(sale, until="paid", packs=9)
    assert "Running low" in words(browser(sale.stall.chief).get("/coop/lots/"))
    assert catalog.lot(lot_id=sale.stall.lot.id).state == LotState.OPEN


def test_a_cooperative_without_plots_is_told_who_enters_them() -> None:
    from fieldcast.accounts.types import OrganisationKind
    from tests.factories.accounts import make_county, make_member, make_organisation

    lonely = make_organisation(county_id=make_county(), kind=OrganisationKind.COOPERATIVE)
    response = browser(make_member(organisation=lonely)).get("/coop/lots/new/")
    assert "No member's plot yet" in words(response)
    assert '<form class="form' not in response.content.decode()
