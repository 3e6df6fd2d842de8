"""The first page, for anyone."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from fieldcast.web.home.shelf import EMPTY, shelf
from fieldcast.web.shared.county import county_of


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Who is live, who comes next, what is in season, what was just picked."""
    county = county_of(request)
    shown = EMPTY
    if county is not None:
        buyer_id = request.user.pk if request.user.is_authenticated else None
        shown = shelf(county=county, now=timezone.now(), buyer_id=buyer_id)
    return render(request, "home/home.html", {"shelf": shown, "county": county})
