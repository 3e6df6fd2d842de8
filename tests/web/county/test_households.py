"""Household incomes: names are read here, so the reading is written down."""

import csv
import io

import pytest

from fieldcast.accounts.models import Organisation, PersonalDataRead, Village
from fieldcast.accounts.types import OrganisationKind
from tests.factories.accounts import make_organisation
from tests.factories.guards import guards_asleep
from tests.factories.trade import later
from tests.web.county.incomes_of_three import three_households
from tests.web.county.office import make_desk
from tests.web.shared.clock import Turn
from tests.web.shared.desk import CHINESE, settle
from tests.web.shared.reading import words

pytestmark = pytest.mark.django_db


def test_every_household_is_listed_with_its_income_the_most_first(clock: Turn) -> None:
    desk = make_desk(language=CHINESE)
    settle(desk.sale, packs=3)
    make_organisation(county_id=desk.county_id, kind=OrganisationKind.HOUSEHOLD, name="陈玉龙家")
    clock(later(7200))
    text = words(desk.get("households/"))
    assert text.index("王秀兰家") < text.index("陈玉龙家")
    assert "还没拿到钱 1" in text


def test_whoever_reads_the_names_is_written_down(clock: Turn) -> None:
    desk = make_desk()
    clock(later(60))
    desk.get("households/")
    desk.get("households/", format="csv")
    reads = PersonalDataRead.objects.order_by("id")
    assert [(read.reader_id, read.what, read.at) for read in reads] == [
        (desk.officer.pk, "income", later(60)),
        (desk.officer.pk, "income file", later(60)),
    ]


def test_the_dashboard_reads_no_names_and_writes_nothing_down() -> None:
    make_desk().get()
    assert not PersonalDataRead.objects.exists()


def test_a_village_can_be_chosen_and_the_file_follows() -> None:
    desk = make_desk(language=CHINESE)
    here, there = three_households(desk.county_id)
    text = words(desk.get("households/", village=here))
    assert "甲家" in text
    assert "丙家" not in text
    response = desk.get("households/", village=there, format="csv")
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert [row[1] for row in rows[1:]] == ["丙家"]
    assert rows[0] == ["编号", "农户", "村", "近 30 天收入（元）"]
    assert Village.objects.filter(name=here).exists()


def test_a_county_without_households_says_so() -> None:
    desk = make_desk()
    with guards_asleep():
        Organisation.objects.filter(kind="household").update(kind="service_centre")
    assert "No household here" in words(desk.get("households/"))
    assert "No household is registered." in words(desk.get())
