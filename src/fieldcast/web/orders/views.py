"""What one has bought: the list, one order, and what its buyer can do with it."""

from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from fieldcast.live import queries as live
from fieldcast.live.types import SessionState
from fieldcast.trade import operations as trade_operations
from fieldcast.trade import queries as trade
from fieldcast.trade.loaders import load_order, load_own_order
from fieldcast.trade.problems import WrongState
from fieldcast.trade.types import OrderState
from fieldcast.web.orders.buying import pay_url, see_other
from fieldcast.web.orders.letters import on_the_order
from fieldcast.web.orders.way import way_of
from fieldcast.web.shared import asking
from fieldcast.web.shared.deal import deal
from fieldcast.web.shared.held_back import alarm_of
from fieldcast.web.shared.order_shown import FILTERS, Hint, Shown
from fieldcast.web.shared.order_told import for_buyer
from fieldcast.web.shared.refund_requests import told_of_all
from fieldcast.web.shared.workplace import person_of

PER_PAGE: Final = 12
# while an order is here, its buyer reads what was promised
UNDER_WAY: Final = (OrderState.RESERVED, OrderState.PAID, OrderState.PACKED, OrderState.SHIPPED)
LOOKS: Final = 30  # times the page looks for the notice by itself, two seconds apart


@login_required
@require_GET
def orders(request: HttpRequest) -> HttpResponse:
    """My orders, the latest first, all or those of one state."""
    state = next((one for one in FILTERS if one.value == request.GET.get("state")), None)
    now = timezone.now()
    page = trade.orders_of_buyer(
        buyer_id=person_of(request).pk,
        state=state,
        page=asking.page_number(request),
        per_page=PER_PAGE,
    )
    shown = [Shown(order=order, mine=True, hint=Hint.NONE, now=now) for order in page.items]
    return render(
        request, "orders/list.html", {"page": page, "shown": shown, "state": state, "filters": FILTERS}
    )


@login_required
@require_GET
def order(request: HttpRequest, number: str) -> HttpResponse:
    """One order, for its buyer and those who sell, carry or supervise it."""
    found = load_order(by=person_of(request), number=number)
    hint = request.GET.get("payment", "")
    shown = Shown(
        order=found,
        mine=found.buyer_id == request.user.pk,
        hint=Hint(hint) if hint in set(Hint) else Hint.NONE,
        now=timezone.now(),
    )
    response = render(
        request, "orders/order.html", {"shown": shown, "order": found, **_around(request, shown)}
    )
    response["Cache-Control"] = "no-store"
    return response


@require_GET
def waiting(request: HttpRequest, number: str) -> HttpResponse:
    """Has the provider's notice come? The page asks every two seconds, for a minute."""
    page = reverse("order", args=[number])
    if not request.user.is_authenticated:
        return HttpResponse(status=204, headers={"HX-Redirect": page})
    found = load_own_order(by=person_of(request), number=number)
    if found.state != OrderState.RESERVED:
        return HttpResponse(status=204, headers={"HX-Redirect": f"{page}?payment={Hint.PAID.value}"})
    looks = min(asking.whole(request.GET.get("looks")) or 1, LOOKS) + 1
    context = {"order": found, "looks": looks, "patient": looks <= LOOKS, "changes": True}
    response = render(request, "orders/_waiting_looks.html", context)
    response["Cache-Control"] = "no-store"
    return response


@login_required
@require_POST
def pay(request: HttpRequest, number: str) -> HttpResponse:
    """Go to the payment provider; asked again, to the same payment."""
    found = load_own_order(by=person_of(request), number=number)
    return see_other(pay_url(request, found.id, found.number))


@login_required
@require_POST
def cancel(request: HttpRequest, number: str) -> HttpResponse:
    """End an unpaid order; give back one that is paid and not packed yet."""
    return _change(request, number, trade_operations.cancel_order, _("The order is cancelled."))


@login_required
@require_POST
def receive(request: HttpRequest, number: str) -> HttpResponse:
    """The parcel has come."""
    return _change(request, number, trade_operations.receive, _("Thank you. Enjoy it!"))


def _change(request: HttpRequest, number: str, operation: Callable[..., None], said: str) -> HttpResponse:
    """Take an order one step on, and show it again: also when it had moved on meanwhile, with the reason."""
    found = load_own_order(by=person_of(request), number=number)
    try:
        with transaction.atomic():
            operation(by=person_of(request), order_id=found.id, now=timezone.now())
    except WrongState as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect("order", number=found.number)


def _around(request: HttpRequest, shown: Shown) -> dict[str, Any]:
    """What stands around an order on its page: refunds, and where the same can be bought again."""
    order = shown.order
    asked = trade.refund_requests_of(order_id=order.id) if shown.mine and order.paid_at else ()
    is_live = live.state_of(session_id=order.session_id) == SessionState.LIVE
    first = order.lines[0]
    promised = order.state in UNDER_WAY and not shown.overdue
    return {
        "deal": deal(
            agreement_version_id=first.agreement_version_id,
            seller_id=order.seller_id,
            lot_id=first.lot_id,
            now=shown.now,
        )
        if promised
        else None,
        "line": trade.after_sales_of(county_id=order.county_id),
        "refunds": trade.refunds_of(order_id=order.id) if order.paid_at or order.ended_at else (),
        "told_requests": told_of_all(asked, now=shown.now, unit=first.unit),
        "asks": shown.mine and trade.may_ask_refund(order_id=order.id, now=shown.now),
        "events": for_buyer(order),
        "way": way_of(order),
        "alarm": alarm_of(order),
        **(on_the_order(request, order, shown) if shown.mine else {}),
        "is_live": is_live,
        "again_url": reverse("live_room", args=[order.session_id])
        if is_live
        else reverse("lot", args=[first.lot_id]),
        "looks": 1,
        "patient": True,
    }
