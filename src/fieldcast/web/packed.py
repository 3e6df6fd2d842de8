"""Pages are sent compressed to whoever takes them so: phones on a weak network wait for bytes, and pages are words.

Only pages: files are compressed beforehand (`config/static.py`), films and streams are not words, and what the API
answers is read by programs nearby. That a page's length tells a secret in it (BREACH) is made useless twice over:
Django masks the one token that forms carry anew for each page, and the compressed page is as long as chance will.
"""

from collections.abc import Awaitable, Callable
from typing import Any, Final, cast

from asgiref.sync import iscoroutinefunction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.decorators import sync_and_async_middleware

PACKER: Final = GZipMiddleware(lambda request: HttpResponse())


@sync_and_async_middleware
def pages(get_response: Callable[[HttpRequest], Any]) -> Callable[[HttpRequest], Any]:
    """Compress what is a page; outside every middleware that reads or changes one."""
    if iscoroutinefunction(get_response):

        async def later(request: HttpRequest) -> HttpResponseBase:
            return _packed(request, await cast("Awaitable[HttpResponseBase]", get_response(request)))

        return later

    def now(request: HttpRequest) -> HttpResponseBase:
        return _packed(request, cast("HttpResponseBase", get_response(request)))

    return now


def _packed(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    if response.streaming or not response.headers.get("Content-Type", "").startswith("text/html"):
        return response
    return PACKER.process_response(request, response)
