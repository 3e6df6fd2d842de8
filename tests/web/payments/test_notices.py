"""Providers' notices come in through one door: believed by their signature alone, and never by who sends them."""

import pytest
from django.test import Client

from fieldcast.trade import queries as trade
from fieldcast.trade.models import ForgedNotice
from fieldcast.trade.operations import cancel_order
from fieldcast.trade.providers.sandbox import signing
from fieldcast.trade.types import NoticeOutcome, OrderState
from fieldcast.web.payments.views import LARGEST
from tests.factories.accounts import NOW
from tests.factories.trade import Sale, everything, make_buyer, make_sale, paid_notice, place, signed
from tests.web.shared.clock import Turn

URL = "/payments/notices/sandbox"


@pytest.fixture
def sale(db: None, clock: Turn) -> Sale:
    return make_sale()


@pytest.fixture
def stranger() -> Client:
    """A machine without cookies that is held to everything a browser is held to."""
    return Client(enforce_csrf_checks=True)


def send(client: Client, headers: dict[str, str], body: bytes, url: str = URL) -> tuple[int, str]:
    answer = client.post(url, data=body, content_type="application/json", headers=headers)
    return answer.status_code, answer.content.decode()


def test_a_signed_notice_pays_the_order(sale: Sale, stranger: Client) -> None:
    placed = place(sale)
    assert send(stranger, *signed(paid_notice(placed.order_id))) == (200, "applied")
    assert trade.order(order_id=placed.order_id).state == OrderState.PAID


def test_the_same_notice_again_is_answered_kindly_and_changes_nothing(sale: Sale, stranger: Client) -> None:
    content = paid_notice(place(sale).order_id)
    send(stranger, *signed(content))
    before = {name: rows for name, rows in everything().items() if name != "PaymentNotice"}
    assert send(stranger, *signed(content)) == (200, "duplicate")
    assert {name: rows for name, rows in everything().items() if name != "PaymentNotice"} == before


def test_a_forged_notice_is_refused_recorded_and_changes_nothing(sale: Sale, stranger: Client) -> None:
    placed = place(sale)
    headers, body = signed(paid_notice(placed.order_id))
    forged = body.replace(b"3980", b"0001")
    assert forged != body
    assert send(stranger, headers, forged) == (401, "rejected")
    assert trade.order(order_id=placed.order_id).state == OrderState.RESERVED
    seen = trade.notices(county_id=sale.stall.county_id, outcome=NoticeOutcome.REJECTED)
    assert [one.reason for one in seen] == ["bad_signature"]


def test_a_notice_without_any_signature_is_refused(sale: Sale, stranger: Client) -> None:
    _headers, body = signed(paid_notice(place(sale).order_id))
    assert send(stranger, {}, body) == (401, "rejected")


def test_the_signature_may_come_in_headers_of_any_case(sale: Sale, stranger: Client) -> None:
    headers, body = signed(paid_notice(place(sale).order_id))
    assert signing.SIGNATURE in headers
    assert send(stranger, {name.upper(): value for name, value in headers.items()}, body) == (200, "applied")


def test_money_for_an_order_that_has_ended_is_returned(sale: Sale, stranger: Client) -> None:
    buyer = make_buyer(sale)
    placed = place(sale, by=buyer)
    content = paid_notice(placed.order_id)
    cancel_order(by=buyer, order_id=placed.order_id, now=NOW)
    assert send(stranger, *signed(content)) == (200, "returned")


def test_a_letter_too_large_is_not_read(sale: Sale, stranger: Client) -> None:
    before = everything()
    for body in (b"x" * (LARGEST + 1), b"x" * 2**20):
        assert send(stranger, {}, body) == (413, "too large")
    after = everything()
    assert list(ForgedNotice.objects.values_list("reason", flat=True)) == ["too_large"] * 2
    assert after.pop("ForgedNotice") != before["ForgedNotice"]
    assert after == {name: rows for name, rows in before.items() if name != "ForgedNotice"}


def test_a_provider_nobody_knows_is_not_there(sale: Sale, stranger: Client) -> None:
    assert send(stranger, {}, b"{}", "/payments/notices/nobody") == (404, "unknown_provider")


def test_a_notice_is_posted(stranger: Client) -> None:
    assert stranger.get(URL).status_code == 405
