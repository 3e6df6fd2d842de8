"""Requests for money back under the county's eyes: overdue ones and objections are its own to decide."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import timedelta

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from fieldcast.accounts.access import allowed, require
from fieldcast.agreements.clauses.words import duration
from fieldcast.kit.errors import Problem
from fieldcast.trade import operations as trade_operations
from fieldcast.trade import queries as trade
from fieldcast.trade.loaders import load_order, load_refund_request
from fieldcast.trade.types import SellerTimes, Which
from fieldcast.web.county.after_sales_form import AfterSalesForm
from fieldcast.web.county.claims import matter_of
from fieldcast.web.county.place import Office, at_county
from fieldcast.web.shared import asking
from fieldcast.web.shared.refund_answers import answer_page, request_table
from fieldcast.web.shared.refusals import beside
from fieldcast.web.shared.spreadsheet import csv_response
from fieldcast.web.shared.table import Cell, Column, Table
from fieldcast.web.shared.words import local_name

A_PAGE, AN_HOUR = 25, 3600


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
    sellers = trade.answer_times_of_sellers(county_id=office.county_id, now=now)
    if request.GET.get("format") == "csv":
        return csv_response(_file(sellers), name=f"fieldcast-answers-{timezone.localdate(now)}")
    context = {
        "sellers": _by_seller(sellers) if sellers else None,
        "page": page,
        "table": request_table(page.items, address="county_refund", now=now, seller=True),
        "words": words,
        "which": which,
        "whiches": tuple(Which),
        "times": (times := trade.answer_times(county_id=office.county_id, now=now)),
        "half": _rounded(times.median),
        "line": (line := trade.after_sales_of(county_id=office.county_id)),
        "sets": allowed(office.by, "trade.set_after_sales", line),
    }
    return render(request, "county/refunds.html", context)


def _by_seller(sellers: Iterable[SellerTimes]) -> Table:
    columns = (
        Column(_("Cooperative")),
        Column(_("Requests"), number=True),
        Column(_("Answered in time"), number=True),
        Column(_("Half are answered within"), number=True),
        Column(_("The longest took"), number=True),
    )
    rows = (
        (
            Cell(local_name(one, "seller_name")),
            Cell(str(one.times.asked)),
            Cell(f"{one.times.share}%" if one.times.asked else "—"),
            Cell(_rounded(one.times.median)),
            Cell(_rounded(one.worst)),
        )
        for one in sellers
    )
    return Table(columns, tuple(rows))


def _file(sellers: Iterable[SellerTimes]) -> list[list[object]]:
    head: list[object] = [_("Cooperative"), _("Requests"), _("Answered in time")]
    head += [_("Half are answered within, in hours"), _("The longest took, in hours")]
    rows: list[list[object]] = [head]
    for one in sellers:
        times = [_hours(one.times.median), _hours(one.worst)]
        rows.append([local_name(one, "seller_name"), one.times.asked, one.times.in_time, *times])
    return rows


def _hours(taken: timedelta | None) -> float | None:
    return None if taken is None else round(taken.total_seconds() / AN_HOUR, 1)


def _rounded(taken: timedelta | None) -> str:
    """A time in words: whole hours, minutes below one."""
    if taken is None:
        return "—"
    seconds = int(taken.total_seconds())
    hours = round(seconds / AN_HOUR)
    return duration(hours * AN_HOUR if hours else max(60, seconds))


@never_cache
@require_http_methods(["GET", "POST"])
@at_county
def detail(request: HttpRequest, office: Office, request_id: int) -> HttpResponse:
    """One request, and the county's decision where it is the county's to decide."""
    now = timezone.now()
    one = load_refund_request(by=office.by, request_id=request_id, perm="trade.decide_refund")
    order = load_order(by=office.by, number=one.order_number)
    return answer_page(
        request,
        one,
        by=office.by,
        now=now,
        may_answer=one.at_county(now),
        back=reverse("county_refunds"),
        template="county/refund.html",
        order=order,
        around={
            "office": office,
            "matter": matter_of(one, order, now=now),
        },
    )


@require_http_methods(["GET", "POST"])
@at_county
def settings(request: HttpRequest, office: Office) -> HttpResponse:
    """The county's after-sale line, its clocks and its limit: for the authority's owners and managers."""
    now = timezone.now()
    held = trade.after_sales_of(county_id=office.county_id)
    require(office.by, "trade.set_after_sales", held)
    form = AfterSalesForm(request.POST if request.method == "POST" else None, initial=asdict(held))
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                trade_operations.set_after_sales(
                    by=office.by, county_id=office.county_id, now=now, **form.cleaned_data
                )
            messages.success(request, _("It holds from now on; what was asked before keeps its clocks."))
            return redirect("county_refunds")
        except Problem as problem:
            beside(form, problem, {})
    return render(request, "county/after_sales.html", {"form": form}, status=422 if form.errors else 200)
