"""Pages before one is in: the forgotten password, the terms and the privacy notice, and the tick under them."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone

from fieldcast.accounts.models import TermsConsent
from fieldcast.accounts.queries import person_by_phone
from fieldcast.accounts.types import TERMS
from tests.factories.accounts import make_county, make_person, phone
from tests.factories.recovery import NEW, Counter, given_code, make_counter
from tests.web.shared.desk import CHINESE, ENGLISH, browser
from tests.web.shared.reading import english_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nobody_has_tried_yet() -> None:
    cache.clear()


@pytest.fixture
def counter() -> Counter:
    return make_counter()


@pytest.mark.parametrize("page", ["/me/forgotten/", "/terms/", "/privacy/"])
def test_each_page_is_whole_in_both_languages(counter: Counter, page: str) -> None:
    chinese = Client(headers=CHINESE).get(page).content.decode()
    assert english_in(chinese) == []
    assert "河湾服务中心" in chinese
    assert "Qingshan" in Client(headers=ENGLISH).get(page).content.decode()


@pytest.mark.parametrize("page", ["/me/forgotten/", "/terms/", "/privacy/"])
def test_an_empty_county_breaks_no_page(page: str) -> None:
    assert Client().get(page).status_code == 200


def test_the_old_address_leads_to_the_page_and_others_of_it_are_not_there() -> None:
    assert Client().get("/accounts/password/reset/")["Location"] == "/me/forgotten/"
    for gone in ("done/", "key/1-abc/", "key/done/"):
        assert Client().get(f"/accounts/password/reset/{gone}").status_code == 404


def test_a_code_that_is_wrong_late_or_of_nobodys_is_answered_alike(counter: Counter) -> None:
    late = given_code(counter, now=timezone.now() - timedelta(minutes=20))
    said = []
    for number, code in ((counter.phone, "22223333"), (counter.phone, late), (phone(), late)):
        answer = Client(headers=ENGLISH).post(
            "/me/forgotten/", {"phone": number, "code": code, "password": NEW}
        )
        assert answer.status_code == 422
        assert NEW not in answer.content.decode()  # no password comes back in a page
        said.append(answer.content.decode().count("This code is not right for this number"))
    assert said == [1, 1, 1]


def test_a_try_that_is_wrong_stays_counted_though_it_is_refused(counter: Counter) -> None:
    code = given_code(counter)
    for _time in range(5):
        Client().post("/me/forgotten/", {"phone": counter.phone, "code": "22223333", "password": NEW})
    answer = Client().post("/me/forgotten/", {"phone": counter.phone, "code": code, "password": NEW})
    assert answer.status_code == 422


def test_a_weak_password_is_said_beside_its_field(counter: Counter) -> None:
    typed = {"phone": counter.phone, "code": given_code(counter), "password": "short"}
    answer = Client(headers=ENGLISH).post("/me/forgotten/", typed)
    assert answer.status_code == 422
    assert "too short" in answer.content.decode()


def sign_up(**ticked: str) -> tuple[int, str, str]:
    number = phone()
    answer = Client(headers=ENGLISH).post("/accounts/signup/", {"phone": number, "password1": NEW, **ticked})
    return answer.status_code, answer.content.decode(), number


def test_nobody_signs_up_without_the_tick_under_two_pages_one_can_read() -> None:
    make_county()
    status, page, number = sign_up()
    assert status == 200
    assert "Read the two pages and tick here" in page
    assert 'href="/terms/"' in page
    assert 'href="/privacy/"' in page
    assert person_by_phone(phone=number) is None


def test_who_agreed_to_what_and_when_is_kept_for_good() -> None:
    make_county()
    status, _page, number = sign_up(terms="on")
    assert status == 302
    person = person_by_phone(phone=number)
    kept = TermsConsent.objects.get(person=person)
    assert (kept.version, (timezone.now() - kept.at) < timedelta(minutes=1)) == (TERMS, True)
    for change in (lambda: TermsConsent.objects.update(version="x"), kept.delete):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()


def test_who_was_here_before_is_asked_once_and_not_kept_out() -> None:
    client = browser(make_person(county_id=make_county()))
    asks = "I agree to them"
    assert asks in client.get("/me/").content.decode()
    assert client.get("/me/orders/").status_code == 200
    client.post("/me/terms", {"do": "later"})
    assert asks not in client.get("/me/").content.decode()


def test_who_agrees_is_asked_no_more_until_the_terms_change(monkeypatch: Any) -> None:
    person = make_person(county_id=make_county())
    for _time in range(2):  # sent twice it is one row
        browser(person).post("/me/terms", {"do": "agree"})
    assert TermsConsent.objects.filter(person=person).count() == 1
    asks = "I agree to them"
    assert asks not in browser(person).get("/me/").content.decode()
    monkeypatch.setattr("fieldcast.accounts.queries.TERMS", "2027-01-01")
    assert asks in browser(person).get("/me/").content.decode()


def test_a_new_person_is_told_from_others_by_the_end_of_their_number() -> None:
    make_county()
    Client(headers=ENGLISH).post(
        "/accounts/signup/", {"phone": "13700004321", "password1": NEW, "terms": "on"}
    )
    found = person_by_phone(phone="13700004321")
    assert found is not None
    assert found.display_name == "Guest4321"
