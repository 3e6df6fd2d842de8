"""The administration's pages: people are found, roles given and ended, names changed, the installation looked at."""

import re
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from fieldcast.accounts import operations as accounts_operations
from fieldcast.accounts import queries as accounts
from fieldcast.accounts.models import County, OfficeDeed, Organisation, Person, PersonalDataRead, Village
from fieldcast.accounts.types import OrganisationKind, OrganisationRef, Role, Standing
from fieldcast.web.office.words import KINDS
from tests.factories.accounts import (
    make_administrator,
    make_county,
    make_member,
    make_organisation,
    make_person,
)
from tests.web.shared.desk import CHINESE, browser

pytestmark = [pytest.mark.django_db, pytest.mark.scene("bare")]
WHY = {"reason": "本人来电，身份已核对"}
PASSWORD = "chunfen-2026-HW"


@dataclass(frozen=True)
class Office:
    """An administrator's browser; somebody, and a cooperative, to do something about."""

    county_id: int
    boss: Person
    other: Person
    shop: OrganisationRef
    client: Client

    def get(self, where: str = "", /, **asked: Any) -> str:
        """A page of the office."""
        answer = self.client.get(f"/office/{where}", asked)
        assert answer.status_code == 200, answer.status_code
        return answer.content.decode()

    def post(self, where: str, /, **sent: Any) -> Any:
        """A form of it, sent once."""
        return self.client.post(
            f"/office/{where}", {"once": f"once-{OfficeDeed.objects.count()}-{where}"[:20], **sent}
        )

    @property
    def person(self) -> str:
        """Where the somebody is."""
        return f"people/{self.other.pk}/"


@pytest.fixture
def office() -> Office:
    county_id = make_county()
    boss = make_administrator(county_id=county_id, name="孟晓东")
    shop = make_organisation(county_id=county_id, kind=OrganisationKind.COOPERATIVE)
    return Office(
        county_id, boss, make_person(county_id=county_id, name="阿勇"), shop, browser(boss, language=CHINESE)
    )


def test_whoever_administers_is_led_there_after_signing_in_and_finds_it_again() -> None:
    boss = Person.objects.create_user(
        phone="13700000009", password=PASSWORD, display_name="站长", county_id=make_county(), is_staff=True
    )
    client = Client()
    answer = client.post("/accounts/login/", {"login": boss.phone, "password": PASSWORD})
    assert answer["Location"] == "/office/"
    assert 'href="/office/people/"' in client.get("/me/").content.decode()


def test_the_first_page_says_how_much_there_is_and_what_needs_a_hand(office: Office) -> None:
    page = office.get()
    assert "平台管理" in page
    assert "模拟支付" in page  # no real money moves, and nobody may overlook it
    assert "还没有做过什么" in page


def test_somebody_is_found_by_number_with_a_reason(office: Office) -> None:
    refused = office.post("people/find/", phone="12345", reason="")
    assert refused.status_code == 422
    found = office.post("people/find/", phone=office.other.phone, **WHY)
    assert found["Location"] == f"/office/{office.person}"
    nobody = office.post("people/find/", phone="13711112222", **WHY)
    assert "没有人用这个手机号" in office.client.get(nobody["Location"]).content.decode()
    assert PersonalDataRead.objects.filter(reader=office.boss).count() == 2


def test_somebody_is_found_by_a_part_of_their_name(office: Office) -> None:
    page = office.get("people/", q="勇")
    assert f"/office/{office.person}" in page
    assert office.other.phone not in page
    assert "没有找到" in office.get("people/", q="没有这个人")
    assert "孟晓东" in office.get("people/", which="administrators")
    assert "阿勇" not in office.get("people/", which="blocked")


