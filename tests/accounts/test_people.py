"""People sign in by phone and are found without their number being readable."""

from functools import partial
from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError

from fieldcast.accounts import operations, queries
from fieldcast.accounts.phones import normalise_phone
from fieldcast.kit.errors import NotFound
from fieldcast.kit.fields import blind_index
from fieldcast.kit.said import SaysNothing
from tests.factories.accounts import NOW, make_county, make_person, phone

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "text",
    [
        *("138 0013 8000", "+8613800138000", "0086-138-0013-8000", "13800138000"),
        *("１３８００１３８０００", "13８００１３８００0", "١٣٨٠٠١٣٨٠٠٠", "＋86（138）0013－8000"),
        *("\u202d138\u00a00013\u20118000\u202c", "\ufeff138\u200b00138000"),
    ],
)
def test_a_number_is_the_same_however_it_is_typed(text: str) -> None:
    assert normalise_phone(text) == "13800138000"


@pytest.mark.parametrize(
    "text", ["", "12345678901", "1380013800", "+1 202 555 0100", "１３８００１３８００", "一三八00138000"]
)
def test_what_is_not_a_mobile_number_is_refused(text: str) -> None:
    with pytest.raises(operations.BadPhone):
        operations.register_person(phone=text, display_name="x", password=None, county_id=make_county())


def test_a_number_registers_once() -> None:
    county_id, number = make_county(), phone()
    operations.register_person(phone=number, display_name="a", password=None, county_id=county_id)
    with pytest.raises(operations.PhoneTaken):
        operations.register_person(phone="+86" + number, display_name="b", password=None, county_id=county_id)


def test_a_number_in_other_digits_is_the_same_number() -> None:
    county_id, number = make_county(), phone()
    operations.register_person(phone=number, display_name="a", password=None, county_id=county_id)
    wide = number[:2] + "".join(chr(ord(digit) + 0xFEE0) for digit in number[2:])
    with pytest.raises(operations.PhoneTaken):
        operations.register_person(phone=wide, display_name="b", password=None, county_id=county_id)


def test_numbers_kept_in_other_digits_are_rewritten_where_nobody_has_them() -> None:
    people = [make_person(county_id=make_county()) for _ in range(3)]
    free, taken, plain = (person.phone for person in people)
    for person, kept in zip(people, (free, plain, plain), strict=True):
        person.phone = kept.translate({ord(str(digit)): 0xFF10 + digit for digit in range(10)})
        if person is not people[2]:
            person.phone_hash = blind_index(person.phone)
            person.save()
    import_module("fieldcast.accounts.migrations.0008_digits_of_one_script").rewrite(apps, None)
    for person in people:
        person.refresh_from_db()
    assert people[0].phone == free
    assert queries.person_by_phone(phone=free) == people[0]
    assert not people[1].phone.isascii(), "two people must not become one"
    assert queries.person_by_phone(phone=plain) == people[2]
    assert queries.person_by_phone(phone=taken) is None


def test_a_number_is_not_taken_for_its_own_password() -> None:
    number = phone()
    with pytest.raises(ValidationError):
        operations.register_person(phone=number, display_name="a", password=number, county_id=make_county())


def test_a_person_is_found_by_number() -> None:
    person = make_person(county_id=make_county())
    assert queries.person_by_phone(phone=person.phone) == person
    assert queries.person_by_phone(phone="13900000000") is None


def test_a_token_opens_until_it_is_revoked_or_expires() -> None:
    person = make_person(county_id=make_county())
    token, secret = operations.issue_token(by=person, name="my script", now=NOW)
    assert queries.person_by_token(secret=secret, now=NOW) == person
    operations.revoke_token(by=person, token_id=token.id, now=NOW)
    assert queries.person_by_token(secret=secret, now=NOW) is None
    _token, short = operations.issue_token(by=person, name="short", now=NOW, expires_at=NOW)
    assert queries.person_by_token(secret=short, now=NOW) is None


def test_nobody_revokes_or_removes_what_is_another_persons() -> None:
    owner, other = (make_person(county_id=make_county()) for _ in range(2))
    token, _secret = operations.issue_token(by=owner, name="mine", now=NOW)
    address = operations.save_address(
        by=owner, recipient="小满", phone=phone(), province="上海市", line="长乐路 1 号"
    )
    with pytest.raises(NotFound):
        operations.revoke_token(by=other, token_id=token.id, now=NOW)
    with pytest.raises(NotFound):
        operations.delete_address(by=other, address_id=address.id)
    assert [kept.id for kept in queries.addresses_of(person_id=owner.pk)] == [address.id]


def test_an_address_names_its_city_and_a_municipality_is_its_own() -> None:
    owner = make_person(county_id=make_county())
    save = partial(operations.save_address, by=owner, recipient="小满", phone=phone(), line="长乐路 1 号")
    assert save(province="上海市").city == "上海市"
    for city in ("", " \u200b"):
        with pytest.raises(SaysNothing):
            save(province="浙江省", city=city)
    assert len(queries.addresses_of(person_id=owner.pk)) == 1
