"""Orders under the county's eyes: what was bought and where the parcel is, never to whom it goes."""

from dataclasses import replace
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.types import OrganisationKind
from fieldcast.trade import queries as trade
from fieldcast.trade.loaders import load_order
from fieldcast.trade.types import OrderState
from fieldcast.web.county.place import Office, at_county
from fieldcast.web.shared import asking
from fieldcast.web.shared.order_told import for_staff

A_PAGE = 25
STATES: Final = tuple(OrderState)


@require_GET
@at_county
def listing(request: HttpRequest, office: Office) -> HttpResponse:
    """Orders, the latest first; a number that is found leads to its order."""
    words, state = asking.words(request), asking.one_of(request, "state", OrderState)
    cooperatives = accounts.organisations(county_id=office.county_id, kind=OrganisationKind.COOPERATIVE)
    seller = next((one for one in cooperatives if one.code == request.GET.get("coop")), None)
    number = asking.page_number(request)
    if seller:
        page = trade.orders_of_seller(
            seller_id=seller.id, state=state, search=words, page=number, per_page=A_PAGE
        )
    else:
        page = trade.orders_of_county(
            county_id=office.county_id, state=state, search=words, page=number, per_page=A_PAGE
        )
    if words and page.total == 1 and page.items[0].number == words.upper():
        return redirect("county_order", page.items[0].number)
    context = {
        "page": page,
        "words": words,
        "state": state,
        "states": STATES,
        "seller": seller,
        "cooperatives": cooperatives,
        "now": timezone.now(),
    }
    return render(request, "county/orders.html", context)


@require_GET
@at_county
def detail(request: HttpRequest, office: Office, number: str) -> HttpResponse:
    """One order without its address."""
    order = replace(load_order(by=office.by, number=number), delivery=None)
    context = {
        "order": order,
        "events": for_staff(order),
        "refunds": trade.refunds_of(order_id=order.id),
    }
    return render(request, "county/order.html", context)
