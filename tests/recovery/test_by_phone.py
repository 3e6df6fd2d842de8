"""Where there is a way to phones, a code is sent to whoever has the number; the page says the same to everybody."""

import hashlib
import hmac
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fieldcast.accounts import tries
from fieldcast.accounts.models import Person
from fieldcast.config.environment import BadSetting, read
from fieldcast.recovery import operations
from fieldcast.recovery.models import CodeAsk, ResetCode
from fieldcast.recovery.operations.limited import ASKS_AT_PLACE, ASKS_OF_ADDRESS, ASKS_OF_STRANGERS
from fieldcast.recovery.problems import NoWayToPhones, TooManyCodes, WrongCode
from tests.factories.accounts import NOW, phone
from tests.factories.recovery import NEW, OLD, Counter, given_code, make_counter
from tests.recovery.gateway import Gateway, gateway

pytestmark = pytest.mark.django_db
HOME, KEY = "203.0.113.5", "a-key-both-know"


@pytest.fixture
def counter() -> Counter:
    return make_counter()


@pytest.fixture
def sms(settings: Any) -> Iterator[Gateway]:
    with gateway() as server:
        settings.INBOX_WAYS, settings.SMS_URL, settings.SMS_KEY = ("page", "sms"), server.url, KEY
        yield server


def ask(number: str, *, address: str = HOME, at: Any = NOW) -> None:
    operations.ask_for_code(phone=number, address=address, now=at)


def code_in(sms: Gateway) -> str:
    found = re.search(r"[0-9]{6}", sms.taken[-1][0]["text"])
    assert found
    return found[0]


def test_a_code_of_six_digits_is_sent_signed_and_opens_the_account(counter: Counter, sms: Gateway) -> None:
    ask(counter.phone)
    assert sms.taken == []  # a worker sends it, so that the page takes as long for everyone
    assert operations.send_codes(now=NOW) == 1
    ((message, body, signature),) = sms.taken
    assert message["to"] == f"+86{counter.phone}"
    assert signature == "sha256=" + hmac.new(KEY.encode(), body, hashlib.sha256).hexdigest()
    operations.use_code(phone=counter.phone, code=code_in(sms), password=NEW, address=HOME, now=NOW)
    assert Person.objects.get(id=counter.person.pk).check_password(NEW)
    assert not CodeAsk.objects.exists()


def test_a_number_of_nobodys_or_of_an_officers_is_sent_nothing(counter: Counter, sms: Gateway) -> None:
    counter.person.is_staff = True
    counter.person.save(update_fields=["is_staff"])
    ask(phone())
    ask(counter.phone)
    assert operations.send_codes(now=NOW) == 0
    assert sms.taken == []
    assert not CodeAsk.objects.exists()


def test_a_code_that_was_handed_over_at_a_centre_is_not_ended_by_asking(
    counter: Counter, sms: Gateway
) -> None:
    code = given_code(counter, now=NOW)
    ask(counter.phone)
    assert operations.send_codes(now=NOW) == 0
    assert sms.taken == []
    operations.use_code(phone=counter.phone, code=code, password=NEW, address=HOME, now=NOW)
    assert Person.objects.get(id=counter.person.pk).check_password(NEW)


def asked(number: str) -> tuple[int, int, str]:
    """What asking for a code costs, and what is answered."""
    reader = Client(headers={"accept-language": "zh-hans"})
    with CaptureQueriesContext(connection) as statements:
        answer = reader.post("/me/forgotten/code", {"phone": number})
    page = reader.get(answer["Location"]).content.decode()
    said = re.sub(r'(csrf-token" content|csrfmiddlewaretoken" value)="[^"]*"', "", page)
    return len(statements), answer.status_code, said


def test_what_is_answered_is_the_same_for_every_number(counter: Counter, sms: Gateway) -> None:
    assert asked(phone()) == asked(counter.phone)
    assert CodeAsk.objects.count() == 2


