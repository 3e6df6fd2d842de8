"""Likes, shares, visits and who is there now."""

from datetime import timedelta

import pytest
from django.utils import timezone

from fieldcast.kit.errors import NotFound
from fieldcast.live import operations, queries
from fieldcast.live.models import Presence
from tests.live.rooms import make_crew, open_session, plan_session

pytestmark = pytest.mark.django_db


def test_likes_shares_and_visits_add_up() -> None:
    session = open_session(make_crew())
    assert operations.like(session_id=session.id, count=3) == 3
    assert operations.like(session_id=session.id, count=50) == 53
    assert operations.share(session_id=session.id) == 1
    operations.visit(session_id=session.id)
    operations.visit(session_id=session.id, count=4)
    found = queries.counts(session_id=session.id)
    assert (found.likes, found.shares, found.visits) == (53, 1, 5)


@pytest.mark.parametrize("count", [0, -1, 51])
def test_likes_come_in_small_handfuls(count: int) -> None:
    session = open_session(make_crew())
    with pytest.raises(operations.LikesOutOfRange):
        operations.like(session_id=session.id, count=count)
    assert queries.counts(session_id=session.id).likes == 0


def test_only_a_live_session_is_liked() -> None:
    session = plan_session(make_crew())
    with pytest.raises(operations.SessionNotLive):
        operations.like(session_id=session.id, count=1)
    with pytest.raises(NotFound):
        operations.like(session_id=10**9, count=1)
    with pytest.raises(NotFound):
        operations.share(session_id=10**9)


def test_viewers_are_the_listeners_of_every_process_and_the_peak_is_kept() -> None:
    session = open_session(make_crew())
    now = timezone.now()
    assert operations.set_presence(session_id=session.id, process="a", viewers=30, now=now) == 30
    assert operations.set_presence(session_id=session.id, process="b", viewers=12, now=now) == 42
    assert operations.set_presence(session_id=session.id, process="a", viewers=5, now=now) == 17
    found = queries.counts(session_id=session.id)
    assert (found.viewers, found.peak_viewers) == (17, 42)


def test_a_process_that_fell_silent_is_not_counted() -> None:
    session = open_session(make_crew())
    now = timezone.now()
    long_ago = now - timedelta(seconds=queries.PRESENCE_SECONDS + 1)
    operations.set_presence(session_id=session.id, process="gone", viewers=30, now=long_ago)
    assert queries.counts(session_id=session.id).viewers == 0
    assert operations.set_presence(session_id=session.id, process="here", viewers=2, now=now) == 2


def test_who_is_seen_is_a_visit_and_a_session_that_is_gone_is_no_error() -> None:
    session = open_session(make_crew())
    seen = {session.id: {"one": "", "two": ""}, 10**9: {"one": ""}}
    viewers = {session.id: 4, 10**9: 1}
    found = operations.report_presence(process="a", viewers=viewers, seen=seen, now=timezone.now())
    assert found == {session.id: 4, 10**9: 0}
    assert queries.counts(session_id=session.id).visits == 2


def test_processes_that_ended_long_ago_are_forgotten() -> None:
    session = open_session(make_crew())
    now = timezone.now()
    old = now - timedelta(hours=2)
    operations.set_presence(session_id=session.id, process="old", viewers=1, now=old)
    operations.set_presence(session_id=session.id, process="new", viewers=1, now=now)
    assert [row.process for row in Presence.objects.all()] == ["new"]
