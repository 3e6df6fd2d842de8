"""Who works where is read once for a request, although the page, its frame and every rule ask it.

Kept by context variable for the request that is being answered, never beyond it. A request that changes a membership or
a standing reads every time from then on, so that it sees what it did, and what it undid. Jobs, commands and answers
that are still being sent are no such request: they read every time.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final, cast

from asgiref.sync import iscoroutinefunction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.decorators import sync_and_async_middleware

from fieldcast.accounts.types import MembershipRef

Memberships = tuple[MembershipRef, ...]


class _Kept:
    """What one request has read, by person; None once it may keep nothing."""

    def __init__(self, *, alone: bool = False) -> None:
        self.by_person: dict[int, Memberships] | None = {}
        self.alone = alone  # nobody else changes anything meanwhile


_KEPT: Final[ContextVar[_Kept | None]] = ContextVar("fieldcast_memberships", default=None)


def once(person_id: int, read: Callable[[int], Memberships]) -> Memberships:
    """What `read` says of a person: asked the first time in a request, every time outside one."""
    kept = _KEPT.get()
    if kept is None or kept.by_person is None:
        return read(person_id)
    if person_id not in kept.by_person:
        kept.by_person[person_id] = read(person_id)
    return kept.by_person[person_id]


def keep_no_more() -> None:
    """Read every time in what is left of this request: something was changed, or will be undone."""
    if kept := _KEPT.get():
        kept.by_person = None


def forget() -> None:
    """Read anew what was kept so far, and keep that: somebody else may have changed it."""
    if (kept := _KEPT.get()) and kept.by_person and not kept.alone:
        kept.by_person = {}


@contextmanager
def reading_once(*, alone: bool = False) -> Iterator[None]:
    """Keep what is read until the end of this; for a request, and for a command. `alone`: it knows that nobody else
    changes anything meanwhile."""
    kept = _Kept(alone=alone)
    mark = _KEPT.set(kept)
    try:
        yield
    finally:
        _KEPT.reset(mark)
        kept.by_person = None  # where a thread or task was left with it


@sync_and_async_middleware
def once_a_request(get_response: Callable[[HttpRequest], Any]) -> Callable[[HttpRequest], Any]:
    """Keep what is read while a request is answered."""
    if iscoroutinefunction(get_response):

        async def later(request: HttpRequest) -> HttpResponseBase:
            with reading_once():
                return cast("HttpResponseBase", await get_response(request))

        return later

    def now(request: HttpRequest) -> HttpResponseBase:
        with reading_once():
            return cast("HttpResponseBase", get_response(request))

    return now
