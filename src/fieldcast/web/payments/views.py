"""Takes providers' notices. Everything about one is decided by trade; here only the size of a stranger's letter is."""

import logging
from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import Error as DatabaseFailure
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from fieldcast.demo.cast import is_rehearsal
from fieldcast.trade import operations as trade_operations
from fieldcast.trade.payments.forged.types import TOO_LARGE
from fieldcast.trade.providers.errors import UnknownProvider
from fieldcast.web.shared import asking

LARGEST: Final = 64 * 1024  # bytes; a notice has a few hundred
MOST_DECLARED: Final = 10**18 - 1
AGAIN_SECONDS: Final = 10
log = logging.getLogger(__name__)


@csrf_exempt  # a provider has no cookie of ours: its signature is what counts
@require_POST
def notice(request: HttpRequest, provider: str) -> HttpResponse:
    """200 with the outcome for a notice that is the provider's own, 4xx for one that is not, and 503 when it is we who
    cannot act now: then nothing was done, and the provider sends it again.
    """
    try:
        return _answer(request, provider)
    except DatabaseFailure:
        log.exception("a notice to %s could not be acted on", ascii(provider))
        answer = _said("try again", 503)
        answer["Retry-After"] = str(AGAIN_SECONDS)
        return answer


def _answer(request: HttpRequest, provider: str) -> HttpResponse:
    try:
        body = b"" if _declared(request) > LARGEST else request.read(LARGEST + 1)
    except UnreadablePostError:
        return _said("cut off", 400)
    now = timezone.now()
    if max(len(body), _declared(request)) > LARGEST:
        trade_operations.refuse_notice(provider=provider, reason=TOO_LARGE, now=now)
        return _said("too large", 413)
    try:
        outcome = trade_operations.receive_notice(
            provider=provider, headers=request.headers, body=body, now=now, rehearsed=_rehearsed(request, now)
        )
    except UnknownProvider as unknown:
        return _said(unknown.code, unknown.status)
    return _said(outcome.value, 200 if outcome.believed else 401)


def _rehearsed(request: HttpRequest, now: datetime) -> bool:
    """Did a rehearsal send it? It comes with a token of its own people, who are only to be had in demo mode."""
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    return settings.DEMO and scheme == "Bearer" and is_rehearsal(token=token, now=now)


def _declared(request: HttpRequest) -> int:
    """How long the sender says the body is; nothing where what it says is no number."""
    return asking.whole(request.META.get("CONTENT_LENGTH"), most=MOST_DECLARED) or 0


def _said(words: str, status: int) -> HttpResponse:
    return HttpResponse(words, status=status, content_type="text/plain")
