"""What Django refuses before an endpoint is reached is answered in the API's one shape too."""

from collections.abc import Callable
from typing import Any, cast

from asgiref.sync import iscoroutinefunction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.decorators import sync_and_async_middleware

from fieldcast.api import problems

PREFIX = "/api/v1/"


@sync_and_async_middleware
def one_shape(get_response: Callable[[HttpRequest], Any]) -> Callable[[HttpRequest], Any]:
    """Put "no such address" and "not this method" under `/api/v1/` into JSON; let all else pass."""
    if iscoroutinefunction(get_response):

        async def later(request: HttpRequest) -> HttpResponseBase:
            return _in_shape(request, cast("HttpResponseBase", await get_response(request)))

        return later

    def now(request: HttpRequest) -> HttpResponseBase:
        return _in_shape(request, cast("HttpResponseBase", get_response(request)))

    return now


def _in_shape(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    if response.status_code not in {404, 405} or not request.path.startswith(PREFIX):
        return response
    if response.headers.get("Content-Type", "").startswith("application/json"):
        return response
    if response.status_code == 404:
        return problems.no_such_address()
    return problems.wrong_method(allowed=", ".join(sorted(response.headers["Allow"].split(", "))))
