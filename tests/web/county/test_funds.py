"""A county's funds on its pages: a floor, a payment that a person decides, what is owed, a policy and a claim."""

import io
import re
import zipfile
from typing import Any

import pytest
from django.utils import timezone

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.models import Person
from fieldcast.accounts.types import OrganisationKind, Role
from fieldcast.agreements.cover.types import FundView
from fieldcast.settlement import operations as settlement_operations
from fieldcast.settlement.corrections.operations import refund_settled
from fieldcast.trade.models import OrderLine
from tests.factories.accounts import make_member, make_organisation
from tests.factories.cover import make_fund
from tests.factories.trade import later, make_order
from tests.web.county.office import Desk, make_desk
from tests.web.shared.desk import ENGLISH, browser
from tests.web.shared.reading import hidden, words

pytestmark = pytest.mark.django_db


def write(desk: Desk, path: str, **typed: str) -> Any:
    """Fill in a form, and say yes to what it asks."""
    page = desk.get(path)
    return desk.client.post(f"/county/{path}", {**hidden(page), **typed, "agreed": "1"}, follow=True)


def links(page: Any, ending: str) -> set[str]:
    """Addresses on a page that end so."""
    return set(re.findall(rf'(?:href|action)="(/county/[^"]*{ending})"', page.content.decode()))


@pytest.fixture
def desk() -> Desk:
    return make_desk()


def settled(desk: Desk) -> tuple[OrderLine, FundView, Person]:
    """A settled line, a fund, and somebody else of the authority."""
    line = OrderLine.objects.get(order_id=make_order(desk.sale, until="closed", packs=2).id)
    settlement_operations.settle_due(now=later(3600))
    authority = accounts.authority(county_id=desk.county_id)
    assert authority is not None
    other = make_member(organisation=authority, role=Role.MANAGER, name="副科长")
    return line, make_fund(desk.sale.stall, cash_fen=10_000, limit_fen=0, by=other), other


def test_below_its_floor_a_fund_waits_for_somebody_else_and_what_it_pays_is_owed_by_age(desk: Desk) -> None:
    line, fund, other = settled(desk)
    assert "Nobody owes the funds anything" in words(desk.get("cover/claims/"))
    assert "Nothing waits" in words(desk.get("cover/payments/"))
    assert "The floor is set: ¥90.00." in words(write(desk, "cover/floors/", fund=str(fund.id), limit="90"))
    back = f"orders/{line.order.number}/settled-refund/"
    typed = {"line": str(line.pk), "amount": "20", "borne_by": "carrier", "why": "运输中压坏"}
    asked = desk.client.post(f"/county/{back}", {**hidden(desk.get(back)), **typed})
    assert "Ask for this payment?" in words(asked)
    assert "somebody else of the authority decides" in words(write(desk, back, **typed))
    assert "1 payment out of a fund waits for a person." in words(desk.get("cover/"))
    (row,) = links(desk.get("cover/payments/"), r"payments/\d+/")
    own = desk.client.get(row)
    yes = {"do": "approve", "why": "照片清楚"}
    assert "You asked for this payment yourself" in words(desk.client.post(row, {**hidden(own), **yes}))
    colleague = browser(other, language=ENGLISH)
    done = colleague.post(row, {**hidden(colleague.get(row)), **yes}, follow=True)
    assert "It is approved; the money goes out of the fund." in words(done)
    assert "照片清楚" in words(desk.client.get(row))
    assert "¥20.00 in all" in words(desk.get("cover/claims/"))
    carrier = desk.sale.stall.carrier.party
    assert "Nothing is owed here" in words(desk.get(f"cover/claims/?debtor={carrier}&age=over"))
    assert b"20.00" in desk.get("cover/claims/?format=csv").content


def test_a_policy_is_written_down_and_a_refund_claimed_sent_and_paid(desk: Desk) -> None:
    line, fund, other = settled(desk)
    refund_settled(by=other, amounts={line.pk: 2000}, why="坏了", now=timezone.now())
    company = make_organisation(county_id=desk.county_id, kind=OrganisationKind.COMPANY, name="人保财险")
    product = desk.sale.stall.lot.product
    policy = {
        "insurer": str(company.id), "fund": str(fund.id), "number": "PICC-7", "from_day": "2020-01-01",
        "to_day": "2040-01-01", "products": product.code, "lots": "", "per_unit": "5", "per_claim": "15",
        "premium": "0.1",
    }  # fmt: skip
    assert "No policy yet" in words(desk.get("cover/insurance/"))
    assert "PICC-7 is written down." in words(write(desk, "cover/insurance/new/", **policy))
    (shown,) = links(desk.get("cover/insurance/"), r"insurance/\d+/")
    assert f"Products covered {product.name_en} " in words(desk.client.get(shown))
    (refund,) = re.findall(r'value="(\d+:R[^"]*)"', desk.client.get(shown).content.decode())
    made = desk.client.post(f"{shown}claim/", {"refund": refund}, follow=True)
    assert "Not sent yet" in words(made)
    again = desk.client.post(f"{shown}claim/", {"refund": refund}, follow=True)
    assert "it was claimed before" in words(again)
    (file,) = links(made, "/file/")
    with zipfile.ZipFile(io.BytesIO(desk.client.get(file).content)) as opened:
        assert "claim.csv" in opened.namelist()
    claim = file.removeprefix("/county/").removesuffix("file/")
    assert "Sent to the insurer" in words(desk.client.post(f"/county/{claim}sent/", follow=True))
    paid = write(desk, f"{claim}paid/", amount="15", slip="INS-7")
    assert "The insurer paid ¥15.00 into the fund." in words(paid)
    assert "Paid by the insurer" in words(desk.client.get(shown))
