"""Codes made, used and guessed by many at once: one is open, one use counts, five tries end it."""

from functools import partial
from threading import Barrier

import pytest
from django.db import transaction

from fieldcast.accounts.models import Person
from fieldcast.recovery import operations
from fieldcast.recovery import queries as recovery
from fieldcast.recovery.models import CodeEnd, ResetCode, WrongTry
from fieldcast.recovery.operations import codes
from fieldcast.recovery.problems import WrongCode
from fieldcast.recovery.types import GOOD_FOR, CodeState, LookedAt
from tests.concurrency.racing import of_type, race
from tests.factories.accounts import NOW, make_member
from tests.factories.recovery import WHY, Counter, given_code, look_up, make_code, make_counter

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.concurrency]
AT_ONCE = 6


@pytest.fixture
def counter() -> Counter:
    return make_counter()


def states(counter: Counter) -> list[CodeState]:
    return [one.state for one in recovery.codes_of_centre(centre_id=counter.centre.id, now=NOW)]


def use(counter: Counter, code: str, number: int) -> None:
    operations.use_code(
        phone=counter.phone,
        code=code,
        password=f"orchard-of-{number}-trees",
        address=f"198.51.100.{number}",
        now=NOW,
    )


def test_of_clerks_who_make_a_code_at_once_one_has_the_open_one(counter: Counter) -> None:
    colleague = make_member(organisation=counter.centre, name="同事")
    look_up(counter)
    operations.look_up(by=colleague, centre_id=counter.centre.id, phone=counter.phone, why=WHY, now=NOW)
    clerks = [counter.clerk, colleague] * 3
    made = race([partial(make_code, counter, by=by) for by in clerks])
    assert len({one.code for one in made}) == AT_ONCE
    assert sorted(states(counter)) == [CodeState.OPEN, *[CodeState.REPLACED] * (AT_ONCE - 1)]


def test_a_code_used_by_many_at_once_sets_one_password(counter: Counter) -> None:
    code = given_code(counter, now=NOW)
    done = race([partial(use, counter, code, number) for number in range(AT_ONCE)])
    assert len(of_type(done, WrongCode)) == AT_ONCE - 1
    assert CodeEnd.objects.count() == 1
    winner = done.index(None)
    assert Person.objects.get(id=counter.person.pk).check_password(f"orchard-of-{winner}-trees")


def test_many_guesses_at_once_are_five(counter: Counter) -> None:
    given_code(counter, now=NOW)
    race([partial(use, counter, "22223333", number) for number in range(2 * AT_ONCE)])
    assert WrongTry.objects.count() == 5
    assert states(counter) == [CodeState.TRIES]


def test_control_whoever_looks_before_locking_makes_another_open_code(counter: Counter) -> None:
    looked = Barrier(AT_ONCE)

    def make_unlocked() -> None:
        with transaction.atomic():
            none_is_open = codes.open_code(person_id=counter.person.pk, now=NOW) is None
            looked.wait(60)
            if none_is_open:
                ResetCode.objects.create(
                    person=counter.person,
                    by=counter.clerk,
                    centre_id=counter.centre.id,
                    looked_at=LookedAt.ID_CARD.value,
                    why=WHY,
                    code_hash="",
                    at=NOW,
                    until=NOW + GOOD_FOR,
                )

    race([make_unlocked] * AT_ONCE)
    assert states(counter).count(CodeState.OPEN) == AT_ONCE
