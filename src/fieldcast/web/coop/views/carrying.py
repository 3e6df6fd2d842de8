"""Which carrier fetches a packed order, and what it does with one it could not deliver."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fieldcast.trade import operations as trade_operations
from fieldcast.trade.loaders import load_order
from fieldcast.web.shared import asking
from fieldcast.web.shared.steps import take
from fieldcast.web.shared.workplace import person_of, workplace_of


@login_required
@require_POST
def choose(request: HttpRequest, number: str) -> HttpResponse:
    """Let another carrier fetch it."""
    by = person_of(request)
    order = load_order(by=by, number=number)
    workplace_of(request, order.seller_id)
    carrier_id = asking.whole(request.POST.get("carrier")) or 0
    return take(
        request,
        lambda: trade_operations.choose_carrier(
            by=by, order_id=order.id, carrier_id=carrier_id, now=timezone.now()
        ),
        back=reverse("coop_order", args=[order.number]),
        said=_("It is with the carrier's parcels to fetch now."),
    )


@login_required
@require_POST
def again(request: HttpRequest, number: str) -> HttpResponse:
    """Let the carrier try again."""
    by = person_of(request)
    order = load_order(by=by, number=number)
    workplace_of(request, order.seller_id)
    words = request.POST.get("words", "")
    return take(
        request,
        lambda: trade_operations.send_again(by=by, order_id=order.id, words=words, now=timezone.now()),
        back=reverse("coop_order", args=[order.number]),
        said=_("The carrier was told to try again."),
    )
