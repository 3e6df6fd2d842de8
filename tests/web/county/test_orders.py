"""Orders under the county's eyes: where the parcel is, never to whom it goes."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fieldcast.trade import queries as trade
from fieldcast.web.county.views import orders
from tests.factories.trade import DELIVERY, Sale, later, make_offer, make_order, make_sale, make_session
from tests.web.county.office import Desk, make_desk, stick
from tests.web.shared.reading import words

pytestmark = pytest.mark.django_db


def second_sale(desk: Desk) -> Sale:
    """Another cooperative of the same county, selling."""
    from fieldcast.accounts.types import OrganisationKind
    from fieldcast.agreements import operations as agreements_operations
    from tests.factories.accounts import NOW, make_member, make_organisation
    from tests.factories.catalog import make_lot
    from tests.factories.market import Stall, everyone_agrees
    from tests.factories.terms import make_terms

    county_id = desk.county_id
    cooperative = make_organisation(county_id=county_id, kind=OrganisationKind.COOPERATIVE, name="云岭合作社")
    host = make_organisation(county_id=county_id, kind=OrganisationKind.HOST, name="茶姐")
    chief, lot = make_member(organisation=cooperative), make_lot(cooperative=cooperative)
    version = agreements_operations.create_agreement(
        by=chief,
        county_id=county_id,
        name="云岭",
        cooperative_id=cooperative.id,
        host_id=host.id,
        carrier_id=desk.sale.stall.carrier.id,
        terms=make_terms(product_code=lot.product.code),
        now=NOW,
    )
    presenter = make_member(organisation=host)
    stall = Stall(
        county_id=county_id,
        cooperative=cooperative,
        host=host,
        carrier=desk.sale.stall.carrier,
        chief=chief,
        presenter=presenter,
        driver=desk.sale.stall.driver,
        lot=lot,
        version=version,
    )
    everyone_agrees(stall, version.id)
    session = make_session(stall)
    return Sale(stall=stall, session=session, offer=make_offer(stall, session, title="茶叶"))


def shown(page: Any) -> list[str]:
    """The numbers of the orders on a page, in their order."""
    found = re.findall(r'href="/county/orders/([^/"?]+)/"', page.content.decode())
    return list(dict.fromkeys(found))


def test_orders_of_every_cooperative_stand_in_one_list_the_latest_first() -> None:
    desk = make_desk()
    other = second_sale(desk)
    placed = [make_order((desk.sale, other)[n % 2], now=later(n * 60)).number for n in range(6)]
    assert shown(desk.get("orders/")) == placed[::-1]


def test_pages_of_the_whole_list_neither_repeat_nor_skip_an_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(orders, "A_PAGE", 3)
    desk = make_desk(make_sale(packs=100))
    other = second_sale(desk)
    placed = [
        make_order(desk.sale if n % 4 else other, until="reserved", now=later(n * 60)).number
        for n in range(10)
    ]
    pages = [shown(desk.get("orders/", page=str(number))) for number in (1, 2, 3, 4)]
    assert [number for page in pages for number in page] == placed[::-1]
    assert shown(desk.get("orders/", page="99")) == pages[-1]
    assert shown(desk.get("orders/", page="x")) == pages[0]


def test_orders_are_filtered_by_state_and_cooperative() -> None:
    desk = make_desk()
    other = second_sale(desk)
    paid, sent = make_order(desk.sale).number, make_order(desk.sale, until="shipped").number
    theirs = make_order(other).number
    assert shown(desk.get("orders/", state="shipped")) == [sent]
    assert set(shown(desk.get("orders/", coop=desk.sale.stall.cooperative.code))) == {paid, sent}
    assert set(shown(desk.get("orders/", state="paid"))) == {paid, theirs}
    assert len(shown(desk.get("orders/", state="lost", coop="nobody"))) == 3
    assert "No order here" in words(desk.get("orders/", state="expired"))


def test_a_whole_number_leads_to_its_order_and_part_of_one_to_those_it_fits() -> None:
    desk = make_desk()
    order = make_order(desk.sale)
    make_order(desk.sale)
    assert desk.get("orders/", q=order.number.lower())["Location"] == f"/county/orders/{order.number}/"
    assert shown(desk.get("orders/", q=order.number[:7])) != []
    assert shown(desk.get("orders/", q="黄桃")) != []
    assert "No order matches" in words(desk.get("orders/", q="西瓜\x00"))


def test_an_order_shows_its_way_and_its_refunds_and_no_address() -> None:
    desk = make_desk()
    order = stick(desk.sale, 500)
    text = words(desk.get(f"orders/{order.number}/"))
    assert "坏果" in text
    assert "¥5.00" in text
    assert "Received 2026-11-22 14:00 小满, the buyer" in text
    assert "Zhejiang" in text
    for private in (DELIVERY.recipient, DELIVERY.phone, DELIVERY.line, DELIVERY.city, "138****8000"):
        assert private not in text
        assert private not in words(desk.get("orders/"))


def test_an_officers_own_order_shows_no_address_here_either() -> None:
    desk = make_desk()
    order = make_order(desk.sale, by=desk.officer)
    assert trade.order(order_id=order.id).delivery is not None
    assert DELIVERY.recipient not in words(desk.get(f"orders/{order.number}/"))


def test_an_order_of_another_county_is_not_there() -> None:
    desk = make_desk()
    theirs = make_order(make_sale())
    assert desk.get(f"orders/{theirs.number}/").status_code == 404
    assert desk.get("orders/D000000-NOTHING1/").status_code == 404
    assert shown(desk.get("orders/")) == []


def test_a_longer_list_takes_no_more_statements() -> None:
    desk = make_desk()
    counts = []
    for number in range(3):
        make_order(desk.sale, now=later(timedelta(minutes=number).total_seconds()))
        with CaptureQueriesContext(connection) as asked:
            desk.get("orders/")
        counts.append(len(asked))
    assert counts[0] == counts[-1] <= 16
