"""A visit is a person within half an hour, and what is kept to count it ends."""

from datetime import timedelta

import pytest
from django.utils import timezone

from fieldcast.live import operations, queries
from fieldcast.live.models import Visit
from tests.live.rooms import make_crew, open_session

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def see(session_id: int, *visitors: str, minutes: float = 0, **signed_in: str) -> int:
    """Report who was seen so many minutes from now; returns the session's visits."""
    operations.report_presence(
        process="a",
        viewers={session_id: len(visitors) + len(signed_in)},
        seen={session_id: dict.fromkeys(visitors, "") | signed_in},
        now=NOW + timedelta(minutes=minutes),
    )
    return queries.counts(session_id=session_id).visits


def test_who_loads_the_page_again_is_on_the_same_visit() -> None:
    session = open_session(make_crew())
    assert see(session.id, "one") == 1
    assert see(session.id, "one", minutes=1) == 1
    assert see(session.id, "one", "two", minutes=29) == 2


def test_who_was_away_for_half_an_hour_comes_again() -> None:
    session = open_session(make_crew())
    assert see(session.id, "one") == 1
    assert see(session.id, "one", minutes=20) == 1
    assert see(session.id, "one", minutes=51) == 2


def test_the_same_hash_in_another_session_is_another_visit() -> None:
    assert see(open_session(make_crew()).id, "one") == see(open_session(make_crew()).id, "one") == 1


def test_signing_in_to_buy_is_no_other_visit() -> None:
    session = open_session(make_crew())
    assert see(session.id, "device") == 1
    assert see(session.id, minutes=2, person="device") == 1
    assert see(session.id, minutes=4, person="device") == 1


def test_the_next_person_on_a_shared_device_is_another_visit() -> None:
    session = open_session(make_crew())
    see(session.id, "device")
    see(session.id, minutes=1, first="device")
    assert see(session.id, minutes=2, second="device") == 2


def test_visitors_are_forgotten_after_half_an_hour() -> None:
    session = open_session(make_crew())
    see(session.id, "one")
    see(session.id, "two", minutes=10)
    assert operations.forget_visitors(now=NOW + timedelta(minutes=31)) == 1
    assert [one.visitor for one in Visit.objects.all()] == ["two"]
    assert queries.counts(session_id=session.id).visits == 2
