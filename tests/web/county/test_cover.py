"""Guarantees: money is written down from bank slips, funds stand behind cooperatives, what waits says what lacks."""

from typing import Any

import pytest

from fieldcast.agreements.cover import queries as cover
from tests.factories.cover import give_deposit, make_fund
from tests.web.county.office import Desk, make_desk
from tests.web.shared.desk import browser
from tests.web.shared.reading import error_beside, hidden, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return make_desk()


def write(desk: Desk, path: str, **typed: str) -> Any:
    """Fill in a form, and say yes to what it asks."""
    page = desk.get(path)
    return desk.client.post(f"/county/{path}", {**hidden(page), **typed, "agreed": "1"}, follow=True)


def look_over(desk: Desk, path: str, **typed: str) -> Any:
    """Fill in a form; what it asks before anything is written down."""
    return desk.client.post(f"/county/{path}", {**hidden(desk.get(path)), **typed})


def test_a_county_without_funds_says_what_one_is_for(desk: Desk) -> None:
    text = words(desk.get("cover/"))
    assert "No fund yet" in text
    assert "No slip yet" in text
    assert "Deposits ¥0.00" in text


def test_a_deposit_is_written_down_once_from_its_slip(desk: Desk) -> None:
    stall = desk.sale.stall
    typed = {"party": f"deposit:{stall.cooperative.id}", "amount": "200", "slip": "2026-0007"}
    assert "¥200.00 of Qingshan are written down." in words(write(desk, "cover/money/", **typed))
    assert "nothing has changed" in words(write(desk, "cover/money/", **typed))
    assert cover.cover_of(cooperative_id=stall.cooperative.id).deposit_fen == 20_000
    refused = write(desk, "cover/money/", **{**typed, "amount": "201"})
    assert "is written down already: ¥200.00" in error_beside(refused, "slip")
    text = words(desk.get("cover/"))
    assert "2026-0007 Deposit Qingshan ¥200.00" in text


def test_what_is_asked_before_names_kind_party_amount_and_slip(desk: Desk) -> None:
    stall = desk.sale.stall
    typed = {"party": f"deposit:{stall.cooperative.id}", "amount": "200", "slip": "2026-0007"}
    asked = look_over(desk, "cover/money/", **typed)
    assert "For Qingshan · Deposit Amount on the slip ¥200.00 Number of the bank slip 2026-0007" in words(
        asked
    )
    assert cover.cover_of(cooperative_id=stall.cooperative.id).deposit_fen == 0
    again = desk.client.post("/county/cover/money/", {**hidden(asked), "change": "1"})
    assert 'value="2026-0007"' in again.content.decode()
    assert cover.cover_of(cooperative_id=stall.cooperative.id).deposit_fen == 0


def test_what_would_be_refused_is_refused_before_anybody_is_asked(desk: Desk) -> None:
    stall = desk.sale.stall
    back = {"party": f"deposit_back:{stall.cooperative.id}", "amount": "1", "slip": "2026-0009"}
    refused = look_over(desk, "cover/money/", **back)
    assert refused.status_code == 422
    assert error_beside(refused, "amount")


def test_a_fund_is_founded_paid_into_and_stands_behind_a_cooperative(desk: Desk) -> None:
    stall = desk.sale.stall
    write(desk, "cover/funds/new/", name="县农产品直播保底基金", name_en="Guarantee fund")
    (fund,) = cover.funds(county_id=stall.county_id)
    write(desk, "cover/money/", party=f"fund_in:{fund.id}", amount="5000", slip="2026-0008")
    limit = {"fund": str(fund.id), "cooperative": str(stall.cooperative.id)}
    refused = write(desk, "cover/limits/", **limit, limit="5000.01")
    assert "has ¥5,000.00 that stand behind nobody yet" in error_beside(refused, "limit")
    assert "The limit is set: ¥3,000.00." in words(write(desk, "cover/limits/", **limit, limit="3000"))
    text = words(desk.get("cover/"))
    assert "Guarantee fund" in text
    assert "in cash: ¥3,000.00 promised, ¥2,000.00 free." in text


def test_the_cooperative_sees_what_stands_behind_it(desk: Desk) -> None:
    stall = desk.sale.stall
    chief = browser(stall.chief)
    assert "No deposit and no fund yet." in words(chief.get("/coop/statements/"))
    give_deposit(stall, 70_000)
    make_fund(stall, cash_fen=30_000)
    text = words(chief.get("/coop/statements/"))
    assert "¥700.00 of it stand behind nothing" in text
    assert "Can still be pledged ¥1,000.00" in text


def test_strangers_write_nothing_down(desk: Desk) -> None:
    for path in ("cover/money/", "cover/funds/new/", "cover/limits/"):
        assert browser(desk.sale.stall.chief).get(f"/county/{path}").status_code == 403
