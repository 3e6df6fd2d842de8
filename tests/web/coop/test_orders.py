"""The orders' table, one order, and the list as a file."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest

from fieldcast.accounts.models import PersonalDataRead
from fieldcast.trade import queries as trade
from fieldcast.web.coop.views import orders as orders_page
from tests.factories.accounts import NOW
from tests.factories.market import make_stall
from tests.factories.trade import (
    DELIVERY,
    Sale,
    make_offer,
    make_order,
    make_sale,
    place,
    sale_with_paid,
    sale_with_shipped,
)
from tests.web.shared.clock import Turn
from tests.web.shared.desk import CHINESE, browser, make_packer
from tests.web.shared.reading import hidden, words

pytestmark = pytest.mark.django_db


def rows_of(response: Any) -> list[list[str]]:
    """The rows of a CSV file."""
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_what_waits_to_be_packed_is_grouped_by_offer() -> None:
    sale = make_sale()
    eggs = make_offer(
        sale.stall,
        sale.session,
        title="大果 10 斤装",
        title_en="Large, 10 jin",
        pack_units=10,
        packs=5,
        price_fen=6980,
    )
    make_order(sale, until="paid", packs=3)
    make_order(sale, until="paid", packs=2)
    other = place(sale, offer=eggs)
    from tests.factories.trade import pay

    pay(sale, other)
    text = words(browser(sale.stall.chief).get("/coop/orders/"))
    assert "Yellow peaches, box of 5 jin 5 boxes" in text
    assert "Large, 10 jin 1 box" in text
    assert text.count("D26") >= 3


def test_the_longest_waiting_order_stands_first() -> None:
    sale = make_sale()
    second = make_order(sale, now=NOW + timedelta(seconds=60))
    first = make_order(sale, now=NOW)
    text = words(browser(sale.stall.chief).get("/coop/orders/"))
    assert text.index(first.number) < text.index(second.number)


def test_orders_are_filtered_by_state_session_and_number() -> None:
    sale, other = make_sale(), make_sale()
    paid, packed = make_order(sale), make_order(sale, until="packed")
    client = browser(sale.stall.chief)
    assert packed.number not in words(client.get("/coop/orders/"))
    listed = words(client.get("/coop/orders/?state=packed"))
    assert packed.number in listed
    assert paid.number not in listed
    everything = words(client.get("/coop/orders/?state=all"))
    assert paid.number in everything
    assert packed.number in everything
    found = words(client.get(f"/coop/orders/?q={packed.number[-5:].lower()}"))
    assert packed.number in found
    assert paid.number not in found
    assert paid.number in words(client.get(f"/coop/orders/?state=all&session={sale.session.id}"))
    assert "Nothing found" in words(client.get(f"/coop/orders/?state=all&session={other.session.id}"))


def test_an_order_late_to_be_sent_is_marked(clock: Turn) -> None:
    sale, order = sale_with_paid()
    client = browser(sale.stall.chief)
    assert "Late" not in words(client.get("/coop/orders/"))
    clock(NOW + timedelta(hours=49))
    client = browser(sale.stall.chief)
    assert "Late" in words(client.get("/coop/orders/"))
    assert "Late" in words(client.get(f"/coop/orders/{order.number}/"))


def test_nothing_to_pack_says_so() -> None:
    assert "Everything is packed" in words(browser(make_sale().stall.chief).get("/coop/orders/"))


@pytest.fixture
def short_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three orders are a page, so that a second page takes four."""
    monkeypatch.setattr(orders_page, "A_PAGE", 3)


@pytest.mark.usefixtures("short_pages")
def test_long_lists_have_pages() -> None:
    sale = make_sale()
    for _number in range(4):
        make_order(sale, until="reserved")
    client = browser(sale.stall.chief)
    assert "Page 1 of 2" in words(client.get("/coop/orders/?state=all"))
    assert "Page 2 of 2" in words(client.get("/coop/orders/?state=all&page=2"))


def test_an_order_shows_its_address_masked_until_somebody_asks_to_pack_it() -> None:
    sale, order = sale_with_paid()
    packer = make_packer(sale.stall)
    client, page = browser(packer), f"/coop/orders/{order.number}/"
    masked = words(client.get(page))
    assert "李** 138****8000" in masked
    assert DELIVERY.line not in masked
    assert not PersonalDataRead.objects.exists()
    whole = words(client.post(page))
    assert "李小满 13800138000" in whole
    assert DELIVERY.line in whole
    (read,) = PersonalDataRead.objects.all()
    assert (read.reader_id, read.subject) == (packer.pk, f"order {order.number}")


