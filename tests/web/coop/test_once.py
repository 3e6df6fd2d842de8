"""A form that makes something is taken once, also when two arrive in the same moment."""

import threading
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import RequestFactory

from fieldcast.accounts.models import Person
from fieldcast.web.shared import once
from tests.factories.accounts import NOW, make_county, make_person


def request_of(person: Person, key: str) -> Any:
    """A form with this key."""
    request = RequestFactory().post("/", {"once": key})
    request.user = person
    return request


@pytest.mark.django_db
def test_the_second_time_leads_where_the_first_one_led() -> None:
    person = make_person(county_id=make_county())
    with transaction.atomic():
        first = once.claim(request_of(person, "KEY"), now=NOW)
        assert first.led_to is None
        first.leads_to("/there/")
    with transaction.atomic():
        assert once.claim(request_of(person, "KEY"), now=NOW).led_to == "/there/"
        assert once.claim(request_of(person, "OTHER"), now=NOW).led_to is None


@pytest.mark.django_db
def test_a_key_is_of_its_person_alone() -> None:
    county_id = make_county()
    for person in (make_person(county_id=county_id), make_person(county_id=county_id)):
        assert once.claim(request_of(person, "KEY"), now=NOW).led_to is None


@pytest.mark.django_db
def test_a_form_whose_work_was_refused_may_be_sent_again() -> None:
    person = make_person(county_id=make_county())
    with transaction.atomic():
        once.claim(request_of(person, "KEY"), now=NOW)
        transaction.set_rollback(True)
    assert once.claim(request_of(person, "KEY"), now=NOW).led_to is None


@pytest.mark.django_db
def test_a_claim_signs_nobody_in() -> None:
    from django.contrib.sessions.models import Session
    from django.test import Client

    person = make_person(county_id=make_county())
    once.claim(request_of(person, "KEY"), now=NOW).leads_to("/there/")
    client = Client()
    client.cookies["sessionid"] = Session.objects.get(session_key__startswith="once").session_key
    assert client.get("/coop/").status_code == 302


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_of_two_that_arrive_together_one_works_and_the_other_waits_for_where_it_led() -> None:
    person = make_person(county_id=make_county())
    claimed, led = threading.Event(), []

    def late() -> None:
        claimed.wait(10)
        with transaction.atomic():
            led.append(once.claim(request_of(person, "KEY"), now=NOW).led_to)
        connection.close()

    thread = threading.Thread(target=late)
    thread.start()
    with transaction.atomic():
        first = once.claim(request_of(person, "KEY"), now=NOW)
        claimed.set()
        thread.join(0.5)
        assert led == []  # it waits
        first.leads_to("/there/")
    thread.join(10)
    assert led == ["/there/"]
