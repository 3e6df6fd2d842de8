"""The rows behind a figure of a report, and the sums of a month: one's own statements, line by line."""

from collections.abc import Sequence
from datetime import date

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from fieldcast.kit.errors import NotFound
from fieldcast.kit.pages import LARGEST, Page
from fieldcast.settlement.reports import queries as reports
from fieldcast.settlement.reports.types import LineOf, Sum, Whose
from fieldcast.web.shared import asking
from fieldcast.web.shared.report import (
    MOST_IN_A_FILE,
    Column,
    Kind,
    Linked,
    Report,
    added,
    month_asked,
    month_name,
    wants_file,
)
from fieldcast.web.shared.words import full_time, local_name

A_PAGE = 50


def lines_asked(
    request: HttpRequest, whose: Whose, *, name: str, whose_name: str, statements: bool = True
) -> tuple[Report, Page[LineOf], Sum | None]:
    """The lines that an address asks for: of a month, of one of its sums, with these words; all of them for a file.

    `statements`: may whoever reads open the statements themselves? Raises `NotFound` for a sum that is not there.
    """
    month, only = month_asked(request), None
    if month is not None and (key := asking.words(request, "of")):
        only = next((one for one in reports.sums_of(whose=whose, month=month) if one.key == key), None)
        if only is None:
            raise NotFound("sum")
    found = Lines(whose, month, only, asking.words(request))
    page = found.page(asking.page_number(request), A_PAGE)
    rows = found.every() if wants_file(request) else page.items
    title = only.title if only else _("Line by line")
    period = month_name(month) if month else _("All months")
    report = line_report(rows, name=name, title=title, whose=whose_name, period=period, statements=statements)
    return report, page, only


class Lines:
    """The lines of a month or a sum of it, in pages."""

    def __init__(self, whose: Whose, month: date | None, only: Sum | None, search: str) -> None:
        self._of = {"whose": whose, "month": month, "only": only, "search": search}

    def page(self, number: int, per_page: int) -> Page[LineOf]:
        """One of them."""
        return reports.lines_of(**self._of, page=number, per_page=per_page)  # type: ignore[arg-type]  # as made above

    def every(self) -> list[LineOf]:
        """All of them, as many as a file takes."""
        found: list[LineOf] = []
        number = 1
        while True:
            page = self.page(number, LARGEST)
            found += page.items
            if not page.has_next or len(found) >= MOST_IN_A_FILE:
                return found[:MOST_IN_A_FILE]
            number += 1


def line_report(
    lines: Sequence[LineOf], *, name: str, title: str, whose: str, period: str, statements: bool
) -> Report:
    """Statement lines under headings, added up. A statement is named to those alone who may open it."""
    columns = (
        Column(_("Order")),
        Column(_("Goods")),
        Column(_("What for")),
        Column(_("How it came about")),
        Column(_("Session or month")),
        Column(_("Issued")),
        *([Column(_("Statement"))] if statements else []),
        Column(_("Amount"), Kind.MONEY),
    )
    rows = tuple(
        (
            one.order_number or "—",
            local_name(one, "product"),
            one.title,
            one.sentence,
            local_name(one, "about"),
            full_time(one.issued_at),
            *([_statement(one)] if statements else []),
            one.fen,
        )
        for one in lines
    )
    totals = added(columns, rows, _("On this page")) if rows else None
    return Report(name, title, whose, period, columns, rows, totals)


def _statement(line: LineOf) -> Linked:
    return Linked(line.statement_number, reverse("statement", args=[line.statement_id]), code=True)


def month_report(sums: Sequence[Sum], *, name: str, whose: str, month: date, rows_at: str) -> Report:
    """What a month's statements are made of: each sum with how it came about, opening its rows at `rows_at`."""
    columns = (Column(_("What for")), Column(_("How it came about")), Column(_("Amount"), Kind.MONEY))
    rows = tuple(
        (one.title, one.sentence, Linked(one.fen, f"{rows_at}?month={month:%Y-%m}&of={one.key}"))
        for one in sums
    )
    totals = added(columns, rows, _("Together")) if rows else None
    return Report(name, _("What it is made of"), whose, month_name(month), columns, rows, totals)
