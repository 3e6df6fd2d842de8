"""The lots' public pages: find one, and see where it came from."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from fieldcast.accounts import queries as accounts
from fieldcast.catalog import queries as catalog
from fieldcast.catalog.loaders import load_lot
from fieldcast.catalog.types import Category
from fieldcast.kit.errors import Sentence
from fieldcast.kit.pages import Page
from fieldcast.web.lots.record import record_of

PER_PAGE: Final = 24
CATEGORIES: Final[tuple[tuple[Category, Sentence], ...]] = (
    (Category.FRUIT, _("Fruit")),
    (Category.VEGETABLE, _("Vegetables")),
    (Category.TEA, _("Tea")),
    (Category.MUSHROOM, _("Mushrooms")),
    (Category.EGG, _("Eggs")),
)


@require_GET
def lots(request: HttpRequest) -> HttpResponse:
    """All lots, the freshest first; found by the code on the box, by product, village or kind."""
    county = accounts.default_county()
    category = next((one for one, _title in CATEGORIES if one.value == request.GET.get("kind")), None)
    search = request.GET.get("q", "").replace("\x00", "").strip()[:40]
    page: Page[Any] = Page(items=(), total=0, number=1, per_page=PER_PAGE)
    if county is not None:
        page = catalog.lots(
            county_id=county.id,
            category=category,
            search=search,
            page=_whole(request.GET.get("page")),
            per_page=PER_PAGE,
        )
    context = {"page": page, "search": search, "category": category, "categories": CATEGORIES}
    return render(request, "lots/list.html", context)


@require_GET
def lot(request: HttpRequest, lot_id: int) -> HttpResponse:
    """One lot: whether its records hold, what they say, how much its plot bore, where it is on sale."""
    found = load_lot(lot_id=lot_id)
    record = record_of(lot=found, now=timezone.now())
    return render(request, "lots/lot.html", {"lot": found, "record": record})


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 1
