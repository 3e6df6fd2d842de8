"""The cooperative's day."""

from datetime import timedelta
from typing import Any

import pytest

from fieldcast.trade import operations as trade_operations
from tests.factories.accounts import NOW
from tests.factories.cover import make_fund
from tests.factories.market import make_stall
from tests.factories.trade import (
    Sale,
    later,
    make_offer,
    make_order,
    make_sale,
    make_session,
    sale_with_shipped,
)
from tests.web.shared.clock import Turn
from tests.web.shared.desk import CHINESE, browser, make_packer, settle, settled_sale
from tests.web.shared.reading import words

pytestmark = pytest.mark.django_db


def test_a_quiet_day_says_what_comes_next() -> None:
    text = words(browser(make_stall().chief).get("/coop/"))
    assert "Qingshan, Good afternoon" in text
    assert "Nothing to pack" in text
    assert "No session is planned." in text
    assert "No statement yet" in text


def test_the_day_shows_what_to_pack_who_is_live_and_the_money() -> None:
    sale = make_sale()
    make_order(sale, until="paid", packs=2)
    make_order(sale, until="paid", packs=1)
    text = words(browser(sale.stall.chief).get("/coop/"))
    assert "To pack the oldest paid just now 3 boxes in 2 orders" in text
    assert "Live now 0 watching Live with Qingshan" in text
    assert (
        "Kept until the sale is final Paid by buyers; shared out when the time for refunds is over. ¥119.40"
        in text
    )


def test_money_on_its_way_back_to_buyers_is_shown_apart() -> None:
    sale, order = sale_with_shipped()
    trade_operations.refund_after_sale(
        by=sale.stall.chief, order_id=order.id, amount_fen=800, reason="坏果", now=NOW
    )
    assert "Of it on its way back to buyers ¥8.00" in words(browser(sale.stall.chief).get("/coop/"))


def test_orders_that_should_have_been_sent_come_first(clock: Turn) -> None:
    sale = make_sale()
    paid, packed = make_order(sale), make_order(sale, until="packed")
    make_order(sale, now=later(3600 * 30))
    clock(NOW + timedelta(hours=49))
    text = words(browser(sale.stall.chief).get("/coop/"))
    assert "2 orders should have been sent by now" in text
    assert paid.number in text
    assert packed.number in text


def test_a_lot_nearly_gone_is_pointed_out() -> None:
    sale = make_sale(quantity=50, packs=10, per_buyer_limit=9)
    make_order(sale, until="paid", packs=9)
    assert "1 lot is nearly gone Yellow peach 5 jin" in words(browser(sale.stall.chief).get("/coop/"))


def test_what_is_owed_for_a_covered_guarantee_is_said() -> None:
    stall = make_stall()
    make_fund(stall, cash_fen=500_000)
    session = make_session(stall)
    sale = Sale(
        stall=stall,
        session=session,
        offer=make_offer(stall, session, price_fen=2000, covers_shortfall=True),
    )
    settle(sale)
    text = words(browser(sale.stall.chief).get("/coop/"))
    assert "Guarantees were covered: −¥" in text
    assert "It is taken from what the next statements bring." in text


def test_coming_sessions_and_newest_statements_lead_to_their_pages() -> None:
    sale = settled_sale()
    coming = make_session(sale.stall, open_=False)
    page = browser(sale.stall.chief).get("/coop/").content.decode()
    assert f'href="/coop/sessions/{coming.id}/"' in page
    assert 'href="/statements/' in page


def test_staff_are_not_offered_what_they_may_not_do() -> None:
    stall = make_stall()
    chief, packer = (
        browser(person).get("/coop/").content.decode() for person in (stall.chief, make_packer(stall))
    )
    assert "/coop/lots/new/" in chief
    assert "/coop/lots/new/" not in packer
    assert "/coop/sessions/new/" not in packer


def test_the_day_takes_no_more_queries_for_many_orders(django_assert_max_num_queries: Any) -> None:
    sale = make_sale()
    for _number in range(10):
        make_order(sale)
    client = browser(sale.stall.chief)
    with django_assert_max_num_queries(36):
        assert client.get("/coop/").status_code == 200


@pytest.mark.parametrize(
    ("hours", "greeting"), [(-8, "早上好"), (-2, "中午好"), (0, "下午好"), (6, "晚上好"), (10, "晚上好")]
)
def test_the_greeting_is_that_of_the_hour(clock: Turn, hours: int, greeting: str) -> None:
    clock(NOW + timedelta(hours=hours))
    assert f"青山合作社，{greeting}" in words(browser(make_stall().chief, language=CHINESE).get("/coop/"))


def test_the_statements_are_listed_and_found_by_number_or_session() -> None:
    sale = settled_sale()
    client = browser(sale.stall.chief)
    text = words(client.get("/coop/statements/"))
    assert "Live with Qingshan J26" in text
    assert "Live with Qingshan" in words(client.get("/coop/statements/?q=黄桃"))
    assert "Nothing found" in words(client.get("/coop/statements/?q=nothing"))
