"""A request is taken once under its key: the second time it is answered as the first."""

from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction

from fieldcast.kit import once
from fieldcast.kit.models import Claim as Row
from tests.factories.accounts import NOW

pytestmark = pytest.mark.django_db
KEY = "a-key-of-mine"
ASKED = once.fingerprint([b"POST", b"/here"])


def take(*, person_id: int = 1, key: str = KEY, asked: str = ASKED, now: datetime = NOW) -> once.Claim:
    with transaction.atomic():
        return once.claim(person_id=person_id, key=key, asked=asked, now=now)


def test_the_first_time_the_work_is_to_be_done_and_the_second_its_answer_is_there() -> None:
    first = take()
    assert first.led_to is None
    first.leads_to("/there/")
    assert take().led_to == "/there/"
    assert take(key="another-key").led_to is None


def test_another_request_under_the_same_key_is_refused() -> None:
    take().leads_to("/there/")
    with pytest.raises(once.KeyReused):
        take(asked=once.fingerprint([b"POST", b"/elsewhere"]))
    assert take().led_to == "/there/"


def test_a_key_is_of_its_person_alone() -> None:
    take(person_id=1).leads_to("/there/")
    assert take(person_id=2, asked=once.fingerprint([b"else"])).led_to is None


def test_work_that_was_refused_may_be_sent_again() -> None:
    with transaction.atomic():
        once.claim(person_id=1, key=KEY, asked=ASKED, now=NOW)
        transaction.set_rollback(True)
    assert take(asked=once.fingerprint([b"corrected"])).led_to is None


@pytest.mark.parametrize(
    "key", ["", "seven-7", "x" * 65, "with blank", "a/slash/in", "\x00" * 8, "钥匙" * 4, KEY + "\n"]
)
def test_a_key_that_cannot_be_kept_is_refused(key: str) -> None:
    with pytest.raises(once.BadKey):
        take(key=key)
    assert not Row.objects.exists()


@pytest.mark.parametrize("key", ["x" * 8, "x" * 64, "aZ9_.:-0"])
def test_keys_of_eight_to_sixty_four_signs_are_kept(key: str) -> None:
    assert take(key=key).led_to is None


def test_parts_of_what_was_asked_do_not_run_into_each_other() -> None:
    assert once.fingerprint([b"ab", b"c"]) != once.fingerprint([b"a", b"bc"])
    assert once.fingerprint([b"a"]) != once.fingerprint([b"a", b""])


def test_after_two_days_a_key_stands_for_nothing() -> None:
    take().leads_to("/there/")
    over = NOW + once.KEPT
    assert take(now=over - timedelta(seconds=1)).led_to == "/there/"
    assert take(now=over, asked=once.fingerprint([b"new"])).led_to is None
    assert Row.objects.get().led_to == ""


def test_claims_whose_time_is_over_are_forgotten_and_no_others() -> None:
    take(key="early-one").leads_to("/early/")
    take(key="later-one", now=NOW + timedelta(days=1)).leads_to("/later/")
    assert once.forget(now=NOW + once.KEPT) == 1
    assert [row.key for row in Row.objects.all()] == ["later-one"]
    assert once.forget(now=NOW + once.KEPT) == 0


def test_an_answer_is_unreadable_in_the_database() -> None:
    take().leads_to("201 王女士")
    with connection.cursor() as cursor:
        cursor.execute("SELECT led_to FROM kit_claim")
        (stored,) = cursor.fetchone()
    assert stored
    assert "王" not in stored
