"""The lots' public pages: find one, and see where it came from."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from fieldcast.accounts.types import CountyRef
from fieldcast.catalog import queries as catalog
from fieldcast.catalog.loaders import load_lot, load_public_photo
from fieldcast.catalog.types import Category, LotState, LotView
from fieldcast.kit.pages import Page
from fieldcast.web.lots.record import record_of
from fieldcast.web.shared import asking
from fieldcast.web.shared.county import county_of
from fieldcast.web.shared.pictures import EVERYONES, picture_response
from fieldcast.web.shared.words import CATEGORIES

PER_PAGE: Final = 24
LONGEST: Final = 40  # of the words searched
OTHERS: Final = 6  # lots that are shown when nothing was found
LOOKED_THROUGH: Final = 60


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
    context = {
        "page": page,
        "search": search,
        "category": category,
        "categories": CATEGORIES.items(),
        "others": _others(county) if county is not None and search and not page.items else (),
    }
    return render(request, "lots/list.html", context)


def _others(county: CountyRef) -> tuple[LotView, ...]:
    """What there is instead when nothing was found: the freshest lot of each of a few products."""
    freshest: dict[str, LotView] = {}
    for one in catalog.lots(county_id=county.id, per_page=LOOKED_THROUGH).items:
        if one.state == LotState.OPEN:
            freshest.setdefault(one.product.code, one)
    return tuple(freshest.values())[:OTHERS]


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
