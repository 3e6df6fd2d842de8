"""What is said when something is bought: how much is in a pack, carriage, when it comes, what if it spoils."""

from datetime import timedelta

import pytest
from django.test import Client

from fieldcast.catalog.words import with_pack
from fieldcast.trade import operations as trade_operations
from fieldcast.trade import queries as trade
from tests.factories.accounts import NOW
from tests.factories.trade import Sale, make_buyer, make_order, make_sale, place
from tests.web.shared.reading import text_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("脆柿", "脆柿 5 斤装"),
        ("脆柿 5 斤装", "脆柿 5 斤装"),
        ("脆柿五斤装", "脆柿五斤装"),
        ("脆柿 15 斤装", "脆柿 15 斤装 5 斤装"),
    ],
)
def test_a_name_says_how_much_is_in_the_box(title: str, shown: str) -> None:
    assert with_pack(title, pack_units=5, unit="jin") == shown


def test_the_sheet_the_order_and_the_label_say_it_too() -> None:
    sale = make_sale(title="脆柿", title_en="")
    buyer = make_buyer(sale)
    client = Client()
    client.force_login(buyer)
    order = make_order(sale, by=buyer)
    for address in (f"/buy/{sale.offer.id}/", f"/me/orders/{order.number}/", f"/live/{sale.session.id}/"):
        assert "脆柿 5 斤装" in client.get(address).content.decode(), address
    client.force_login(sale.stall.chief)
    assert "脆柿 5 斤装" in client.get("/coop/orders/labels/", {"o": order.number}).content.decode()


def test_the_cashier_is_told_what_is_paid_for_and_how_many() -> None:
    sale = make_sale(title="脆柿", title_en="")
    buyer = make_buyer(sale)
    placed = place(sale, by=buyer, packs=2)
    url = trade_operations.start_payment(
        by=buyer, order_id=placed.order_id, return_url="http://x/", now=NOW
    ).url
    assert "%E8%84%86%E6%9F%BF+5+%E6%96%A4%E8%A3%85+%C3%97+2" in url.replace("%20", "+")


def test_the_sheet_says_carriage_sending_and_what_if_it_spoils() -> None:
    sale = make_sale()
    text = text_of(Client().get(f"/buy/{sale.offer.id}/").content.decode())
    for words in ("包邮", "付款后 48 小时内发货", "收到后", "就退钱"):
        assert words in text
    assert "天送到" not in text


def test_how_long_it_takes_is_said_once_enough_buyers_have_had_theirs() -> None:
    sale = make_sale(per_buyer_limit=100)
    seller = sale.stall.cooperative.id
    for days in (1, 1, 2, 3):
        arrive(sale, days)
    assert trade.usual_days(seller_id=seller, now=NOW + timedelta(days=5)) is None
    arrive(sale, 2)
    assert trade.usual_days(seller_id=seller, now=NOW + timedelta(days=5)) == 2
    assert trade.usual_days(seller_id=seller, now=NOW + timedelta(days=500)) is None


def arrive(sale: Sale, days: int) -> None:
    """A parcel that its buyer had after so many days."""
    buyer = make_buyer(sale)
    order = make_order(sale, until="shipped", by=buyer)
    trade_operations.receive(by=buyer, order_id=order.id, now=NOW + timedelta(days=days))


def test_a_refunded_order_shows_what_is_left_as_its_total() -> None:
    sale = make_sale()
    buyer = make_buyer(sale)
    order = make_order(sale, until="received", by=buyer, packs=2)
    trade_operations.refund_after_sale(
        by=sale.stall.chief, order_id=order.id, amount_fen=3980, reason="坏了一盒", now=NOW
    )
    for person, address in (
        (buyer, f"/me/orders/{order.number}/"),
        (sale.stall.chief, f"/coop/orders/{order.number}/"),
    ):
        client = Client()
        client.force_login(person)
        text = " ".join(text_of(client.get(address).content.decode()).split())
        assert "已付款 ¥79.60 已退款 −¥39.80 退款后实付 ¥39.80" in text, address
