"""What the host was paid."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from fieldcast.settlement import queries as settlement
from fieldcast.web.shared import asking
from fieldcast.web.shared.workplace import Workplace, at_studio

A_PAGE = 20


@require_GET
@at_studio
def listing(request: HttpRequest, place: Workplace) -> HttpResponse:
    """The host's statements, newest first; the search looks in numbers and titles."""
    words = asking.words(request)
    page = settlement.statements(
        county_id=place.county_id,
        organisation_id=place.id,
        search=words,
        page=asking.page_number(request),
        per_page=A_PAGE,
    )
    return render(request, "studio/statements.html", {"place": place, "page": page, "words": words})
