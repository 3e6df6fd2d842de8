"""A report: who and when it is about, columns, rows, a line of totals, notes. Said once, it is shown on a page,
printed, and written as a file; how each looks is said here and in `components/report.html`, not by the pages.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from fieldcast.kit.errors import Problem
from fieldcast.kit.months import month_of
from fieldcast.kit.paper import Paper
from fieldcast.web.shared import asking, table
from fieldcast.web.shared.papers import pdf_response
from fieldcast.web.shared.spreadsheet import amount, csv_response
from fieldcast.web.shared.table import Cell, Table
from fieldcast.web.shared.words import chinese, full_time, percent_bp, quantity, yuan

MOST_IN_A_FILE: Final = 20_000
MOST_ON_PAPER: Final = 1000  # rows: some thirty sheets, a few seconds
BLANK: Final = ""  # where a row has nothing to say in a column; what is not known is None
YEARS: Final = range(2000, 3000)  # of which anybody asks: calendars of computers end somewhere


class TooLongForPaper(Problem):
    """A report of more rows than anybody prints."""

    code = "too_long_for_paper"
    status = 422
    sentence = _("Too long for a paper: %(rows)s of at most %(most)s.")
    next_step = _("Choose a month or search for fewer, or take it along for a spreadsheet.")


class Kind(StrEnum):
    """What stands in a column: words, fen, a count, or basis points of a whole."""

    WORDS = "words"
    MONEY = "money"
    COUNT = "count"
    SHARE = "share"


ADDED: Final = (Kind.MONEY, Kind.COUNT)
_SAID: Final[Mapping[Kind, Callable[[Any], str]]] = {
    Kind.WORDS: lambda value: "" if value is None else str(value),
    Kind.MONEY: yuan,
    Kind.COUNT: quantity,
    Kind.SHARE: percent_bp,
}
_PLAIN: Final[Mapping[Kind, Callable[[Any], Any]]] = {
    Kind.WORDS: lambda value: value,
    Kind.MONEY: amount,
    Kind.COUNT: lambda value: value,
    Kind.SHARE: lambda points: None if points is None else Decimal(points).scaleb(-2),
}


@dataclass(frozen=True)
class Column:
    """A column: its heading and what stands in it."""

    title: str
    kind: Kind = Kind.WORDS

    @property
    def is_number(self) -> bool:
        """Do its cells stand to the right?"""
        return self.kind != Kind.WORDS


@dataclass(frozen=True)
class Linked:
    """A value that opens what it is made of."""

    value: Any
    href: str
    code: bool = False


@dataclass(frozen=True)
class Report:
    """Rows of plain values (fen, counts, basis points, words), one for each column. None is unknown, never zero;
    `BLANK` says that a row has nothing to do with a column.

    `name` is that of a file of it. `totals` are the line under the rows; None where nothing is to be added up.
    """

    name: str
    title: str
    whose: str
    period: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]
    totals: tuple[Any, ...] | None = None
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        lines = [*self.rows, *([self.totals] if self.totals is not None else [])]
        if any(len(row) != len(self.columns) for row in lines):
            raise ValueError("each row has a value for each column")

    @property
    def table(self) -> Table:
        """As the component `table.html` shows it."""
        return Table(
            tuple(table.Column(one.title, one.is_number) for one in self.columns),
            tuple(self._cells(row) for row in self.rows),
            self._cells(self.totals) if self.totals is not None else (),
        )

    def words(self) -> Iterator[list[str]]:
        """Every line in words, the headings first and the totals last: for paper."""
        yield [one.title for one in self.columns]
        for row in self._lines():
            yield [_said(column, _value(cell)) for column, cell in zip(self.columns, row, strict=True)]

    def plain(self) -> Iterator[list[Any]]:
        """Every line for a spreadsheet: money in yuan, shares in percent, what is unknown left empty."""
        yield [one.title for one in self.columns]
        for row in self._lines():
            yield [_plain(column, _value(cell)) for column, cell in zip(self.columns, row, strict=True)]

    def _lines(self) -> Iterator[tuple[Any, ...]]:
        yield from self.rows
        if self.totals is not None:
            yield self.totals

    def _cells(self, row: Sequence[Any]) -> tuple[Cell, ...]:
        return tuple(_cell(column, cell) for column, cell in zip(self.columns, row, strict=True))


def _value(cell: Any) -> Any:
    return cell.value if isinstance(cell, Linked) else cell


def _said(column: Column, value: Any) -> str:
    return BLANK if value == BLANK else _SAID[column.kind](value)


def _plain(column: Column, value: Any) -> Any:
    return BLANK if value == BLANK else _PLAIN[column.kind](value)


def _cell(column: Column, cell: Any) -> Cell:
    said = _said(column, _value(cell))
    return Cell(said, href=cell.href, code=cell.code) if isinstance(cell, Linked) else Cell(said)


def added(columns: Sequence[Column], rows: Sequence[Sequence[Any]], heading: str) -> tuple[Any, ...]:
    """The line under rows: money and counts added up, of a column that has any; the first cell is the heading."""
    totals: list[Any] = [heading]
    for at, column in enumerate(columns[1:], start=1):
        if column.kind not in ADDED:
            totals.append(BLANK)
            continue
        known = [value for row in rows if isinstance(value := _value(row[at]), int)]
        totals.append(sum(known) if known else None)
    return tuple(totals)


def wants_file(request: HttpRequest) -> bool:
    """Is the whole report asked for as a file, for a spreadsheet or as a paper?"""
    return request.GET.get("format") in ("csv", "pdf")


def answer(request: HttpRequest, report: Report, template: str, context: Mapping[str, Any]) -> HttpResponse:
    """The report as the address asks for it: a file, or a page that can be printed."""
    if wants_file(request):
        name = f"{report.name}-{timezone.localdate()}"
        if request.GET["format"] == "pdf":
            return pdf_response(on_paper(report, now=timezone.now()), name=f"{name}.pdf")
        return csv_response(report.plain(), name=name)
    return render(request, template, {**context, "report": report, "now": timezone.now()})


def on_paper(report: Report, *, now: datetime) -> bytes:
    """The report as a PDF, in the active language. Raises `TooLongForPaper` and `kit.paper.PaperFontMissing`."""
    if len(report.rows) > MOST_ON_PAPER:
        raise TooLongForPaper(rows=len(report.rows), most=MOST_ON_PAPER)
    written = full_time(now)
    paper = Paper(
        report.title, lang=get_language() or "", made_at=now, footer=(f"{report.whose} · {written}",)
    )
    paper.paragraph(" · ".join(part for part in (report.whose, report.period, written) if part), small=True)
    head, *rows = report.words()
    numbers = [at for at, column in enumerate(report.columns) if column.is_number]
    widths = [1 if column.is_number else 1.6 for column in report.columns]
    paper.table(head, rows, widths, numbers=numbers)
    for note in report.notes:
        paper.paragraph(note, small=True)
    return paper.bytes()


def month_asked(request: HttpRequest) -> date | None:
    """The month an address is about, such as 2026-11; None where it names none of our time."""
    try:
        month = date.fromisoformat(f"{request.GET.get('month', '')}-01")
    except ValueError:
        return None
    return month if month.year in YEARS else None


def month_or_this(request: HttpRequest) -> date:
    """The month an address is about, else the one that it is now."""
    return month_asked(request) or month_of(timezone.now())


def year_asked(request: HttpRequest) -> int | None:
    """The year an address is about, else None."""
    year = asking.whole(request.GET.get("year"))
    return year if year in YEARS else None


def month_name(month: date) -> str:
    """A month as people say it: 2026年11月, November 2026."""
    return f"{month.year}年{month.month}月" if chinese() else f"{month:%B %Y}"


def month_code(month: date) -> str:
    """A month in an address: 2026-11."""
    return f"{month:%Y-%m}"
