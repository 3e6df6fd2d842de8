"""A clerk finds somebody by their whole number alone, writes down why, and makes one code after looking at them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from fieldcast.accounts import operations as accounts_operations
from fieldcast.accounts.models import Person, PersonalDataRead
from fieldcast.accounts.types import OrganisationKind, Role
from fieldcast.inbox import queries as inbox
from fieldcast.kit.errors import NotFound, Problem
from fieldcast.recovery import operations, queries
from fieldcast.recovery.models import ResetCode
from fieldcast.recovery.operations.limited import LOOK_UPS
from fieldcast.recovery.problems import AccountClosed, NotAtACentre, OwnPassword, TooManyLookUps, TwoMembers
from fieldcast.recovery.types import GOOD_FOR, CodeState, LookedAt
from tests.factories.accounts import NOW, make_county, make_member, make_organisation, make_person, phone
from tests.factories.recovery import WHY, Counter, look_up, make_code, make_counter

pytestmark = pytest.mark.django_db


@pytest.fixture
def counter() -> Counter:
    return make_counter()


def found(counter: Counter, number: str, *, by: Person | None = None) -> int | None:
    seen = operations.look_up(
        by=by or counter.clerk, centre_id=counter.centre.id, phone=number, why=WHY, now=NOW
    )
    return seen.id if seen else None


def test_a_whole_number_finds_its_owner_and_the_look_is_written_down(counter: Counter) -> None:
    spaced = f"+86 {counter.phone[:3]} {counter.phone[3:7]} {counter.phone[7:]}"
    assert found(counter, spaced) == counter.person.pk
    read = PersonalDataRead.objects.get()
    assert (read.reader_id, read.subject, read.reason) == (
        counter.clerk.pk,
        f"person:{counter.person.pk}",
        WHY,
    )


@pytest.mark.parametrize("part", [slice(0, 10), slice(7, 11), slice(0, 3)])
def test_a_part_of_a_number_finds_nobody(counter: Counter, part: slice) -> None:
    with pytest.raises(accounts_operations.BadPhone):
        found(counter, counter.phone[part])


def test_whom_nobody_has_or_another_county_has_is_not_found_and_written_down_all_the_same(
    counter: Counter,
) -> None:
    stranger = make_person(county_id=make_county("邻县"))
    assert [found(counter, number) for number in (phone(), stranger.phone)] == [None, None]
    subjects = list(PersonalDataRead.objects.values_list("subject", flat=True))
    assert all(one.startswith("number:") for one in subjects)
    assert len(subjects) == 2
    assert not any(stranger.phone in one or str(stranger.pk) in one.split(":") for one in subjects)


def test_a_clerk_looks_up_so_many_an_hour(counter: Counter) -> None:
    for _time in range(LOOK_UPS.most):
        found(counter, counter.phone)
    with pytest.raises(TooManyLookUps) as refused:
        found(counter, counter.phone)
    assert refused.value.facts["seconds"] == 3600
    assert PersonalDataRead.objects.count() == LOOK_UPS.most


@pytest.mark.parametrize("kind", [OrganisationKind.TESTING_STATION, OrganisationKind.AUTHORITY])
def test_only_a_service_centre_helps(counter: Counter, kind: OrganisationKind) -> None:
    elsewhere = make_organisation(county_id=counter.centre.county_id, kind=kind, name="检测站")
    other = make_member(organisation=elsewhere)
    for centre_id in (counter.centre.id, elsewhere.id):
        with pytest.raises(NotFound):
            operations.look_up(by=other, centre_id=centre_id, phone=counter.phone, why=WHY, now=NOW)


def test_no_code_without_the_look_that_came_before(counter: Counter) -> None:
    with pytest.raises(NotFound):
        make_code(counter)
    look_up(counter)
    with pytest.raises(NotFound):
        make_code(counter, now=NOW + GOOD_FOR)
    colleague = make_member(organisation=counter.centre, role=Role.STAFF)
    with pytest.raises(NotFound):
        make_code(counter, by=colleague)  # who has looked nobody up
    assert make_code(counter, now=NOW + timedelta(minutes=14)).code


def officer(counter: Counter) -> Person:
    authority = make_organisation(county_id=counter.centre.county_id, kind=OrganisationKind.AUTHORITY)
    return make_member(organisation=authority)


def administrator(counter: Counter) -> Person:
    counter.person.is_staff = True
    counter.person.save(update_fields=["is_staff"])
    return counter.person


def closed(counter: Counter) -> Person:
    counter.person.is_active = False
    counter.person.save(update_fields=["is_active"])
    return counter.person


@pytest.mark.parametrize(
    ("who", "refusal"),
    [
        (officer, NotAtACentre),
        (administrator, NotAtACentre),
        (closed, AccountClosed),
        (lambda counter: counter.clerk, OwnPassword),
    ],
)
def test_some_are_not_helped_at_a_counter(
    counter: Counter, who: Callable[[Counter], Person], refusal: type[Problem]
) -> None:
    person = who(counter)
    look_up(counter, person)
    with pytest.raises(refusal):
        make_code(counter, person)
    assert not ResetCode.objects.exists()


@pytest.mark.parametrize("names", [(), ("王德福",), ("王德福", " 王德福 "), ("王德福", "\u200b")])
def test_known_to_one_is_not_enough(counter: Counter, names: tuple[str, ...]) -> None:
    look_up(counter)
    with pytest.raises(TwoMembers):
        make_code(counter, looked_at=LookedAt.KNOWN, witnesses=names)
    assert make_code(counter, looked_at=LookedAt.KNOWN, witnesses=("王德福", "李小梅")).code


def test_a_code_cannot_be_misread_and_is_kept_as_a_hash_alone(counter: Counter) -> None:
    look_up(counter)
    made = make_code(counter, looked_at=LookedAt.KNOWN, witnesses=("王德福", "李小梅"))
    assert len(made.code) == 8
    assert not set(made.code) & set("01OIL")
    assert made.until == NOW + timedelta(minutes=15)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM recovery_resetcode")
        kept = str(cursor.fetchall())
    assert not any(said in kept for said in (made.code, "王德福", WHY))


def test_who_made_it_for_whom_is_told_and_never_changed(counter: Counter) -> None:
    look_up(counter)
    make_code(counter)
    (view,) = queries.codes_of_centre(centre_id=counter.centre.id, now=NOW)
    assert (view.for_name, view.by_name, view.looked_at) == ("小满", "方慧", LookedAt.ID_CARD)
    assert view.state == CodeState.OPEN
    (late,) = queries.codes_of_centre(centre_id=counter.centre.id, now=NOW + GOOD_FOR)
    assert late.state == CodeState.EXPIRED
    assert "河湾服务中心" in inbox.messages(person_id=counter.person.pk).items[0].sentence
    for change in ({"until": NOW}, {"looked_at": "household_book"}):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            ResetCode.objects.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        ResetCode.objects.all().delete()


def test_the_list_of_codes_costs_the_same_for_three_and_for_thirty(
    counter: Counter, django_assert_num_queries: Any
) -> None:
    look_up(counter)
    for _time in range(5):
        make_code(counter)
    with django_assert_num_queries(1):
        assert len(queries.codes_of_centre(centre_id=counter.centre.id, now=NOW)) == 5


def test_a_newer_code_ends_the_older(counter: Counter) -> None:
    look_up(counter)
    make_code(counter)
    make_code(counter)
    newer, older = queries.codes_of_centre(centre_id=counter.centre.id, now=NOW)
    assert (newer.state, older.state) == (CodeState.OPEN, CodeState.REPLACED)
