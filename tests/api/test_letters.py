"""Letters over the API: both sides list, read and write; the same request again is the same letter."""

from typing import Any

import pytest
from django.test import Client

from fieldcast.accounts import operations as accounts_operations
from fieldcast.accounts.models import Person
from fieldcast.trade.models import Letter
from tests.factories.accounts import NOW
from tests.factories.trade import make_buyer, make_order, make_sale
from tests.web.shared.clock import clock
from tests.web.shared.desk import make_packer

__all__ = ["clock"]
pytestmark = pytest.mark.django_db


class Program:
    """Somebody's program, with a token."""

    def __init__(self, person: Person) -> None:
        _token, secret = accounts_operations.issue_token(by=person, name="test", now=NOW)
        self.client = Client(headers={"Authorization": f"Bearer {secret}"})

    def get(self, path: str) -> Any:
        """What it reads."""
        return self.client.get(f"/api/v1{path}").json()

    def post(self, path: str, key: str = "", **body: Any) -> Any:
        """What it sends, once where it has a key."""
        headers = {"Idempotency-Key": key} if key else {}
        return self.client.post(f"/api/v1{path}", body, content_type="application/json", headers=headers)


def test_both_sides_write_read_and_list_and_a_key_counts_once() -> None:
    sale = make_sale()
    person = make_buyer(sale)
    order = make_order(sale, until="paid", by=person)
    buyer, packer = Program(person), Program(make_packer(sale.stall))
    path = f"/orders/{order.number}/letters"
    first, again = (buyer.post(path, "letters-0001", words="在吗\u200b") for _one in range(2))
    assert (first.status_code, again.json()) == (201, first.json())
    assert Letter.objects.count() == 1
    one = first.json()
    assert (one["order_number"], one["newest"][0]["words"], one["newest"][0]["side"]) == (
        order.number,
        "在吗",
        "buyer",
    )
    ours = f"/organisations/{sale.stall.cooperative.id}/conversations"
    assert [it["id"] for it in packer.get(f"{ours}?state=open")["items"]] == [one["id"]]
    here = f"/conversations/{one['id']}"
    assert packer.post(f"{here}/letters", words="在").json()["waiting_since"] is None
    assert packer.get(f"{ours}?state=open")["total"] == 0
    assert [it["words"] for it in buyer.get(here)["newest"]] == ["在吗", "在"]
    assert buyer.get("/me/conversations")["total"] == 1
    assert buyer.post(f"{here}/letters", words="谢谢").json()["letters"] == 3
    assert buyer.post(f"{here}/no-answer", reason="好了").status_code == 404
    assert packer.post(f"{here}/no-answer", reason="只是道谢").json()["letters"] == 3
    assert packer.post(f"{here}/no-answer", reason="再来").json()["code"] == "nothing_waits"


def test_before_buying_one_writes_about_a_lot_and_numbers_are_not_kept() -> None:
    sale = make_sale()
    path = f"/lots/{sale.stall.lot.id}/letters"
    asked = Program(make_buyer(sale)).post(path, words="加我 13800138000")
    assert (asked.status_code, asked.json()["newest"][0]["words"]) == (201, "加我 138****8000")
    stranger = Program(make_buyer(sale))
    assert stranger.client.get(f"/api/v1/conversations/{asked.json()['id']}").status_code == 404
    assert stranger.post(path, words=" \u200b").json()["code"] == "nothing_written"
    assert stranger.post("/lots/999999/letters", words="在吗").status_code == 404
