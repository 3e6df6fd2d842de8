"""A browser that signed in before is known again by a signed cookie that names it and the numbers that did.

The numbers are in it as the beginnings of their keyed hashes. It opens nothing: it only says that whoever types a
password here is no stranger (`tries`).
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, cast

from asgiref.sync import iscoroutinefunction
from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.decorators import sync_and_async_middleware

from fieldcast.kit.fields import blind_index

COOKIE: Final = "fieldcast_device"
SALT: Final = "fieldcast.device"
KEPT_SECONDS: Final = 400 * 24 * 3600  # as long as browsers keep any
MOST_NUMBERS: Final = 8
MARK: Final = 16  # letters of a keyed hash
NOTE: Final = "_fieldcast_signed_in_number"


@dataclass(frozen=True)
class Device:
    """One browser: its name, and who signed in there, the latest last."""

    name: str
    numbers: tuple[str, ...]

    def knows(self, number: str, *, sign_outs: int = 0) -> bool:
        """Did this number sign in here before, and since everything of theirs was last signed out?"""
        return mark(number, sign_outs=sign_outs) in self.numbers


def mark(number: str, *, sign_outs: int) -> str:
    """How a number stands in the cookie: another way each time everything of its owner's was signed out."""
    return (blind_index(f"{number} {sign_outs}") if sign_outs else number)[:MARK]


def device_of(request: HttpRequest) -> Device | None:
    """The device that the request's cookie names; None without one of our own making."""
    try:
        name, *numbers = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=KEPT_SECONDS)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Device(name=str(name), numbers=tuple(str(number) for number in numbers))


def note_sign_in(request: HttpRequest, *, number: str, sign_outs: int = 0) -> None:
    """Have the answer to this request carry a cookie by which the device is known again."""
    setattr(request, NOTE, mark(number, sign_outs=sign_outs))


@sync_and_async_middleware
def remember_device(get_response: Callable[[HttpRequest], Any]) -> Callable[[HttpRequest], Any]:
    """Put the cookie on the answer to a request in which somebody signed in."""
    if iscoroutinefunction(get_response):

        async def later(request: HttpRequest) -> HttpResponseBase:
            return _with_cookie(request, cast("HttpResponseBase", await get_response(request)))

        return later

    def now(request: HttpRequest) -> HttpResponseBase:
        return _with_cookie(request, cast("HttpResponseBase", get_response(request)))

    return now


def _with_cookie(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    noted = getattr(request, NOTE, None)
    if noted is None:
        return response
    known = device_of(request) or Device(name=secrets.token_hex(8), numbers=())
    others = [one for one in known.numbers if one != noted]
    numbers = [*others, noted][-MOST_NUMBERS:]
    response.set_cookie(
        COOKIE,
        signing.dumps([known.name, *numbers], salt=SALT),
        max_age=KEPT_SECONDS,
        secure=bool(settings.SESSION_COOKIE_SECURE),
        httponly=True,
        samesite="Lax",
    )
    return response
