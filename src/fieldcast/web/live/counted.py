"""Whom a room's page counts: a person, or the device of someone who has not signed in. Who runs the session does not
watch it, and is not counted.
"""

from datetime import timedelta
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from fieldcast.accounts import limits
from fieldcast.accounts.access import has_role
from fieldcast.accounts.visitors import who
from fieldcast.kit.ids import random_code
from fieldcast.live.hub import Visitor
from fieldcast.live.types import SessionView
from fieldcast.web.events import hashed

COOKIE: Final = "visitor"
COOKIE_SECONDS: Final = 12 * 3600
LENGTH: Final = 20


def visitor(request: HttpRequest, session: SessionView, device: str) -> Visitor | None:
    """Who looks at the session's page; None for those who run it or work there. `device`: see `device_of`."""
    if not request.user.is_authenticated:
        return Visitor(hashed(session_id=session.id, who=device)) if device else None
    if request.user.is_staff or any(has_role(request.user, one) for one in session.runners):
        return None
    return Visitor(
        hashed(session_id=session.id, who=f"person {request.user.pk}"),
        earlier=hashed(session_id=session.id, who=device) if device else "",
    )


def device_of(request: HttpRequest) -> str:
    """What tells a device that has not signed in from others: its cookie, or one to be set; "" for someone signed in.

    Whoever throws cookies away counts anew each time, so the new devices of one address are limited; past the limit
    they are together one.
    """
    known = request.COOKIES.get(COOKIE, "")
    if len(known) == LENGTH and known.isascii() and known.isalnum():
        return known
    if request.user.is_authenticated:
        return ""
    address = who(request)
    within = limits.granted(rate=limits.NEW_DEVICES, who=address, now=timezone.now())
    return random_code(LENGTH) if within or address is None else address


def remember(response: HttpResponse, device: str, *, known: str | None) -> None:
    """Let the device be known again when the page is loaded once more."""
    if device.isalnum() and device != known:
        response.set_cookie(
            COOKIE,
            device,
            max_age=timedelta(seconds=COOKIE_SECONDS),
            httponly=True,
            secure=settings.SESSION_COOKIE_SECURE,
            samesite="Lax",
        )
