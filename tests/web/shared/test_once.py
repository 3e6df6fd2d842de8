"""A form that makes something is taken once, however often it is sent."""

from typing import Any

import pytest
from django.db import transaction
from django.test import RequestFactory

from fieldcast.accounts.models import Person
from fieldcast.kit.once import KeyReused
from fieldcast.web.shared import once
from tests.factories.accounts import NOW, make_county, make_person

pytestmark = pytest.mark.django_db
KEY = "ABCDEFGH23456789"


def request_of(person: Person, key: str, path: str = "/", **fields: Any) -> Any:
    """A form with this key."""
    request = RequestFactory().post(path, {"once": key, **fields})
    request.user = person
    return request


@pytest.fixture
def person() -> Person:
    return make_person(county_id=make_county())


def test_the_second_time_leads_where_the_first_one_led(person: Person) -> None:
    with transaction.atomic():
        first = once.claim(request_of(person, KEY), now=NOW)
        assert first.led_to is None
        first.leads_to("/there/")
    with transaction.atomic():
        assert once.claim(request_of(person, KEY), now=NOW).led_to == "/there/"
        assert once.claim(request_of(person, "OTHER-KEY"), now=NOW).led_to is None


def test_a_key_is_of_its_person_alone(person: Person) -> None:
    for one in (person, make_person(county_id=make_county())):
        assert once.claim(request_of(one, KEY), now=NOW).led_to is None


def test_a_form_whose_work_was_refused_may_be_sent_again(person: Person) -> None:
    with transaction.atomic():
        once.claim(request_of(person, KEY), now=NOW)
        transaction.set_rollback(True)
    assert once.claim(request_of(person, KEY), now=NOW).led_to is None


def test_the_same_form_with_another_csrf_token_is_the_same_form(person: Person) -> None:
    once.claim(request_of(person, KEY, units=5, csrfmiddlewaretoken="a"), now=NOW).leads_to("/there/")
    again = once.claim(request_of(person, KEY, units=5, csrfmiddlewaretoken="b"), now=NOW)
    assert again.led_to == "/there/"


@pytest.mark.parametrize("change", [{"units": 6}, {"units": ["5", "5"]}, {"units": 5, "more": ""}, {}])
def test_a_form_that_was_changed_after_it_was_taken_is_refused_and_shown_with_a_new_key(
    person: Person, change: dict[str, Any]
) -> None:
    once.claim(request_of(person, KEY, units=5), now=NOW).leads_to("/there/")
    request = request_of(person, KEY, **change)
    assert once.key_of(request) == KEY
    with pytest.raises(KeyReused):
        once.claim(request, now=NOW)
    assert once.key_of(request) != KEY


def test_the_key_of_one_page_opens_no_other(person: Person) -> None:
    once.claim(request_of(person, KEY, "/a/"), now=NOW).leads_to("/there/")
    with pytest.raises(KeyReused):
        once.claim(request_of(person, KEY, "/b/"), now=NOW)


@pytest.mark.parametrize("key", ["", "short", "with blank in it", "x" * 65])
def test_a_form_without_a_key_that_can_be_kept_gets_a_new_one(person: Person, key: str) -> None:
    made = once.key_of(request_of(person, key))
    assert len(made) == once.LENGTH
    assert made != key
