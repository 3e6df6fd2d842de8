"""Signing in as anyone of the demo county, in demo mode and only there."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, override_settings

from fieldcast.accounts.models import Person
from fieldcast.accounts.types import OrganisationKind, Role
from fieldcast.demo.wish import viewers_wanted
from fieldcast.web.context import CONSOLES
from tests.factories.accounts import (
    make_administrator,
    make_county,
    make_member,
    make_organisation,
    make_person,
)
from tests.web.shared.clock import Turn

DEMO_URLS = "tests.web.demo.demo_urls"


@pytest.fixture
def demo(db: None, clock: Turn) -> Iterator[None]:
    with override_settings(DEMO=True, ROOT_URLCONF=DEMO_URLS):
        yield


@pytest.fixture
def county_id(demo: None) -> int:
    return make_county()


@pytest.fixture
def shopper(county_id: int) -> Person:
    return make_person(county_id=county_id, name="小满")


def signed_in_as(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


def test_everyone_there_is_to_be_is_shown(county_id: int, shopper: Person) -> None:
    chief = make_member(
        organisation=make_organisation(county_id=county_id, kind=OrganisationKind.COOPERATIVE), name="王德福"
    )
    page = Client().get("/demo/").content.decode()
    for person in (shopper, chief):
        assert person.display_name in page
        assert f'formaction="/demo/sign-in/{person.pk}/"' in page


def test_an_organisation_is_named_in_the_readers_language(county_id: int) -> None:
    make_member(organisation=make_organisation(county_id=county_id, kind=OrganisationKind.COOPERATIVE))
    assert "青山合作社" in Client().get("/demo/").content.decode()
    assert "Qingshan" in Client().get("/demo/", headers={"Accept-Language": "en"}).content.decode()


def test_one_touch_signs_in_and_leads_a_shopper_to_the_shop(shopper: Person) -> None:
    client = Client()
    answer = client.post(f"/demo/sign-in/{shopper.pk}/")
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert signed_in_as(client) == str(shopper.pk)


def test_someone_who_works_begins_at_their_first_place(
    county_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(CONSOLES, OrganisationKind.COOPERATIVE, (("lots", "批次", "leaf"),))
    chief = make_member(
        organisation=make_organisation(county_id=county_id, kind=OrganisationKind.COOPERATIVE)
    )
    assert Client().post(f"/demo/sign-in/{chief.pk}/")["Location"] == "/lots/"


def test_whoever_was_on_the_way_somewhere_goes_on(shopper: Person) -> None:
    answer = Client().post(f"/demo/sign-in/{shopper.pk}/", {"next": "/buy/7/?units=2"})
    assert answer["Location"] == "/buy/7/?units=2"
    assert 'value="/buy/7/"' in Client().get("/demo/?next=/buy/7/").content.decode()


@pytest.mark.parametrize("url", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"])
def test_nobody_is_sent_elsewhere(shopper: Person, url: str) -> None:
    assert Client().post(f"/demo/sign-in/{shopper.pk}/", {"next": url})["Location"] == "/"


@pytest.mark.parametrize("real", [{"password": "chunfen-2026-HW"}, {"is_superuser": True}])
def test_whoever_keeps_the_platform_itself_cannot_be_signed_in_as(
    county_id: int, real: dict[str, Any]
) -> None:
    keeper = Person.objects.create_user(
        phone="13700000001", display_name="站长", county_id=county_id, is_staff=True, **real
    )
    client = Client()
    assert "站长" not in client.get("/demo/").content.decode()
    assert client.post(f"/demo/sign-in/{keeper.pk}/").status_code == 404
    assert signed_in_as(client) is None


def test_the_demos_own_administrator_is_led_to_the_office(county_id: int) -> None:
    keeper = make_administrator(county_id=county_id, name="孟晓东")
    client = Client()
    page = client.get("/demo/").content.decode()
    assert f'formaction="/demo/sign-in/{keeper.pk}/"' in page
    assert client.post(f"/demo/sign-in/{keeper.pk}/")["Location"] == "/office/"
    assert "/office/" in client.get("/me/").content.decode()


def test_people_of_another_county_and_nobody_cannot_be_signed_in_as(shopper: Person) -> None:
    other = make_person(county_id=make_county("别县"), name="外人")
    for person_id in (other.pk, 999_999, 10**30):
        assert Client().post(f"/demo/sign-in/{person_id}/").status_code == 404


def test_a_look_does_not_sign_in(shopper: Person) -> None:
    client = Client()
    assert client.get(f"/demo/sign-in/{shopper.pk}/").status_code == 405
    assert signed_in_as(client) is None


def test_outside_demo_mode_there_is_no_such_place(db: None) -> None:
    person = make_person(county_id=make_county(), name="小满")
    client = Client()
    assert client.get("/demo/").status_code == 404
    assert client.post(f"/demo/sign-in/{person.pk}/").status_code == 404
    assert signed_in_as(client) is None


@override_settings(DEMO=False, ROOT_URLCONF=DEMO_URLS)
def test_the_door_stays_shut_outside_demo_mode_even_where_it_is_mounted(db: None) -> None:
    person = make_person(county_id=make_county(), name="小满")
    client = Client()
    assert client.get("/demo/").status_code == 404
    assert client.post(f"/demo/sign-in/{person.pk}/").status_code == 404
    assert signed_in_as(client) is None


def test_invented_viewers_are_sent_away_and_called_back(shopper: Person, tmp_path: Path) -> None:
    client = Client()
    with override_settings(DEMO_VIEWERS=24, HOME=tmp_path):
        assert "让他们走" in client.get("/demo/").content.decode()
        assert client.post("/demo/viewers/", {"they": "go"})["Location"] == "/demo/"
        assert not viewers_wanted(tmp_path)
        assert "让他们来" in client.get("/demo/").content.decode()
        client.post("/demo/viewers/", {"they": "come"})
        assert viewers_wanted(tmp_path)


def test_where_no_viewers_were_asked_for_nothing_is_said_of_them(shopper: Person) -> None:
    assert "编出来的观众" not in Client().get("/demo/").content.decode()


def test_whoever_packs_is_told_what_they_can_do(county_id: int) -> None:
    cooperative = make_organisation(county_id=county_id, kind=OrganisationKind.COOPERATIVE)
    make_member(organisation=cooperative, name="李小梅", role=Role.STAFF)
    page = Client().get("/demo/").content.decode()
    assert "打面单、打包、发货" in page
    assert "登记批次" not in page
