"""Money that goes back to a buyer: all of it before shipment, part or all of it after."""

from datetime import datetime

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fieldcast.accounts.types import SignedIn
from fieldcast.kit.errors import Problem
from fieldcast.trade import operations as trade_operations
from fieldcast.trade import queries as trade
from fieldcast.trade.loaders import load_order_to_refund
from fieldcast.trade.problems import RefundNotFailed
from fieldcast.trade.types import OrderView, RefundState, RequestState
from fieldcast.web.coop.forms.orders import AfterSaleForm, GiveBackForm
from fieldcast.web.coop.parcels import WAITING
from fieldcast.web.shared import once
from fieldcast.web.shared.refusals import beside
from fieldcast.web.shared.words import yuan
from fieldcast.web.shared.workplace import person_of, workplace_of


@login_required
@require_http_methods(["GET", "POST"])
def refund(request: HttpRequest, number: str) -> HttpResponse:
    """Give money back. What was refunded while the form was open shows in the rest, and is never given twice."""
    by, now = person_of(request), timezone.now()
    order = load_order_to_refund(by=by, number=number)
    asked = trade.refund_requests_of(order_id=order.id)
    if request.method == "GET" and asked and asked[-1].state == RequestState.ASKED:
        return redirect("coop_refund_request", asked[-1].id)  # what the buyer asks for is answered there
    before = order.state in WAITING
    data = request.POST if request.method == "POST" else None
    form: forms.Form = GiveBackForm(data) if before else AfterSaleForm(data)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                claim = once.claim(request, now=now)
                if claim.led_to is None:
                    fen = _give_back(by, order, form, now, before=before)
                    claim.leads_to(reverse("coop_order", args=[order.number]))
                    messages.success(
                        request, _("%(amount)s are on their way to the buyer.") % {"amount": yuan(fen)}
                    )
            return redirect("coop_order", order.number)
        except Problem as problem:
            beside(form, problem, AfterSaleForm.refusals)
    context = {
        "place": workplace_of(request, order.seller_id),
        "order": order,
        "form": form,
        "before": before,
        "left_fen": order.total_fen - order.refunded_fen,
        "once": once.key_of(request),
    }
    return render(request, "coop/orders/refund.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def again(request: HttpRequest, number: str) -> HttpResponse:
    """Send the refunds of an order that the provider would not take once more; each counts once all the same."""
    by, now = person_of(request), timezone.now()
    order = load_order_to_refund(by=by, number=number)
    failed = [one for one in trade.refunds_of(order_id=order.id) if one.state == RefundState.FAILED]
    try:
        sent = [trade_operations.retry_refund(by=by, refund_id=one.id, now=now) for one in failed]
        if not sent:
            raise RefundNotFailed
        amount = {"amount": yuan(sum(one.amount_fen for one in sent))}
        messages.success(request, _("%(amount)s are on their way to the buyer.") % amount)
    except RefundNotFailed as problem:
        messages.info(request, problem.message)
    return redirect("coop_order", order.number)


def _give_back(by: SignedIn, order: OrderView, form: forms.Form, now: datetime, *, before: bool) -> int:
    reason = form.cleaned_data["reason"]
    if before:
        return trade_operations.refund_order(by=by, order_id=order.id, reason=reason, now=now).amount_fen
    amount_fen: int = form.cleaned_data["amount"]
    done = trade_operations.refund_after_sale(
        by=by, order_id=order.id, amount_fen=amount_fen, reason=reason, now=now
    )
    return done.amount_fen
