"""Parcels on their way through the API: a carrier's list, steps, what the seller says."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from fieldcast.accounts.models import Person
from fieldcast.trade.models import CarryingStep
from tests.api.test_api import call
from tests.factories.trade import Sale, make_order, make_sale

pytestmark = pytest.mark.django_db


@pytest.fixture
def sale() -> Sale:
    return make_sale()


def take(by: Person, number: str, key: str = "step-0001", **body: Any) -> Any:
    return call(by, "POST", f"/parcels/{number}/steps", body, HTTP_IDEMPOTENCY_KEY=key)


def test_a_parcel_is_listed_fetched_tried_again_and_delivered(sale: Sale) -> None:
    driver, chief = sale.stall.driver, sale.stall.chief
    order = make_order(sale, until="packed", packs=2)
    listed = call(driver, "GET", f"/organisations/{sale.stall.carrier.id}/parcels").json()
    assert [(one["number"], one["boxes"], one["state"]) for one in listed["items"]] == [
        (order.number, 2, "to_fetch")
    ]
    at = timezone.now() - timedelta(minutes=5)
    for _twice in range(2):
        fetched = take(driver, order.number.lower(), step="fetched", at=at.isoformat())
        assert (fetched.status_code, fetched.json()["round"]) == (200, "on_the_way")
    assert CarryingStep.objects.get().at == at
    assert (
        take(driver, order.number, "step-0002", step="undelivered").json()["code"] == "parcel_words_missing"
    )
    failed = take(driver, order.number, "step-0003", step="undelivered", why="address", words="没有 9 栋")
    assert failed.json()["steps"][-1]["words"] == "没有 9 栋"
    said = call(chief, "POST", f"/orders/{order.number}/send-again", {"words": "是 6 栋"})
    assert said.status_code == 200
    delivered = take(
        driver, order.number, "step-0004", step="delivered", to="neighbour", words="王阿姨"
    ).json()
    assert (delivered["state"], delivered["order_state"]) == ("delivered", "shipped")
    assert delivered["delivery"]["line"] == "****"


def test_what_is_not_theirs_is_not_there(sale: Sale) -> None:
    order = make_order(sale, until="packed")
    assert take(sale.stall.chief, order.number, step="fetched").json()["code"] == "unknown_code"
    assert call(sale.stall.driver, "GET", "/parcels/YT404").status_code == 404
    chosen = call(sale.stall.chief, "POST", f"/orders/{order.number}/carrier", {"carrier_id": 1})
    assert chosen.json()["code"] == "not_a_carrier"
