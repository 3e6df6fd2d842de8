"""Requests for money back under the county's eyes: overdue ones and objections are its own to decide."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from fieldcast.trade import queries as trade
from fieldcast.trade.loaders import load_refund_request
from fieldcast.trade.types import Which
from fieldcast.web.county.place import Office, at_county
from fieldcast.web.shared import asking
from fieldcast.web.shared.refund_answers import answer_page, request_table

A_PAGE = 25


@require_GET
@at_county
def listing(request: HttpRequest, office: Office) -> HttpResponse:
    """Requests of the county's buyers, all or those that it decides."""
    now, words, which = timezone.now(), asking.words(request), asking.one_of(request, "state", Which)
    page = trade.refund_requests(
        county_id=office.county_id,
        which=which,
        search=words,
        now=now,
        page=asking.page_number(request),
        per_page=A_PAGE,
    )
    context = {
        "page": page,
        "table": request_table(page.items, address="county_refund", now=now, seller=True),
        "words": words,
        "which": which,
        "whiches": tuple(Which),
    }
    return render(request, "county/refunds.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
@at_county
def detail(request: HttpRequest, office: Office, request_id: int) -> HttpResponse:
    """One request, and the county's decision where it is the county's to decide."""
    now = timezone.now()
    one = load_refund_request(by=office.by, request_id=request_id, perm="trade.decide_refund")
    return answer_page(
        request,
        one,
        by=office.by,
        now=now,
        may_answer=one.at_county(now),
        back=reverse("county_refunds"),
        template="county/refund.html",
        around={"office": office},
    )
