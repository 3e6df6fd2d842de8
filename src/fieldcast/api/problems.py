"""Every refusal as JSON: a machine code, a sentence in the reader's language, what to do next, and the figures."""

from typing import Any

from django.core.exceptions import RequestDataTooBig, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError
from ninja.errors import ValidationError as RequestInvalid
from pydantic import Field

from fieldcast.api import words
from fieldcast.kit.errors import NotFound, Problem


class ProblemOut(Schema):
    """Why a request was refused."""

    code: str
    message: str
    next_step: str
    facts: dict[str, Any] = Field(default_factory=dict)


REFUSALS = frozenset({400, 401, 403, 404, 409, 413, 422, 429})
RESPONSES: dict[frozenset[int], type[ProblemOut]] = {REFUSALS: ProblemOut}


def install(api: NinjaAPI) -> None:
    """Make `api` answer expected failures in this one shape."""
    _answer_rules(api)
    _answer_requests(api)


def _answer_rules(api: NinjaAPI) -> None:
    """What our own rules refuse."""

    @api.exception_handler(Problem)
    def refused(request: HttpRequest, problem: Problem) -> HttpResponse:
        body = ProblemOut(
            code=problem.code,
            message=problem.message,
            next_step=problem.advice,
            facts=_facts(problem),
        )
        return api.create_response(request, body, status=problem.status)

    @api.exception_handler(ValidationError)
    def weak(request: HttpRequest, error: ValidationError) -> HttpResponse:
        body = ProblemOut(code="invalid_value", message=" ".join(error.messages), next_step="")
        return api.create_response(request, body, status=422)

    @api.exception_handler(AuthenticationError)
    def unknown(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
        body = ProblemOut(
            code="sign_in",
            message=_("You are not signed in."),
            next_step=_("Sign in, or send a personal token in the Authorization header."),
        )
        return api.create_response(request, body, status=401)

    @api.exception_handler(Http404)
    def nothing(request: HttpRequest, error: Http404) -> HttpResponse:
        return no_such_address()


def _answer_requests(api: NinjaAPI) -> None:
    """What cannot be read as a request."""

    @api.exception_handler(RequestInvalid)
    def invalid(request: HttpRequest, error: RequestInvalid) -> HttpResponse:
        facts = {".".join(str(part) for part in item["loc"]): words.of(item) for item in error.errors}
        body = ProblemOut(
            code="invalid_request",
            message=_("Some of what was sent is not of the right form."),
            next_step=_("Correct the fields named and send it again."),
            facts=facts,
        )
        return api.create_response(request, body, status=422)

    @api.exception_handler(RequestDataTooBig)
    def large(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
        body = ProblemOut(
            code="body_too_large",
            message=_("More was sent than is read in one go."),
            next_step=_("Send less at a time."),
        )
        return api.create_response(request, body, status=413)

    @api.exception_handler(HttpError)
    def framework(request: HttpRequest, error: HttpError) -> HttpResponse:
        if error.status_code == 403:
            body = ProblemOut(
                code="csrf_failed",
                message=_("The browser's request came without its CSRF token."),
                next_step=_("Send it in the X-CSRFToken header, or use a personal token instead."),
            )
        else:
            body = ProblemOut(
                code="unreadable_body",
                message=_("What was sent is not JSON that can be read."),
                next_step=_("Correct it and send it again."),
            )
        return api.create_response(request, body, status=error.status_code)


def no_such_address() -> HttpResponse:
    """The answer at an address that nothing answers: as for a thing that is not there."""
    nothing = NotFound()
    body = ProblemOut(code=nothing.code, message=nothing.message, next_step=nothing.advice)
    return JsonResponse(body.dict(), status=nothing.status)


def wrong_method(*, allowed: str) -> HttpResponse:
    """The answer to a method that an address does not take; `allowed` names those it does."""
    body = ProblemOut(
        code="wrong_method",
        message=_("This address does not take that method."),
        next_step=_("Use one of: %(allowed)s.") % {"allowed": allowed},
        facts={"allowed": allowed},
    )
    return JsonResponse(body.dict(), status=405, headers={"Allow": allowed})


def _facts(problem: Problem) -> dict[str, Any]:
    """The figures of a refusal; of what is not found none, which could tell "not yours" from "not there"."""
    if isinstance(problem, NotFound):
        return {}
    return {name: _plain(value) for name, value in problem.facts.items()}


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, int | str) else str(value)
