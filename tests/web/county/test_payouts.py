"""Arrears, batches for the bank and its answer, and where one names an account, as people meet them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from fieldcast.settlement.banks import batches
from fieldcast.settlement.models import Payout
from tests.factories.trade import later
from tests.web.county.office import Desk, make_desk
from tests.web.shared.clock import Turn
from tests.web.shared.desk import browser, settle
from tests.web.shared.reading import hidden, words

pytestmark = pytest.mark.django_db
OPEN = "6228480012345678"


def test_a_payout_waits_goes_to_the_bank_comes_back_and_goes_again(clock: Turn) -> None:
    desk: Desk = make_desk()
    settle(desk.sale, packs=3)
    clock(later(7200))
    cooperative = desk.sale.stall.cooperative
    text = words(desk.get("settlement/arrears/"))
    assert "payout without a bank account" in text
    assert "Nothing matches" in words(desk.get("settlement/arrears/", q="西瓜"))
    rows = desk.get("settlement/arrears/", format="csv", kind="no_account").content.decode().splitlines()
    assert len(rows) == 1 + Payout.objects.values("party").distinct().count()
    assert "¥0.00" in words(desk.get("settlement/payouts/"))

    chief = browser(desk.sale.stall.chief)
    asked = chief.get(f"/me/account/{cooperative.id}/")
    form = {**hidden(asked), "holder": "黑石桃合作社", "bank": "农村信用社", "number": "12"}
    assert chief.post(asked.request["PATH_INFO"], form).status_code == 422
    assert chief.post(asked.request["PATH_INFO"], {**form, "number": OPEN}).status_code == 302
    assert "…5678" in words(chief.get(f"/me/account/{cooperative.id}/"))

    page = desk.get("settlement/payouts/")
    form = {**hidden(page), "way": "file"}
    sent = desk.client.post("/county/settlement/payouts/send/", form)
    assert (
        desk.client.post("/county/settlement/payouts/send/", form).headers["Location"]
        == sent.headers["Location"]
    )
    (batch,) = batches.batches(county_id=desk.county_id)
    here = f"settlement/payouts/{batch.id}/"
    file = desk.get(f"{here}file/", **{"as": "gbk"})
    assert OPEN in file.content.decode("gbk")
    assert OPEN not in desk.get(here).content.decode()

    (one, *_others) = batches.instructions(batch_id=batch.id)
    answer = (
        f"客户流水号,金额,状态,退回原因\n{one.reference},{one.amount_fen / 100:.2f},退回,账户已销户".encode(
            "gbk"
        )
    )
    bad = SimpleUploadedFile("a.csv", answer.replace(b"2", b"3", 1))
    assert desk.client.post(f"/county/{here}", {"file": bad}).status_code == 422
    good = SimpleUploadedFile("a.csv", answer)
    assert desk.client.post(f"/county/{here}", {"file": good}).status_code == 302
    assert "came back" in words(desk.get(here))
    assert "payout that came back" in words(desk.get("settlement/arrears/"))
    assert "Name another bank account" in words(chief.get("/coop/"))
    assert "The bank returned" in words(chief.get("/me/messages/"))
    statement = Payout.objects.get(id=one.payout_id).statement_id
    assert "returned by the bank" in words(chief.get(f"/statements/{statement}/"))
