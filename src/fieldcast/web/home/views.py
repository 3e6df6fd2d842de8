"""The first page, for anyone."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from fieldcast.accounts import queries as accounts
from fieldcast.web.home.shelf import EMPTY, shelf


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Who is live, who comes next, what is in season, what was just picked."""
    county = accounts.default_county()
    shown = EMPTY
    if county is not None:
        buyer_id = request.user.pk if request.user.is_authenticated else None
        shown = shelf(county=county, now=timezone.now(), buyer_id=buyer_id)
    return render(request, "home/home.html", {"shelf": shown, "county": county})
