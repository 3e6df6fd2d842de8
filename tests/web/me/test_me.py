"""The pages about oneself: name, addresses, keys, places of work. Everything on them is one's own."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from fieldcast.accounts import operations as accounts_operations
from fieldcast.accounts import queries as accounts
from fieldcast.accounts.models import Person
from fieldcast.accounts.types import OrganisationKind, Role
from fieldcast.web.context import CONSOLES
from tests.factories.accounts import NOW, make_county, make_member, make_organisation, make_person
from tests.web.shared.clock import Turn
from tests.web.shared.desk import sign_in
from tests.web.shared.reading import english_in, text_of

ADDRESS = {
    "recipient": "王秀兰",
    "phone": "139 0013 9000",
    "province": "黑龙江省",
    "city": "哈尔滨市",
    "district": "道里区",
    "line": "中央大街 12 号",
}
PAGES = ("/me/", "/me/name/", "/me/addresses/", "/me/addresses/new/", "/me/tokens/")


@pytest.fixture
def person(db: None, clock: Turn) -> Person:
    return make_person(county_id=make_county(), name="小满")


@pytest.fixture
def browser(person: Person) -> Client:
    client = Client()
    sign_in(client, person)
    return client


def keep(person: Person, line: str = "文三路 90 号", **more: Any) -> int:
    more = {"recipient": "李小满", "phone": "13800138000", "province": "浙江省", "city": "杭州市", **more}
    return accounts_operations.save_address(by=person, line=line, **more).id


def now_kept(person: Person) -> list[tuple[str, bool]]:
    return [(one.line, one.is_default) for one in accounts.addresses_of(person_id=person.pk)]


@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_behind_signing_in(db: None, page: str) -> None:
    assert Client().get(page)["Location"] == f"/accounts/login/?next={page}"


@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_chinese_to_its_last_word(person: Person, browser: Client, page: str) -> None:
    keep(person)
    accounts_operations.issue_token(by=person, name="脚本", now=NOW)
    assert english_in(browser.get(page).content.decode()) == []


def test_my_number_is_shown_masked(person: Person, browser: Client) -> None:
    page = browser.get("/me/").content.decode()
    assert person.phone not in page
    assert f"{person.phone[:3]}****{person.phone[-4:]}" in page


def test_the_places_i_work_in_are_named(db: None, clock: Turn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(CONSOLES, OrganisationKind.COOPERATIVE, (("lots", "批次", "leaf"),))
    member = make_member(
        organisation=make_organisation(county_id=make_county(), kind=OrganisationKind.COOPERATIVE)
    )
    browser = Client()
    browser.force_login(member)
    page = browser.get("/me/").content.decode()
    assert "我做事的地方" in page
    assert "青山合作社" in page


def test_a_shopper_has_no_places_of_work(browser: Client) -> None:
    assert "我做事的地方" not in browser.get("/me/").content.decode()


# --- the name --------------------------------------------------------------------------------------------------------
def test_the_name_others_see_can_be_changed(person: Person, browser: Client) -> None:
    browser.post("/me/name/", {"display_name": "  小  满\u202e妈妈 "})  # what nobody sees is not kept
    assert accounts.person_ref(person_id=person.pk).display_name == "小 满妈妈"


@pytest.mark.parametrize("name", ["", "   ", "x" * 41, "\u202e\u200b"])
def test_a_name_that_cannot_be_read_is_refused(person: Person, browser: Client, name: str) -> None:
    answer = browser.post("/me/name/", {"display_name": name})
    assert answer.status_code == 422
    assert b'aria-invalid="true"' in answer.content
    assert accounts.person_ref(person_id=person.pk).display_name == "小满"


# --- addresses -------------------------------------------------------------------------------------------------------
def test_an_address_is_kept(person: Person, browser: Client) -> None:
    browser.post("/me/addresses/new/", ADDRESS)
    (kept,) = accounts.addresses_of(person_id=person.pk)
    assert (kept.one_line, kept.phone, kept.is_default) == (
        "黑龙江省哈尔滨市道里区中央大街 12 号",
        "13900139000",
        True,
    )


@pytest.mark.parametrize("missing", ["recipient", "phone", "province", "city", "district", "line"])
def test_an_address_with_something_missing_is_told_where(
    person: Person, browser: Client, missing: str
) -> None:
    answer = browser.post("/me/addresses/new/", {**ADDRESS, missing: ""})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'aria-describedby="id_{missing}_error"' in page
    assert english_in(page) == []
    assert now_kept(person) == []


def test_another_address_can_be_chosen_first(person: Person, browser: Client) -> None:
    keep(person, "一号")
    second = keep(person, "二号")
    browser.post(f"/me/addresses/{second}/first")
    assert now_kept(person) == [("二号", True), ("一号", False)]


def test_an_address_is_deleted_after_a_question(person: Person, browser: Client) -> None:
    address_id = keep(person)
    assert 'data-confirm="删除这个地址？"' in browser.get("/me/addresses/").content.decode()
    browser.post(f"/me/addresses/{address_id}/delete")
    assert now_kept(person) == []


def test_a_full_address_book_says_so(person: Person, browser: Client) -> None:
    for number in range(accounts_operations.MOST_ADDRESSES):
        keep(person, f"{number} 号")
    answer = browser.post("/me/addresses/new/", ADDRESS)
    assert answer.status_code == 422
    assert "最多只能保存 20 个。" in text_of(answer.content.decode())
    assert len(now_kept(person)) == accounts_operations.MOST_ADDRESSES


def test_a_full_address_book_can_still_be_put_in_another_order(person: Person, browser: Client) -> None:
    ids = [keep(person, f"{number} 号") for number in range(accounts_operations.MOST_ADDRESSES)]
    browser.post(f"/me/addresses/{ids[3]}/first")
    assert now_kept(person)[0] == ("3 号", True)
    assert len(now_kept(person)) == accounts_operations.MOST_ADDRESSES


@pytest.mark.parametrize("step", ["first", "delete"])
def test_the_address_of_someone_else_is_not_there(person: Person, browser: Client, step: str) -> None:
    other = make_person(county_id=person.county_id or 0, name="阿勇")
    theirs = keep(other)
    assert browser.post(f"/me/addresses/{theirs}/{step}").status_code == 404
    assert now_kept(other) == [("文三路 90 号", True)]


# --- keys ------------------------------------------------------------------------------------------------------------
def secret_in(page: str) -> str:
    return str(re.findall(r"fc_[\w-]{20,}", page)[0])


def test_a_key_is_shown_once_and_opens(person: Person, browser: Client) -> None:
    answer = browser.post("/me/tokens/", {"name": "记账", "days": "90"})
    secret = secret_in(answer.content.decode())
    assert answer["Cache-Control"] == "no-store"
    assert accounts.person_by_token(secret=secret, now=NOW) == person
    page = browser.get("/me/tokens/").content.decode()
    assert "记账" in page
    assert secret not in page


@pytest.mark.parametrize(("days", "ends"), [("30", NOW + timedelta(days=30)), ("0", None)])
def test_a_key_ends_when_it_was_said_to(
    person: Person, browser: Client, days: str, ends: datetime | None
) -> None:
    browser.post("/me/tokens/", {"name": "记账", "days": days})
    assert [one.expires_at for one in accounts.tokens_of(person_id=person.pk)] == [ends]


def test_a_revoked_key_opens_nothing(person: Person, browser: Client) -> None:
    token, secret = accounts_operations.issue_token(by=person, name="记账", now=NOW)
    browser.post(f"/me/tokens/{token.id}/revoke")
    assert accounts.person_by_token(secret=secret, now=NOW) is None


def test_the_key_of_someone_else_is_not_there(person: Person, browser: Client) -> None:
    other = make_person(county_id=person.county_id or 0, name="阿勇")
    token, secret = accounts_operations.issue_token(by=other, name="记账", now=NOW)
    assert browser.post(f"/me/tokens/{token.id}/revoke").status_code == 404
    assert accounts.person_by_token(secret=secret, now=NOW) == other


def test_too_many_keys_are_refused(person: Person, browser: Client) -> None:
    for number in range(accounts_operations.MOST_TOKENS):
        accounts_operations.issue_token(by=person, name=f"{number}", now=NOW)
    answer = browser.post("/me/tokens/", {"name": "再来", "days": "30"})
    assert answer.status_code == 422
    assert len(accounts.tokens_of(person_id=person.pk)) == accounts_operations.MOST_TOKENS


@pytest.mark.parametrize("form", [{"name": "", "days": "30"}, {"name": "记账", "days": "7"}, {}])
def test_a_key_without_its_purpose_is_refused(person: Person, browser: Client, form: dict[str, str]) -> None:
    answer = browser.post("/me/tokens/", {**form, "sent": "1"})
    assert answer.status_code == 422
    assert accounts.tokens_of(person_id=person.pk) == ()


def test_keys_for_programs_are_offered_to_those_who_may_have_one(person: Person, browser: Client) -> None:
    assert "/me/tokens/" not in browser.get("/me/").content.decode()
    accounts_operations.issue_token(by=person, name="t", now=NOW)
    assert "/me/tokens/" in browser.get("/me/").content.decode()
    coop = make_organisation(county_id=make_county(), kind=OrganisationKind.COOPERATIVE)
    for role, offered in ((Role.OWNER, True), (Role.STAFF, False)):
        client = Client()
        client.force_login(make_member(organisation=coop, role=role))
        assert ("/me/tokens/" in client.get("/me/").content.decode()) is offered


def test_larger_type_is_kept_by_the_phone_until_it_is_ordinary_again(browser: Client) -> None:
    assert browser.post("/me/type", {"type": "large"})["Location"] == "/me/"
    page = browser.get("/me/").content.decode()
    assert 'class="large-type"' in page
    assert 'class="large-type"' in browser.get("/").content.decode()
    assert 'value="ordinary"' in page
    browser.post("/me/type", {"type": "ordinary"})
    assert "large-type" not in browser.get("/").content.decode()
