"""Whoever follows a host is told once when a session is announced and once when it begins; others are not."""

from datetime import timedelta

import pytest
from django.utils import translation

from fieldcast.inbox import queries as inbox
from fieldcast.kit.errors import NotFound
from fieldcast.live import operations, queries
from fieldcast.live.types import SessionView
from tests.factories.accounts import NOW
from tests.live.rooms import Crew, make_crew, make_viewer, plan_session

pytestmark = pytest.mark.django_db


def told(person_id: int) -> list[str]:
    """What stands in somebody's messages, in English."""
    with translation.override("en"):
        return sorted(one.sentence for one in inbox.messages(person_id=person_id).items)


def begin(crew: Crew, session: SessionView) -> None:
    operations.open_session(by=crew.chief, session_id=session.id, now=NOW + timedelta(hours=1))


def test_a_follower_is_told_once_of_the_plan_and_once_when_it_begins() -> None:
    crew = make_crew()
    follower, stranger = make_viewer(crew), make_viewer(crew)
    for _twice in range(2):
        operations.follow(by=follower, host_id=crew.host.id, now=NOW)
    session = plan_session(crew)
    assert operations.announce(session_ids=[session.id], now=NOW) == 1
    assert operations.announce(session_ids=[session.id], now=NOW) == 0
    (announced,) = told(follower.pk)
    assert announced.startswith(f"{session.host_name}, whom you follow, goes live on ")
    begin(crew, session)
    assert f"{session.host_name} is live now." in told(follower.pk)
    assert len(told(follower.pk)) == 2
    assert told(stranger.pk) == []


def test_who_waits_for_one_session_is_told_of_that_alone_and_once_though_a_follower_too() -> None:
    crew = make_crew()
    waiting = make_viewer(crew)
    session = plan_session(crew)
    operations.await_session(by=waiting, session_id=session.id, now=NOW)
    operations.follow(by=waiting, host_id=crew.host.id, now=NOW)
    operations.unfollow(by=waiting, host_id=crew.host.id)
    operations.announce(session_ids=[session.id], now=NOW)
    assert told(waiting.pk) == []
    operations.follow(by=waiting, host_id=crew.host.id, now=NOW)
    begin(crew, session)
    assert told(waiting.pk) == [f"{session.host_name} is live now."]


def test_a_session_that_was_called_off_or_has_begun_is_announced_to_nobody() -> None:
    crew = make_crew()
    follower = make_viewer(crew)
    operations.follow(by=follower, host_id=crew.host.id, now=NOW)
    called_off, begun = plan_session(crew), plan_session(crew)
    operations.cancel_session(by=crew.chief, session_id=called_off.id, now=NOW)
    begin(crew, begun)
    assert operations.announce(session_ids=[called_off.id, begun.id], now=NOW) == 0
    assert len(told(follower.pk)) == 1


def test_only_a_host_is_followed_and_only_what_is_planned_awaited() -> None:
    crew = make_crew()
    viewer, session = make_viewer(crew), plan_session(crew)
    with pytest.raises(NotFound):
        operations.follow(by=viewer, host_id=crew.cooperative.id, now=NOW)
    begin(crew, session)
    with pytest.raises(NotFound):
        operations.await_session(by=viewer, session_id=session.id, now=NOW)
    assert queries.followed_by(person_id=viewer.pk) == ()
