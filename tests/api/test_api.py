"""The API offers the pages' operations, refuses in one shape and tells strangers nothing."""

import json
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from fieldcast.accounts import operations as accounts_operations
from fieldcast.accounts.models import Person
from fieldcast.trade import queries as trade
from fieldcast.trade.models import Order
from tests.factories.accounts import make_county, make_person
from tests.factories.trade import (
    DELIVERY,
    Sale,
    make_buyer,
    make_sale,
    sale_with_paid,
    sale_with_shipped,
)

pytestmark = pytest.mark.django_db
KEY = "a-key-of-mine-0001"


def call(person: Person | None, method: str, path: str, body: Any = None, **headers: Any) -> Any:
    client = Client()
    if person is not None:
        _token, secret = accounts_operations.issue_token(by=person, name="test", now=timezone.now())
        headers["HTTP_AUTHORIZATION"] = f"Bearer {secret}"
    content = json.dumps(body) if body is not None else ""
    return client.generic(method, f"/api/v1{path}", content, content_type="application/json", **headers)


def order_body(sale: Sale, **changes: Any) -> dict[str, Any]:
    return {
        "offer_id": sale.offer.id,
        "units": 1,
        "seen_price_fen": sale.offer.price_fen,
        "delivery": vars(DELIVERY),
        **changes,
    }


def test_without_a_token_the_answer_says_how_to_sign_in() -> None:
    answer = call(None, "GET", "/me")
    assert answer.status_code == 401
    assert answer.json()["code"] == "sign_in"
    assert answer.json()["next_step"]


def test_a_revoked_or_invented_token_opens_nothing() -> None:
    answer = Client().get("/api/v1/me", HTTP_AUTHORIZATION="Bearer fc_invented")
    assert answer.status_code == 401


def test_the_browser_session_needs_its_csrf_token() -> None:
    person = make_person(county_id=make_county())
    client = Client(enforce_csrf_checks=True)
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/api/v1/me").status_code == 200
    refused = client.post("/api/v1/me/tokens", json.dumps({"name": "x"}), content_type="application/json")
    assert refused.status_code == 403


def test_an_order_is_placed_once_however_often_it_is_sent() -> None:
    sale = make_sale()
    buyer = make_buyer(sale)
    first = call(buyer, "POST", "/orders", order_body(sale), HTTP_IDEMPOTENCY_KEY=KEY)
    again = call(buyer, "POST", "/orders", order_body(sale), HTTP_IDEMPOTENCY_KEY=KEY)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["number"] == again.json()["number"]
    assert Order.objects.count() == 1
    other = call(buyer, "POST", "/orders", order_body(sale, units=2), HTTP_IDEMPOTENCY_KEY=KEY)
    assert other.status_code == 409
    assert other.json()["code"] == "key_reused"


def test_an_order_without_a_key_is_refused() -> None:
    sale = make_sale()
    answer = call(make_buyer(sale), "POST", "/orders", order_body(sale))
    assert answer.status_code == 422
    assert Order.objects.count() == 0


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"units": 4}, 409, "over_limit"),
        ({"seen_price_fen": 1}, 409, "price_changed"),
        ({"units": 0}, 422, "invalid_request"),
        ({"units": 2**40}, 422, "invalid_request"),
        ({"offer_id": 2**62}, 404, "not_found"),
        ({"delivery": {**vars(DELIVERY), "province": "Atlantis"}}, 400, "province_unknown"),
        ({"delivery": {**vars(DELIVERY), "line": "nul\x00"}}, 422, "invalid_request"),
    ],
)
def test_a_refusal_names_its_reason_and_changes_nothing(
    changes: dict[str, Any], status: int, code: str
) -> None:
    sale = make_sale()
    answer = call(make_buyer(sale), "POST", "/orders", order_body(sale, **changes), HTTP_IDEMPOTENCY_KEY=KEY)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json()["message"]
    assert answer.json()["next_step"]
    assert Order.objects.count() == 0
    assert trade.offer(offer_id=sale.offer.id).left == 100


def test_a_refusal_speaks_the_readers_language() -> None:
    sale = make_sale()
    body = order_body(sale, seen_price_fen=1)
    english = call(
        make_buyer(sale), "POST", "/orders", body, HTTP_IDEMPOTENCY_KEY=KEY, HTTP_ACCEPT_LANGUAGE="en"
    ).json()["message"]
    chinese = call(
        make_buyer(sale), "POST", "/orders", body, HTTP_IDEMPOTENCY_KEY=KEY, HTTP_ACCEPT_LANGUAGE="zh-hans"
    ).json()["message"]
    assert english != chinese
    assert english.isascii() or "¥" in english
    assert not chinese.isascii()


