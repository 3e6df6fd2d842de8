"""Somebody writes to the cooperative of a lot, before they buy of it."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from fieldcast.accounts import queries as accounts
from fieldcast.catalog.loaders import load_lot
from fieldcast.trade import operations as trade_operations
from fieldcast.trade import queries as trade
from fieldcast.trade.types import ConversationView
from fieldcast.web.shared.letters import buyers_page
from fieldcast.web.shared.workplace import person_of


@login_required
@require_http_methods(["GET", "POST"])
def letters(request: HttpRequest, lot_id: int) -> HttpResponse:
    """What was written about a lot, and the form to write; who has bought of it first writes about the order."""
    by, now = person_of(request), timezone.now()
    lot = load_lot(lot_id=lot_id)
    found = trade.conversation_about_lot(buyer_id=by.pk, lot_id=lot.id)
    bought = trade.order_of_lot(buyer_id=by.pk, lot_id=lot.id)
    if request.method == "GET" and bought and (found is None or found.lot_id is None):
        return redirect("order_letters", bought[1])
    return buyers_page(
        request,
        found,
        write=lambda words, photos: trade_operations.write_about_lot(
            by=by, lot_id=lot.id, words=words, photos=photos, now=now
        ),
        back=_back,
        now=now,
        template="lots/letters.html",
        around={
            "lot": lot,
            "seller": accounts.organisation(organisation_id=lot.cooperative_id),
            "bought": bought[1] if bought else "",
            "contract": False,
        },
    )


def _back(written: ConversationView) -> str:
    if written.lot_id is None:
        return f"{reverse('order_letters', args=[written.order_number])}#latest"
    return f"{reverse('lot_letters', args=[written.lot_id])}#latest"
