"""Deposits, funds and shortfalls over the API; numbers are numbers there, and terms name what the county grows."""

from typing import Any

import pytest
from django.test import Client

from fieldcast.accounts import operations as accounts_operations
from fieldcast.accounts.models import Person
from tests.factories.accounts import NOW
from tests.factories.cover import make_officer
from tests.factories.market import make_stall
from tests.factories.trade import make_sale, make_session

pytestmark = pytest.mark.django_db


def post(by: Person, path: str, body: Any) -> Any:
    _token, secret = accounts_operations.issue_token(by=by, name="test", now=NOW)
    headers = {"Authorization": f"Bearer {secret}"}
    return Client(headers=headers).post(f"/api/v1{path}", body, content_type="application/json")


def test_an_offer_below_its_deductions_is_refused_and_covered_once_a_deposit_is_there() -> None:
    stall = make_stall()
    officer, session = make_officer(stall.county_id), make_session(stall)
    path = f"/sessions/{session.id}/offers"
    box = {"lot_id": stall.lot.id, "title": "黄桃", "pack_units": 5, "price_fen": 2000, "units": 10}
    body = {**box, "per_buyer_limit": 3}
    refused = post(stall.chief, path, body).json()
    assert (refused["code"], refused["facts"]["shortfall_fen"]) == ("below_deductions", 880)
    covered = {**body, "covers_shortfall": True}
    assert post(stall.chief, path, covered).json()["code"] == "cover_too_small"
    assert post(stall.presenter, path, covered).json()["code"] == "cover_not_yours"
    deposit = {"cooperative_id": stall.cooperative.id, "amount_fen": 8800, "slip": "A-1"}
    assert [post(officer, "/county/deposits", deposit).status_code for _ in range(2)] == [422, 422]
    deposit["slip"] = "2026-0001"
    assert [post(officer, "/county/deposits", deposit).status_code for _ in range(2)] == [201, 200]
    assert post(stall.chief, path, covered).status_code == 201


@pytest.mark.parametrize("price", [True, "3980", 3980.0, 39.8, None])
def test_a_price_is_a_whole_number(price: Any) -> None:
    sale = make_sale()
    answer = post(sale.stall.chief, f"/offers/{sale.offer.id}/price", {"price_fen": price})
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")
    assert sale.now_offered.price_fen == 3980


@pytest.mark.parametrize(
    ("codes", "refusal"),
    [
        (["x" * 5_000], "product_unknown"),
        (["\x00"], "invalid_request"),
        (["\ud800"], "invalid_request"),
        ([f"p{number}" for number in range(20_000)], "too_many_products"),
    ],
    ids=["5,000 letters", "nul", "half a letter", "20,000 products"],
)
def test_terms_about_what_the_county_does_not_grow_are_refused(codes: list[str], refusal: str) -> None:
    stall = make_stall()
    terms = {**stall.version.terms.to_json(), "guarantee_fen": dict.fromkeys(codes, 380)}
    answer = post(stall.chief, f"/agreement-versions/{stall.version.id}/revisions", {"terms": terms})
    assert (answer.status_code, answer.json()["code"]) == (422, refusal)
