"""Buyers who ask for money back: those who wait, those who were answered, and the answer to one."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from fieldcast.accounts.access import allowed
from fieldcast.trade import operations as trade_operations
from fieldcast.trade import queries as trade
from fieldcast.trade.aftersales.types import FOR_SELLER
from fieldcast.trade.loaders import load_order, load_refund_request
from fieldcast.trade.types import Which
from fieldcast.web.shared import asking
from fieldcast.web.shared.refund_answers import AGAIN, EXCHANGE, answer_page, answered_with, request_table
from fieldcast.web.shared.refund_requests import answerers
from fieldcast.web.shared.steps import take
from fieldcast.web.shared.workplace import Workplace, at_cooperative, person_of, workplace_of

A_PAGE = 25
PACKERS = (AGAIN, EXCHANGE)  # whoever packs may answer so: no money moves


@require_GET
@at_cooperative
def listing(request: HttpRequest, place: Workplace) -> HttpResponse:
    """Requests, those that wait longest first."""
    now, words, which = timezone.now(), asking.words(request), asking.one_of(request, "state", Which)
    page = trade.refund_requests(
        county_id=place.county_id,
        seller_id=place.id,
        which=which,
        search=words,
        now=now,
        page=asking.page_number(request),
        per_page=A_PAGE,
    )
    context = {
        "place": place,
        "page": page,
        "table": request_table(page.items, address="coop_refund_request", now=now),
        "words": words,
        "which": which,
        "whiches": tuple(Which),
    }
    return render(request, "coop/refunds/list.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def detail(request: HttpRequest, request_id: int) -> HttpResponse:
    """One request; owners and managers give money back, others are told who does. Whoever packs may send it again."""
    by, now = person_of(request), timezone.now()
    perm = "trade.view_refund_request"
    if request.method == "POST":
        perm = "trade.pack_order" if answered_with(request) in PACKERS else "trade.answer_refund"
    one = load_refund_request(by=by, request_id=request_id, perm=perm)
    place = workplace_of(request, one.seller_id)
    order = load_order(by=by, number=one.order_number)
    return answer_page(
        request,
        one,
        by=by,
        now=now,
        may_answer=one.state in FOR_SELLER and allowed(by, "trade.answer_refund", one),
        back=reverse("coop_refunds"),
        template="coop/refunds/detail.html",
        order=order,
        around={
            "place": place,
            "order": order,
            "conversation": trade.conversation_of_order(order_id=one.order_id),
            "answerers": answerers(one.seller_id),
            "appeal_url": reverse("coop_refund_appeal", args=[one.id])
            if allowed(by, "trade.answer_refund", one)
            else None,
        },
    )


@login_required
@require_POST
def appeal(request: HttpRequest, request_id: int) -> HttpResponse:
    """Appeal against what the county decided: owners and managers, once."""
    by, now = person_of(request), timezone.now()
    one = load_refund_request(by=by, request_id=request_id, perm="trade.answer_refund")
    words = request.POST.get("words", "")
    return take(
        request,
        lambda: trade_operations.appeal_decision(by=by, request_id=one.id, words=words, now=now),
        back=reverse("coop_refund_request", args=[one.id]),
        said=_("Somebody else of the county looks at it and decides."),
    )