def test_a_role_is_given_by_code_or_name_and_ended(office: Office) -> None:
    wrong = office.post(f"{office.person}roles/", organisation="没有这家", role="owner", **WHY)
    assert wrong.status_code == 422
    assert "没有这个代码或名字的单位" in wrong.content.decode()
    office.post(f"{office.person}roles/", organisation=office.shop.code.lower(), role="owner", **WHY)
    assert [one.role for one in accounts.memberships_of(person_id=office.other.pk)] == [Role.OWNER]
    page = office.get(office.person)
    assert "负责人" in page
    assert WHY["reason"] in page
    end = f"{office.person}roles/{office.shop.id}/end/"
    assert "结束" in office.get(end)
    office.post(end, **WHY)
    assert accounts.memberships_of(person_id=office.other.pk) == ()


def test_of_two_organisations_of_one_name_the_code_says_which(office: Office) -> None:
    make_organisation(county_id=office.county_id, kind=OrganisationKind.HOST, name=office.shop.name)
    page = office.post(f"{office.person}roles/", organisation=office.shop.name, role="staff", **WHY)
    assert page.status_code == 422
    assert office.shop.code in page.content.decode()


def test_somebody_is_blocked_at_once_and_let_in_again(office: Office) -> None:
    theirs = browser(office.other)
    assert theirs.get("/me/").status_code == 200
    assert office.post(f"{office.person}block/").status_code == 422
    office.post(f"{office.person}block/", **WHY)
    assert theirs.get("/me/").status_code == 302
    assert "登录不了" in office.get(office.person)
    office.post(f"{office.person}unblock/", **WHY)
    assert theirs.get("/me/").status_code == 200


def test_all_devices_are_signed_out(office: Office) -> None:
    theirs = browser(office.other)
    office.post(f"{office.person}sign-out/", **WHY)
    assert theirs.get("/me/").status_code == 302
    assert browser(Person.objects.get(pk=office.other.pk)).get("/me/").status_code == 200


def test_an_administrator_is_made_and_nobody_ends_oneself(office: Office) -> None:
    office.post(f"{office.person}make-administrator/", **WHY)
    assert browser(office.other).get("/office/").status_code == 200
    refused = office.post(f"people/{office.boss.pk}/end-administrator/", **WHY)
    assert refused.status_code == 422
    assert "不能对自己做" in refused.content.decode()
    office.post(f"{office.person}end-administrator/", **WHY)
    assert browser(Person.objects.get(pk=office.other.pk)).get("/office/").status_code == 403


def test_a_form_sent_twice_is_taken_once(office: Office) -> None:
    sent = {
        "once": "the-very-same-key",
        "kind": "host",
        "name": "果农秀兰",
        "name_en": "",
        "village": "",
        "code": "",
    }
    first, second = (office.client.post("/office/organisations/new/", sent) for _time in range(2))
    assert first["Location"] == second["Location"]
    assert Organisation.objects.filter(kind="host").count() == 1


def test_an_organisation_is_made_renamed_and_suspended(office: Office) -> None:
    made = office.post(
        "organisations/new/", kind="host", name="果农秀兰", name_en="Xiulan", village="", code=""
    )
    where = made["Location"].removeprefix("/office/")
    host = Organisation.objects.get(kind="host")
    assert (where, host.code) == (f"organisations/{host.pk}/", "H01")
    assert "没有人管" in office.get(where)
    office.post(f"{where}rename/", name="秀兰直播", name_en="")
    office.post(f"{where}standing/", standing="suspended", reason="虚假宣传")
    now = accounts.organisation(organisation_id=host.pk)
    assert (now.name, now.standing) == ("秀兰直播", Standing.SUSPENDED)
    assert "秀兰直播" in office.get("organisations/", q="秀兰", kind="host")
    refused = office.post("organisations/new/", kind="host", name="别人", code="H01")
    assert refused.status_code == 422
    assert "H01 已经有人用了" in refused.content.decode()


