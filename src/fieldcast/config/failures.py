"""The last answer: what to say when a request failed with something nobody expected.

A database that is away and a disk that is full are nobody's mistake, may meet any request in any part of it, also
before and after the view, and are over by themselves: they are answered 503 in words, without a traceback each.
Everything else stays what it is, a page that says something broke on our side.
"""

import sys

from django.db import Error
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from django.views import defaults

from fieldcast.api.problems import ProblemOut
from fieldcast.config import disk
from fieldcast.kit import postgres
from fieldcast.kit.errors import Problem
from fieldcast.web.middleware import API_PREFIX, problem_response

RETRY_SECONDS = 5


class FormUnreadable(Problem):
    """A form whose parts cannot be told from each other, or with a file whose name is too long."""

    code = "form_unreadable"
    status = 400
    sentence = _("This form could not be read.")
    next_step = _("If a file is in it, give it a shorter name; then send it again.")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What Django calls a bad request. A form it cannot read is answered in words and logged nowhere."""
    if not isinstance(exception, MultiPartParserError):
        return defaults.bad_request(request, exception)
    response = _said(request, FormUnreadable())
    response._has_been_logged = True  # type: ignore[attr-defined]  # else Django logs a traceback
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """Called by Django while the exception is being handled."""
    problem = _problem_of(sys.exc_info()[1])
    if problem is None:
        return defaults.server_error(request)
    response = _said(request, problem)
    response["Retry-After"] = str(RETRY_SECONDS)
    response["Cache-Control"] = "no-store"
    response._has_been_logged = True  # type: ignore[attr-defined]  # the gate said so once; Django would a traceback each
    return response


def _problem_of(error: BaseException | None) -> Problem | None:
    if isinstance(error, Error):
        return postgres.problem_of(error)
    if isinstance(error, OSError) and error.errno in disk.FULL:
        return postgres.NoRoom()
    return None


def _said(request: HttpRequest, problem: Problem) -> HttpResponse:
    """In the shape the request was made in; nothing here may ask the database again."""
    if request.path.startswith(API_PREFIX):
        body = ProblemOut(code=problem.code, message=problem.message, next_step=problem.advice)
        return JsonResponse(body.dict(), status=problem.status)
    if request.headers.get("HX-Request") == "true" and request.headers.get("HX-Boosted") != "true":
        return problem_response(request, problem)
    if problem.status < 500:
        return problem_response(request, problem)
    return HttpResponse(render_to_string("errors/away.html", {"problem": problem}), status=problem.status)