def test_a_session_that_ended_sells_nothing_more() -> None:
    sale = make_sale()
    ended = call(sale.stall.presenter, "POST", f"/sessions/{sale.session.id}/close")
    assert ended.status_code == 200
    assert trade.stock(lot_id=sale.offer.lot_id).free == 1000
    answer = call(make_buyer(sale), "POST", "/orders", order_body(sale), HTTP_IDEMPOTENCY_KEY=KEY)
    assert answer.status_code == 409


def test_a_strangers_order_is_not_there() -> None:
    sale, order = sale_with_paid()
    stranger = make_buyer(sale, name="阿勇")
    for method, path in (
        ("GET", ""),
        ("POST", "/pay"),
        ("POST", "/cancel"),
        ("POST", "/pack"),
        ("POST", "/receive"),
    ):
        answer = call(stranger, method, f"/orders/{order.number}{path}")
        assert answer.status_code == 404, path
    refund = call(stranger, "POST", f"/orders/{order.number}/refund", {"reason": "x"})
    assert refund.status_code == 404
    assert trade.order(order_id=order.id).state == "paid"


def test_the_carrier_and_the_authority_do_not_read_the_address() -> None:
    sale, order = sale_with_shipped()
    seen = call(sale.stall.driver, "GET", f"/orders/{order.number}").json()["delivery"]
    assert DELIVERY.line not in json.dumps(seen, ensure_ascii=False)
    mine = call(Person.objects.get(pk=order.buyer_id), "GET", f"/orders/{order.number}").json()["delivery"]
    assert mine["line"] == DELIVERY.line


def test_a_lot_too_large_for_its_plot_is_refused_with_the_figures() -> None:
    sale = make_sale()
    stall = sale.stall
    body = {
        "plot_id": stall.lot.plot.id,
        "product_id": stall.lot.product.id,
        "cooperative_id": stall.cooperative.id,
        "grade": "一级",
        "harvested_on": timezone.localdate().isoformat(),
        "quantity": 1_000_000,
    }
    answer = call(stall.chief, "POST", "/lots", body)
    assert answer.status_code == 409
    assert answer.json()["facts"]["ceiling"] == 40_000
    assert call(stall.presenter, "POST", "/lots", body).status_code == 404


def test_more_than_the_lots_free_units_is_refused_with_both_figures() -> None:
    sale = make_sale()
    body = {
        "lot_id": sale.offer.lot_id,
        "title": "x",
        "pack_units": 5,
        "price_fen": 100,
        "units": 101,
        "per_buyer_limit": 1,
    }
    answer = call(sale.stall.presenter, "POST", f"/sessions/{sale.session.id}/offers", body)
    assert answer.status_code == 409
    assert answer.json()["code"] == "above_free_units"


def test_only_those_who_run_a_session_open_close_and_explain() -> None:
    sale = make_sale()
    for path in ("open", "close", "cancel"):
        answer = call(make_buyer(sale), "POST", f"/sessions/{sale.session.id}/{path}")
        assert answer.status_code == 404
    explained = call(
        sale.stall.presenter, "POST", f"/sessions/{sale.session.id}/explain", {"offer_id": sale.offer.id}
    )
    assert explained.json()["explaining_offer_id"] == sale.offer.id
    other = make_sale()
    foreign = call(
        sale.stall.presenter, "POST", f"/sessions/{sale.session.id}/explain", {"offer_id": other.offer.id}
    )
    assert foreign.status_code == 404


def test_danmaku_is_kept_and_paced() -> None:
    sale = make_sale()
    buyer = make_buyer(sale)
    _token, secret = accounts_operations.issue_token(by=buyer, name="t", now=timezone.now())
    path = f"/api/v1/sessions/{sale.session.id}/messages"
    statuses = [
        Client()
        .post(
            path,
            json.dumps({"text": f"第 {n} 句"}),
            "application/json",
            HTTP_AUTHORIZATION=f"Bearer {secret}",
        )
        .status_code
        for n in range(8)
    ]
    assert statuses[0] == 201
    assert statuses[-1] == 429
    assert len(call(buyer, "GET", f"/sessions/{sale.session.id}/messages").json()) == statuses.count(201)


def test_county_figures_are_for_the_authority_alone() -> None:
    sale = make_sale()
    for path in ("/county/invariants", "/county/attention", "/county/overview", "/county/processes"):
        assert call(sale.stall.chief, "GET", path).status_code == 403


def test_the_demo_endpoints_are_not_there_outside_demo_mode() -> None:
    assert call(None, "POST", "/demo/cast", {"buyers": 1}).status_code == 404
    assert call(None, "POST", "/demo/tokens/1").status_code == 404
