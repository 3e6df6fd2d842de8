"""What waits for whom: opened once, handed over with a receipt, reminded of and escalated once, ended with words."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, IntegrityError, transaction

from fieldcast.accounts.types import OrganisationKind, Role
from fieldcast.desk import loaders, operations, queries
from fieldcast.desk.checks import wrong_items
from fieldcast.desk.kinds import Kind, register
from fieldcast.desk.models import Item, ItemStep
from fieldcast.desk.news import step_taken
from fieldcast.desk.problems import (
    AnsweredElsewhere,
    HandedOnTooOften,
    ItemEnded,
    ItemOffered,
    WordsMissing,
    WrongRecipient,
)
from fieldcast.desk.types import Deed, ItemState, Owner
from fieldcast.kit.errors import NotFound
from fieldcast.supervision.books import invariants
from tests.desk.matters import ELSEWHERE, SPOKEN, Office, make_item, make_office
from tests.factories.accounts import NOW, make_county, make_member, make_organisation, make_person
from tests.factories.guards import behind_its_back

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def office() -> Office:
    return make_office()


def waiting(person: Any) -> list[int]:
    return [one.id for one in queries.waiting_for(person_id=person.pk)]


def deeds(item_id: int) -> list[Deed]:
    return [step.deed for step in queries.steps_of(item_id=item_id)]


def test_one_matter_is_asked_once_and_waits_for_everyone_with_the_role(office: Office) -> None:
    item = make_item(office)
    assert make_item(office, now=LATER) == item
    assert deeds(item.id) == [Deed.OPENED]
    assert waiting(office.chief) == waiting(office.manager) == [item.id]
    assert waiting(office.packer) == waiting(office.officer) == []


def test_another_rule_that_is_broken_is_not_taken_for_a_matter_asked_before(office: Office) -> None:
    with pytest.raises(IntegrityError, match="item_due_after_it_is_opened"):
        make_item(office, due_at=NOW - timedelta(days=1))


def test_only_those_it_concerns_see_it(office: Office) -> None:
    item = make_item(office)
    assert loaders.load_item(by=office.manager, item_id=item.id) == item
    stranger = make_member(
        organisation=make_organisation(county_id=make_county(), kind=OrganisationKind.COOPERATIVE)
    )
    for other in (office.packer, office.officer, stranger, AnonymousUser()):
        with pytest.raises(NotFound):
            loaders.load_item(by=other, item_id=item.id)
        with pytest.raises(NotFound):
            operations.answer(by=other, item_id=item.id, words="好", now=NOW)
    with pytest.raises(NotFound):
        loaders.load_item(by=office.manager, item_id=item.id + 1000)


def test_what_was_handed_over_stays_until_it_is_accepted(office: Office) -> None:
    item = make_item(office)
    offered = operations.hand_over(
        by=office.chief, item_id=item.id, to_id=office.manager.pk, why="你熟", now=NOW
    )
    assert (offered.owner.person_id, offered.offered_to_id) == (None, office.manager.pk)
    assert waiting(office.chief) == waiting(office.manager) == [item.id]
    taken = operations.accept(by=office.manager, item_id=item.id, now=LATER)
    assert (taken.owner.person_id, taken.offered_to_id, taken.due_at) == (
        office.manager.pk,
        None,
        item.due_at,
    )
    assert (waiting(office.chief), waiting(office.manager)) == ([], [item.id])
    with pytest.raises(NotFound):
        operations.answer(by=office.chief, item_id=item.id, words="好", now=LATER)
    said = queries.steps_of(item_id=item.id)
    assert [(step.deed, step.by, step.to, step.why) for step in said[1:]] == [
        (Deed.HANDED_OVER, "社长", "经理", "你熟"),
        (Deed.ACCEPTED, "经理", "经理", ""),
    ]


def test_what_is_declined_stays_with_who_handed_it_over(office: Office) -> None:
    item = make_item(office)
    operations.hand_over(by=office.chief, item_id=item.id, to_id=office.manager.pk, now=NOW)
    with pytest.raises(WordsMissing):
        operations.decline(by=office.manager, item_id=item.id, why=" ", now=NOW)
    with pytest.raises(NotFound):
        operations.decline(by=office.chief, item_id=item.id, why="不是我", now=NOW)
    back = operations.decline(by=office.manager, item_id=item.id, why="出差", now=NOW)
    assert (back.owner, back.offered_to_id) == (item.owner, None)
    assert deeds(item.id)[-1] == Deed.DECLINED


def test_the_same_sent_twice_is_one_step(office: Office) -> None:
    item = make_item(office)
    for _again in range(2):
        operations.hand_over(by=office.chief, item_id=item.id, to_id=office.manager.pk, now=NOW)
    for _again in range(2):
        operations.accept(by=office.manager, item_id=item.id, now=NOW)
    assert deeds(item.id) == [Deed.OPENED, Deed.HANDED_OVER, Deed.ACCEPTED]


def test_it_is_handed_to_one_at_a_time_and_only_to_who_may_answer_it(office: Office) -> None:
    item = make_item(office)
    for wrong in (office.packer, office.officer, make_person(county_id=office.coop.county_id)):
        with pytest.raises(WrongRecipient):
            operations.hand_over(by=office.chief, item_id=item.id, to_id=wrong.pk, now=NOW)
    with pytest.raises(NotFound):
        operations.hand_over(by=office.packer, item_id=item.id, to_id=office.manager.pk, now=NOW)
    operations.hand_over(by=office.chief, item_id=item.id, to_id=office.manager.pk, now=NOW)
    with pytest.raises(ItemOffered, match="经理"):
        operations.hand_over(by=office.chief, item_id=item.id, to_id=office.chief.pk, now=NOW)
    with pytest.raises(NotFound):
        operations.accept(by=office.chief, item_id=item.id, now=NOW)


def test_in_a_circle_it_comes_back_with_its_due_date_and_is_handed_on_no_further(office: Office) -> None:
    item = make_item(office)
    turns = [office.manager, office.chief] * operations.MOST_HAND_OVERS
    giver = office.chief
    for number in range(operations.MOST_HAND_OVERS):
        taker = turns[number]
        operations.hand_over(by=giver, item_id=item.id, to_id=taker.pk, now=NOW)
        assert operations.accept(by=taker, item_id=item.id, now=NOW).due_at == item.due_at
        giver = taker
    with pytest.raises(HandedOnTooOften):
        operations.hand_over(by=giver, item_id=item.id, to_id=turns[5].pk, now=NOW)
    assert deeds(item.id).count(Deed.HANDED_OVER) == operations.MOST_HAND_OVERS
    assert queries.item(item_id=item.id).owner.person_id == giver.pk
    assert operations.answer(by=giver, item_id=item.id, words="办了", now=NOW).state == ItemState.DONE


def test_a_persons_own_item_is_nobody_elses(office: Office) -> None:
    someone = make_person(county_id=office.coop.county_id)
    item = make_item(office, owner=Owner(person_id=someone.pk))
    assert (waiting(someone), waiting(office.chief)) == ([item.id], [])
    with pytest.raises(WrongRecipient):
        operations.hand_over(by=someone, item_id=item.id, to_id=office.chief.pk, now=NOW)
    with pytest.raises(NotFound):
        loaders.load_item(by=office.chief, item_id=item.id)
    with pytest.raises(ValueError, match="somebody"):
        Owner()


def test_it_ends_once_with_words(office: Office) -> None:
    item = make_item(office)
    for words in ("", "  ", "好" * 301, "\0"):
        with pytest.raises(WordsMissing):
            operations.answer(by=office.manager, item_id=item.id, words=words, now=NOW)
    done = operations.answer(by=office.manager, item_id=item.id, words=" 已退款 ", now=LATER)
    assert (done.state, done.ended_at, waiting(office.manager)) == (ItemState.DONE, LATER, [])
    assert queries.steps_of(item_id=item.id)[-1].why == "已退款"
    with pytest.raises(ItemEnded):
        operations.answer(by=office.chief, item_id=item.id, words="我也办了", now=LATER)
    assert not operations.withdraw(kind=SPOKEN, subject="1", by=None, words="不用了", now=LATER)


def test_its_room_ends_what_words_do_not_answer(office: Office) -> None:
    item = make_item(office, kind=ELSEWHERE)
    operations.hand_over(by=office.chief, item_id=item.id, to_id=office.manager.pk, now=NOW)
    with pytest.raises(AnsweredElsewhere):
        operations.answer(by=office.manager, item_id=item.id, words="好", now=NOW)
    assert operations.finish(kind=ELSEWHERE, subject="1", by=office.chief, words="同意", now=NOW)
    assert not operations.finish(kind=ELSEWHERE, subject="1", by=office.chief, words="同意", now=NOW)
    with pytest.raises(ItemEnded):
        operations.accept(by=office.chief, item_id=item.id, now=NOW)
    assert queries.item(item_id=item.id).offered_to_id is None


def test_it_is_reminded_of_once_a_working_day_before_and_escalated_once_when_late(office: Office) -> None:
    item = make_item(office)  # on Sunday 22 November: due on Wednesday at 18:00
    heard: list[Deed] = []
    step_taken.connect(lambda deed, **_: heard.append(deed), weak=False, dispatch_uid="test")
    early = item.due_at - timedelta(days=1, minutes=1)
    assert operations.remind_due(now=early) == operations.escalate_due(now=early) == 0
    assert operations.remind_due(now=early + timedelta(minutes=2)) == 1
    assert operations.remind_due(now=early + timedelta(minutes=3)) == 0
    assert waiting(office.officer) == []
    assert operations.escalate_due(now=item.due_at) == 1
    assert operations.escalate_due(now=item.due_at + timedelta(days=9)) == 0
    step_taken.disconnect(dispatch_uid="test")
    assert heard == [Deed.REMINDED, Deed.ESCALATED]
    assert waiting(office.officer) == waiting(office.manager) == [item.id]
    assert operations.answer(by=office.officer, item_id=item.id, words="催办", now=item.due_at).ended_at
    with pytest.raises(NotFound):
        operations.hand_over(by=office.officer, item_id=item.id, to_id=office.chief.pk, now=NOW)


def test_late_ones_come_first_and_what_ended_is_left_in_peace(office: Office) -> None:
    soon = make_item(office, subject="soon", due_at=NOW + timedelta(days=3))
    late = make_item(office, subject="late", due_at=NOW + timedelta(days=1))
    over = make_item(office, subject="over", due_at=NOW + timedelta(hours=1))
    operations.withdraw(kind=SPOKEN, subject="over", by=None, words="撤回", now=NOW)
    assert waiting(office.chief) == [late.id, soon.id]
    then = NOW + timedelta(days=2)
    assert (late.late(then), soon.late(then)) == (True, False)
    operations.remind_due(now=then)
    operations.escalate_due(now=then)
    assert deeds(over.id) == [Deed.OPENED, Deed.WITHDRAWN]


def test_who_has_left_holds_nothing_and_the_others_hand_it_on(office: Office) -> None:
    item = make_item(office)
    operations.hand_over(by=office.chief, item_id=item.id, to_id=office.manager.pk, now=NOW)
    operations.accept(by=office.manager, item_id=item.id, now=NOW)
    office.manager.memberships.all().delete()
    assert waiting(office.manager) == []
    with pytest.raises(NotFound):
        operations.answer(by=office.manager, item_id=item.id, words="好", now=NOW)
    operations.hand_over(by=office.chief, item_id=item.id, to_id=office.chief.pk, now=NOW)
    assert operations.accept(by=office.chief, item_id=item.id, now=NOW).owner.person_id == office.chief.pk


def test_two_kinds_have_two_names() -> None:
    with pytest.raises(ValueError, match="test_spoken"):
        register(Kind(code="test_spoken", asks="!", hint="", way="", working_days=1, in_words=True))


@pytest.mark.parametrize(
    "change", [{"due_at": NOW + timedelta(days=90)}, {"subject": "2"}, {"role": Role.STAFF.value}]
)
def test_what_is_asked_and_until_when_never_changes(office: Office, change: dict[str, Any]) -> None:
    item = make_item(office)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Item.objects.filter(id=item.id).update(**change)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        ItemStep.objects.filter(item_id=item.id).update(why="改过")


def test_what_ended_does_not_begin_again(office: Office) -> None:
    item = make_item(office)
    operations.answer(by=office.chief, item_id=item.id, words="好", now=NOW)
    with pytest.raises(DatabaseError, match="may become"), transaction.atomic():
        Item.objects.filter(id=item.id).update(state="waiting", ended_at=None)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE desk_item SET state = 'done', ended_at = now() WHERE id = %s",
        "UPDATE desk_item SET person_id = (SELECT max(id) FROM accounts_person) WHERE id = %s",
        "UPDATE desk_item SET offered_to_id = (SELECT max(id) FROM accounts_person) WHERE id = %s",
        "UPDATE desk_item SET escalated_at = now() WHERE id = %s",
        "DELETE FROM desk_itemstep WHERE item_id = %s",
    ],
)
def test_an_item_that_stands_elsewhere_than_its_steps_say_is_found(office: Office, change: str) -> None:
    item = make_item(office)
    assert wrong_items().figure == 0
    behind_its_back(change, item.id)
    found = invariants(now=NOW)
    assert (found.trails_broken, found.details) == (1, ("item on the desk: test_spoken 1",))
