"""Turns an export into orders, or into a list of everything that is wrong with it.

What always holds: every row is judged, so one try shows all mistakes; a bad row is named by the physical line it starts
on, the column and the value; either all rows are good or `BadRows` is raised. The rules, each true of all 28,010 orders
of the real report they were tried on, and each false of some slip that happens (a shifted column, a sum in the middle,
a file of another year, fen for yuan):
1. amounts are yuan with at most two decimals, from zero to ten million;
2. no more was paid than the order's amount, and no more went back than was paid (a refund may well be above what the
   seller *kept*: an order refunded whole kept nothing);
3. without a payment time nothing was paid and nothing went back;
4. payment is not before the order, and neither is before 2003 or still to come;
5. a number stands once, or again with exactly the same values, or as further lines of its order (`joining`).
Lines above the header, and sums and remarks under the last order, are left out and counted, never guessed at: a sum is
only what has no order number and says that it is one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from fieldcast.kit.errors import Problem, Sentence
from fieldcast.kit.money import yuan
from fieldcast.kit.provinces import Place, city_of
from fieldcast.kit.tables import EmptyTable, Limits, Row, Table, clean_cell, printable, read_table
from fieldcast.kit.workbooks import is_workbook, read_workbook
from fieldcast.outside.cells import CellReader
from fieldcast.outside.columns import choose_columns, titles_of
from fieldcast.outside.formats import FORMATS
from fieldcast.outside.joining import Gathered, Orders
from fieldcast.outside.types import (
    Aside,
    BadCell,
    Facts,
    Field,
    Format,
    IncomingOrder,
    Paid,
    Progress,
    Stage,
    Times,
)
from fieldcast.outside.values import may_be_number

SHOWN_CELLS = 100  # bad cells that are kept and shown; the rest is counted
SUM_WORDS = ("合计", "总计", "小计", "共计", "汇总", "总额", "total", "sum")
PROGRESS_EVERY = 1_000


class UnknownFormat(Problem):
    """No export of this name can be read."""

    code = "unknown_format"
    status = 422
    sentence = _("There is no kind of file called “%(format)s”.")
    next_step = _("Choose one of: %(known)s.")


class BadRows(Problem):
    """Rows that cannot be taken, so none was. `cells` are the first of them; `total` counts the rows."""

    code = "bad_rows"
    status = 422
    sentence = ngettext_lazy(
        "%(total)s of %(rows)s row cannot be read, so nothing was brought in.",
        "%(total)s of %(rows)s rows cannot be read, so nothing was brought in.",
        "rows",
    )
    next_step = _("Put the rows below right in the file, or export it again, and bring it in once more.")

    def __init__(self, *, cells: tuple[BadCell, ...], total: int, rows: int) -> None:
        super().__init__(total=total, rows=rows, shown=len(cells), bad=[cell.as_dict() for cell in cells])
        self.cells = cells


@dataclass(frozen=True)
class Parsed:
    """A file whose every row is good. `orders` has each number once; `rows` counts the repeated ones too."""

    format: Format
    encoding: str
    orders: tuple[IncomingOrder, ...]
    rows: int
    number_title: str
    aside: Aside


class BadCells:
    """Collects what is wrong, row by row, keeping the first `SHOWN_CELLS` and counting the rows."""

    def __init__(self) -> None:
        self.cells: list[BadCell] = []
        self.rows = 0

    def add_row(self, cells: list[BadCell]) -> None:
        """Count a row with these mistakes."""
        self.rows += 1
        self.cells.extend(cells[: SHOWN_CELLS - len(self.cells)])

    def raise_if_any(self, *, rows: int) -> None:
        """Raise `BadRows` when a row was bad; `rows` is how many were read."""
        if self.rows:
            raise BadRows(cells=tuple(self.cells), total=self.rows, rows=rows)


def open_table(
    *, data: bytes, format_: Format, column_map: Mapping[str, str], limits: Limits | None = None
) -> Table:
    """The table of `data`, text or workbook, from its header on. Raises the problems of `tables` and `workbooks`."""
    score = titles_of(format_, column_map)
    if is_workbook(data):
        return read_workbook(data, limits=limits, score=score)
    return read_table(data, limits=limits, score=score)


def parse(
    *,
    data: bytes,
    format_code: str,
    column_map: Mapping[str, str],
    now: datetime,
    limits: Limits | None = None,
    progress: Progress | None = None,
) -> Parsed:
    """Read every row of `data`; `column_map` is from what is wanted to the file's title.

    Raises the problems of `kit.tables`, `kit.workbooks` and `columns`, `UnknownFormat` and `BadRows`.
    """
    format_ = find_format(format_code)
    table = open_table(data=data, format_=format_, column_map=column_map, limits=limits)
    chosen = choose_columns(format_=format_, table=table, column_map=column_map)
    file = _File(format_, table, CellReader(chosen=chosen, width=len(table.header), now=now))
    file.read(progress)
    orders = file.judged()
    if progress is not None:
        progress(stage=Stage.READING, done=file.rows, total=file.rows)
    return Parsed(
        format=format_,
        encoding=table.encoding,
        orders=orders,
        rows=file.rows - file.orders.joined,
        number_title=file.reader.title(Field.NUMBER),
        aside=Aside(
            above=table.above,
            below=file.below,
            joined=file.orders.joined,
            deleted=file.deleted,
            sheets=table.sheets,
            places_unknown=sum(1 for order in orders if not order.province),
        ),
    )


def find_format(code: str) -> Format:
    """The format called `code`. Raises `UnknownFormat`."""
    if code not in FORMATS:
        raise UnknownFormat(format=printable(code), known="、".join(FORMATS))
    return FORMATS[code]


class _File:
    """The rows of one file on their way to orders."""

    def __init__(self, format_: Format, table: Table, reader: CellReader) -> None:
        self.reader = reader
        self.orders = Orders(format_=format_, reader=reader)
        self.rows = 0
        self.deleted = 0
        self.below = 0
        self._sheet = ""
        self._feet: list[
            list[BadCell]
        ] = []  # rows that look like a sum or a remark, while nothing else follows
        self._format = format_
        self._table = table
        self._bad: list[list[BadCell]] = []
        self._status = reader.place(Field.STATUS) if format_.deleted else None

    def read(self, progress: Progress | None) -> None:
        """Every row, into its order or among what is wrong. Raises `EmptyTable`."""
        for count, row in enumerate(self._table.rows, start=1):
            values, mistakes = self.reader.read(row)
            if row.sheet != self._sheet:
                self._end_sheet(row.sheet)
            if mistakes and self._is_foot(row):
                self._feet.append(mistakes)
            else:
                self._take(row, values, mistakes)
            if progress is not None and count % PROGRESS_EVERY == 0:
                progress(stage=Stage.READING, done=count, total=max(count, self._table.lines))
        self._end_sheet("")
        if self.rows == 0:
            raise EmptyTable

    def _end_sheet(self, following: str) -> None:
        self.below += len(self._feet)
        self._feet = []
        self._sheet = following

    def judged(self) -> tuple[IncomingOrder, ...]:
        """The orders, when nothing is wrong anywhere. Raises `BadRows`."""
        orders = []
        for gathered in self.orders:
            order, mistake = _judge(self._format, self.reader, gathered)
            if mistake is not None:
                self._bad.append([mistake])
            elif order is not None:
                orders.append(order)
        bad = BadCells()
        for mistakes in sorted(self._bad, key=lambda cells: cells[0].line):
            bad.add_row(mistakes)
        bad.raise_if_any(rows=self.rows)
        return tuple(orders)

    def _take(self, row: Row, values: list[Any] | None, mistakes: list[BadCell]) -> None:
        self.rows += len(self._feet)
        self._bad.extend(self._feet)  # they stood in the middle, so they were none
        self._feet = []
        if values is not None and self._is_deleted(values):
            self.deleted += 1
            return
        self.rows += 1
        if values is not None:
            mistakes = self.orders.add(row, values)
        if mistakes:
            self._bad.append(mistakes)

    def _is_deleted(self, values: list[Any]) -> bool:
        return self._status is not None and str(values[self._status]).startswith(self._format.deleted)

    def _is_foot(self, row: Row) -> bool:
        """Is this a sum or a remark: saying so, or all alone on its line and no order's number?"""
        filled = [text for cell in row.cells if (text := clean_cell(cell))]
        if filled[0].casefold().startswith(SUM_WORDS):
            return True
        return len(filled) == 1 and not may_be_number(filled[0])


