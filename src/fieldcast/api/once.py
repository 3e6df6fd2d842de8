"""The `Idempotency-Key` header: a request that is sent again under its key does nothing and is answered as before.

`@once` stands under an operation's `@router.post`. It puts the header into the OpenAPI document and wraps the operation
twice: around all of it, a transaction that keeps the answer beside the work; inside, when it is known who asks, the
claim. A refusal undoes both, so its request may be sent again, corrected, under the same key.
"""

import functools
from collections.abc import Callable
from typing import Annotated, Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Header
from ninja.decorators import decorate_view
from ninja.params import functions as param
from ninja.utils import contribute_operation_args

from fieldcast.api.request import person_of
from fieldcast.kit import once as kit

NAME = "idempotency_key"
HEADER = "Idempotency-Key"
_CLAIM = "fieldcast_once_claim"
_FORM: dict[str, Any] = {
    "alias": HEADER,
    "min_length": kit.LEAST,
    "max_length": kit.MOST,
    "pattern": kit.PATTERN,
}
_SAID = "The same key and body again do nothing and are answered as before; the same key with another body is refused."
Key = Annotated[str, Header(**_FORM)]  # for an operation that keeps its keys itself
View = Callable[..., Any]


def once(view: View) -> View:
    """Let an operation of a signed-in person take the header. Its own transactions nest in the one opened here."""

    @functools.wraps(view)
    def claimed(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        key = kwargs.pop(NAME)
        if key is None:
            return view(request, *args, **kwargs)
        claim = kit.claim(person_id=person_of(request).pk, key=key, asked=_asked(request), now=timezone.now())
        if claim.led_to is not None:
            return _answer(claim.led_to)
        request.META[_CLAIM] = claim
        return view(request, *args, **kwargs)

    told: Any = str | None  # a union is a type to pydantic
    contribute_operation_args(claimed, NAME, told, param.Header(None, description=_SAID, **_FORM))
    return decorate_view(_kept)(claimed)


def _kept(run: View) -> View:
    """Around the whole operation: its answer is kept in the transaction that did the work."""

    @functools.wraps(run)
    def inner(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if HEADER not in request.headers:
            unkept: HttpResponse = run(request, **kwargs)
            return unkept
        with transaction.atomic():
            response: HttpResponse = run(request, **kwargs)
            claim = request.META.pop(_CLAIM, None)
            if response.status_code >= 400:
                transaction.set_rollback(True)
            elif claim is not None:
                claim.leads_to(f"{response.status_code} {response.content.decode()}")
        return response

    return inner


def _asked(request: HttpRequest) -> str:
    return kit.fingerprint([str(request.method).encode(), request.get_full_path().encode(), request.body])


def _answer(led_to: str) -> HttpResponse:
    status, _space, body = led_to.partition(" ")
    kind = "application/json; charset=utf-8" if body else None
    return HttpResponse(body, status=int(status), content_type=kind)
