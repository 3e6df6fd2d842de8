"""Signing on the pages: ticks, a sheet handed in, notice, the PDF, and the page that says whether a hash was signed."""

import re
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from fieldcast.agreements import operations as agreements_operations
from fieldcast.agreements import queries as agreements
from fieldcast.agreements.reading import terms_from_json
from fieldcast.agreements.types import VersionView
from tests.factories.accounts import NOW
from tests.factories.composed import all_models
from tests.factories.market import Stall, make_stall
from tests.files.pictures import orchard, saved
from tests.web.shared.desk import CHINESE, ENGLISH, browser, make_farmer
from tests.web.shared.reading import english_in, words

pytestmark = [pytest.mark.django_db]


def weak(stall: Stall) -> VersionView:
    """Composed terms whose penalty does not deter."""
    terms = all_models(stall.lot.product.code)
    terms["clauses"] = [one for one in terms["clauses"] if one.get("to") in ("platform", "host", "carrier")]
    terms["clauses"] += [
        *all_models(stall.lot.product.code)["clauses"][7:8],
        {"kind": "rest", "to": "cooperative"},
    ]
    penalty = {**terms["promise_clauses"][1], "gain_fen": 90_000, "detection_bp": 5000}
    return agreements_operations.create_agreement(
        by=stall.chief,
        county_id=stall.county_id,
        name="黄桃联合体",
        cooperative_id=stall.cooperative.id,
        host_id=stall.host.id,
        carrier_id=stall.carrier.id,
        terms=terms_from_json({**terms, "period_clauses": [], "promise_clauses": [penalty]}),
        now=NOW,
    )


@pytest.mark.thorough  # a story of a dozen pages
def test_a_weak_penalty_is_ticked_a_sheet_is_entered_and_notice_is_given() -> None:
    stall = make_stall()
    version = weak(stall)
    page, chief = f"/coop/agreements/{version.id}/", browser(stall.chief)
    shown = chief.get(page)
    assert "Tick what you accept all the same" in words(shown)
    assert "does not deter" in words(shown)
    agree = {"organisation": stall.cooperative.id, "sha256": version.sha256}
    assert "Have the clause changed, or tick" in words(chief.post(f"{page}consent/", agree, follow=True))
    keys = re.findall(r'name="accepts" value="([^"]+)"', shown.content.decode())
    signed = chief.post(f"{page}consent/", {**agree, "accepts": keys[0]}, follow=True)
    assert "Accepted of clause" in words(signed)
    assert "changed while" in words(
        browser(stall.presenter).post(
            f"{page}consent/", {"organisation": stall.host.id, "sha256": "0" * 64}, follow=True
        )
    )

    household = stall.lot.plot.household_id

    def hand_in(content: bytes, **said: object) -> object:
        file = SimpleUploadedFile("签字单.jpg", content, content_type="image/jpeg")
        return chief.post(f"{page}sheet/", {"household": household, "file": file, **said}, follow=True)

    assert "not a picture" in words(hand_in(b"%PDF-1.7 no picture"))
    entered = words(hand_in(saved(orchard((200, 150)))))
    assert "signed on paper, entered by 社长" in entered
    sheet_id = agreements.consents_of(version_id=version.id)[-1].sheet_id
    assert chief.get(f"{page}sheets/{sheet_id}/").content.startswith(b"\xff\xd8")
    assert browser(make_stall().chief).get(f"{page}sheets/{sheet_id}/").status_code == 404
    farmer = browser(make_farmer(stall))
    assert "signed on paper" in words(farmer.get(f"/farm/agreements/{version.id}/"))
    own = f"/farm/agreements/{stall.version.id}/"
    assert "Sign for my household" in words(farmer.get(own))
    assert "You have agreed" in words(
        farmer.post(f"{own}sign/", {"sha256": stall.version.sha256}, follow=True)
    )

    notice = {"organisation": stall.cooperative.id, "ends_on": date.today().isoformat(), "why": "换人"}
    refused = chief.post(f"{page}notice/", notice)
    assert refused.status_code == 422
    assert "Days of notice before the end: 30" in words(refused)
    day = date.today() + timedelta(days=40)
    given = chief.post(f"{page}notice/", {**notice, "ends_on": day.isoformat()}, follow=True)
    assert "What stays owed" in words(given)
    assert "Notice by" in words(given)
    chinese = english_in(browser(stall.chief, language=CHINESE).get(page).content.decode())
    assert [
        one for one in chinese if not one.startswith("认可了第")
    ] == []  # what was accepted stays as it was read


def test_a_hash_is_looked_up_by_anyone_and_an_unknown_one_is_an_answer(settings: Settings) -> None:
    stall = make_stall()
    version, page = stall.version, f"/coop/agreements/{stall.version.id}/"
    anyone = Client(headers=ENGLISH)
    signed = words(anyone.get(f"/agreements/verify/{version.sha256}/"))
    assert "Yes: this version was signed by everyone" in signed
    assert "In force" in signed
    assert stall.host.name_en in signed
    assert "社长" not in signed
    assert "¥" not in signed
    pasted = anyone.get("/agreements/verify/", {"q": f"SHA-256 {version.sha256.upper()} 。"})
    assert pasted["Location"] == f"/agreements/verify/{version.sha256}/"
    assert "No version with this hash" in words(anyone.get(f"/agreements/verify/{'0' * 64}/"))
    for nothing in ("/agreements/verify/?q=abc", "/agreements/verify/abc/"):
        assert "There is no hash in this" in words(anyone.get(nothing))
    waits = words(anyone.get(f"/agreements/verify/{weak(stall).sha256}/"))
    assert "Not everyone has signed this version" in waits
    settings.PAPER_FONT = "/nowhere/at-all.ttc"
    without = browser(stall.chief).get(f"{page}agreement.pdf")
    assert without.status_code == 503
    assert "Print the page from the browser" in words(without)


@pytest.mark.thorough  # a font is read for each paper
def test_the_paper_of_a_version_names_its_hash_for_parties_alone() -> None:
    stall = make_stall()
    page = f"/coop/agreements/{stall.version.id}/agreement.pdf"
    paper = browser(stall.presenter).get(page)
    assert paper["Content-Type"] == "application/pdf"
    assert paper.content == browser(stall.chief).get(page).content
    assert f"fieldcast:agreement:{stall.version.sha256}".encode() in paper.content
    farmer = browser(make_farmer(stall))
    assert farmer.get(f"/farm/agreements/{stall.version.id}/agreement.pdf").content == paper.content
    assert browser(make_stall().chief).get(page).status_code == 404
