"""Takes providers' notices. Everything about one is decided by trade; here only the size of a stranger's letter is."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from fieldcast.trade import operations as trade
from fieldcast.trade.providers.errors import UnknownProvider
from fieldcast.trade.types import NoticeOutcome

LARGEST: Final = 64 * 1024  # bytes; a notice has a few hundred


@csrf_exempt  # a provider has no cookie of ours: its signature is what counts
@require_POST
def notice(request: HttpRequest, provider: str) -> HttpResponse:
    """200 with the outcome for a notice that is the provider's own, 401 for one that is not."""
    body = request.read(LARGEST + 1)
    if len(body) > LARGEST:
        return HttpResponse("too large", status=413, content_type="text/plain")
    try:
        outcome = trade.receive_notice(
            provider=provider, headers=request.headers, body=body, now=timezone.now()
        )
    except UnknownProvider as unknown:
        return HttpResponse(unknown.code, status=unknown.status, content_type="text/plain")
    status = 401 if outcome == NoticeOutcome.REJECTED else 200
    return HttpResponse(outcome.value, status=status, content_type="text/plain")
