"""Every refusal as JSON: a machine code, a sentence in the reader's language, what to do next, and the figures."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError
from ninja.errors import ValidationError as RequestInvalid
from pydantic import Field

from fieldcast.kit.errors import Problem


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

    @api.exception_handler(Problem)
    def refused(request: HttpRequest, problem: Problem) -> HttpResponse:
        body = ProblemOut(
            code=problem.code,
            message=problem.message,
            next_step=problem.advice,
            facts={name: _plain(value) for name, value in problem.facts.items()},
        )
        return api.create_response(request, body, status=problem.status)

    @api.exception_handler(RequestInvalid)
    def invalid(request: HttpRequest, error: RequestInvalid) -> HttpResponse:
        facts = {".".join(str(part) for part in item["loc"]): item["msg"] for item in error.errors}
        body = ProblemOut(
            code="invalid_request",
            message=_("Some of what was sent is not of the right form."),
            next_step=_("Correct the fields named and send it again."),
            facts=facts,
        )
        return api.create_response(request, body, status=422)

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


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, int | str) else str(value)
