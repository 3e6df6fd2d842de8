"""Following a host, waiting for one session, and telling those who do. Asking twice changes nothing."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.types import OrganisationKind, SignedIn
from fieldcast.kit.errors import NotFound
from fieldcast.live import queries, told
from fieldcast.live.models import Follow, Session
from fieldcast.live.types import SessionState


def follow(*, by: SignedIn, host_id: int, now: datetime) -> None:
    """Be told of this host's sessions from now on. Raises `NotFound` for what is no host."""
    host = accounts.organisations_by_ids(ids={host_id}).get(host_id)
    if host is None or host.kind != OrganisationKind.HOST:
        raise NotFound("organisation")
    _want(Follow(person_id=by.pk, host_id=host_id, since=now))


def unfollow(*, by: SignedIn, host_id: int) -> None:
    """Be told no more."""
    Follow.objects.filter(person_id=by.pk, host_id=host_id).delete()


def await_session(*, by: SignedIn, session_id: int, now: datetime) -> None:
    """Be told when this session begins. Raises `NotFound` for one that is not planned any more."""
    if queries.state_of(session_id=session_id) != SessionState.PLANNED:
        raise NotFound("session")
    _want(Follow(person_id=by.pk, session_id=session_id, since=now))


def await_no_more(*, by: SignedIn, session_id: int) -> None:
    """Do not be told after all."""
    Follow.objects.filter(person_id=by.pk, session_id=session_id).delete()


def announce(*, session_ids: Iterable[int], now: datetime) -> int:
    """Tell those who follow a host of each session that has become public, once; how many sessions that were.

    Which are public is trade's to say: it knows what is sold and who has agreed.
    """
    done = 0
    for session_id in session_ids:
        with transaction.atomic():
            row = Session.objects.select_for_update().filter(id=session_id, announced_at__isnull=True).first()
            if row is None or row.state != SessionState.PLANNED.value:
                continue
            told.announced(
                queries.session(session_id=session_id), to=queries.followers(host_id=row.host_id), now=now
            )
            row.announced_at = now
            row.save(update_fields=["announced_at"])
            done += 1
    return done


def tell_begun(*, session_id: int, now: datetime) -> int:
    """Tell those who follow its host, and those who wait for it, that a session has begun."""
    session = queries.session(session_id=session_id)
    waiting = {*queries.followers(host_id=session.host_id), *queries.awaiting(session_id=session_id)}
    return told.begun(session, to=waiting, now=now)


def _want(row: Follow) -> None:
    Follow.objects.bulk_create([row], ignore_conflicts=True)
