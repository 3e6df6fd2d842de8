"""Orders: the table to pack from, one order, and the list as a file."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from fieldcast.accounts import queries as accounts
from fieldcast.agreements import queries as agreements
from fieldcast.live import queries as live
from fieldcast.trade import queries as trade
from fieldcast.trade.loaders import load_order, load_order_to_pack
from fieldcast.trade.types import OrderState, OrderView, RefundState
from fieldcast.web.coop.parcels import ALL, SHOWN, WAITING, wanted
from fieldcast.web.shared import asking
from fieldcast.web.shared.held_back import alarm_of
from fieldcast.web.shared.order_told import for_staff
from fieldcast.web.shared.parcel_stuck import stuck_of
from fieldcast.web.shared.refund_requests import answerers, told_of_all
from fieldcast.web.shared.spreadsheet import amount, csv_response
from fieldcast.web.shared.words import full_time, goods_name, local_name, state_words
from fieldcast.web.shared.workplace import Workplace, at_cooperative, person_of, workplace_of

A_PAGE = 50
RECENT_SESSIONS = 30
REFUNDABLE = (*WAITING, OrderState.SHIPPED, OrderState.RECEIVED)


@require_GET
@at_cooperative
def listing(request: HttpRequest, place: Workplace) -> HttpResponse:
    """What to pack, grouped by offer; below it every order, filtered, to be packed and sent several at once."""
    now, which = timezone.now(), wanted(request, place.id)
    page = which.page(asking.page_number(request), A_PAGE)
    sessions = live.sessions(county_id=place.county_id, cooperative_id=place.id, per_page=RECENT_SESSIONS)
    context = {
        "place": place,
        "which": which,
        "page": page,
        "rows": [(order, trade.is_late(order, now=now)) for order in page.items],
        "packing": trade.packing_list(county_id=place.county_id, seller_id=place.id) if which.plain else (),
        "sessions": sessions.items,
        "states": SHOWN,
        "all_states": ALL,
        "can_select": which.state in (None, *WAITING),
    }
    return render(request, "coop/orders/list.html", context)


@require_GET
@at_cooperative
def export(request: HttpRequest, place: Workplace) -> HttpResponse:
    """What is listed as a file: of the buyer only the province, so that the file may travel."""
    which = wanted(request, place.id)
    return csv_response(_table(which.all()), name=f"orders-{timezone.localdate():%Y%m%d}")


def _table(orders: Iterator[OrderView]) -> Iterator[list[Any]]:
    yield [
        _("Order"), _("State"), _("Session"), _("Goods"), _("Lot"), _("Packs"), _("Amount (¥)"), _("Refunded (¥)"),
        _("Province"), _("Paid"), _("Packed"), _("Sent off"), _("Received"), _("Carrier"),
    ]  # fmt: skip
    for order in orders:
        times = (order.paid_at, order.packed_at, order.shipped_at, order.received_at)
        yield [
            order.number,
            state_words(order.state)[0],
            local_name(order, "session_title"),
            "; ".join(goods_name(line) for line in order.lines),
            "; ".join(line.lot_code for line in order.lines),
            sum(line.packs for line in order.lines),
            amount(order.total_fen),
            amount(order.refunded_fen),
            order.province,
            *(full_time(moment) if moment else None for moment in times),
            local_name(order, "carrier_name"),
        ]


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def detail(request: HttpRequest, number: str) -> HttpResponse:
    """One order. Where it goes is masked; showing it whole (POST) is written down with the reader's name."""
    by, now = person_of(request), timezone.now()
    order = load_order(by=by, number=number)
    place = workplace_of(request, order.seller_id)
    if request.method == "POST" and order.state in WAITING:
        order = load_order_to_pack(by=by, number=number, now=now)
    return render(request, "coop/orders/detail.html", order_context(place, order, now))


def order_context(place: Workplace, order: OrderView, now: datetime) -> dict[str, Any]:
    """Everything the page of an order shows."""
    refunds = trade.refunds_of(order_id=order.id)
    asked = trade.refund_requests_of(order_id=order.id)
    refundable = order.state in REFUNDABLE and order.refunded_fen < order.total_fen
    return {
        "place": place,
        "order": order,
        "steps": _steps(order),
        "events": for_staff(order),
        "stuck": stuck_of(order),
        **_carrier(order),
        "alarm": alarm_of(order),
        "late": trade.is_late(order, now=now),
        "refunds": refunds,
        "may_send_again": place.manages and any(one.state == RefundState.FAILED for one in refunds),
        "waits": order.state in WAITING,
        "told_requests": told_of_all(asked, now=now, unit=order.lines[0].unit),
        "conversation": trade.conversation_of_order(order_id=order.id),
        "may_refund": place.manages and refundable,
        "answerers": answerers(place.id) if refundable and not place.manages else "",
        "whole": order.delivery is not None and order.delivery.line != "****",
    }


def _carrier(order: OrderView) -> dict[str, Any]:
    """Who fetches a packed order, and who else may, where several have agreed to carry for its seller."""
    found = trade.carrying_of(order_id=order.id) if order.state == OrderState.PACKED else None
    if found is None:
        return {}
    agreed = agreements.carriers_of(cooperative_id=order.seller_id) | {found[0].id}
    carriers = accounts.organisations_by_ids(ids=set(agreed)).values() if len(agreed) > 1 else ()
    return {"carrier": found[0], "carriers": sorted(carriers, key=lambda one: one.name)}


def _steps(order: OrderView) -> list[dict[str, Any]]:
    """How far along, for the stepper."""
    steps = (
        (_("Pay"), order.paid_at),
        (_("Pack"), order.packed_at),
        (_("Send off"), order.shipped_at),
        (_("Receive"), order.received_at),
        (_("Finish"), order.closed_at),
    )
    done = sum(1 for _title, moment in steps if moment)
    places = ["done"] * done + ["now"] + ["next"] * len(steps)
    return [{"title": title, "state": state} for (title, _moment), state in zip(steps, places, strict=False)]
