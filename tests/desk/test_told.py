"""People hear of what is handed to them, due soon or late: once, in their language, and no more once it is answered."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import resolve
from django.utils import translation
from pytest_django import Settings

import fieldcast.inbox.ways as ways
from fieldcast.accounts.models import Person
from fieldcast.desk import operations
from fieldcast.desk.types import ItemView, Owner
from fieldcast.inbox import queries as inbox
from fieldcast.inbox.models import Message, Sending
from fieldcast.inbox.types import MessageView
from tests.desk.matters import SPOKEN, Office, make_item, make_office
from tests.factories.accounts import NOW
from tests.factories.market import make_stall
from tests.inbox.test_ways import FOLDER, MORNING, NIGHT

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


def got(person: Person) -> list[MessageView]:
    found = list(inbox.messages(person_id=person.pk).items)
    for one in found:
        assert resolve(one.link).url_name == "me_desk_item"
    return found


def remind(item: ItemView) -> None:
    operations.remind_due(now=item.due_at - timedelta(hours=20))


def test_a_reminder_reaches_all_who_may_answer_once_and_says_until_when(office: Office) -> None:
    item = make_item(office)
    remind(item)
    remind(item)
    for person in (office.chief, office.manager):
        (one,) = got(person)
        assert (one.kind, one.link, one.due) == ("due_soon", f"/me/desk/{item.id}/", item.due_at)
        assert one.sentence == "还没有答复，快到期了：黄桃?"
        with translation.override("en"):
            assert got(person)[0].sentence == "To be answered soon: 黄桃?"
    assert got(office.packer) == got(office.officer) == []


def test_who_holds_it_is_reminded_alone(office: Office) -> None:
    item = make_item(office)
    operations.hand_over(by=office.chief, item_id=item.id, to_id=office.manager.pk, now=NOW)
    assert [one.kind for one in got(office.manager)] == ["handed_to_you"]
    operations.accept(by=office.manager, item_id=item.id, now=NOW)
    remind(item)
    assert {one.kind for one in got(office.manager)} == {"handed_to_you", "due_soon"}
    assert got(office.chief) == []


def test_what_is_late_is_told_to_those_it_escalates_to(office: Office) -> None:
    item = make_item(office)
    for _again in range(2):
        operations.escalate_due(now=item.due_at)
    (one,) = got(office.officer)
    assert (one.kind, one.sentence) == ("not_answered", "到期没有答复：黄桃?")


def test_an_answer_reads_it_for_everyone_who_was_asked(office: Office) -> None:
    item = make_item(office)
    remind(item)
    operations.hand_over(by=office.chief, item_id=item.id, to_id=office.manager.pk, now=NOW)
    operations.accept(by=office.manager, item_id=item.id, now=NOW)
    operations.escalate_due(now=item.due_at)
    operations.answer(by=office.officer, item_id=item.id, words="办了", now=item.due_at)
    asked = Message.objects.filter(kind__in=["due_soon", "not_answered"])
    assert asked.count() == 3
    assert {one.read_at for one in asked} == {item.due_at}


def test_it_is_handed_over_again_and_told_again(office: Office) -> None:
    item = make_item(office)
    for minutes in (1, 2):
        now = NOW + timedelta(minutes=minutes)
        operations.hand_over(by=office.chief, item_id=item.id, to_id=office.manager.pk, now=now)
        operations.decline(by=office.manager, item_id=item.id, why="出差", now=now)
    assert len(got(office.manager)) == 2


def test_what_is_undone_told_nobody(office: Office) -> None:
    item = make_item(office)
    with transaction.atomic():
        remind(item)
        transaction.set_rollback(True)
    assert got(office.manager) == []


def test_a_person_alone_is_reminded_too_and_long_facts_are_cut(office: Office) -> None:
    item = operations.open_item(
        kind=SPOKEN,
        subject="3",
        county_id=office.coop.county_id,
        owner=Owner(person_id=office.packer.pk),
        facts={"name": "桃" * 200},
        by=None,
        now=NOW,
    )
    remind(item)
    assert got(office.packer)[0].sentence.count("桃") == 80


def test_at_night_a_way_that_wakes_waits_until_morning(
    office: Office, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ways, "__path__", [*ways.__path__, str(FOLDER)])
    settings.INBOX_WAYS = ("page", "ringer")
    make_item(office, due_at=NIGHT + timedelta(hours=20))
    operations.remind_due(now=NIGHT)
    assert set(Sending.objects.values_list("not_before", flat=True)) == {MORNING}


def test_terms_that_wait_are_reminded_of_in_the_words_of_their_kind() -> None:
    stall = make_stall(agreed=False)
    operations.remind_due(now=NOW + timedelta(days=30))
    found = [one for one in inbox.messages(person_id=stall.presenter.pk).items if one.kind == "due_soon"]
    assert [stall.version.name in one.sentence for one in found] == [True]
