"""An order's steps on pages: who did what and when for those who sell and supervise, plain words for its buyer."""

import re
from typing import Any

import pytest

from fieldcast.trade import operations as trade_operations
from fieldcast.trade.types import OrderState, OrderView
from fieldcast.web.shared.order_told import TITLES
from tests.factories.trade import HOLD_SECONDS, Sale, later, make_buyer, make_order, make_sale, place
from tests.web.shared.desk import CHINESE, browser, make_officer, make_packer
from tests.web.shared.reading import english_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def sale() -> Sale:
    return make_sale()


def journey(response: Any) -> list[str]:
    """The steps of a page, in words, the newest first."""
    page = response.content.decode()
    (found,) = re.findall(r'<ol class="journey">(.*?)</ol>', page, re.S)
    steps = re.findall(r"<li>(.*?)</li>", found, re.S)
    return [" ".join(re.sub(r"<[^>]+>", " ", step).split()) for step in steps]


def packed_by(sale: Sale, order: OrderView, name: str) -> None:
    packer = make_packer(sale.stall)
    type(packer).objects.filter(pk=packer.pk).update(display_name=name)
    trade_operations.pack(by=packer, order_id=order.id, now=later(60))


def test_seller_and_authority_read_who_did_what_and_when(sale: Sale) -> None:
    order = make_order(sale, by=make_buyer(sale))
    packed_by(sale, order, "小工")
    officer = make_officer(sale.stall.county_id)
    for person, page in ((sale.stall.chief, "coop"), (officer, "county")):
        assert journey(browser(person).get(f"/{page}/orders/{order.number}/")) == [
            "Packed 2026-11-22 14:01 小工",
            "Paid 2026-11-22 14:00 the payment provider",
            "Ordered 2026-11-22 14:00 小满, the buyer",
        ]


def test_the_buyer_reads_what_happened_and_no_name_of_anyone_who_works_there(sale: Sale) -> None:
    buyer = make_buyer(sale)
    order = make_order(sale, by=buyer)
    packed_by(sale, order, "包装员老赵")
    trade_operations.ship(
        by=sale.stall.chief,
        order_id=order.id,
        carrier_id=sale.stall.carrier.id,
        tracking_number="YT99990001",
        now=later(120),
    )
    page = browser(buyer).get(f"/me/orders/{order.number}/")
    assert "包装员老赵" not in page.content.decode()
    told = journey(page)
    assert [one.split(" ")[0] for one in told] == ["Handed", "Packed", "Paid", "Ordered"]
    assert all("Qingshan" in one for one in told[:2])
    assert "社长" not in " ".join(told)


def test_an_end_says_why(sale: Sale) -> None:
    buyer = make_buyer(sale)
    given_back, left = make_order(sale, by=buyer), place(sale, by=buyer)
    trade_operations.refund_order(by=sale.stall.chief, order_id=given_back.id, reason="烂果", now=later(20))
    trade_operations.expire_due(now=later(HOLD_SECONDS))
    newest, *_older = journey(browser(buyer).get(f"/me/orders/{given_back.number}/"))
    assert newest.startswith("Given back before it was sent")
    assert newest.endswith("烂果")
    newest, *_older = journey(browser(sale.stall.chief).get(f"/coop/orders/{given_back.number}/"))
    assert newest == "Given back before it was sent 2026-11-22 14:00 社长 · 烂果"
    newest, *_older = journey(browser(sale.stall.chief).get(f"/coop/orders/{left.number}/"))
    assert newest == "It was not paid in time 2026-11-22 14:15 the platform"


def test_what_nobody_speaks_of_counts_as_received(sale: Sale) -> None:
    buyer = make_buyer(sale)
    order = make_order(sale, by=buyer, until="shipped")
    trade_operations.receive_overdue(now=later(11 * 24 * 3600))
    newest, *_older = journey(browser(buyer).get(f"/me/orders/{order.number}/"))
    assert "nobody said otherwise in time" in newest


def test_every_state_has_its_words_and_they_are_chinese(sale: Sale) -> None:
    assert set(TITLES) == set(OrderState)
    order = make_order(sale, until="closed", by=make_buyer(sale))
    for person, page in (
        (sale.stall.chief, "coop/orders"),
        (make_officer(sale.stall.county_id), "county/orders"),
        (type(sale.stall.chief).objects.get(pk=order.buyer_id), "me/orders"),
    ):
        shown = browser(person, language=CHINESE).get(f"/{page}/{order.number}/")
        assert len(journey(shown)) == 6
        assert english_in(f"<ol>{' '.join(journey(shown))}</ol>") == []
