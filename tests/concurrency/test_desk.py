"""An item is handed over, accepted and answered by many at once: one step each, and one end."""

from threading import Barrier

import pytest
from django.db import transaction

from fieldcast.desk import operations as desk_operations
from fieldcast.desk import queries as desk
from fieldcast.desk.models import Item, ItemStep
from fieldcast.desk.problems import ItemEnded
from fieldcast.desk.types import Deed, ItemView
from tests.concurrency.racing import of_type, race
from tests.desk.matters import SPOKEN, Office, make_item, make_office
from tests.factories.accounts import NOW

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.concurrency]
AT_ONCE = 6


@pytest.fixture
def office() -> Office:
    return make_office()


def deeds(item: ItemView) -> list[Deed]:
    return [step.deed for step in desk.steps_of(item_id=item.id)]


def test_a_matter_asked_by_many_at_once_is_one_item(office: Office) -> None:
    items = race([lambda: make_item(office)] * AT_ONCE)
    assert len({item.id for item in items}) == 1
    assert deeds(items[0]) == [Deed.OPENED]


def test_of_many_that_hand_over_accept_and_answer_at_once_each_is_one_step(office: Office) -> None:
    item = make_item(office)
    to = office.manager.pk
    race([lambda: desk_operations.hand_over(by=office.chief, item_id=item.id, to_id=to, now=NOW)] * AT_ONCE)
    race([lambda: desk_operations.accept(by=office.manager, item_id=item.id, now=NOW)] * AT_ONCE)
    answers = race(
        [lambda: desk_operations.answer(by=office.manager, item_id=item.id, words="好", now=NOW)] * AT_ONCE
    )
    assert len(of_type(answers, ItemEnded)) == AT_ONCE - 1
    assert deeds(item) == [Deed.OPENED, Deed.HANDED_OVER, Deed.ACCEPTED, Deed.DONE]


def test_workers_that_remind_at_once_remind_once(office: Office) -> None:
    item = make_item(office)
    race([lambda: desk_operations.remind_due(now=item.due_at)] * AT_ONCE)
    assert deeds(item).count(Deed.REMINDED) == 1


def test_done_and_withdrawn_at_once_is_one_of_them(office: Office) -> None:
    item = make_item(office)
    race(
        [
            lambda: desk_operations.finish(kind=SPOKEN, subject="1", by=None, words="好", now=NOW),
            lambda: desk_operations.withdraw(kind=SPOKEN, subject="1", by=None, words="好", now=NOW),
        ]
        * 3
    )
    assert len(deeds(item)) == 2


def test_control_whoever_looks_before_locking_hands_over_again(office: Office) -> None:
    item = make_item(office)
    looked = Barrier(AT_ONCE)

    def hand_over_unlocked() -> None:
        with transaction.atomic():
            row = Item.objects.get(id=item.id)
            looked.wait(60)
            if row.offered_to_id is None:
                Item.objects.filter(id=item.id).update(offered_to=office.manager)
                ItemStep.objects.create(
                    item=row, deed=Deed.HANDED_OVER.value, by=office.chief, to=office.manager, at=NOW
                )

    race([hand_over_unlocked] * AT_ONCE)
    assert deeds(item).count(Deed.HANDED_OVER) == AT_ONCE
