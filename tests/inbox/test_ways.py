"""Ways carry a message further: in the day at once, at night those that wake nobody, and never what was read."""

import logging
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

import fieldcast.inbox.ways as ways
from fieldcast.accounts.models import Person
from fieldcast.config.environment import BadSetting, read
from fieldcast.inbox import operations, queries
from fieldcast.inbox.models import Sending
from fieldcast.inbox.quiet import next_waking
from tests.factories.accounts import NOW, make_county, make_person
from tests.factories.inbox import make_letter, send_message

FOLDER = Path(__file__).parent / "folder"
SHANGHAI = ZoneInfo("Asia/Shanghai")
NIGHT = datetime(2026, 11, 22, 15, 30, tzinfo=UTC)  # 23:30 in Shanghai
MORNING = datetime(2026, 11, 22, 23, 0, tzinfo=UTC)  # 07:00 of the next day there


@pytest.fixture
def person(db: None) -> Person:
    return make_person(county_id=make_county())


@pytest.fixture
def ringer(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Any:
    """A way that is there because its folder is."""
    monkeypatch.setattr(ways, "__path__", [*ways.__path__, str(FOLDER)])
    settings.INBOX_WAYS = ("page", "ringer")
    ringer = import_module("fieldcast.inbox.ways.ringer")

    ringer.rung.clear()
    ringer.broken.clear()
    return ringer


def test_adding_a_folder_adds_a_way(ringer: Any) -> None:
    assert ways.ways() == ("console", "page", "ringer", "sms")
    assert ways.get_way("ringer").wakes
    with pytest.raises(LookupError, match="pigeon"):
        ways.get_way("pigeon")


@pytest.mark.parametrize(
    ("at", "waking"),
    [
        ("2026-11-22T06:59:59", "2026-11-22T07:00"),
        ("2026-11-22T07:00", "2026-11-22T07:00"),
        ("2026-11-22T20:59:59", "2026-11-22T20:59:59"),
        ("2026-11-22T21:00", "2026-11-23T07:00"),
        ("2026-12-31T23:59", "2027-01-01T07:00"),
        ("2026-11-22T00:00", "2026-11-22T07:00"),
    ],
)
def test_the_night_is_from_nine_until_seven_by_the_countys_clock(at: str, waking: str) -> None:
    here = datetime.fromisoformat(at).replace(tzinfo=SHANGHAI)
    assert next_waking(here.astimezone(UTC), SHANGHAI) == datetime.fromisoformat(waking).replace(
        tzinfo=SHANGHAI
    )


def test_in_the_day_it_rings_at_once_and_once(person: Person, ringer: Any) -> None:
    one = send_message(person)
    assert [operations.carry_due(now=NOW), operations.carry_due(now=NOW)] == [1, 0]
    assert [message.id for message in ringer.rung] == [one]


def test_at_night_nobody_is_woken_and_the_page_shows_it_at_once(person: Person, ringer: Any) -> None:
    send_message(person, now=NIGHT)
    assert queries.unread_count(person_id=person.pk) == 1
    assert operations.carry_due(now=NIGHT) == 0
    assert operations.carry_due(now=MORNING - timedelta(seconds=1)) == 0
    assert operations.carry_due(now=MORNING) == 1


def test_what_is_late_does_not_ring_in_the_night(person: Person, ringer: Any) -> None:
    send_message(person, now=NOW)
    assert operations.carry_due(now=NIGHT) == 0
    assert Sending.objects.get().not_before == MORNING
    assert operations.carry_due(now=MORNING) == 1


def test_what_was_read_in_the_night_does_not_ring_in_the_morning(person: Person, ringer: Any) -> None:
    operations.mark_read(by=person, message_id=send_message(person, now=NIGHT), now=NIGHT)
    assert operations.carry_due(now=MORNING) == 0
    assert not Sending.objects.exists()
    assert ringer.rung == []


def test_a_way_that_fails_has_it_again_ten_minutes_later(
    person: Person, ringer: Any, caplog: pytest.LogCaptureFixture
) -> None:
    send_message(person)
    ringer.broken.append(True)
    assert operations.carry_due(now=NOW) == 0
    assert "could not go by ringer: nobody answers" in caplog.text
    ringer.broken.clear()
    assert operations.carry_due(now=NOW + timedelta(minutes=9)) == 0
    assert operations.carry_due(now=NOW + timedelta(minutes=10)) == 1


def test_what_is_sent_again_under_its_key_rings_no_second_time(person: Person, ringer: Any) -> None:
    send_message(person)
    operations.send(letters=[make_letter(person)], now=NOW)
    assert Sending.objects.count() == 1


def test_what_waits_for_a_way_that_is_gone_goes_nowhere(
    person: Person, ringer: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    send_message(person)
    monkeypatch.setattr(ways, "__path__", ways.__path__[:-1])
    assert operations.carry_due(now=NOW) == 0
    assert not Sending.objects.exists()


def test_the_console_says_it_in_the_installations_language_without_a_name(
    person: Person, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.INBOX_WAYS = ("page", "console")
    send_message(person, now=NIGHT)
    with caplog.at_level(logging.WARNING):
        assert operations.carry_due(now=NIGHT) == 1
    assert f"to person {person.pk}: 批次 桃-1 已停止销售" in caplog.text
    assert person.display_name not in caplog.text


def test_the_page_alone_carries_nothing(person: Person) -> None:
    send_message(person)
    assert not Sending.objects.exists()


def test_ways_are_chosen_by_name() -> None:
    assert read({}).inbox_ways == ("page",)
    assert read({"FIELDCAST_INBOX_WAYS": "page, console,page"}).inbox_ways == ("page", "console")
    with pytest.raises(BadSetting) as refused:
        read({"FIELDCAST_INBOX_WAYS": "page,pigeon"})
    assert "console, page" in refused.value.message
