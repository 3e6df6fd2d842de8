"""What is recorded under an agreement on pages: accepted and taken back, served and confirmed, held and weighed."""

import re

import pytest

from fieldcast.accounts import queries as accounts
from fieldcast.agreements.records import queries as records
from fieldcast.kit.months import month_of
from tests.factories.accounts import NOW
from tests.factories.composed import make_composed_sale
from tests.web.shared.desk import CHINESE, browser, make_farmer, make_officer
from tests.web.shared.reading import english_in, hidden, words

pytestmark = pytest.mark.django_db


def test_acceptance_services_shares_and_salvage_are_written_down_and_confirmed() -> None:
    sale, partners = make_composed_sale()
    stall = sale.stall
    agreement = stall.version.agreement_id
    page = f"/coop/agreements/{stall.version.id}/records/"
    chief = browser(stall.chief)
    chief.post(f"{page}weights/", {"grade": "一级", "weight": "2"})
    key = hidden(chief.get(page))["once"]
    accept = {"lot": stall.lot.id, "units": "500", "once": key}
    first, again = (chief.post(f"{page}acceptance/", accept) for _time in range(2))
    assert (first.status_code, again.status_code) == (302, 302)
    silent = chief.post(f"{page}acceptance/", {**accept, "units": "20", "back": "on", "once": ""})
    assert silent.status_code == 422
    chief.post(f"{page}acceptance/", {**accept, "units": "20", "back": "on", "why": "数错了", "once": ""})
    too_many = chief.post(f"{page}acceptance/", {**accept, "units": "5000", "once": ""})
    assert "can be recorded for the lot" in words(too_many)
    assert records.accepted_units(lot_id=stall.lot.id) == 480

    household = accounts.organisation(organisation_id=stall.lot.plot.household_id)
    chief.post(f"{page}shares/", {"holder": household.id, "asset": "land", "shares": "30"})
    chief.post(f"{page}salvage/", {"amount": "12.50", "what": "做果干"})
    brand = browser(partners.brand_person)
    service = {"server": partners.brand.id, "served": household.id, "what": "修剪指导", "points": "5"}
    assert brand.post(f"{page}service/", service).status_code == 302
    assert brand.post(f"{page}acceptance/", accept).status_code == 404
    assert browser(partners.service_person).post(f"{page}service/", service).status_code == 404
    (act,) = records.services(agreement_ids=[agreement])
    assert brand.post(f"{page}confirm/", {"service": act.id}).status_code == 409

    farmer = browser(make_farmer(stall))
    assert "修剪指导" in words(farmer.get("/farm/agreements/"))
    assert farmer.post(f"/farm/services/{act.id}/confirm/").status_code == 302
    assert "修剪指导" not in words(farmer.get("/farm/agreements/"))
    found = records.recorded(agreement_id=agreement, month=month_of(NOW))
    assert (dict(found.points), found.salvage_fen) == ({partners.brand.id: 5}, 1250)
    assert dict(found.performance()) == {household.id: 960}
    assert dict(found.shares) == {household.id: 30}
    text = words(chief.get(page))
    assert "−20" in text or "-20" in text
    assert "数错了" in text
    read = browser(stall.presenter, language=CHINESE).get(page).content.decode()
    assert [one for one in english_in(read) if not re.search(r"MCN|[A-Z]{2}\d|-\d", one)] == []


def test_a_firm_confirms_what_was_done_for_it_on_the_agreements_page() -> None:
    sale, partners = make_composed_sale()
    stall = sale.stall
    page = f"/coop/agreements/{stall.version.id}/records/"
    said = {"server": stall.cooperative.id, "served": partners.brand.id, "what": "包装培训", "points": "3"}
    browser(stall.chief).post(f"{page}service/", said)
    (act,) = records.services(agreement_ids=[stall.version.agreement_id])
    brand = browser(partners.brand_person)
    assert "It was so" in words(brand.get(page))
    assert brand.post(f"{page}confirm/", {"service": act.id}).status_code == 302
    assert brand.post(f"{page}confirm/", {"service": act.id + 1}).status_code == 404
    assert records.services(agreement_ids=[stall.version.agreement_id])[0].confirmed_at


def test_the_county_publishes_its_ceiling_accepts_a_month_and_sees_who_owes_whom() -> None:
    sale, _partners = make_composed_sale()
    stall = sale.stall
    officer = browser(make_officer(stall.county_id))
    page = "/county/settlement/agreements/"
    assert "Nobody owes anybody" in words(officer.get(page))
    assert officer.post(f"{page}ceiling/", {"ceiling": "101", "source": "公告"}).status_code == 422
    assert (
        officer.post(f"{page}ceiling/", {"ceiling": "1.2", "source": "县发〔2026〕3 号"}).status_code == 302
    )
    assert "1.2%" in words(officer.get(page))
    month = month_of(NOW)
    said = {"agreement": stall.version.agreement_id, "month": month.isoformat(), "why": "冰雹"}
    assert officer.post(f"{page}force-majeure/", said).status_code == 302
    assert officer.post(f"{page}force-majeure/", {**said, "month": "2020-01-01"}).status_code == 422
    assert f"冰雹 {month:%Y-%m}" in words(officer.get(page))
    assert browser(stall.chief).post(f"{page}force-majeure/", said).status_code == 403
    read = browser(make_officer(stall.county_id), language=CHINESE).get(page).content.decode()
    assert english_in(read) == []
