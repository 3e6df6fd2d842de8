"""Personal data is unreadable at rest."""

import pytest
from cryptography.exceptions import InvalidTag
from django.db import connection
from django.test import override_settings

from fieldcast.accounts.models import Person
from fieldcast.kit.fields import blind_index, decrypt, encrypt
from tests.factories.accounts import make_county, make_person


def test_the_same_text_is_sealed_differently_each_time_and_opens_again() -> None:
    first, second = encrypt("13800138000"), encrypt("13800138000")
    assert first != second
    assert decrypt(first) == decrypt(second) == "13800138000"


def test_another_key_opens_nothing_and_indexes_differently() -> None:
    sealed, index = encrypt("王秀兰"), blind_index("13800138000")
    with override_settings(FIELD_KEY="another key"):
        with pytest.raises(InvalidTag):
            decrypt(sealed)
        assert blind_index("13800138000") != index


@pytest.mark.django_db
def test_a_phone_number_is_not_in_the_database() -> None:
    person = make_person(county_id=make_county())
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(p)::text FROM accounts_person p WHERE id = %s", [person.pk])
        row = cursor.fetchone()[0]
    assert person.phone not in row
    assert Person.objects.get(pk=person.pk).phone == person.phone
