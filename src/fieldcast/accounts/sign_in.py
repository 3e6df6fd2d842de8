"""Stands before every password, whichever page took it: Django asks its first backend before it hashes anything."""

from typing import Any, Final

from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest
from django.utils import timezone

from fieldcast.accounts import queries, tries
from fieldcast.accounts.devices import device_of, note_sign_in
from fieldcast.accounts.models import Person
from fieldcast.accounts.visitors import address_of

SPENT: Final = "_fieldcast_password_spent"


class SlowsGuessing:
    """Signs nobody in; counts the try and stops it with `TooManyTries` when there were too many."""

    # No `BaseBackend`: with its `get_user` Django would take this for where people signed in by code come from.

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> None:
        """Count one password. Raises `TooManyTries`; nothing below has then looked at the password."""
        typed = credentials.get("phone") or credentials.get("username")
        if request is None or "password" not in credentials or not typed:
            return
        number = tries.number_mark(str(typed))
        device = device_of(request)
        known = device is not None and device.knows(number, sign_outs=queries.sign_outs_of(number=number))
        attempt = tries.Attempt(
            number=number,
            address=address_of(request),
            device=device.name if device is not None and known else None,
        )
        setattr(request, SPENT, tries.begin(attempt=attempt, now=timezone.now()))


def someone_signed_in(sender: Any, request: HttpRequest | None, user: Person, **rest: Any) -> None:
    """The right password: it was no guess, and device and address are known from now on."""
    if request is None or not request.META.get("REMOTE_ADDR"):
        return
    spent = getattr(request, SPENT, ())
    tries.succeeded(person=user, address=address_of(request), spent=spent, now=timezone.now())
    note_sign_in(request, number=user.phone_hash, sign_outs=user.sign_outs)


def connect() -> None:
    """Hear of everyone who signs in."""
    user_logged_in.connect(someone_signed_in, dispatch_uid="fieldcast.accounts.sign_in")
