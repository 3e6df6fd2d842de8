"""Turns an export into orders, or into a list of everything that is wrong with it.

What always holds: every row is judged, so one try shows all mistakes; a bad row is named by the physical line it starts
on, the column and the value; either all rows are good or `BadRows` is raised. The rules, each true of all 28,010 orders
of the real report they were tried on, and each false of some slip that happens (a shifted column, a sum at the foot, a
file of another year, fen for yuan):
1. amounts are yuan with at most two decimals, from zero to ten million;
2. no more was paid than the order's amount, and no more went back than was paid (a refund may well be above what the
   seller *kept*: an order refunded whole kept nothing);
3. without a payment time nothing was paid and nothing went back;
4. payment is not before the order, and neither is before 2003 or still to come;
5. a number stands once, or again with exactly the same values.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from fieldcast.kit.errors import Problem, Sentence
from fieldcast.kit.money import yuan
from fieldcast.kit.provinces import Place, city_of
from fieldcast.kit.tables import EmptyTable, Limits, Row, Table, clean_cell, printable, read_table
from fieldcast.outside import values
from fieldcast.outside.columns import Chosen, choose_columns
from fieldcast.outside.formats import FORMATS
from fieldcast.outside.types import BadCell, Facts, Field, Format, IncomingOrder, Paid, Progress, Stage

SHOWN_CELLS = 100  # bad cells that are kept and shown; the rest is counted
CELL_CHARS = 2_000
SHOWN_CHARS = 40
SHOWN_ADDRESS_CHARS = 12  # enough to find the row, too little to be somebody's address
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
EMPTY_MARKS = frozenset({"", "-", "--", "—"})
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


def parse(
    *,
    data: bytes,
    format_code: str,
    column_map: Mapping[str, str],
    now: datetime,
    limits: Limits | None = None,
    progress: Progress | None = None,
) -> Parsed:
    """Read every row of `data`. Raises the problems of `kit.tables` and `columns`, `UnknownFormat` and `BadRows`."""
    format_ = find_format(format_code)
    table = read_table(data, limits=limits)
    reader = _RowReader(
        format_, table, choose_columns(format_=format_, table=table, column_map=column_map), now
    )
    bad = BadCells()
    orders: dict[str, IncomingOrder] = {}
    rows = 0
    for rows, row in enumerate(table.rows, start=1):
        order, mistakes = reader.read(row)
        if order is not None and orders.setdefault(order.number, order) is not order:
            mistakes = reader.repeated(order, orders[order.number])
        if mistakes:
            bad.add_row(mistakes)
        if progress is not None and rows % PROGRESS_EVERY == 0:
            progress(stage=Stage.READING, done=rows, total=max(rows, table.lines))
    if rows == 0:
        raise EmptyTable
    bad.raise_if_any(rows=rows)
    if progress is not None:
        progress(stage=Stage.READING, done=rows, total=rows)
    return Parsed(
        format=format_,
        encoding=table.encoding,
        orders=tuple(orders.values()),
        rows=rows,
        number_title=reader.title(Field.NUMBER),
    )


def find_format(code: str) -> Format:
    """The format called `code`. Raises `UnknownFormat`."""
    if code not in FORMATS:
        raise UnknownFormat(format=printable(code), known="、".join(FORMATS))
    return FORMATS[code]


class _RowReader:
    """Reads rows of one table; knows its columns and the time it is read at."""

    def __init__(self, format_: Format, table: Table, chosen: list[Chosen], now: datetime) -> None:
        self._format = format_
        self._width = len(table.header)
        self._chosen = chosen
        time = partial(values.read_time, now=now)
        self._readers: dict[Field, Any] = {
            Field.NUMBER: values.read_number,
            Field.AMOUNT: values.read_amount,
            Field.PAID: values.read_amount,
            Field.REFUND: values.read_amount,
            Field.PROVINCE: values.read_place,
            Field.ADDRESS: values.read_address,
            Field.CITY: str,
            Field.CREATED: time,
            Field.PAID_AT: time,
            Field.PRODUCT: values.read_title,
            Field.QUANTITY: values.read_quantity,
            Field.STATUS: str,
            Field.AFTER_SALE: str,
        }

    def title(self, field: Field) -> str:
        """How the file titles the column of `field`; "" when it has none."""
        return next((each.title for each in self._chosen if each.column.field is field), "")

    def read(self, row: Row) -> tuple[IncomingOrder | None, list[BadCell]]:
        """The order, or what is wrong with the row."""
        if len(row.cells) != self._width and (
            len(row.cells) < self._width or any(clean_cell(cell) for cell in row.cells[self._width :])
        ):
            facts = {"cells": len(row.cells), "columns": self._width}
            reason = ngettext_lazy(
                "The row has %(cells)s cell, the header has %(columns)s.",
                "The row has %(cells)s cells, the header has %(columns)s.",
                "cells",
            )
            return None, [BadCell(row.line, "", printable(row.cells[0], SHOWN_CHARS), reason, facts)]
        found: dict[Field, Any] = {}
        mistakes = []
        for chosen in self._chosen:
            try:
                found[chosen.column.field] = self._cell(chosen, row.cells[chosen.position])
            except values.BadValue as error:
                length = SHOWN_ADDRESS_CHARS if chosen.column.field is Field.ADDRESS else SHOWN_CHARS
                value = printable(clean_cell(row.cells[chosen.position][:CELL_CHARS]), length)
                mistakes.append(BadCell(row.line, chosen.title, value, error.reason, error.facts))
        if mistakes:
            return None, mistakes
        return self._judge(row.line, found)

    def repeated(self, order: IncomingOrder, first: IncomingOrder) -> list[BadCell]:
        """What is wrong with a number that stood before: nothing when both rows say the same."""
        if replace(order, line=first.line) == first:
            return []
        reason = _("This order already stands on line %(line)s, with other values.")
        return [BadCell(order.line, self.title(Field.NUMBER), order.number, reason, {"line": first.line})]

    def _cell(self, chosen: Chosen, cell: str) -> Any:
        if len(cell) > CELL_CHARS:
            raise values.BadValue(_("The cell is longer than %(limit)s characters."), limit=CELL_CHARS)
        text = clean_cell(cell)
        if text in EMPTY_MARKS:
            if chosen.column.may_be_empty:
                return None
            raise values.BadValue(_("The cell is empty."))
        if _CONTROL.search(text):
            raise values.BadValue(_("The cell holds bytes that are not text."))
        return self._readers[chosen.column.field](text)

    def _judge(self, line: int, found: dict[Field, Any]) -> tuple[IncomingOrder | None, list[BadCell]]:
        facts = Facts(
            amount_fen=found[Field.AMOUNT],
            paid_fen=found.get(Field.PAID),
            refund_fen=found.get(Field.REFUND),
            paid_at=found.get(Field.PAID_AT),
            status=found.get(Field.STATUS) or "",
            after_sale=found.get(Field.AFTER_SALE) or "",
        )
        paid = self._format.money(facts) if facts.paid_at else Paid(0, 0)
        mistake = self._mistake(line, facts, paid, found[Field.CREATED])
        if mistake:
            return None, [mistake]
        place = found.get(Field.ADDRESS) or found.get(Field.PROVINCE) or Place("")
        city = found.get(Field.CITY)
        return IncomingOrder(
            line=line,
            number=found[Field.NUMBER],
            amount_fen=facts.amount_fen,
            paid_fen=paid.paid_fen,
            refund_fen=paid.refund_fen,
            province=place.province,
            city=city_of(place.province, city) if city else place.city,
            product_title=found.get(Field.PRODUCT) or "",
            quantity=found.get(Field.QUANTITY),
            created_at=found[Field.CREATED],
            paid_at=facts.paid_at,
        ), []

    def _mistake(self, line: int, facts: Facts, paid: Paid, created: datetime) -> BadCell | None:
        """The first rule between cells that this row breaks."""

        def bad(field: Field, value: str, reason: Sentence, **places: Any) -> BadCell:
            return BadCell(line, self.title(field), value, reason, places)

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