def test_an_order_that_is_on_its_way_keeps_its_address_masked() -> None:
    sale, order = sale_with_shipped()
    text = words(browser(sale.stall.chief).post(f"/coop/orders/{order.number}/"))
    assert DELIVERY.line not in text
    assert not PersonalDataRead.objects.exists()


def test_an_address_is_not_kept_by_the_browser() -> None:
    sale, order = sale_with_paid()
    response = browser(sale.stall.chief).post(f"/coop/orders/{order.number}/")
    assert "no-store" in response["Cache-Control"]


def test_a_buyer_of_the_order_does_not_see_it_on_the_sellers_pages() -> None:
    sale = make_sale()
    from tests.factories.trade import make_buyer

    buyer = make_buyer(sale)
    order = make_order(sale, by=buyer)
    assert browser(buyer).get(f"/coop/orders/{order.number}/").status_code == 404


def test_only_owners_and_managers_are_offered_to_give_money_back() -> None:
    sale, order = sale_with_paid()
    page = f"/coop/orders/{order.number}/"
    assert "Give money back" in words(browser(sale.stall.chief).get(page))
    assert "Give money back" not in words(browser(make_packer(sale.stall)).get(page))


def test_the_file_holds_what_is_listed_and_of_the_buyer_only_the_province() -> None:
    sale = make_sale()
    shipped = make_order(sale, until="shipped", packs=2)
    make_order(sale)
    response = browser(sale.stall.chief).get("/coop/orders/list.csv?state=shipped")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="orders-20261122.csv"'
    heading, *rows = rows_of(response)
    assert [row[0] for row in rows] == [shipped.number]
    found = dict(zip(heading, rows[0], strict=True))
    assert (found["Packs"], found["Amount (¥)"], found["Province"]) == ("2", "79.60", "浙江省")
    text = response.content.decode()
    for private in ("李小满", "小满", "13800138000", "西湖区", "文三路", "杭州"):
        assert private not in text


@pytest.mark.usefixtures("short_pages")
def test_the_file_holds_every_page_of_the_list() -> None:
    sale = make_sale()
    for _number in range(4):
        make_order(sale, until="reserved")
    assert len(rows_of(browser(sale.stall.chief).get("/coop/orders/list.csv?state=all"))) == 5


def test_a_title_that_looks_like_a_formula_is_not_run_by_a_spreadsheet() -> None:
    sale = make_sale(title="=1+1", title_en='=HYPERLINK("http://evil")')
    make_order(sale)
    rows = rows_of(browser(sale.stall.chief).get("/coop/orders/list.csv"))
    assert rows[1][3] == '\'=HYPERLINK("http://evil"), 5 jin'


def test_the_table_takes_as_many_queries_for_many_orders_as_for_one(
    django_assert_max_num_queries: Any,
) -> None:
    sale = make_sale()
    for _number in range(12):
        make_order(sale)
    client = browser(sale.stall.chief)
    with django_assert_max_num_queries(18):
        assert client.get("/coop/orders/").status_code == 200


def test_the_orders_speak_chinese() -> None:
    sale, _order = sale_with_paid()
    text = words(browser(sale.stall.chief, language=CHINESE).get("/coop/orders/"))
    assert "打包清单" in text
    assert "已付款，待打包" in text
    rows = rows_of(browser(sale.stall.chief, language=CHINESE).get("/coop/orders/list.csv"))
    assert rows[0][:3] == ["订单", "状态", "场次"]


def test_another_cooperatives_orders_are_not_listed() -> None:
    sale, other = make_sale(), make_stall()
    order = make_order(sale)
    client = browser(other.chief)
    assert order.number not in words(client.get("/coop/orders/?state=all"))
    assert order.number not in client.get("/coop/orders/list.csv?state=all").content.decode()


def test_a_form_remembers_the_filter_it_was_sent_from() -> None:
    sale: Sale = make_sale()
    make_order(sale, until="packed")
    client = browser(sale.stall.chief)
    page = client.get("/coop/orders/?state=packed")
    assert hidden(page)["back"] == "/coop/orders/?state=packed"
    assert trade.orders_of_seller(seller_id=sale.stall.cooperative.id).total == 1
