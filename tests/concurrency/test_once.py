"""The same request at the same instant: under one key it is done once, and both get its answer."""

import json
import threading
from functools import partial
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from fieldcast.accounts import operations as accounts_operations
from fieldcast.kit import once
from fieldcast.kit.models import Claim
from fieldcast.trade.models import WriteOff
from tests.concurrency.racing import race
from tests.factories.accounts import NOW
from tests.factories.trade import Sale, assert_balanced, make_sale

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.concurrency]
KEY = "a-key-of-mine-0001"
ASKED = once.fingerprint([b"the same"])


def senders(sale: Sale, keys: list[str | None], units: list[int]) -> list[Any]:
    """Calls that write units off, each under its key."""
    _token, secret = accounts_operations.issue_token(by=sale.stall.chief, name="race", now=timezone.now())

    def send(key: str | None, of: int) -> Any:
        headers = {"Authorization": f"Bearer {secret}"} | ({"Idempotency-Key": key} if key else {})
        path, body = f"/api/v1/lots/{sale.offer.lot_id}/write-offs", {"units": of, "reason": "腐烂"}
        return Client().post(path, json.dumps(body), content_type="application/json", headers=headers)

    return [partial(send, key, of) for key, of in zip(keys, units, strict=True)]


def test_the_same_request_eight_times_at_once_is_done_once_and_answered_eight_times() -> None:
    sale = make_sale()
    answers = race(senders(sale, [KEY] * 8, [2] * 8))
    assert {(one.status_code, one.content) for one in answers} == {(201, answers[0].content)}
    assert WriteOff.objects.count() == 1
    assert_balanced()


def test_control_without_a_key_each_of_them_is_done() -> None:
    sale = make_sale()
    answers = race(senders(sale, [None] * 8, [2] * 8))
    assert [one.status_code for one in answers] == [201] * 8
    assert WriteOff.objects.count() == 8


def test_of_two_requests_under_one_key_at_once_one_is_done_and_the_other_refused() -> None:
    sale = make_sale()
    answers = race(senders(sale, [KEY] * 2, [2, 3]))
    assert sorted(one.status_code for one in answers) == [201, 409]
    assert WriteOff.objects.count() == 1


def test_whoever_comes_second_waits_for_the_answer_of_the_first() -> None:
    claimed, led = threading.Event(), []

    def late() -> None:
        claimed.wait(10)
        with transaction.atomic():
            led.append(once.claim(person_id=1, key=KEY, asked=ASKED, now=NOW).led_to)
        connection.close()

    thread = threading.Thread(target=late)
    thread.start()
    with transaction.atomic():
        first = once.claim(person_id=1, key=KEY, asked=ASKED, now=NOW)
        claimed.set()
        thread.join(0.5)
        assert led == []  # it waits
        first.leads_to("/there/")
    thread.join(10)
    assert led == ["/there/"]


def test_whoever_comes_second_does_the_work_when_the_first_is_refused() -> None:
    claimed, led = threading.Event(), []

    def late() -> None:
        claimed.wait(10)
        with transaction.atomic():
            led.append(once.claim(person_id=1, key=KEY, asked=ASKED, now=NOW).led_to)
        connection.close()

    thread = threading.Thread(target=late)
    thread.start()
    with transaction.atomic():
        once.claim(person_id=1, key=KEY, asked=ASKED, now=NOW)
        claimed.set()
        thread.join(0.5)
        transaction.set_rollback(True)
    thread.join(10)
    assert led == [None]
    assert Claim.objects.count() == 1
