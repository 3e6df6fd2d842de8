"""A buyer writes to the seller of an order."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from fieldcast.trade import operations as trade_operations
from fieldcast.trade import queries as trade
from fieldcast.trade.loaders import load_order_to_write
from fieldcast.trade.types import OrderView, Side
from fieldcast.web.shared.letters import ON_THE_ORDER, buyers_page, shown
from fieldcast.web.shared.order_shown import Shown
from fieldcast.web.shared.workplace import person_of


@login_required
@require_http_methods(["GET", "POST"])
def letters(request: HttpRequest, number: str) -> HttpResponse:
    """What was written about an order, and the form to write."""
    by, now = person_of(request), timezone.now()
    order = load_order_to_write(by=by, number=number)
    return buyers_page(
        request,
        trade.conversation_of_order(order_id=order.id),
        write=lambda words, photos: trade_operations.write_about_order(
            by=by, order_id=order.id, words=words, photos=photos, now=now
        ),
        back=lambda _written: f"{reverse('order_letters', args=[order.number])}#latest",
        now=now,
        template="orders/letters.html",
        around={"order": order, "contract": order.paid_at is not None},
    )


def on_the_order(request: HttpRequest, order: OrderView, seen: Shown) -> dict[str, Any]:
    """The last letters and the form, on the order's own page."""
    found = trade.conversation_of_order(order_id=order.id)
    context = shown(request, found, reader=Side.BUYER, now=seen.now, limit=ON_THE_ORDER)
    return {**context, "contract": order.paid_at is not None}
