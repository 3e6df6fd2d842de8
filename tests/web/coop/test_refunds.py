"""Giving money back: whole before shipment, in part after it, never twice and never more than is left."""

from datetime import timedelta
from typing import Any

import pytest

from fieldcast.trade import queries as trade
from fieldcast.trade.models import Refund
from fieldcast.trade.types import OrderState, OrderView, RefundKind, RefundState
from tests.factories.accounts import NOW
from tests.factories.trade import (
    Sale,
    make_order,
    make_sale,
    sale_with_packed,
    sale_with_paid,
    sale_with_received,
    sale_with_reserved,
    sale_with_shipped,
)
from tests.web.shared.clock import Turn
from tests.web.shared.desk import browser, make_packer
from tests.web.shared.reading import error_beside, hidden, typed, words

pytestmark = pytest.mark.django_db


def give_back(sale: Sale, order: OrderView, **form: str) -> Any:
    """Open the refund's page, fill it in and send it."""
    client, address = browser(sale.stall.chief), f"/coop/orders/{order.number}/refund/"
    return client.post(address, {**hidden(client.get(address)), "reason": "坏果两个", **form})


def refunded(order: OrderView) -> int:
    """What has been given back of an order."""
    return trade.order(order_id=order.id).refunded_fen


@pytest.mark.parametrize("until", ["paid", "packed"])
def test_before_shipment_all_of_it_goes_back_and_the_boxes_are_free(until: str) -> None:
    sale = make_sale()
    order = make_order(sale, until=until, packs=2)
    response = give_back(sale, order)
    assert response["Location"] == f"/coop/orders/{order.number}/"
    assert trade.order(order_id=order.id).state == OrderState.REFUNDED
    (refund,) = trade.refunds_of(order_id=order.id)
    assert (refund.amount_fen, refund.kind, refund.reason) == (7960, RefundKind.BEFORE_SHIPMENT, "坏果两个")
    assert sale.stock.sold == 0


@pytest.mark.parametrize("until", ["shipped", "received"])
def test_after_shipment_a_part_goes_back_and_the_goods_stay(until: str) -> None:
    sale = make_sale()
    order = make_order(sale, until=until)
    assert give_back(sale, order, amount="8.5").status_code == 302
    assert refunded(order) == 850
    assert trade.order(order_id=order.id).state == OrderState(until)
    assert sale.stock.sold == 5


def test_more_than_is_left_is_refused_beside_the_amount() -> None:
    sale, order = sale_with_shipped()
    give_back(sale, order, amount="10")
    response = give_back(sale, order, amount="29.81")
    assert response.status_code == 422
    assert "29.80" in error_beside(response, "amount")
    assert (typed(response, "amount"), typed(response, "reason")) == ("29.81", "坏果两个")
    assert refunded(order) == 1000


def test_everything_that_is_left_may_go_back() -> None:
    sale, order = sale_with_shipped()
    give_back(sale, order, amount="10")
    give_back(sale, order, amount="29.80")
    assert refunded(order) == 3980
    page = browser(sale.stall.chief).get(f"/coop/orders/{order.number}/refund/")
    assert "Everything has been given back" in words(page)


def test_the_form_sent_twice_gives_the_money_back_once() -> None:
    sale, order = sale_with_shipped()
    client, address = browser(sale.stall.chief), f"/coop/orders/{order.number}/refund/"
    form = {**hidden(client.get(address)), "amount": "5", "reason": "坏果"}
    first, second = client.post(address, form), client.post(address, form)
    assert first["Location"] == second["Location"] == f"/coop/orders/{order.number}/"
    assert refunded(order) == 500


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"amount": "0"}, "amount"),
        ({"amount": "-3"}, "amount"),
        ({"amount": "all"}, "amount"),
        ({"amount": "5", "reason": " "}, "reason"),
    ],
)
def test_a_refund_of_nothing_or_without_a_reason_is_refused(form: dict[str, str], field: str) -> None:
    sale, order = sale_with_shipped()
    response = give_back(sale, order, **form)
    assert response.status_code == 422
    assert error_beside(response, field)
    assert refunded(order) == 0


def test_once_the_time_for_refunds_is_over_the_page_says_so(clock: Turn) -> None:
    sale, order = sale_with_received()
    clock(NOW + timedelta(minutes=2))
    response = give_back(sale, order, amount="5")
    assert response.status_code == 422
    assert "The time for refunds of this order is over." in words(response)
    assert refunded(order) == 0


def test_an_order_shipped_while_the_form_was_open_is_not_refunded_whole() -> None:
    sale, order = sale_with_packed()
    client, address = browser(sale.stall.chief), f"/coop/orders/{order.number}/refund/"
    form = {**hidden(client.get(address)), "reason": "不发了"}
    from fieldcast.trade import operations as trade_operations

    trade_operations.ship(by=sale.stall.chief, order_id=order.id, tracking_number="YT0000000009", now=NOW)
    response = client.post(address, form)
    assert response.status_code == 422
    assert "At most" in words(response)
    assert trade.order(order_id=order.id).state == OrderState.SHIPPED


def test_an_unpaid_order_has_nothing_to_give_back() -> None:
    sale, order = sale_with_reserved()
    response = give_back(sale, order, amount="5")
    assert response.status_code == 422
    assert "waiting for payment" in words(response)


def test_giving_back_is_asked_about_first_and_names_the_sum() -> None:
    sale = make_sale()
    page = browser(sale.stall.chief).get(f"/coop/orders/{make_order(sale).number}/refund/").content.decode()
    assert 'data-confirm="Give back all ¥39.80 and end this order?"' in page


def test_the_order_shows_its_refunds() -> None:
    sale, order = sale_with_shipped()
    give_back(sale, order, amount="5")
    text = words(browser(sale.stall.chief).get(f"/coop/orders/{order.number}/"))
    assert "¥5.00 Asked for 坏果两个" in text
    assert "Refunded −¥5.00" in text


def test_a_refund_that_the_provider_would_not_take_is_sent_again_from_the_order() -> None:
    sale, order = sale_with_paid()
    give_back(sale, order)
    client, page = browser(sale.stall.chief), f"/coop/orders/{order.number}/"
    assert f"{page}refund/again/" not in client.get(page).content.decode()
    Refund.objects.update(state=RefundState.FAILED.value, failure="payment_not_found")
    assert f"{page}refund/again/" in client.get(page).content.decode()
    packer = browser(make_packer(sale.stall))
    assert f"{page}refund/again/" not in packer.get(page).content.decode()
    assert packer.post(f"{page}refund/again/").status_code == 404
    assert client.post(f"{page}refund/again/")["Location"] == page
    refund = Refund.objects.get()
    assert (refund.state, refund.failure) == (RefundState.REQUESTED, "")
    assert "under way or done" in client.post(f"{page}refund/again/", follow=True).content.decode()
    assert Refund.objects.count() == 1
