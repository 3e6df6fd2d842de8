"""A message reaches its person once, says the same facts in either language, and is nobody else's."""

from dataclasses import fields
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone, translation

from fieldcast.accounts.models import Person
from fieldcast.inbox import kinds, operations, queries, tasks
from fieldcast.inbox.kinds import Kind
from fieldcast.inbox.models import Message
from fieldcast.inbox.types import KEPT_AFTER_READ, Letter
from fieldcast.kit.errors import NotFound
from fieldcast.settlement.told import StatementIssued
from fieldcast.trace.told import SaleStopped
from tests.factories.accounts import NOW, make_county, make_person
from tests.factories.inbox import make_letter, send_message

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> Person:
    return make_person(county_id=make_county())


@pytest.fixture
def other(person: Person) -> Person:
    return make_person(county_id=person.county_id or 0, name="阿勇")


def sentences(person: Person) -> list[str]:
    return [one.sentence for one in queries.messages(person_id=person.pk).items]


# --- sending ---------------------------------------------------------------------------------------------------------
def test_what_has_one_key_reaches_a_person_once(person: Person, other: Person) -> None:
    assert operations.send(letters=[make_letter(person)], now=NOW) == 1
    assert operations.send(letters=[make_letter(person, other, other)], now=NOW) == 1
    assert [queries.unread_count(person_id=one.pk) for one in (person, other)] == [1, 1]


def test_another_key_is_another_message(person: Person) -> None:
    letters = [make_letter(person, once_key=key) for key in ("sale:1", "sale:2")]
    assert operations.send(letters=letters, now=NOW) == 2


def test_many_letters_are_one_statement(
    person: Person, other: Person, django_assert_num_queries: Any
) -> None:
    letters = [make_letter(person, other, once_key=f"sale:{n}") for n in range(30)]
    with django_assert_num_queries(3):  # a savepoint, its end, and the statement
        assert operations.send(letters=letters, now=NOW) == 60


def test_a_message_to_nobody_is_none(person: Person) -> None:
    nobody = Letter(to=(), county_id=1, what=SaleStopped(lot="A"), link="/lots/1/", once_key="k")
    assert operations.send(letters=[nobody], now=NOW) == 0


def test_what_is_undone_was_never_told(person: Person) -> None:
    with transaction.atomic():
        operations.send(letters=[make_letter(person)], now=NOW)
        transaction.set_rollback(True)
    assert queries.unread_count(person_id=person.pk) == 0


def test_a_due_time_is_kept(person: Person) -> None:
    operations.send(letters=[make_letter(person, due=NOW + timedelta(days=3))], now=NOW)
    (one,) = queries.messages(person_id=person.pk).items
    assert (one.due, one.created_at, one.read_at) == (NOW + timedelta(days=3), NOW, None)


@pytest.mark.parametrize("lot", ["x" * 81, None, ["a"], 0.5])
def test_a_fact_is_small(person: Person, lot: object) -> None:
    letter = Letter(
        to=(person.pk,),
        county_id=person.county_id or 0,
        what=SaleStopped(lot=lot),  # type: ignore[arg-type]  # what must be refused
        link="/lots/1/",
        once_key="k",
    )
    with pytest.raises(ValueError, match="sale_stopped cannot say lot"):
        operations.send(letters=[letter], now=NOW)


@pytest.mark.parametrize("link", ["https://else.where/", "//else.where/", "/\\else.where/", "", "lots/1/"])
def test_a_message_leads_to_no_other_platform(person: Person, link: str) -> None:
    letter = Letter((person.pk,), person.county_id or 0, SaleStopped(lot="A"), link, "k")
    with pytest.raises(IntegrityError, match="message_link_is_ours"), transaction.atomic():
        operations.send(letters=[letter], now=NOW)


# --- reading ---------------------------------------------------------------------------------------------------------
def test_the_sentence_is_in_the_readers_language(person: Person) -> None:
    statement = Letter(
        to=(person.pk,),
        county_id=person.county_id or 0,
        what=StatementIssued(number="J-1", total_fen=123_450),
        link="/statements/1/",
        once_key="statement:1",
    )
    with translation.override("zh-hans"):
        operations.send(letters=[statement], now=NOW)
        assert sentences(person) == ["结算单 J-1 已出：¥1,234.50。"]
    with translation.override("en"):
        assert sentences(person) == ["Statement J-1 is issued: ¥1,234.50."]