def _judge(
    format_: Format, reader: CellReader, gathered: Gathered
) -> tuple[IncomingOrder | None, BadCell | None]:
    """The order, or the first rule between its cells that it breaks."""
    found = {chosen.column.field: value for chosen, value in zip(reader.chosen, gathered.values, strict=True)}
    number, status = found[Field.NUMBER], found.get(Field.STATUS) or ""
    said = Times(
        created=found[Field.CREATED], paid=None if status in format_.unpaid else found[Field.PAID_AT]
    )
    times = format_.times(number, status, said) if format_.times else said
    if times.created is None:
        return None, reader.bad(gathered.row, Field.CREATED, "", _("The cell is empty."))
    facts = Facts(
        amount_fen=found[Field.AMOUNT],
        paid_fen=found.get(Field.PAID),
        refund_fen=found.get(Field.REFUND),
        paid_at=times.paid,
        status=status,
        after_sale=found.get(Field.AFTER_SALE) or "",
    )
    paid = format_.money(facts) if facts.paid_at else Paid(0, 0)
    mistake = _mistake(reader, gathered.row, facts, paid, times.created)
    if mistake is not None:
        return None, mistake
    place = _place(found.get(Field.PROVINCE), found.get(Field.ADDRESS))
    city = found.get(Field.CITY)
    return IncomingOrder(
        line=gathered.row.line,
        number=number,
        amount_fen=facts.amount_fen,
        paid_fen=paid.paid_fen,
        refund_fen=paid.refund_fen,
        province=place.province,
        city=city_of(place.province, city) if city else place.city,
        product_title=found.get(Field.PRODUCT) or "",
        quantity=found.get(Field.QUANTITY),
        created_at=times.created,
        paid_at=facts.paid_at,
    ), None


