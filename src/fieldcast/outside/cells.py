"""Reads the cells of one row of an export, or says what is wrong with each.

What always holds: every mistake of a row is named, with the line, the column's own title and the value; of an address
no more is shown than is needed to find the row.
"""

import re
from datetime import datetime
from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from fieldcast.kit.errors import Sentence
from fieldcast.kit.tables import Row, clean_cell, printable
from fieldcast.outside import values
from fieldcast.outside.columns import Chosen
from fieldcast.outside.types import BadCell, Field

CELL_CHARS = 2_000
SHOWN_CHARS = 40
SHOWN_ADDRESS_CHARS = 12  # enough to find the row, too little to be somebody's address
EMPTY_MARKS = frozenset({"", "-", "--", "—", "/"})
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class CellReader:
    """Reads rows of one table; knows its columns and the time it is read at."""

    def __init__(self, *, chosen: list[Chosen], width: int, now: datetime) -> None:
        self.chosen = chosen
        self._width = width
        time = partial(values.read_time, now=now)
        self._readers: dict[Field, Any] = {
            Field.NUMBER: values.read_number,
            Field.AMOUNT: values.read_amount,
            Field.PAID: values.read_amount,
            Field.REFUND: values.read_amount,
            Field.PROVINCE: values.read_place,
            Field.ADDRESS: values.read_place,
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
        return next((each.title for each in self.chosen if each.column.field is field), "")

    def place(self, field: Field) -> int | None:
        """Where the values of `field` stand among those that `read` returns."""
        return next((i for i, each in enumerate(self.chosen) if each.column.field is field), None)

    def read(self, row: Row) -> tuple[list[Any] | None, list[BadCell]]:
        """The values of the chosen columns, in their order, or what is wrong with the row."""
        cells = row.cells
        if len(cells) != self._width and (
            len(cells) < self._width or any(clean_cell(cell) for cell in cells[self._width :])
        ):
            return None, [self._ragged(row)]
        found: list[Any] = []
        mistakes = []
        for chosen in self.chosen:
            try:
                found.append(self._cell(chosen, cells[chosen.position]))
            except values.BadValue as error:
                mistakes.append(
                    self.bad(row, chosen.column.field, cells[chosen.position], error.reason, **error.facts)
                )
        return (None, mistakes) if mistakes else (found, [])

    def bad(self, row: Row, field: Field, value: str, reason: Sentence, **facts: Any) -> BadCell:
        """A mistake in the column of `field`; on a further sheet of a workbook the sheet is named with it."""
        length = SHOWN_ADDRESS_CHARS if field is Field.ADDRESS else SHOWN_CHARS
        title = self.title(field)
        return BadCell(
            line=row.line,
            column=f"{printable(row.sheet)} · {title}" if row.sheet else title,
            value=printable(clean_cell(value[:CELL_CHARS]), length),
            reason=reason,
            facts=facts,
        )

    def _ragged(self, row: Row) -> BadCell:
        facts = {"cells": len(row.cells), "columns": self._width}
        reason = ngettext_lazy(
            "The row has %(cells)s cell, the header has %(columns)s.",
            "The row has %(cells)s cells, the header has %(columns)s.",
            "cells",
        )
        return BadCell(row.line, "", printable(row.cells[0], SHOWN_CHARS), reason, facts)

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
