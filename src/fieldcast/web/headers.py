"""Headers that every answer carries: what is about one person is kept by no cache, and devices are off.

A page is personal unless its address is in the short list of those that everyone sees alike. So a new page is kept to
its reader until somebody says otherwise, and a computer that several people use shows nobody another's page: not from
its cache, and not with the back button after signing out. The price is small: going back asks the server again, which
the pages do anyway (`historyCacheSize: 0` in base.html).
"""

from collections.abc import Awaitable, Callable
from typing import Any, Final, cast

from asgiref.sync import iscoroutinefunction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.decorators import sync_and_async_middleware

# What begins so is the same for everyone, but for the places in its frame; such a page says itself what is not.
PUBLIC: Final = (
    "/live/",
    "/lots/",
    "/lab/",
    "/offline/",
    "/static/",
    "/media/",
    "/api/v1/docs",
    "/api/v1/openapi.json",
    "/i18n/",
)
PUBLIC_PAGES: Final = frozenset({"/", "/healthz", "/worker.js", "/favicon.ico"})
STUDIO: Final = "/studio/"  # where a host's camera and microphone are used
CARRIER: Final = "/carrier/"  # where a camera reads the codes of labels

OFF: Final = (
    "accelerometer",
    "display-capture",
    "geolocation",
    "gyroscope",
    "hid",
    "magnetometer",
    "midi",
    "payment",
    "serial",
    "usb",
)
AT_WORK: Final = ("camera", "microphone")
POLICY: Final = ", ".join(f"{feature}=()" for feature in sorted((*OFF, *AT_WORK)))
CARRIER_POLICY: Final = POLICY.replace("camera=()", "camera=(self)")
STUDIO_POLICY: Final = ", ".join(
    [*(f"{feature}=(self)" for feature in AT_WORK), *(f"{feature}=()" for feature in OFF)]
)


@sync_and_async_middleware
def headers(get_response: Callable[[HttpRequest], Any]) -> Callable[[HttpRequest], Any]:
    """Put them on every answer; what a view said about caching itself stands."""
    if iscoroutinefunction(get_response):

        async def later(request: HttpRequest) -> HttpResponseBase:
            return _with_headers(request, await cast("Awaitable[HttpResponseBase]", get_response(request)))

        return later

    def now(request: HttpRequest) -> HttpResponseBase:
        return _with_headers(request, cast("HttpResponseBase", get_response(request)))

    return now


def personal(path: str) -> bool:
    """Is what an address answers about whoever asks?"""
    return path not in PUBLIC_PAGES and not path.startswith(PUBLIC)


def _with_headers(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    if personal(request.path) or request.method not in ("GET", "HEAD"):
        response.headers.setdefault("Cache-Control", "no-store")
    response.headers.setdefault("Permissions-Policy", _policy(request.path))
    return response


def _policy(path: str) -> str:
    if path.startswith(STUDIO):
        return STUDIO_POLICY
    return CARRIER_POLICY if path.startswith(CARRIER) else POLICY
