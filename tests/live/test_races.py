"""Two people pressing at once, on connections of their own."""

import threading
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from fieldcast.live import operations
from fieldcast.live.models import Message, Session
from fieldcast.live.operations import chat
from fieldcast.live.types import MessageKind
from tests.live.rooms import make_crew, make_viewer, open_session, plan_session

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]


def together(works: Sequence[Callable[[], Any]]) -> list[Any]:
    """Run all at the same moment, each in a transaction of its own; results, or what was raised."""
    start = threading.Barrier(len(works))
    results: list[Any] = [None] * len(works)

    def one(number: int) -> None:
        start.wait()
        try:
            with transaction.atomic():
                results[number] = works[number]()
        except Exception as error:  # noqa: BLE001 — kept, to be looked at below
            results[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(number,)) for number in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def write_at_once(people: int = 12) -> int:
    """One person writes `people` lines at the same moment; how many were taken."""
    with transaction.atomic():
        crew = make_crew()
        session, viewer, now = open_session(crew), make_viewer(crew), timezone.now()
    line = partial(
        operations.say, by=viewer, session_id=session.id, text="甜", kind=MessageKind.CHAT, now=now
    )
    results = together([line] * people)
    assert {type(one) for one in results if isinstance(one, Exception)} <= {operations.TooFast}
    return Message.objects.filter(session_id=session.id).count()


def test_writing_everything_at_once_does_not_outrun_the_pace() -> None:
    assert write_at_once() == chat.MOST_MESSAGES


def test_control_without_the_lock_the_pace_is_outrun(monkeypatch: pytest.MonkeyPatch) -> None:
    def unlocked(by: Any, now: Any) -> None:
        lately = Message.objects.filter(person_id=by.pk, at__gt=now - chat.PER, at__lte=now).count()
        time.sleep(0.3)  # everyone has counted before anyone writes
        if lately >= chat.MOST_MESSAGES:
            raise operations.TooFast(most=chat.MOST_MESSAGES, seconds=10)

    monkeypatch.setattr(chat, "_check_pace", unlocked)
    assert write_at_once() > chat.MOST_MESSAGES


def test_of_two_sessions_of_one_host_opened_at_once_one_goes_live() -> None:
    with transaction.atomic():
        crew = make_crew()
        sessions, now = [plan_session(crew) for _ in range(4)], timezone.now()
    works = [
        partial(operations.open_session, by=crew.presenter, session_id=one.id, now=now) for one in sessions
    ]
    results = together(works)
    assert sum(isinstance(one, operations.AlreadyLive) for one in results) == 3
    assert Session.objects.filter(host_id=crew.host.id, state="live").count() == 1


def test_a_session_opened_by_two_people_at_once_opens_once() -> None:
    with transaction.atomic():
        crew = make_crew()
        session, now = plan_session(crew), timezone.now()
    people = (crew.chief, crew.presenter)
    works = [partial(operations.open_session, by=person, session_id=session.id, now=now) for person in people]
    results = together(works)
    assert sum(isinstance(one, operations.NotPlanned) for one in results) == 1


def test_likes_from_many_at_once_all_count() -> None:
    with transaction.atomic():
        session = open_session(make_crew())
    totals = together([partial(operations.like, session_id=session.id, count=5)] * 10)
    assert sorted(totals) == [5 * number for number in range(1, 11)]
