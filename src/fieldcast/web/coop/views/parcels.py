"""Packing and sending: several orders at once, their labels, their tracking numbers."""

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlencode

import segno
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.types import OrganisationKind, SignedIn
from fieldcast.kit.errors import NotFound, Problem
from fieldcast.trade import operations as trade_operations
from fieldcast.trade.loaders import load_orders, load_orders_to_pack
from fieldcast.trade.problems import OrderHeldBack, WrongState
from fieldcast.trade.types import OrderState, OrderView
from fieldcast.web.coop.forms.orders import ShipForm
from fieldcast.web.coop.parcels import MOST_AT_ONCE, WAITING
from fieldcast.web.shared.workplace import Workplace, person_of, workplace_of

CHOSEN = "o"
OF_THE_CARRIER = frozenset({"not_a_carrier", "carrier_not_agreed"})


@login_required
@require_POST
def together(request: HttpRequest) -> HttpResponse:
    """What was chosen for the selected orders: pack them here; labels and tracking numbers have pages of their own."""
    numbers = list(dict.fromkeys(request.POST.getlist(CHOSEN)))[:MOST_AT_ONCE]
    back = redirect(_own(request.POST.get("back", "")) or reverse("coop_orders"))
    if not numbers:
        messages.info(request, _("Tick the orders first."))
        return back
    page = {"print": "coop_labels", "ship": "coop_ship"}.get(request.POST.get("do", ""))
    if page is not None:
        return redirect(f"{reverse(page)}?{urlencode({CHOSEN: numbers}, doseq=True)}")
    _pack_all(request, numbers, timezone.now())
    return back


def _own(address: str) -> str:
    """An address of the orders' own pages, else nothing: a form cannot send anyone elsewhere."""
    return address if address.startswith(reverse("coop_orders")) else ""


def _pack_all(request: HttpRequest, numbers: Sequence[str], now: datetime) -> None:
    by = person_of(request)
    why = request.POST.get("why", "")
    packed, moved = 0, []
    for order in _mine(request, by, numbers):
        try:
            with transaction.atomic():
                trade_operations.pack(by=by, order_id=order.id, why=why, now=now)
            packed += 1
        except (WrongState, OrderHeldBack) as problem:
            moved.append(_(": ").join((order.number, problem.message)))
    if packed:
        words = ngettext("%(count)s order is packed.", "%(count)s orders are packed.", packed)
        messages.success(request, words % {"count": packed})
    for words in moved[:3]:
        messages.warning(request, words)
    if len(moved) > 3:
        messages.warning(request, _("%(count)s more could not be packed.") % {"count": len(moved) - 3})


@login_required
@never_cache
@require_GET
def labels(request: HttpRequest) -> HttpResponse:
    """Labels with the whole address, to print. Every address shown here is written down as read."""
    by, now = person_of(request), timezone.now()
    orders, place = _chosen(request, by)
    waiting = [one.number for one in orders if one.state in WAITING]
    shown = load_orders_to_pack(by=by, numbers=waiting, now=now)
    context = {
        "place": place,
        "labels": [(one, _code(_lot_page(one)), _code(_parcel_page(one))) for one in shown],
        "left_out": len(orders) - len(shown),
        "thermal": request.GET.get("paper") == "thermal",
    }
    return render(request, "coop/orders/labels.html", context)


def _lot_page(order: OrderView) -> str:
    """Where a buyer reads where the goods come from."""
    return f"{settings.PUBLIC_URL}/lots/{order.lines[0].lot_id}/"


def _parcel_page(order: OrderView) -> str:
    """Where a carrier takes the parcel's steps; its last part is the order's number, for scanners of any kind."""
    return f"{settings.PUBLIC_URL}{reverse('carrier_parcel', args=[order.number])}"


def _code(address: str) -> SafeString:
    """A square to scan, which leads to an address."""
    drawn: str = segno.make(address, error="m", micro=False).svg_inline(
        border=1, omitsize=True, svgclass="label-code"
    )
    return SafeString(drawn)  # segno's own drawing of an address made of a setting and a number


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def ship(request: HttpRequest) -> HttpResponse:
    """One carrier and a tracking number for each parcel. Good ones are sent; the others stay with their reason."""
    by, now = person_of(request), timezone.now()
    orders, place = _chosen(request, by)
    waiting = [order for order in orders if order.state in WAITING]
    carriers = (
        accounts.organisations(county_id=place.county_id, kind=OrganisationKind.CARRIER) if place else ()
    )
    form = ShipForm(request.POST if request.method == "POST" else None, orders=waiting, carriers=carriers)
    if request.method == "POST" and form.is_valid():
        sent = _ship_all(by, form, now)
        if sent:
            words = ngettext(
                "%(count)s parcel is on its way.", "%(count)s parcels are on their way.", len(sent)
            )
            messages.success(request, words % {"count": len(sent)})
        if not form.errors and (sent or not waiting):
            return redirect("coop_orders")
        if not form.errors:
            form.add_error(None, _("Type at least one tracking number."))
        form.orders = [order for order in waiting if order.number not in sent]
    context = {"place": place, "form": form, "orders": form.orders, "left_out": len(orders) - len(waiting)}
    return render(request, "coop/orders/ship.html", context, status=422 if form.errors else 200)


def _ship_all(by: SignedIn, form: ShipForm, now: datetime) -> set[str]:
    """Send every parcel that has a number, each by itself; what is refused is said beside its number."""
    sent = set()
    for order, number in form.typed():
        try:
            with transaction.atomic():
                why = form.cleaned_data["why"]
                if order.state == OrderState.PAID:
                    trade_operations.pack(by=by, order_id=order.id, why=why, now=now)
                trade_operations.ship(
                    by=by,
                    order_id=order.id,
                    tracking_number=number,
                    carrier_id=form.cleaned_data["carrier"],
                    why=why,
                    now=now,
                )
            sent.add(order.number)
        except NotFound:
            raise
        except Problem as problem:
            form.add_error("carrier" if problem.code in OF_THE_CARRIER else form.name(order), str(problem))
    return sent


def _chosen(request: HttpRequest, by: SignedIn) -> tuple[tuple[OrderView, ...], Workplace | None]:
    """The selected orders, all of places where the person works, and the place of the first."""
    asked = request.POST if request.method == "POST" else request.GET
    numbers = list(dict.fromkeys(asked.getlist(CHOSEN)))[:MOST_AT_ONCE]
    orders = _mine(request, by, numbers)
    return orders, workplace_of(request, orders[0].seller_id) if orders else None


def _mine(request: HttpRequest, by: SignedIn, numbers: Sequence[str]) -> tuple[OrderView, ...]:
    """Orders of cooperatives the person works for; one's own order as a buyer is not one to pack. Else `NotFound`."""
    orders = load_orders(by=by, numbers=numbers)
    for seller_id in {order.seller_id for order in orders}:
        workplace_of(request, seller_id)
    return orders