def _place(province: Place | None, address: Place | None) -> Place:
    """The province by its column, else the one an address begins with."""
    return next((place for place in (province, address) if place and place.province), Place(""))


def _mistake(reader: CellReader, row: Row, facts: Facts, paid: Paid, created: datetime) -> BadCell | None:
    """The first rule between cells that this order breaks."""

    def bad(field: Field, value: str, reason: Sentence, **places: Any) -> BadCell:
        return reader.bad(row, field, value, reason, **places)

    if facts.paid_at is None and (facts.paid_fen or facts.refund_fen):
        return bad(Field.PAID_AT, "", _("There is no payment time, yet money was paid or refunded."))
    if facts.paid_at is not None and facts.paid_at < created:
        value = f"{facts.paid_at:%Y-%m-%d %H:%M:%S}"
        reason = _("The payment is earlier than the order, which was placed at %(created)s.")
        return bad(Field.PAID_AT, value, reason, created=f"{created:%Y-%m-%d %H:%M:%S}")
    if paid.paid_fen > facts.amount_fen:
        reason = _("%(paid)s yuan were paid, more than the order's amount of %(amount)s yuan.")
        places = {"paid": yuan(paid.paid_fen), "amount": yuan(facts.amount_fen)}
        return bad(Field.PAID, yuan(facts.paid_fen or 0), reason, **places)
    if paid.refund_fen is not None and paid.refund_fen > paid.paid_fen:
        reason = _("More was refunded than was paid, which is %(paid)s yuan.")
        return bad(Field.REFUND, yuan(paid.refund_fen), reason, paid=yuan(paid.paid_fen))
    return None
