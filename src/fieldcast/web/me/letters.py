"""What I wrote to sellers, wherever I did."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from fieldcast.trade import queries as trade
from fieldcast.trade.loaders import load_letter_photo
from fieldcast.trade.types import Side
from fieldcast.web.shared import asking
from fieldcast.web.shared.letters import standing
from fieldcast.web.shared.pictures import OURS, picture_response
from fieldcast.web.shared.workplace import person_of


@login_required
@never_cache
@require_GET
def letters(request: HttpRequest) -> HttpResponse:
    """My conversations with sellers, the latest first."""
    page = trade.conversations_of_buyer(buyer_id=person_of(request).pk, page=asking.page_number(request))
    shown = [(one, standing(one, reader=Side.BUYER, now=timezone.now())) for one in page.items]
    return render(request, "me/letters.html", {"page": page, "shown": shown})


@login_required
@require_GET
def photo(request: HttpRequest, file_id: int) -> HttpResponse:
    """A picture that came with a letter, small where `small` is asked for; for its buyer and the seller's people."""
    content = load_letter_photo(
        by=person_of(request), file_id=file_id, thumbnail="small" in request.GET, now=timezone.now()
    )
    return picture_response(request, content, cache=OURS)
