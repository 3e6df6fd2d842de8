"""What a host earned month by month: base pay, shares, bonus; and how far the month came on the tiers of a bonus."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fieldcast.agreements.calculation import kind_title
from fieldcast.kit.months import month_of
from fieldcast.settlement.reports import queries as reports
from fieldcast.settlement.reports import tiers
from fieldcast.settlement.reports.types import Whose
from fieldcast.web.shared import asking, report
from fieldcast.web.shared.report import (
    Column,
    Kind,
    Linked,
    Report,
    added,
    month_asked,
    month_code,
    month_name,
)
from fieldcast.web.shared.report_lines import lines_asked, month_report
from fieldcast.web.shared.words import local_name
from fieldcast.web.shared.workplace import Workplace, at_studio


@require_GET
@at_studio
def pay(request: HttpRequest, place: Workplace) -> HttpResponse:
    """Every month with what it is made of; a month opened with its sums, sessions and tiers."""
    whose = Whose(place.county_id, place.organisation.party)
    by_month = reports.kinds_by_month(whose=whose)
    month, this_month = month_asked(request), month_of(timezone.now())
    shown_month = month or this_month
    context: dict[str, Any] = {
        "place": place,
        "month": month_code(month) if month else "",
        "months": [(month_code(one), month_name(one)) for one in {this_month: None, **by_month}],
        "tiers": [
            one
            for one in tiers.tiers_of(organisation_id=place.id, this_month=this_month)
            if one.month == shown_month
        ],
        "sessions": [
            one
            for one in tiers.sessions_of(organisation_id=place.id, this_month=this_month)
            if one.month == shown_month
        ],
        "tiers_of": month_name(shown_month),
    }
    made = _of_month(place, whose, month) if month else _by_month(place, by_month)
    return report.answer(request, made, "studio/pay.html", context)


@require_GET
@at_studio
def rows(request: HttpRequest, place: Workplace) -> HttpResponse:
    """The statement lines behind a month or one of its sums."""
    whose = Whose(place.county_id, place.organisation.party)
    shown, page, only = lines_asked(
        request, whose, name="fieldcast-lines", whose_name=local_name(place.organisation)
    )
    months = reports.months_of(whose=whose)
    context = {
        "place": place,
        "page": page,
        "only": only,
        "words": asking.words(request),
        "month": request.GET.get("month", ""),
        "months": [(month_code(one.month), month_name(one.month)) for one in months],
    }
    return report.answer(request, shown, "studio/pay_rows.html", context)


def _of_month(place: Workplace, whose: Whose, month: date) -> Report:
    return month_report(
        reports.sums_of(whose=whose, month=month),
        name=f"fieldcast-pay-{month_code(month)}",
        whose=local_name(place.organisation),
        month=month,
        rows_at=reverse("studio_pay_rows"),
    )


def _by_month(place: Workplace, by_month: dict[date, dict[str, int]]) -> Report:
    """A row a month, a column for each kind of share that there was."""
    kinds = sorted({kind for found in by_month.values() for kind in found}, key=kind_title)
    columns = (
        Column(_("Month")),
        *(Column(kind_title(kind), Kind.MONEY) for kind in kinds),
        Column(_("Together"), Kind.MONEY),
    )
    rows = tuple(
        (
            Linked(month_name(month), f"?month={month_code(month)}"),
            *(found.get(kind) for kind in kinds),
            sum(found.values()),
        )
        for month, found in by_month.items()
    )
    return Report(
        name="fieldcast-pay",
        title=_("Pay by month"),
        whose=local_name(place.organisation),
        period=_("All months"),
        columns=columns,
        rows=rows,
        totals=added(columns, rows, _("Together")) if rows else None,
        notes=(_("Every sum is that of your statements; open a month to see how each came about."),),
    )