def test_villages_and_the_county_are_renamed_and_what_is_in_use_stays(office: Office) -> None:
    office.post("county/villages/new/", name="河湾村", name_en="Hewan")
    village = Village.objects.get()
    office.post(f"county/villages/{village.pk}/", name="新河湾村", name_en="")
    office.post("county/rename/", name="新河湾县", name_en="New Hewan")
    assert "新河湾县" in office.get("county/")
    Organisation.objects.filter(pk=office.shop.id).update(village=village)
    assert (
        "还在用"
        in office.client.post(f"/office/county/villages/{village.pk}/remove/", follow=True).content.decode()
    )
    Organisation.objects.update(village=None)
    office.post(f"county/villages/{village.pk}/remove/")
    assert not Village.objects.exists()
    assert County.objects.get().name == "新河湾县"


def test_settings_are_shown_and_no_secret_is(office: Office, settings: Any) -> None:
    page = office.get("county/") + office.get("state/")
    assert "FIELDCAST_<wbr>PUBLIC_<wbr>URL" in page, "a narrow page breaks it after a line"
    for secret in (settings.SECRET_KEY, settings.FIELD_KEY):
        assert secret not in page


def test_the_state_says_versions_jobs_and_that_nothing_is_backed_up(office: Office) -> None:
    page = office.get("state/")
    for words in ("PostgreSQL", "后台任务", "硬盘", "备份"):
        assert words in page
    assert "/admin/" not in page  # it would show them nothing


def test_the_trail_tells_who_did_what_and_why(office: Office) -> None:
    office.post(f"{office.person}roles/", organisation=office.shop.code, role="staff", **WHY)
    page = office.get("trail/")
    for words in ("给了身份", "阿勇", "孟晓东", WHY["reason"], "员工"):
        assert words in page


def test_a_page_is_for_administrators_of_that_county_alone(office: Office) -> None:
    far = browser(make_administrator(county_id=make_county("别县")))
    assert far.get(f"/office/{office.person}").status_code == 404
    assert far.post(f"/office/{office.person}block/", WHY).status_code == 404
    chief = browser(make_member(organisation=office.shop), language=CHINESE)
    refused = chief.get("/office/")
    assert refused.status_code == 403
    assert "平台管理员" in refused.content.decode()
    assert Client().get("/office/")["Location"].startswith("/accounts/login/")


def test_lists_cost_as_much_for_many_as_for_few(office: Office, django_assert_max_num_queries: Any) -> None:
    for number in range(8):
        accounts_operations.add_member(
            person_id=make_person(county_id=office.county_id, name=f"社员{number}").pk,
            organisation_id=office.shop.id,
            role=Role.STAFF,
        )
    for where in ("people/", "organisations/", "trail/", f"organisations/{office.shop.id}/"):
        with django_assert_max_num_queries(11):
            office.get(where)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_is_whole_in_both_languages(office: Office, language: str) -> None:
    client = browser(office.boss, language={"accept-language": language})
    for where in (
        "", "people/", "people/find/", office.person, f"{office.person}roles/", f"{office.person}block/",
        "organisations/", "organisations/new/", f"organisations/{office.shop.id}/", "county/", "state/", "trail/",
    ):  # fmt: skip
        text = client.get(f"/office/{where}").content.decode()
        main = text[text.index("<main") : text.index("</main")]
        body = re.sub(r"<[^>]+>", " ", main)
        said = "[的人]" if language == "zh-hans" else "[A-Z][a-z]+ [a-z]"
        assert re.search(said, body), where
        assert not re.search(r"%\(|\{\{", body)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_on_an_empty_installation_the_first_page_says_how_to_make_a_county(language: str) -> None:
    client = Client(headers={"accept-language": language})
    page = client.get("/").content.decode()
    assert "<code>fieldcast init</code>" in page
    assert (
        client.post("/accounts/signup/", {"phone": "13700000001", "password1": PASSWORD}).status_code == 200
    )
    assert not Person.objects.exists()


def test_every_kind_of_organisation_has_a_word() -> None:
    assert set(KINDS) == set(OrganisationKind)
