"""The same event told by two processes at the same instant reaches its person once."""

from functools import partial

import pytest
from django.db import transaction

from fieldcast.accounts.models import Person
from fieldcast.inbox import operations as inbox_operations
from fieldcast.inbox.models import Message
from tests.concurrency.racing import race
from tests.factories.accounts import NOW, make_county, make_person
from tests.factories.inbox import make_letter

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.concurrency]


def send(people: list[Person], key: str) -> int:
    """In a transaction of its own, as rooms send."""
    with transaction.atomic():
        return inbox_operations.send(letters=[make_letter(*people, once_key=key)], now=NOW)


def test_eight_that_send_under_one_key_at_once_make_one_message_a_person() -> None:
    county_id = make_county()
    people = [make_person(county_id=county_id) for _ in range(3)]
    orders = [people, people[::-1]] * 4  # nobody waits in a circle, in whatever order they are named
    made = race([partial(send, order, "sale:1") for order in orders])
    assert sorted(made) == [0] * 7 + [3]
    assert Message.objects.count() == 3


def test_control_under_keys_of_their_own_each_makes_one() -> None:
    person = make_person(county_id=make_county())
    assert race([partial(send, [person], f"sale:{n}") for n in range(8)]) == [1] * 8
    assert Message.objects.count() == 8
