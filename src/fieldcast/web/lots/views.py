"""The lots' public pages: find one, and see where it came from."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from fieldcast.catalog import queries as catalog
from fieldcast.catalog.loaders import load_lot, load_public_photo
from fieldcast.catalog.types import Category
from fieldcast.kit.pages import Page
from fieldcast.web.lots.record import record_of
from fieldcast.web.shared import asking
from fieldcast.web.shared.county import county_of
from fieldcast.web.shared.pictures import EVERYONES, picture_response
from fieldcast.web.shared.words import CATEGORIES

PER_PAGE: Final = 24
LONGEST: Final = 40  # of the words searched


@require_GET
def lots(request: HttpRequest) -> HttpResponse:
    """All lots, the freshest first; found by the code on the box, by product, village or kind."""
    county = county_of(request)
    category = asking.one_of(request, "kind", Category)
    search = asking.words(request, longest=LONGEST)
    page: Page[Any] = Page(items=(), total=0, number=1, per_page=PER_PAGE)
    if county is not None:
        page = catalog.lots(
            county_id=county.id,
            category=category,
            search=search,
            page=asking.page_number(request),
            per_page=PER_PAGE,
        )
    context = {"page": page, "search": search, "category": category, "categories": CATEGORIES.items()}
    return render(request, "lots/list.html", context)


@require_GET
def lot(request: HttpRequest, lot_id: int) -> HttpResponse:
    """One lot: whether its records hold, what they say, how much its plot bore, where it is on sale."""
    found = load_lot(lot_id=lot_id)
    record = record_of(lot=found, now=timezone.now())
    return render(request, "lots/lot.html", {"lot": found, "record": record})


@require_GET
def photo(request: HttpRequest, lot_id: int, lot_file_id: int) -> HttpResponse:
    """A photo of a lot that everyone may see, whole, or small where `small` is asked for."""
    content = load_public_photo(
        by=request.user, lot_id=lot_id, lot_file_id=lot_file_id, thumbnail="small" in request.GET
    )
    return picture_response(request, content, cache=EVERYONES)
