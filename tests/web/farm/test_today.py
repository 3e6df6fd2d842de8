"""The farmer's day: the next session, what is to be sent, the money and why, what is registered, what is missing."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.operations import add_member
from fieldcast.accounts.types import Role
from fieldcast.live import operations as live_operations
from fieldcast.trace.types import EventKind
from fieldcast.trade import operations as trade_operations
from tests.factories.accounts import NOW, make_person
from tests.factories.catalog import make_lot
from tests.factories.market import Stall, make_stall
from tests.factories.trace import make_event
from tests.factories.trade import make_order, make_sale, make_session
from tests.web.shared.clock import Turn
from tests.web.shared.desk import CHINESE, browser, make_farmer, settle, settled_sale
from tests.web.shared.reading import words

pytestmark = pytest.mark.django_db
PLACES = ("/farm/", "/farm/lots/", "/farm/statements/")


def inspect(stall: Stall) -> None:
    """A test of the stall's lot."""
    make_event(stall.lot, EventKind.INSPECTED, by=stall.chief)


@pytest.mark.parametrize("address", PLACES)
def test_the_farmer_opens_every_page_and_others_are_told_whom_it_is_for(address: str) -> None:
    sale = make_sale()
    assert browser(make_farmer(sale.stall)).get(address).status_code == 200
    for person in (sale.stall.chief, make_person(county_id=sale.stall.county_id)):
        refused = browser(person).get(address)
        assert refused.status_code == 403
        assert "This page is for farm households." in words(refused)
    assert Client().get(address)["Location"].startswith("/accounts/login/")


def test_a_first_day_says_what_will_stand_here() -> None:
    text = words(browser(make_farmer(make_stall())).get("/farm/"))
    assert "王秀兰, Good afternoon" in text
    assert "No session is planned" in text
    assert "Nothing waits." in text
    assert "The first money comes when the first sale is final." in text


def test_the_greeting_is_in_chinese_and_of_the_hour(clock: Turn) -> None:
    clock(NOW - timedelta(hours=7))
    text = words(browser(make_farmer(make_stall()), language=CHINESE).get("/farm/"))
    assert "王秀兰，早上好" in text
    assert "11月22日" in text


def test_the_session_that_is_live_stands_first() -> None:
    sale = make_sale()
    response = browser(make_farmer(sale.stall)).get("/farm/")
    assert "Live now “Live with Qingshan” with" in words(response)
    assert f'class="go-live" href="/live/{sale.session.id}/"' in response.content.decode()


def test_else_the_next_session_of_the_own_cooperative(clock: Turn) -> None:
    stall, other = make_stall(), make_stall()
    make_session(other, open_=False)
    later = make_session(stall, open_=False)
    sooner = make_session(stall, open_=False)
    live_operations.edit(
        by=stall.chief, session_id=later.id, starts_at=NOW + timedelta(days=2), title="后天", now=NOW
    )
    live_operations.edit(
        by=stall.chief, session_id=sooner.id, starts_at=NOW + timedelta(hours=5), title="今晚", now=NOW
    )
    text = words(browser(make_farmer(stall), language=CHINESE).get("/farm/"))
    assert "今天 19:00" in text
    assert "播“今晚”" in text
    assert "后天" not in text


def test_boxes_from_the_own_plots_that_wait_are_counted() -> None:
    sale = make_sale()
    other = make_lot(cooperative=sale.stall.cooperative, product_id=sale.stall.lot.product.id)
    make_order(sale, until="paid", packs=3)
    make_order(sale, until="paid", packs=1)
    from tests.factories.trade import make_offer, pay, place

    theirs = make_offer(sale.stall, sale.session, lot_id=other.id, packs=5)
    pay(sale, place(sale, offer=theirs))
    text = words(browser(make_farmer(sale.stall)).get("/farm/"))
    assert "waiting since just now 4 boxes Yellow peaches, box of 5 jin × 4" in text


