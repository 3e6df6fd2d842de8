"""Orders from elsewhere: what other platforms sold for the cooperative, never mixed with its own stock and sales."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from fieldcast.accounts import queries as accounts
from fieldcast.kit.errors import Problem, Sentence
from fieldcast.outside import queries as outside
from fieldcast.outside.columns import MissingColumns
from fieldcast.outside.formats import FORMATS, fitting
from fieldcast.outside.operations import import_orders
from fieldcast.outside.parse import BadRows, open_table
from fieldcast.outside.types import BadCell, Format, ImportReport, OutsideFilter, Share
from fieldcast.web.coop.forms.outside import PREFIX, Box, UploadForm, column_boxes
from fieldcast.web.coop.spans import Bars, Span, bars
from fieldcast.web.shared import asking
from fieldcast.web.shared.refusals import beside
from fieldcast.web.shared.spreadsheet import csv_link
from fieldcast.web.shared.words import chinese, local_name
from fieldcast.web.shared.workplace import Workplace, at_cooperative, person_of

BATCHES_SHOWN = 10
A_PAGE = 50
PROVINCES_SHOWN = 12
TITLES: Mapping[Span, Sentence] = {
    Span.DAY: gettext_lazy("Paid by day"),
    Span.MONTH: gettext_lazy("Paid by month"),
    Span.YEAR: gettext_lazy("Paid by year"),
}


@dataclass(frozen=True)
class Outcome:
    """What became of an upload: a report, or what is wrong with the rows, or which columns must be chosen."""

    report: ImportReport | None = None
    problem: Problem | None = None
    cells: tuple[BadCell, ...] = ()
    errors_link: str = ""
    boxes: Sequence[Box] = ()
    column_map: dict[str, str] = field(default_factory=dict)
    others: str = ""
    fits: Format | None = None


def _which(request: HttpRequest, place: Workplace) -> OutsideFilter:
    channel = request.GET.get("channel", "")
    return OutsideFilter(
        county_id=place.county_id,
        organisation_id=place.id,
        channel=channel if channel in FORMATS else "",
        province=asking.words(request, "province"),
        number=asking.words(request),
        batch_id=asking.whole(request.GET.get("batch")),
        since=asking.day(request, "since"),
        until=asking.day(request, "until"),
    )


@require_GET
@at_cooperative
def overview(request: HttpRequest, place: Workplace) -> HttpResponse:
    """Sums by channel, day and province, and the files they came from."""
    which = _which(request, place)
    days = outside.by_day(which=which)
    shown = bars((one.key, one.money.paid_fen) for one in days)
    provinces = sorted(outside.by_province(which=which), key=lambda one: -one.money.paid_fen)
    # the line "and one more" takes the room of the one it hides
    left_out = len(provinces) - PROVINCES_SHOWN
    provinces_shown = PROVINCES_SHOWN if left_out > 1 else len(provinces)
    context = {
        "place": place,
        "which": which,
        "formats": FORMATS.values(),
        "totals": outside.totals(which=which),
        "channels": [
            (FORMATS[one.key].label, one) for one in outside.by_channel(which=which) if one.key in FORMATS
        ],
        "provinces": provinces[:provinces_shown],
        "more_provinces": len(provinces) - provinces_shown,
        "most": max((one.money.paid_fen for one in provinces), default=0),
        "chart": _chart(shown),
        "chart_title": TITLES[shown.span],
        "chart_rows": _chart_rows(days),
        "batches": outside.batches(
            county_id=place.county_id, organisation_id=place.id, per_page=BATCHES_SHOWN
        ),
        "labels": {one.code: one.label for one in FORMATS.values()},
    }
    return render(request, "coop/outside/overview.html", context)


def _chart(shown: Bars) -> dict[str, Any]:
    """Yuan paid in each day, month or year."""
    series = {"type": "bar", "name": str(_("Paid")), "data": [fen / 100 for fen in shown.sums]}
    return {
        "xAxis": {"type": "category", "data": shown.names},
        "yAxis": {"type": "value"},
        "series": [series],
        "unit": "yuan",
    }


def _chart_rows(days: Sequence[Share]) -> list[list[Any]]:
    rows: list[list[Any]] = [[_("Day"), _("Orders"), _("Paid"), _("Refunded")]]
    rows += [
        [one.key, one.money.orders, f"{one.money.paid_fen / 100:,.2f}", f"{one.money.refund_fen / 100:,.2f}"]
        for one in days
    ]
    return rows


@require_GET
@at_cooperative
def listing(request: HttpRequest, place: Workplace) -> HttpResponse:
    """The orders behind a figure."""
    which = _which(request, place)
    page = outside.orders(which=which, page=asking.page_number(request), per_page=A_PAGE)
    rows = [
        (one, FORMATS[one.channel].label if one.channel in FORMATS else one.channel) for one in page.items
    ]
    context = {"place": place, "which": which, "formats": FORMATS.values(), "page": page, "rows": rows}
    return render(request, "coop/outside/orders.html", context)


@require_http_methods(["GET", "POST"])
@at_cooperative
def upload(request: HttpRequest, place: Workplace) -> HttpResponse:
    """Check a file, or bring its orders in: all rows or none, and the same file twice changes nothing."""
    place.must_manage()
    form, outcome = UploadForm(), None
    if request.method == "POST":
        form = UploadForm(_read_as(request), request.FILES)
        outcome = _take(request, place, form) if form.is_valid() else Outcome()
    refused = outcome is not None and outcome.report is None
    fragment = asking.by_script(request)
    if fragment and "as" in request.POST:  # the page's list of platforms follows what was offered and taken
        form.fields["format"].widget.attrs["hx-swap-oob"] = "true"
    context = {"place": place, "form": form, "outcome": outcome, "fragment": fragment}
    template = "coop/outside/_outcome.html" if fragment else "coop/outside/upload.html"
    return render(request, template, context, status=422 if refused else 200)


def _read_as(request: HttpRequest) -> QueryDict:
    """What was sent; where the platform that was offered for it was taken, as that, without columns of another."""
    sent = request.POST.copy()
    if (code := request.POST.get("as", "")) in FORMATS:
        sent["format"] = code
        for name in [name for name in sent if name.startswith(PREFIX)]:
            del sent[name]
    return sent


def _take(request: HttpRequest, place: Workplace, form: UploadForm) -> Outcome:
    data = form.cleaned_data["file"].read()
    column_map = form.column_map
    try:
        with transaction.atomic():
            report = import_orders(
                data=data,
                file_name=form.cleaned_data["file"].name,
                format_code=form.cleaned_data["format"],
                county_id=place.county_id,
                organisation_id=place.id,
                by=person_of(request),
                now=timezone.now(),
                column_map=column_map,
                dry_run=request.POST.get("do") != "import",
            )
        return Outcome(report=report, column_map=column_map, others=_names(report.others))
    except BadRows as problem:
        link = csv_link(_error_rows(problem.cells))
        return Outcome(problem=problem, cells=problem.cells, errors_link=link, column_map=column_map)
    except MissingColumns as problem:
        format_ = FORMATS[form.cleaned_data["format"]]
        header = open_table(data=data, format_=format_, column_map=column_map).header
        boxes = column_boxes(format_=format_, missing=problem.facts["columns"], titles=header, form=form)
        fits = fitting(header)
        return Outcome(problem=problem, boxes=boxes, fits=fits)
    except Problem as problem:
        beside(form, problem, dict.fromkeys((problem.code,), "file"))
        return Outcome()


def _names(organisation_ids: Sequence[int | None]) -> str:
    known = accounts.organisations_by_ids(ids={one for one in organisation_ids if one is not None})
    names = [local_name(known[one]) if one in known else _("the county") for one in organisation_ids]
    return ("、" if chinese() else ", ").join(names)


def _error_rows(cells: Sequence[BadCell]) -> list[list[Any]]:
    heading: list[Any] = [_("Line"), _("Column"), _("Value"), _("What is wrong")]
    return [heading, *([cell.line, cell.column, cell.value, cell.message] for cell in cells)]
