"""Signing up and the addresses around it: what is refused is refused in words, and nothing breaks."""

import pytest
from django.core.cache import cache
from django.test import Client

from fieldcast.accounts.queries import person_by_phone
from tests.factories.accounts import make_county, make_person, phone
from tests.web.shared.reading import english_in, text_of

pytestmark = pytest.mark.django_db
CHINESE, ENGLISH = "zh-hans", "en"
PASSWORD = "peach-orchard-7"


@pytest.fixture(autouse=True)
def _nobody_has_tried_yet() -> None:
    cache.clear()


def sign_up(number: str, password: str = PASSWORD, language: str = CHINESE) -> tuple[int, str]:
    reader = Client(headers={"accept-language": language})
    answer = reader.post("/accounts/signup/", {"phone": number, "password1": password, "terms": "on"})
    return answer.status_code, answer.content.decode()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (CHINESE, "这个手机号已经注册过了，请直接登录。"),
        (ENGLISH, "This number has an account already: sign in with it."),
    ],
)
def test_a_number_that_has_an_account_is_told_to_sign_in(language: str, words: str) -> None:
    person = make_person(county_id=make_county())
    status, page = sign_up(person.phone, language=language)
    assert status == 200
    assert words in page
    assert 'class="field-error"' in page


def test_a_new_number_gets_an_account() -> None:
    make_county()
    number = phone()
    assert sign_up(number)[0] == 302
    assert person_by_phone(phone=number) is not None


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (CHINESE, "手机号不能当密码，别人也知道。"),
        (ENGLISH, "Your mobile number is no password: others know it."),
    ],
)
def test_ones_own_number_is_no_password(language: str, words: str) -> None:
    make_county()
    number = phone()
    for password in (number, f"+86 {number[:3]} {number[3:7]} {number[7:]}"):
        status, page = sign_up(number, password, language)
        assert status == 200
        assert words in page
    assert person_by_phone(phone=number) is None


@pytest.mark.parametrize(
    "address",
    [
        "/accounts/email/",
        "/accounts/phone/change/",
        "/accounts/phone/verify/",
        "/accounts/confirm-email/",
        "/accounts/login/code/confirm/",
    ],
)
def test_a_page_that_is_not_offered_is_not_there(address: str) -> None:
    assert Client().get(address).status_code == 404


@pytest.mark.parametrize(
    ("language", "words"),
    [(CHINESE, "短时间里试得太多了"), (ENGLISH, "Too many tries in a short time")],
)
def test_too_many_sign_ups_are_refused_on_a_page_of_ours(language: str, words: str) -> None:
    for _time in range(21):
        status, page = sign_up("1", language=language)
    assert status == 429
    assert words in page
    assert 'href="/"' in page
    assert language == ENGLISH or english_in(page) == []
    assert text_of(page)


def test_a_file_name_that_no_file_can_have_is_not_there() -> None:
    assert Client().get("/media/pictures/%00").status_code == 404
    assert Client().get("/media/%00").status_code == 404
