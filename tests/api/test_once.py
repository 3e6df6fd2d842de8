"""Sent again under its key, a request does nothing and is answered as before."""

from typing import Any

import pytest

from fieldcast.kit import once
from fieldcast.trade import queries as trade
from fieldcast.trade.models import Refund, WriteOff
from tests.api.document import document
from tests.api.test_api import call
from tests.factories.trade import Sale, make_buyer, make_sale, sale_with_paid

KEY = "a-key-of-mine-0001"
# Every POST takes the header but these, each for its reason.
WITHOUT: dict[str, str] = {
    "/orders/{number}/pay": "an order has one payment, and asking again leads to it",
    "/sessions/{session_id}/likes": "a count of taps, which has its limit",
    "/me/tokens": "its secret is in one answer and is kept nowhere",
}
REQUIRED = {"/orders"}  # keeps its keys itself, as long as the order


def headers_of(operation: dict[str, Any]) -> dict[str, Any]:
    return {one["name"]: one for one in operation.get("parameters", ()) if one["in"] == "header"}


def test_every_post_takes_the_header_or_says_why_not() -> None:
    posts = {
        path: headers_of(methods["post"]).get("Idempotency-Key")
        for path, methods in document()["paths"].items()
        if "post" in methods and not path.startswith("/demo")
    }
    assert len(posts) > 30
    assert {path for path, header in posts.items() if header is None} == set(WITHOUT)
    assert {path for path, header in posts.items() if header and header["required"]} == REQUIRED


def test_the_header_has_one_form_everywhere() -> None:
    forms = set()
    for methods in document()["paths"].values():
        for header in headers_of(methods.get("post", {})).values():
            schema = next(iter(header["schema"].get("anyOf", [])), header["schema"])
            forms.add((schema["minLength"], schema["maxLength"], schema["pattern"]))
    assert forms == {(once.LEAST, once.MOST, once.PATTERN)}


def write_off(sale: Sale, *, units: int = 2, key: str = KEY, **changes: Any) -> Any:
    body = {"units": units, "reason": "腐烂", **changes}
    path = f"/lots/{sale.offer.lot_id}/write-offs"
    return call(sale.stall.chief, "POST", path, body, HTTP_IDEMPOTENCY_KEY=key)


@pytest.mark.django_db
def test_the_same_key_and_body_do_nothing_more_and_answer_the_same() -> None:
    sale = make_sale()
    first = write_off(sale)
    assert first.status_code == 201
    write_off(sale, key="a-key-of-mine-0002")  # so that the stock now would be another answer
    again = write_off(sale)
    assert (again.status_code, again.content) == (201, first.content)
    assert again.headers["Content-Type"] == first.headers["Content-Type"]
    assert WriteOff.objects.count() == 2


@pytest.mark.django_db
def test_the_same_key_with_another_body_is_refused() -> None:
    sale = make_sale()
    write_off(sale)
    other = write_off(sale, units=3)
    assert (other.status_code, other.json()["code"]) == (409, "key_reused")
    assert other.json()["message"]
    assert WriteOff.objects.count() == 1


@pytest.mark.django_db
def test_the_same_key_at_another_address_is_refused() -> None:
    sale = make_sale()
    write_off(sale)
    path = f"/lots/{sale.offer.lot_id}/stop"
    other = call(sale.stall.chief, "POST", path, {"reason": "异味"}, HTTP_IDEMPOTENCY_KEY=KEY)
    assert (other.status_code, other.json()["code"]) == (409, "key_reused")


@pytest.mark.django_db
def test_a_refused_request_may_be_corrected_under_its_key() -> None:
    sale = make_sale()
    assert write_off(sale, units=10**6).status_code == 409
    assert write_off(sale, units=2).status_code == 201
    assert WriteOff.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["short", "x" * 65, "with blank", ""])
def test_a_key_of_another_form_is_told_before_anything_is_done(key: str) -> None:
    sale = make_sale()
    refused = write_off(sale, key=key)
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid_request")
    assert not WriteOff.objects.exists()


@pytest.mark.django_db
def test_without_a_key_every_request_is_one_of_its_own() -> None:
    sale = make_sale()
    for _ in range(2):
        path, body = f"/lots/{sale.offer.lot_id}/write-offs", {"units": 2, "reason": "腐烂"}
        assert call(sale.stall.chief, "POST", path, body).status_code == 201
    assert WriteOff.objects.count() == 2


@pytest.mark.django_db
def test_a_stranger_under_the_same_key_is_answered_for_themselves() -> None:
    sale = make_sale()
    write_off(sale)
    path, body = f"/lots/{sale.offer.lot_id}/write-offs", {"units": 2, "reason": "腐烂"}
    stranger = call(make_buyer(sale), "POST", path, body, HTTP_IDEMPOTENCY_KEY=KEY)
    assert stranger.status_code in (403, 404)
    assert call(None, "POST", path, body, HTTP_IDEMPOTENCY_KEY=KEY).status_code == 401


@pytest.mark.django_db
def test_a_refund_sent_twice_gives_the_money_back_once_though_the_second_would_be_refused() -> None:
    sale, order = sale_with_paid()
    path, body = f"/orders/{order.number}/refund", {"reason": "降雨"}
    first, again = (call(sale.stall.chief, "POST", path, body, HTTP_IDEMPOTENCY_KEY=KEY) for _ in range(2))
    assert (first.status_code, again.status_code) == (200, 200)
    assert first.content == again.content
    assert Refund.objects.count() == 1
    assert call(sale.stall.chief, "POST", path, body).status_code == 409


@pytest.mark.django_db
def test_an_answer_without_a_body_is_answered_again_without_one() -> None:
    sale = make_sale()
    path = f"/agreement-versions/{sale.stall.version.id}/consents"
    body = {"organisation_id": sale.stall.cooperative.id}
    answers = [call(sale.stall.chief, "POST", path, body, HTTP_IDEMPOTENCY_KEY=KEY) for _ in range(2)]
    assert [(one.status_code, one.content) for one in answers] == [(204, b"")] * 2


@pytest.mark.django_db
def test_a_price_changed_twice_under_one_key_stands_where_a_later_one_put_it() -> None:
    sale = make_sale()
    path, chief = f"/offers/{sale.offer.id}/price", sale.stall.chief
    up = sale.offer.price_fen + 100
    call(chief, "POST", path, {"price_fen": up}, HTTP_IDEMPOTENCY_KEY=KEY)
    call(chief, "POST", path, {"price_fen": up + 100}, HTTP_IDEMPOTENCY_KEY="a-key-of-mine-0002")
    call(chief, "POST", path, {"price_fen": up}, HTTP_IDEMPOTENCY_KEY=KEY)
    assert trade.offer(offer_id=sale.offer.id).price_fen == up + 100
