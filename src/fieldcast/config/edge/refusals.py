"""A refusal in words: a page, a notice for htmx, or JSON for the API, in the reader's language.

Made without database or session, on the event loop, and kept: a flood of refusals costs one rendering.
"""

import json
from collections.abc import Hashable
from functools import lru_cache
from types import SimpleNamespace
from typing import Any, Final, cast

from django.conf import settings
from django.http import HttpRequest, parse_cookie
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import get_language_from_request

from fieldcast.config.edge.answers import Answer, RawHeaders
from fieldcast.config.edge.protocol import Headers
from fieldcast.kit.errors import Problem

API: Final = "/api/"
PAGE, NOTICE, JSON = "page", "notice", "json"
COMMON: Final[RawHeaders] = [
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
    (
        b"content-security-policy",
        b"default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
    ),
    (b"vary", b"Accept-Language, Cookie, HX-Request"),
]
FOR_HTMX: Final[RawHeaders] = [
    (b"hx-retarget", b"#toasts"),
    (b"hx-reswap", b"beforeend"),
    (b"hx-push-url", b"false"),
]


def refusal(problem: Problem, *, path: str, headers: Headers, close: bool) -> Answer:
    """The answer that says why; with `close` the connection ends after it, whatever was still to come on it."""
    shape = _shape(path, headers)
    facts = tuple(sorted(problem.facts.items()))
    kind, body = _rendered(cast("Hashable", type(problem)), facts, _language(headers), shape)
    said: RawHeaders = [(b"content-type", kind), (b"content-length", str(len(body)).encode()), *COMMON]
    if shape == NOTICE:
        said += FOR_HTMX
    if "seconds" in problem.facts:
        said.append((b"retry-after", str(problem.facts["seconds"]).encode()))
    if close:
        said.append((b"connection", b"close"))
    return Answer(problem.status, said, body)


def _shape(path: str, headers: Headers) -> str:
    if path.startswith(API):
        return JSON
    asked_by_htmx = headers.get(b"hx-request") == b"true" and headers.get(b"hx-boosted") != b"true"
    return NOTICE if asked_by_htmx else PAGE


def _language(headers: Headers) -> str:
    request = SimpleNamespace(
        COOKIES=parse_cookie(headers.get(b"cookie", b"").decode("latin-1")),
        META={"HTTP_ACCEPT_LANGUAGE": headers.get(b"accept-language", b"").decode("latin-1")},
    )
    return get_language_from_request(cast("HttpRequest", request)) or settings.LANGUAGE_CODE


@lru_cache(maxsize=256)
def _rendered(
    kind: Any, facts: tuple[tuple[str, Any], ...], language: str, shape: str
) -> tuple[bytes, bytes]:
    problem = kind(**dict(facts))
    with translation.override(language):
        words = {
            "code": problem.code,
            "status": problem.status,
            "sentence": problem.message,
            "next_step": problem.advice,
        }
        if shape == JSON:
            told = {
                "code": problem.code,
                "message": problem.message,
                "next_step": problem.advice,
                "facts": dict(problem.facts),
            }
            return b"application/json", json.dumps(told).encode()
        name = "errors/notice.html" if shape == NOTICE else "errors/edge.html"
        return b"text/html; charset=utf-8", render_to_string(name, words).encode()
