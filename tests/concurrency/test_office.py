"""Two administrators who end each other's rights at once: one of them stays."""

from threading import Barrier

import pytest
from django.db import transaction

from fieldcast.accounts import trails
from fieldcast.accounts.models import OfficeDeed, Person
from fieldcast.accounts.office import operations as office_operations
from fieldcast.accounts.office.problems import AdministratesNoMore
from fieldcast.accounts.office.problems import NameTaken as Taken
from tests.concurrency.racing import of_type, race
from tests.factories.accounts import NOW, make_administrator, make_county

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.concurrency]


@pytest.fixture
def two() -> tuple[Person, Person]:
    county_id = make_county()
    return make_administrator(county_id=county_id), make_administrator(county_id=county_id)


def end(by: Person, of: Person) -> None:
    office_operations.end_staff(by=by, county_id=by.county_id or 0, person_id=of.pk, reason="换人", now=NOW)


def staying() -> int:
    return Person.objects.filter(is_staff=True, is_active=True).count()


@pytest.mark.parametrize("blocked", [False, True])
def test_of_two_who_end_each_other_at_once_one_stays(two: tuple[Person, Person], blocked: bool) -> None:
    first, second = two

    def block(by: Person, of: Person) -> None:
        office_operations.block(by=by, county_id=by.county_id or 0, person_id=of.pk, reason="换人", now=NOW)

    other = block if blocked else end
    results = race([lambda: end(first, second), lambda: other(second, first)])
    assert len(of_type(results, AdministratesNoMore)) == 1
    assert staying() == 1
    assert OfficeDeed.objects.count() == 1
    assert trails.broken().figure == 0


def test_one_village_is_added_by_many_at_once(two: tuple[Person, Person]) -> None:
    def add() -> int:
        return office_operations.add_village(
            by=two[0], county_id=two[0].county_id or 0, name="河湾村", name_en="", now=NOW
        )

    assert len(of_type(race([add] * 4), Taken)) == 3


def test_control_whoever_asks_before_the_lock_leaves_nobody(two: tuple[Person, Person]) -> None:
    asked = Barrier(2)

    def end_unlocked(by: Person, of: Person) -> None:
        with transaction.atomic():
            may = Person.objects.get(pk=by.pk).is_staff
            asked.wait(60)
            if may:
                Person.objects.filter(pk=of.pk).update(is_staff=False)

    race([lambda: end_unlocked(two[0], two[1]), lambda: end_unlocked(two[1], two[0])])
    assert staying() == 0
