"""Django's admin behind the office: every table opens in both languages, under a name a person would give it."""

import html
import re
from dataclasses import replace

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from fieldcast.accounts.models import Person, PersonalDataRead
from fieldcast.accounts.office import people
from fieldcast.accounts.types import OrganisationKind
from fieldcast.config.tables.names import ROOMS, TABLES
from tests.factories.accounts import (
    make_administrator,
    make_county,
    make_member,
    make_organisation,
    make_person,
)
from tests.web.shared.desk import browser

pytestmark = [pytest.mark.django_db, pytest.mark.scene("bare")]
COOPERATIVE = OrganisationKind.COOPERATIVE
PASSWORD = "chunfen-2026-HW"
CLUMSY = re.compile(r"\b(Countys|Persons|Write offs|Give backs|hash)\b", re.IGNORECASE)


@pytest.fixture
def keeper() -> Person:
    return Person.objects.create_user(
        phone="13700000001",
        password=PASSWORD,
        display_name="孟晓东",
        county_id=make_county(),
        is_staff=True,
        is_superuser=True,
    )


def ours() -> list[str]:
    return [model._meta.label_lower for model in admin.site._registry]


def test_every_table_has_a_name_in_both_languages() -> None:
    assert set(ours()) - set(TABLES) == {"auth.group"}  # Django names its own
    assert {label.partition(".")[0] for label in TABLES} <= set(ROOMS)


@pytest.mark.parametrize(("language", "first"), [("zh-hans", 0), ("en", 1)])
def test_every_table_opens_and_is_called_something(keeper: Person, language: str, first: int) -> None:
    """The list of all in each language, every second table in one and the others in the other."""
    client = browser(keeper, language={"accept-language": language})
    index = client.get("/admin/").content.decode()
    assert "孟晓东" in index
    assert keeper.phone_hash.upper() not in index.upper()
    assert ("田播" if language == "zh-hans" else "Fieldcast") in index
    assert not CLUMSY.search(index)
    for label in ours()[first::2]:
        answer = client.get(reverse(f"admin:{label.replace('.', '_')}_changelist"))
        assert answer.status_code == 200, label
        if label in TABLES and language == "zh-hans":
            title = re.search(r"<h1>(.*?)</h1>", answer.content.decode())
            assert title, label
            assert re.search("[\u4e00-\u9fff]", title[1]), title[1]


@pytest.mark.parametrize("typed", ["13700000001", "+86 137 0000 0001"])
def test_one_signs_in_there_with_the_number(keeper: Person, typed: str) -> None:
    client = Client(headers={"accept-language": "zh-hans"})
    assert "手机号" in client.get("/admin/login/").content.decode()
    answer = client.post("/admin/login/", {"username": typed, "password": PASSWORD, "next": "/admin/"})
    assert answer["Location"] == "/admin/"


@pytest.mark.parametrize("typed", ["123", "13700000002"])
def test_a_wrong_number_is_said_in_words(keeper: Person, typed: str) -> None:
    client = Client(headers={"accept-language": "zh-hans"})
    page = html.unescape(
        client.post("/admin/login/", {"username": typed, "password": PASSWORD}).content.decode()
    )
    assert "手机号" in page
    assert "hash" not in page.lower()
    assert "_auth_user_id" not in client.session


def test_people_are_found_there_by_their_number_and_that_is_written_down(keeper: Person) -> None:
    other = make_person(county_id=keeper.county_id or 0, name="阿勇")
    client = browser(keeper)
    assert "阿勇" in client.get("/admin/accounts/person/", {"q": other.phone}).content.decode()
    assert "阿勇" not in client.get("/admin/accounts/person/", {"q": "13755555555"}).content.decode()
    assert "阿勇" in client.get("/admin/accounts/person/", {"q": "勇"}).content.decode()
    assert PersonalDataRead.objects.filter(reader=keeper).count() == 2


def test_searches_by_number_are_limited_as_the_offices_are_and_with_them(
    keeper: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = make_person(county_id=keeper.county_id or 0, name="阿勇")
    monkeypatch.setattr(people, "BY_NUMBER", replace(people.BY_NUMBER, most=2))
    client = browser(keeper)
    answers = [client.get("/admin/accounts/person/", {"q": other.phone}) for _each in range(3)]
    assert "阿勇" in answers[0].content.decode()
    assert answers[-1].status_code == 429
    assert "阿勇" not in answers[-1].content.decode()
    assert "阿勇" in client.get("/admin/accounts/person/", {"q": "勇"}).content.decode()


def test_rights_are_not_changed_past_their_trail(keeper: Person) -> None:
    other = make_person(county_id=keeper.county_id or 0)
    page = f"/admin/accounts/person/{other.pk}/change/"
    sent = {"display_name": "阿勇", "county": keeper.county_id or 0, "is_staff": "on"}
    assert browser(keeper).post(page, sent).status_code == 302
    other.refresh_from_db()
    assert (other.display_name, other.is_staff, other.is_active) == ("阿勇", False, True)
    trail = browser(keeper, language={"accept-language": "zh-hans"}).get("/office/trail/").content.decode()
    assert "改了一条" in trail
    assert "人 · 阿勇 · 孟晓东 办的" in trail


def test_who_sees_no_table_is_told_what_this_is_and_led_back(keeper: Person) -> None:
    """An empty page, or a form asking once more, says neither what this is nor where to go."""
    county = keeper.county_id or 0
    for person, back in (
        (make_administrator(county_id=county), "/office/"),
        (make_member(organisation=make_organisation(county_id=county, kind=COOPERATIVE)), "/coop/"),
        (make_person(county_id=county), "/me/"),
    ):
        for language, said in (("zh-hans", "平台背后的数据表"), ("en", "the tables behind the platform")):
            client = browser(person, language={"accept-language": language})
            answer = client.get("/admin/", follow=True)
            page = html.unescape(answer.content.decode())
            assert answer.status_code == 403
            assert said in page
            assert f'<a class="btn btn-primary" href="{back}">' in page
            assert person.phone_hash not in page