def test_the_money_leads_to_how_each_fen_came_about() -> None:
    sale = make_sale()
    settle(sale, packs=2)
    farmer = make_farmer(sale.stall)
    from fieldcast.settlement import queries as settlement

    household = accounts.memberships_of(person_id=farmer.pk)[0].organisation
    (statement,) = settlement.statements(county_id=household.county_id, organisation_id=household.id).items
    # settled an hour after the clock of the page, so turn to the next day to look back on it
    page = browser(farmer).get("/farm/").content.decode()
    assert f'href="/statements/{statement.id}/"' in page
    assert "How each fen came about" in page


def test_the_last_thirty_days_are_added_up(clock: Turn) -> None:
    sale = settled_sale()
    farmer = make_farmer(sale.stall)
    clock(NOW + timedelta(days=1))
    assert "The last 30 days" in words(browser(farmer).get("/farm/"))
    assert "¥20.45" in words(browser(farmer).get("/farm/"))
    clock(NOW + timedelta(days=40))
    assert "¥0.00" in words(browser(farmer).get("/farm/"))


def test_a_lot_on_sale_without_a_test_is_the_one_thing_to_fix() -> None:
    stall = make_stall()
    client = browser(make_farmer(stall))
    assert f"Yellow peach {stall.lot.code} has no test yet" in words(client.get("/farm/"))
    inspect(stall)
    assert "has no test yet" not in words(client.get("/farm/"))


def test_the_season_shows_what_is_picked_beside_what_the_plot_can_bear() -> None:
    stall = make_stall(quantity=4000)
    text = words(browser(make_farmer(stall)).get("/farm/"))
    assert "4,000 jin picked of 40,000 jin the plot can bear 10%" in text


def test_the_lots_show_what_is_sold_and_lost() -> None:
    sale = make_sale(quantity=1000)
    make_order(sale, until="paid", packs=2)
    trade_operations.write_off(
        by=sale.stall.chief, lot_id=sale.stall.lot.id, units=30, reason="霜冻", now=NOW
    )
    text = words(browser(make_farmer(sale.stall)).get("/farm/lots/"))
    assert "10 jin of 1,000 jin sold · 30 jin lost" in text


def test_a_neighbours_lots_and_money_are_not_shown() -> None:
    sale = settled_sale()
    neighbour = make_lot(cooperative=sale.stall.cooperative, product_id=sale.stall.lot.product.id)
    from tests.factories.accounts import make_member

    household = accounts.organisation(organisation_id=neighbour.plot.household_id)
    client = browser(make_member(organisation=household, name="邻居"))
    assert sale.stall.lot.code not in words(client.get("/farm/lots/"))
    assert "No statement yet" in words(client.get("/farm/statements/"))


def test_a_farmer_of_two_households_picks_one() -> None:
    first, second = make_stall(), make_stall()
    farmer = make_farmer(first)
    household = accounts.organisation(organisation_id=second.lot.plot.household_id)
    add_member(person_id=farmer.pk, organisation_id=household.id, role=Role.OWNER)
    client = browser(farmer)
    assert f"/lots/{first.lot.id}/" in client.get("/farm/lots/").content.decode()
    assert f"/lots/{second.lot.id}/" in client.get(f"/farm/lots/?org={household.code}").content.decode()
    assert f"/lots/{second.lot.id}/" in client.get("/farm/lots/").content.decode()


def test_the_income_lists_every_statement(clock: Turn) -> None:
    sale = settled_sale()
    clock(NOW + timedelta(days=1))
    text = words(browser(make_farmer(sale.stall)).get("/farm/statements/"))
    assert "The last 30 days ¥20.45" in text
    assert "Live with Qingshan" in text


def test_the_day_takes_no_more_queries_for_many_lots(django_assert_max_num_queries: Any) -> None:
    sale = make_sale()
    inspect(sale.stall)
    client = browser(make_farmer(sale.stall))
    with django_assert_max_num_queries(26):
        assert client.get("/farm/").status_code == 200
