"""Orders under the county's eyes: what was bought and where the parcel is, never to whom it goes."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.types import OrganisationKind
from fieldcast.trade import operations as trade_operations
from fieldcast.trade import queries as trade
from fieldcast.trade.loaders import load_order
from fieldcast.trade.types import OrderState, OrderView
from fieldcast.web.county.place import Office, at_county
from fieldcast.web.shared import asking
from fieldcast.web.shared.order_told import for_staff
from fieldcast.web.shared.parcel_stuck import stuck_of
from fieldcast.web.shared.refund_requests import told_of
from fieldcast.web.shared.steps import take
from fieldcast.web.shared.table import Cell, Column, Table
from fieldcast.web.shared.words import goods_name, local_name, province_name, when, yuan

A_PAGE = 25
KEEP = "agreements.keep_cover"
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
    now = timezone.now()
    context = {
        "page": page,
        "table": _table(page.items, now),
        "words": words,
        "state": state,
        "states": STATES,
        "seller": seller,
        "cooperatives": cooperatives,
        "now": now,
    }
    return render(request, "county/orders.html", context)


def _table(orders: Iterable[OrderView], now: datetime) -> Table:
    columns = (
        *map(Column, (_("Order"), _("What"), _("Cooperative"), _("Goes to"), _("State"), _("Placed"))),
        Column(_("Amount"), number=True),
    )
    rows = (
        (
            Cell(one.number, href=reverse("county_order", args=[one.number]), code=True),
            Cell(lines=tuple(f"{goods_name(line)} × {line.packs}" for line in one.lines)),
            Cell(local_name(one, "seller_name")),
            Cell(province_name(one.province)),
            Cell(state=one.state),
            Cell(when(one.placed_at, now=now)),
            Cell(yuan(one.left_fen)),
        )
        for one in orders
    )
    return Table(columns, tuple(rows))


@require_GET
@at_county
def detail(request: HttpRequest, office: Office, number: str) -> HttpResponse:
    """One order without its address."""
    order = replace(load_order(by=office.by, number=number), delivery=None)
    context = {
        "order": order,
        "events": for_staff(order),
        "stuck": stuck_of(order),
        "settled": order.state == OrderState.CLOSED and office.by.has_perm(KEEP, office.county),
        "refunds": trade.refunds_of(order_id=order.id),
        "told_requests": [
            told_of(one, now=timezone.now(), people=False, unit=order.lines[0].unit)
            for one in trade.refund_requests_of(order_id=order.id)
        ],
    }
    return render(request, "county/order.html", context)


@require_POST
@at_county
def again(request: HttpRequest, office: Office, number: str) -> HttpResponse:
    """Let the carrier try again to deliver, where the seller has not said so."""
    order = load_order(by=office.by, number=number)
    words = request.POST.get("words", "")
    return take(
        request,
        lambda: trade_operations.send_again(by=office.by, order_id=order.id, words=words, now=timezone.now()),
        back=reverse("county_order", args=[order.number]),
        said=_("The carrier was told to try again."),
    )
