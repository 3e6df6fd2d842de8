"""Buyers who ask for money back: those who wait, those who were answered, and the answer to one."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from fieldcast.accounts.access import allowed
from fieldcast.trade import queries as trade
from fieldcast.trade.loaders import load_order, load_refund_request
from fieldcast.trade.types import RequestState, Which
from fieldcast.web.shared import asking
from fieldcast.web.shared.refund_answers import answer_page, request_table, sends_again
from fieldcast.web.shared.refund_requests import answerers
from fieldcast.web.shared.workplace import Workplace, at_cooperative, person_of, workplace_of

A_PAGE = 25


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
        perm = "trade.send_again" if sends_again(request) else "trade.answer_refund"
    one = load_refund_request(by=by, request_id=request_id, perm=perm)
    place = workplace_of(request, one.seller_id)
    return answer_page(
        request,
        one,
        by=by,
        now=now,
        may_answer=one.state == RequestState.ASKED and allowed(by, "trade.answer_refund", one),
        back=reverse("coop_refunds"),
        template="coop/refunds/detail.html",
        around={
            "place": place,
            "order": load_order(by=by, number=one.order_number),
            "conversation": trade.conversation_of_order(order_id=one.order_id),
            "answerers": answerers(one.seller_id),
        },
    )
