"""Expected failures become pages. A `Problem` raised below is shown with its status, its sentence and what to do next:
a whole page, or, when htmx asked, a notice that slides in and leaves the page as it was."""

from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import ClassVar

from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from fieldcast.kit.errors import Problem
from fieldcast.web.shared import asking

API_PREFIX = "/api/"  # the API answers for itself, in JSON

Handler = Callable[[HttpRequest], HttpResponseBase] | Callable[[HttpRequest], Awaitable[HttpResponseBase]]


class TranslateProblems:
    """Passes requests through untouched, sync or async, so it costs no thread; acts only when a view failed."""

    sync_capable: ClassVar[bool] = True
    async_capable: ClassVar[bool] = True

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response
        if iscoroutinefunction(get_response):
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest) -> HttpResponseBase | Awaitable[HttpResponseBase]:
        """Hand the request on; under ASGI this returns the next handler's coroutine itself."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Show a `Problem` to its reader; leave everything else to Django."""
        if not isinstance(exception, Problem) or request.path.startswith(API_PREFIX):
            return None
        return problem_response(request, exception)


def problem_response(request: HttpRequest, problem: Problem) -> HttpResponse:
    """The answer to an expected failure, in the reader's language."""
    context = {
        "code": problem.code,
        "status": problem.status,
        "sentence": problem.message,
        "next_step": problem.advice,
        "facts": problem.facts,
    }
    if asking.by_script(request) and request.headers.get("HX-Boosted") != "true":
        response = render(request, "errors/notice.html", context, status=problem.status)
        response["HX-Retarget"] = "#toasts"
        response["HX-Reswap"] = "beforeend"
        response["HX-Push-Url"] = "false"
    else:
        # asked here alone: a notice must not read from a database that just failed
        help_by = {
            "sign_in_may_help": problem.status != HTTPStatus.CONFLICT and _is_stranger(request),
            "leads_back": problem.status == HTTPStatus.FORBIDDEN and not _is_stranger(request),
        }
        response = render(request, "errors/problem.html", context | help_by, status=problem.status)
    patch_vary_headers(response, ["HX-Request"])
    response["Cache-Control"] = "no-store"
    if "seconds" in problem.facts:
        response["Retry-After"] = str(problem.facts["seconds"])
    return response


def _is_stranger(request: HttpRequest) -> bool:
    """Nobody is signed in, or it failed before that could be known."""
    user = getattr(request, "user", None)
    return user is None or not user.is_authenticated
