"""Several answer a request at once, or take several people in at once: one answer each, and a code of its own each."""

from collections.abc import Callable
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from django.db import transaction

from fieldcast.accounts import operations as accounts_operations
from fieldcast.accounts import queries as accounts
from fieldcast.accounts.models import Organisation
from fieldcast.accounts.types import OrganisationKind, Role
from fieldcast.joining import operations as joining_operations
from fieldcast.joining.models import Invitation, JoinRequest, JoinRequestStep
from fieldcast.joining.problems import InvitationEnded, InvitationWaits, JoinAnswered, JoinWaits, NameTaken
from fieldcast.joining.types import JoinKind
from tests.concurrency.racing import of_type, race
from tests.factories.accounts import NOW, make_member, make_organisation, make_person
from tests.factories.joining import Place, joining_place, make_invitation, make_join_request

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.concurrency]
AT_ONCE = 6
ONE_NAME = "桃花坞阿莲"


@pytest.fixture
def place() -> Place:
    return joining_place()


def test_of_many_who_take_the_same_person_in_one_is_first(place: Place) -> None:
    asked = make_join_request(place.newcomer)
    answers = race(
        [lambda: joining_operations.accept_to_join(by=place.clerk, request_id=asked.id, now=NOW)] * AT_ONCE
    )
    assert len(of_type(answers, JoinAnswered)) == AT_ONCE - 1
    assert Organisation.objects.filter(kind="household").count() == 1


def test_people_who_are_taken_in_at_once_get_a_code_each(place: Place) -> None:
    people = [make_person(county_id=place.county_id, name=f"小{number}") for number in range(4)]
    asked = [make_join_request(one, name=f"{one.display_name}家").id for one in people]

    accept = partial(joining_operations.accept_to_join, by=place.clerk, now=NOW)
    race([partial(accept, request_id=number) for number in asked])
    codes = Organisation.objects.filter(kind="household").order_by("code").values_list("code", flat=True)
    assert list(codes) == ["N001", "N002", "N003", "N004"]


def test_of_two_who_are_taken_in_at_once_under_one_new_name_the_second_is_told_of_the_first(
    place: Place,
) -> None:
    taken_in = race(_acceptances(place))
    assert len(of_type(taken_in, NameTaken)) == AT_ONCE - 1
    assert Organisation.objects.filter(kind="host", name=ONE_NAME).count() == 1


def test_control_without_the_countys_lock_one_name_is_made_several_times(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked, look = Barrier(2), accounts.organisations_named

    def look_and_wait(**asked: Any) -> Any:
        found = look(**asked)
        looked.wait(60)
        return found

    monkeypatch.setattr(accounts_operations, "lock_county", lambda _county_id: None)
    monkeypatch.setattr(accounts, "organisations_named", look_and_wait)
    race(_acceptances(place)[:2])
    assert Organisation.objects.filter(kind="host", name=ONE_NAME).count() == 2


def _acceptances(place: Place) -> list[Callable[[], Any]]:
    people = [make_person(county_id=place.county_id, name=f"小{number}") for number in range(AT_ONCE)]
    asked = [make_join_request(one, JoinKind.HOST, name=ONE_NAME).id for one in people]
    accept = partial(joining_operations.accept_to_join, by=place.clerk, now=NOW)
    return [partial(accept, request_id=number) for number in asked]


def test_a_request_and_an_invitation_sent_by_many_at_once_is_one(place: Place) -> None:
    asked = race([lambda: make_join_request(place.newcomer)] * AT_ONCE)
    assert len(of_type(asked, JoinWaits)) == AT_ONCE - 1
    number = place.newcomer.phone
    sent = race([lambda: make_invitation(place.chief, place.cooperative, number)] * AT_ONCE)
    assert len(of_type(sent, InvitationWaits)) == AT_ONCE - 1
    (one,) = Invitation.objects.all()
    answers = race(
        [
            lambda: joining_operations.accept_invitation(by=place.newcomer, invitation_id=one.pk, now=NOW),
            lambda: joining_operations.withdraw_invitation(by=place.chief, invitation_id=one.pk, now=NOW),
        ]
        * 3
    )
    assert len(of_type(answers, InvitationEnded)) == 5


def test_control_whoever_looks_before_locking_answers_again(place: Place) -> None:
    asked = make_join_request(place.newcomer)
    looked = Barrier(AT_ONCE)

    def decline_unlocked() -> None:
        with transaction.atomic():
            row = JoinRequest.objects.get(id=asked.id)
            looked.wait(60)
            if row.state == "asked":
                JoinRequest.objects.filter(id=asked.id).update(state="declined", due_at=None)
                JoinRequestStep.objects.create(
                    request=row, state="declined", words="不", by=place.clerk, at=NOW
                )

    race([decline_unlocked] * AT_ONCE)
    assert JoinRequestStep.objects.filter(request_id=asked.id, state="declined").count() == AT_ONCE


def test_of_several_who_would_be_the_first_in_an_empty_organisation_one_is(place: Place) -> None:
    boss = make_member(organisation=place.centre)
    for number in range(4):
        empty = make_organisation(county_id=place.county_id, kind=OrganisationKind.HOST, name=f"空的{number}")
        guests = [make_person(county_id=place.county_id) for _one in range(2)]
        sent = [make_invitation(boss, empty, one.phone, role=Role.OWNER) for one in guests]
        asked = make_join_request(make_person(county_id=place.county_id), JoinKind.HOST, name=empty.name)
        accept = partial(joining_operations.accept_invitation, now=NOW)
        answers = race(
            [
                *(
                    partial(accept, by=guest, invitation_id=one.id)
                    for guest, one in zip(guests, sent, strict=True)
                ),
                partial(joining_operations.accept_to_join, by=place.clerk, request_id=asked.id, now=NOW),
            ]
        )
        assert len(of_type(answers, InvitationEnded)) + len(of_type(answers, NameTaken)) == 2
        assert len(accounts.members_of(organisation_id=empty.id)) == 1