def test_every_kind_speaks_both_languages() -> None:
    assert {
        "statement_issued",
        "consent_wanted",
        "sale_stopped",
        "sale_resumed",
        "due_soon",
        "not_answered",
    } <= {kind.name for kind in kinds.kinds()}
    for kind in kinds.kinds():
        # what the desk says has a table of facts, for the sentence of one of its own kinds
        table = {"asks": "consent", "about": {"name": "七号", "n": 7}, "at": "2026-05-01T20:00:00+08:00"}
        table["as_what"] = "farmer"  # a kind of request to join
        plain = {one.name: 7 if one.type in ("int", int) else "七号" for one in fields(kind)}
        what = kind(**{name: table.get(name, fact) for name, fact in plain.items()})
        assert kinds.read(kind.name, what.facts) == what
        with translation.override("en"):
            english = what.sentence
        with translation.override("zh-hans"):
            assert what.sentence != english
        assert "七号" in english or set(plain) <= table.keys()  # some say but when it was


def test_a_kind_that_no_room_sends_any_more_still_leads_to_its_page(person: Person) -> None:
    send_message(person)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO inbox_message (to_id, county_id, kind, facts, link, once_key, created_at)"
            " SELECT to_id, county_id, 'given_up', '{}', link, 'old', created_at FROM inbox_message"
        )
    with translation.override("en"):
        assert sentences(person)[0] == "There is something for you to see on this page."


def test_two_kinds_cannot_have_one_name() -> None:
    class Twin(Kind):
        name = "sale_stopped"

    with pytest.raises(ValueError, match="sale_stopped already"):
        kinds.register(Twin)


def test_what_is_not_read_stands_first_each_newest_first(person: Person) -> None:
    ids = [send_message(person, once_key=f"sale:{n}") for n in range(4)]
    operations.mark_read(by=person, message_id=ids[3], now=NOW)
    operations.mark_read(by=person, message_id=ids[1], now=NOW)
    page = queries.messages(person_id=person.pk)
    assert [one.id for one in page.items] == [ids[2], ids[0], ids[3], ids[1]]
    second = queries.messages(person_id=person.pk, page=2, per_page=3)
    assert ([one.id for one in second.items], second.total) == ([ids[1]], 4)


def test_reading_is_written_down_once(person: Person) -> None:
    one = send_message(person)
    assert operations.mark_read(by=person, message_id=one, now=NOW) == "/lots/1/"
    operations.mark_read(by=person, message_id=one, now=NOW + timedelta(days=1))
    assert queries.message(message_id=one).read_at == NOW
    assert queries.unread_count(person_id=person.pk) == 0


def test_all_are_read_at_once_and_nobody_elses(person: Person, other: Person) -> None:
    operations.send(letters=[make_letter(person, other, once_key=str(n)) for n in range(3)], now=NOW)
    assert operations.mark_all_read(by=person, now=NOW) == 3
    assert [queries.unread_count(person_id=one.pk) for one in (person, other)] == [0, 3]


def test_anothers_message_is_not_there(person: Person, other: Person) -> None:
    one = send_message(person)
    for message_id in (one, one + 1_000_000):
        with pytest.raises(NotFound):
            operations.mark_read(by=other, message_id=message_id, now=NOW)
    assert queries.message(message_id=one).read_at is None
    assert queries.messages(person_id=other.pk).total == 0


# --- what the database refuses ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "change",
    ["kind = 'x'", "facts = '{}'", "link = '/x'", "due = now()", "once_key = 'x'", "created_at = now()"],
)
def test_a_message_does_not_change(person: Person, change: str) -> None:
    send_message(person)
    with pytest.raises(IntegrityError, match="append-only"), connection.cursor() as cursor:
        cursor.execute(f"UPDATE inbox_message SET {change}")


@pytest.mark.parametrize("change", ["read_at = NULL", "read_at = now()"])
def test_what_is_read_stays_read(person: Person, change: str) -> None:
    operations.mark_read(by=person, message_id=send_message(person), now=NOW)
    with pytest.raises(IntegrityError, match="append-only"), connection.cursor() as cursor:
        cursor.execute(f"UPDATE inbox_message SET {change}")


# --- the end ---------------------------------------------------------------------------------------------------------
def test_what_was_read_ninety_days_ago_goes_and_what_nobody_read_stays(person: Person) -> None:
    now = timezone.now()
    long_ago = now - KEPT_AFTER_READ - timedelta(minutes=1)
    old, young, unread = (send_message(person, once_key=str(n), now=long_ago) for n in range(3))
    operations.mark_read(by=person, message_id=old, now=long_ago)
    operations.mark_read(by=person, message_id=young, now=now - KEPT_AFTER_READ + timedelta(minutes=1))
    assert tasks.end_read(0) == 1
    assert set(Message.objects.values_list("id", flat=True)) == {young, unread}


@pytest.mark.parametrize("read_at", [None, timezone.now() - timedelta(days=80)])
def test_no_message_goes_before_its_time(person: Person, read_at: datetime | None) -> None:
    one = send_message(person)
    if read_at:
        operations.mark_read(by=person, message_id=one, now=read_at)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Message.objects.filter(id=one).delete()
