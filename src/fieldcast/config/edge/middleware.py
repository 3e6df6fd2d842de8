"""Tells the edge that the pages found someone signed in, without a question of its own."""

from collections.abc import Callable
from typing import Any, cast

from asgiref.sync import iscoroutinefunction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.decorators import sync_and_async_middleware
from django.utils.functional import LazyObject

from fieldcast.config.edge.wsgi import SIGNED_IN


@sync_and_async_middleware
def tell_the_edge(get_response: Callable[[HttpRequest], Any]) -> Callable[[HttpRequest], Any]:
    """Note in the request's environ whether its sender turned out to be signed in, if any page asked."""
    if iscoroutinefunction(get_response):

        async def later(request: HttpRequest) -> HttpResponseBase:
            return cast("HttpResponseBase", await get_response(request))

        return later

    def now(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        user = getattr(request, "user", None)
        if isinstance(user, LazyObject):  # asking it would be a question of our own
            user = getattr(request, "_cached_user", None)
        if user is not None:
            request.META[SIGNED_IN] = bool(user.is_authenticated)
        return cast("HttpResponseBase", response)

    return now
