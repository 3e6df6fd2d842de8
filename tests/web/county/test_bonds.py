"""Performance bonds on pages: money, letters and penalties are written down by the county; parties see them."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories.bonds import CLAUSE, IN_A_YEAR, bond_of, penalise, put_in, terms_name
from tests.files.pictures import orchard, saved
from tests.web.county.office import Desk, make_desk
from tests.web.county.test_cover import look_over, write
from tests.web.shared.desk import browser
from tests.web.shared.reading import error_beside, hidden, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Iterator[Desk]:
    with terms_name():
        yield make_desk()


def code(desk: Desk) -> str:
    stall = desk.sale.stall
    return f"{stall.version.agreement_id}.{stall.host.id}"


def lodge(desk: Desk, **typed: Any) -> Any:
    file = SimpleUploadedFile("保函.jpg", saved(orchard((64, 48))), content_type="image/jpeg")
    what = {"bond": code(desk), "bank": "河湾农商行", "number": "BH-7", "amount": "60", "compared": "on"}
    page = desk.get("cover/letters/new/")
    sent = {**hidden(page), **what, "valid_until": IN_A_YEAR.isoformat(), "file": file, **typed}
    return desk.client.post("/county/cover/letters/new/", sent, follow=True)


def test_a_county_whose_agreements_name_none_has_no_table_of_them(desk: Desk) -> None:
    assert "Performance bonds" in words(desk.get("cover/"))
    with terms_name(bonds=(), penalties=()):
        assert "Performance bonds" not in words(desk.get("cover/"))


def test_money_comes_from_a_slip_and_goes_back_as_far_as_it_is_free(desk: Desk) -> None:
    typed = {"party": f"bond:{code(desk)}", "amount": "120", "slip": "2026-0007"}
    assert "¥120.00 of Qingshan are written down." in words(write(desk, "cover/money/", **typed))
    refused = look_over(desk, "cover/money/", party=f"bond_back:{code(desk)}", amount="21", slip="2026-8")
    assert "¥20.00 of the performance bond can go back now." in error_beside(refused, "amount")
    write(desk, "cover/money/", party=f"bond_back:{code(desk)}", amount="20", slip="2026-8")
    text = words(desk.get("cover/"))
    assert "2026-8 Performance bond given back Qingshan ¥20.00" in text
    assert "¥100.00 ¥100.00 ¥0.00 ¥0.00 ¥0.00" in text


def test_a_letter_is_lodged_with_its_picture_and_seen_by_its_parties(desk: Desk) -> None:
    assert "Guarantee letter BH-7 of ¥60.00 is lodged." in words(lodge(desk))
    assert error_beside(lodge(desk, amount="61"), "number")
    assert error_beside(lodge(desk, compared=""), "compared")
    presenter = browser(desk.sale.stall.presenter)
    text = words(presenter.get(f"/coop/agreements/{desk.sale.stall.version.id}/"))
    assert "bond: ¥60.00 of ¥100.00" in text
    (letter,) = bond_of(desk.sale.stall).letters
    assert presenter.get(f"/coop/agreements/letters/{letter.id}/")["Content-Type"] == "image/jpeg"
    assert browser(desk.sale.stall.driver).get(f"/coop/agreements/letters/{letter.id}/").status_code == 200


def test_a_penalty_is_asked_about_confirmed_once_and_shown_to_who_pays(desk: Desk) -> None:
    put_in(desk.sale.stall, 2_000, by=desk.officer)
    lodge(desk, amount="10")
    what = {"penalty": f"{desk.sale.stall.version.id}.{CLAUSE}", "decision": "2026-7", "why": "没有按期开播"}
    asked = look_over(desk, "cover/penalties/new/", **what, amount="45")
    assert "up to ¥60.00" in words(asked)
    assert not bond_of(desk.sale.stall).penalties
    done = words(write(desk, "cover/penalties/new/", **what, amount="45"))
    assert "Confirmed: ¥20.00 paid, ¥10.00 to claim from banks, ¥15.00 still owed." in done
    assert "nothing has changed" in words(write(desk, "cover/penalties/new/", **what, amount="45"))
    refused = look_over(desk, "cover/penalties/new/", **what, amount="46")
    assert error_beside(refused, "decision")
    text = words(browser(desk.sale.stall.presenter).get(f"/coop/agreements/{desk.sale.stall.version.id}/"))
    assert "owes ¥15.00" in text
    assert "¥20.00 paid so far" in text
    claim = words(desk.client.get("/county/"))
    assert "Claim ¥10.00 from 河湾农商行" in claim
    paid = {
        "party": f"letter_paid:{bond_of(desk.sale.stall).letters[0].id}",
        "amount": "10",
        "slip": "2026-9",
    }
    write(desk, "cover/money/", **paid)
    assert bond_of(desk.sale.stall).unpaid_fen == 0


def test_the_parties_are_told_in_words(desk: Desk) -> None:
    penalise(desk.sale.stall, 500, by=desk.officer)
    text = words(browser(desk.sale.stall.presenter).get("/me/messages/"))
    assert "You pay a penalty of ¥5.00" in text
