"""The county's money: statements with their filters, the file, the picture."""

import csv
import io

import pytest

from fieldcast.accounts import queries as accounts
from fieldcast.kit.months import month_of
from fieldcast.settlement import queries as settlement
from fieldcast.settlement.models import PeriodSheet, Statement
from tests.factories.accounts import NOW
from tests.factories.trade import later
from tests.web.county.office import Desk, make_desk
from tests.web.shared.clock import Turn
from tests.web.shared.desk import settle
from tests.web.shared.reading import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(clock: Turn) -> Desk:
    """A county in which a sale has been settled."""
    desk = make_desk()
    settle(desk.sale, packs=3)
    clock(later(7200))
    return desk


def test_a_county_without_statements_says_when_they_come() -> None:
    text = words(make_desk().get("settlement/"))
    assert "No statement yet" in text
    assert "No statement was issued in the last 30 days." in text


def test_every_partys_statement_is_listed_and_the_picture_sums_to_the_sales(desk: Desk) -> None:
    page = desk.get("settlement/")
    text = words(page)
    for party in ("Qingshan", "Platform", "Farmer", "Host", "Cold chain and delivery"):
        assert party in text
    assert "¥119.40" in text
    assert 'class="flow"' in page.content.decode()


def test_statements_are_filtered_by_party_and_words(desk: Desk) -> None:
    host = desk.sale.stall.host
    rows = desk.get("settlement/", party=str(host.id)).content.decode().split("<tbody>")[1]
    assert rows.count("<tr>") == 1
    assert "No statement matches" in words(desk.get("settlement/", q="西瓜"))
    assert "No statement matches" in words(desk.get("settlement/", party="999999"))
    assert desk.get("settlement/", party="x", q="黄桃\x00").status_code == 200


def test_the_file_holds_every_statement_and_sums_to_what_was_settled(desk: Desk) -> None:
    response = desk.get("settlement/", format="csv")
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert rows[0][0] == "Number"
    assert rows[0][-1] == "Amount, yuan"
    listed = settlement.statements(county_id=desk.county_id, per_page=200).items
    assert {row[0] for row in rows[1:]} == {one.number for one in listed}
    assert round(sum(float(row[-1]) for row in rows[1:]), 2) == 119.40


def test_the_file_follows_the_filter(desk: Desk) -> None:
    response = desk.get("settlement/", format="csv", party=str(desk.sale.stall.host.id))
    assert len(response.content.decode().splitlines()) == 2


def test_a_long_file_is_read_page_by_page_to_its_end(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from fieldcast.web.county.views import settlement as view

    monkeypatch.setattr(view, "LARGEST", 2)
    response = desk.get("settlement/", format="csv")
    listed = settlement.statements(county_id=desk.county_id, per_page=200)
    assert len(response.content.decode().splitlines()) == listed.total + 1


def test_statements_of_another_county_are_not_listed(desk: Desk) -> None:
    other = make_desk()
    settle(other.sale)
    numbers = {one.number for one in settlement.statements(county_id=other.county_id).items}
    page = desk.get("settlement/").content.decode()
    assert numbers
    assert not any(number in page for number in numbers)


def test_a_household_is_named_on_its_own_list_alone(desk: Desk) -> None:
    household = accounts.organisation(organisation_id=desk.sale.stall.lot.plot.household_id)
    for shown in (desk.get("settlement/"), desk.get("settlement/", format="csv")):
        assert household.name not in shown.content.decode()
    assert f"** {household.code}" in desk.get("settlement/").content.decode()


def test_a_statement_of_a_month_stands_in_the_list_without_a_session(desk: Desk) -> None:
    stall = desk.sale.stall
    sheet = PeriodSheet.objects.create(
        county_id=stall.county_id,
        agreement_version_id=stall.version.id,
        seller_id=stall.cooperative.id,
        month=month_of(NOW),
        facts={},
        net_fen=0,
        settled_at=NOW,
    )
    Statement.objects.create(
        county_id=stall.county_id,
        number="J261122-MONTHLY1",
        party=stall.host.party,
        role="host",
        organisation_id=stall.host.id,
        sheet=sheet,
        run_key="sheet",
        total_fen=100,
        issued_at=NOW,
    )
    assert f"{stall.version.name} · {sheet.month:%Y-%m}" in words(desk.get("settlement/"))
