"""A statement: for its party and the county's authority. The loader decides who may read it."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fieldcast.settlement import queries as settlement
from fieldcast.settlement.banks.accounts import account_of
from fieldcast.settlement.loaders import load_statement
from fieldcast.settlement.types import StatementView
from fieldcast.web.context import Platform
from fieldcast.web.shared import asking
from fieldcast.web.shared.flow import flow_parts
from fieldcast.web.shared.spreadsheet import amount, csv_response
from fieldcast.web.shared.waiting import waiting_for_me
from fieldcast.web.shared.words import local_name
from fieldcast.web.shared.workplace import Workplace, at_carrier, person_of
from fieldcast.web.statements import reading

LISTS = {
    "farmer": "farm_statements",
    "cooperative": "coop_statements",
    "host": "studio_statements",
    "carrier": "carrier_statements",
}
A_PAGE = 20


@require_GET
@login_required
def statement(request: HttpRequest, statement_id: int) -> HttpResponse:
    """The amount, each sum with its sentence and clause, where each yuan went, and every order behind it."""
    by = person_of(request)
    view = load_statement(by=by, statement_id=statement_id)
    clauses = reading.clauses_cited(view)
    context = {
        "view": view,
        "summary": view.summary,
        "role": reading.role_of(view),
        "lines": reading.group_lines(view, clauses),
        "flow": flow_parts(view.slices),
        "orders": reading.orders_of(view, clauses, page=asking.page_number(request)),
        "versions": reading.versions_shown(view, by),
        "money": reading.money_of(view),
        "back": _back(view, request),
    }
    return render(request, "statements/statement.html", context)


@require_GET
@login_required
def lines_csv(request: HttpRequest, statement_id: int) -> HttpResponse:
    """Every line of a statement with its formula and figures."""
    view = load_statement(by=person_of(request), statement_id=statement_id)
    return csv_response(_table(view), name=f"statement-{view.summary.number}")


def _table(view: StatementView) -> Iterator[list[Any]]:
    yield [
        _("Order"),
        _("Goods"),
        _("Clause"),
        _("What for"),
        _("How it came about"),
        _("Amount (¥)"),
        _("Formula"),
        _("Figures"),
    ]
    for line in view.lines:
        figures = "; ".join(f"{name} {value}" for name, value in reading.figures(line.inputs))
        yield [
            line.order_number,
            local_name(line, "product"),
            line.clause,
            line.title,
            line.sentence,
            amount(line.amount_fen),
            line.formula,
            figures,
        ]


def _back(view: StatementView, request: HttpRequest) -> str:
    """The list this statement stands in, for the person who reads it."""
    mine = {place.url for console in Platform(request).consoles for place in console.places}
    for name in (LISTS.get(view.summary.role, ""), "county_settlement"):
        try:
            address = reverse(name)
        except NoReverseMatch:
            continue
        if address in mine:
            return address
    return "/"


@require_GET
@at_carrier
def of_carrier(request: HttpRequest, place: Workplace) -> HttpResponse:
    """What each session brought a carrier, the newest first."""
    page = settlement.statements(
        county_id=place.county_id,
        organisation_id=place.id,
        search=asking.words(request),
        page=asking.page_number(request),
        per_page=A_PAGE,
    )
    waits = waiting_for_me(by=place.by, now=timezone.now())
    context = {
        "place": place,
        "page": page,
        "waits": waits,
        "account": account_of(organisation_id=place.id),
    }
    return render(request, "statements/carrier.html", context)