def test_a_number_and_an_address_are_asked_for_so_often(counter: Counter, sms: Gateway) -> None:
    for number in (counter.phone, phone()):
        for _time in range(ASKS_AT_PLACE.most):
            ask(number)
        with pytest.raises(TooManyCodes):
            ask(number)
    for _number in range(ASKS_OF_ADDRESS.most - 2 * ASKS_AT_PLACE.most - 2):
        ask(phone())
    with pytest.raises(TooManyCodes):
        ask(phone())


def test_a_stranger_uses_up_nothing_of_the_owners(counter: Counter, sms: Gateway) -> None:
    """Alone not at all; with many addresses nothing where the owner signed in before."""
    for _time in range(ASKS_AT_PLACE.most):
        ask(counter.phone, address="198.51.100.7")
    with pytest.raises(TooManyCodes):
        ask(counter.phone, address="198.51.100.7")
    ask(counter.phone)
    tries.succeeded(person=counter.person, address=HOME, spent=(), now=NOW)
    for number in range(1, ASKS_OF_STRANGERS.most - ASKS_AT_PLACE.most):
        ask(counter.phone, address=f"198.51.100.{100 + number}")
    with pytest.raises(TooManyCodes):  # a phone does not ring all night
        ask(counter.phone, address="198.51.100.200")
    ask(counter.phone)


def test_what_could_not_be_sent_is_sent_again_with_another_code(counter: Counter, sms: Gateway) -> None:
    ask(counter.phone)
    assert operations.send_codes(now=NOW) == 1
    kept = code_in(sms)
    sms.status = 503
    ask(counter.phone)
    assert operations.send_codes(now=NOW) == 0
    assert ResetCode.objects.count() == 1  # the one before still opens
    assert operations.send_codes(now=NOW + timedelta(seconds=5)) == 0
    assert len(sms.taken) == 2
    sms.status = 202
    assert operations.send_codes(now=NOW + timedelta(seconds=30)) == 1
    with pytest.raises(WrongCode):
        operations.use_code(phone=counter.phone, code=kept, password=NEW, address=HOME, now=NOW)


def test_a_gateway_that_is_away_is_given_up_after_five_minutes(
    counter: Counter, sms: Gateway, settings: Any
) -> None:
    settings.SMS_URL = "http://127.0.0.1:9/"
    ask(counter.phone)
    assert operations.send_codes(now=NOW) == 0
    assert CodeAsk.objects.exists()
    assert operations.send_codes(now=NOW + timedelta(minutes=5)) == 0
    assert not CodeAsk.objects.exists()
    assert Person.objects.get(id=counter.person.pk).check_password(OLD)


def test_where_no_way_reaches_phones_nothing_is_asked_and_the_page_offers_none(counter: Counter) -> None:
    with pytest.raises(NoWayToPhones):
        ask(counter.phone)
    page = Client(headers={"accept-language": "en"}).get("/me/forgotten/").content.decode()
    assert "Send me a code" not in page
    assert counter.centre.name_en in page
    assert "cannot send codes to phones" in page


def test_with_one_it_does(counter: Counter, sms: Gateway) -> None:
    page = Client(headers={"accept-language": "en"}).get("/me/forgotten/").content.decode()
    assert "Send me a code" in page
    assert "cannot send codes to phones" not in page


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({"FIELDCAST_SMS_KEY": "k"}, "FIELDCAST_SMS_URL"),
        ({"FIELDCAST_SMS_URL": "http://127.0.0.1:9"}, "FIELDCAST_SMS_KEY"),
        ({"FIELDCAST_SMS_KEY": "k", "FIELDCAST_SMS_URL": "ftp://gateway"}, "FIELDCAST_SMS_URL"),
    ],
)
def test_short_messages_need_a_gateway_and_its_key(
    given: dict[str, str], missing: str, tmp_path: Any
) -> None:
    with pytest.raises(BadSetting, match=missing) as refused:
        read({"FIELDCAST_HOME": str(tmp_path), "FIELDCAST_INBOX_WAYS": "page,sms", **given})
    assert refused.value.facts["name"] == missing
