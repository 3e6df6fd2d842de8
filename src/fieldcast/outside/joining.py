"""Gathers rows into orders: which rows are one order, and what is added up and what is taken once.

What always holds: the number says which rows are one order. Where a format has an order on several rows, what is of the
row (pieces, a refund beside each product) is added up and products are listed; what is of the order (its amount, its
times, its place) stands on every row, is taken once, and must be the same on each. A row that stands twice, cell for
cell, is one row: a sum never grows because a file was put together from two that overlap.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from fieldcast.kit.tables import Row
from fieldcast.outside.cells import CellReader
from fieldcast.outside.types import BadCell, Field, Format
from fieldcast.outside.values import read_title

SUMMED = frozenset({Field.AMOUNT, Field.PAID, Field.REFUND, Field.QUANTITY})
BETWEEN = "、"


@dataclass(slots=True)
class Gathered:
    """An order so far: its first row, without cells, and its values by column."""

    row: Row
    values: list[Any]


class Orders:
    """The orders of one file. `joined` counts the rows that were further lines of an order."""

    def __init__(self, *, format_: Format, reader: CellReader) -> None:
        self.joined = 0
        self._reader = reader
        self._orders: dict[str, Gathered] = {}
        self._number = reader.place(Field.NUMBER) or 0
        self._joins = format_.joins_rows
        self._seen: set[int] = set()  # rows, cell for cell, where one order may have several

    def __iter__(self) -> Iterator[Gathered]:
        return iter(self._orders.values())

    def __len__(self) -> int:
        return len(self._orders)

    def add(self, row: Row, values: list[Any]) -> list[BadCell]:
        """Take a row into its order; what is wrong between it and the rows before it."""
        number = values[self._number]
        again = self._stands_already(row) if self._joins else False
        order = self._orders.get(number)
        if order is None:
            self._orders[number] = Gathered(Row(row.line, [], row.sheet), values)
            return []
        if again:
            return []
        if not self._joins:
            return [] if order.values == values else [self._differs(row, order, Field.NUMBER, number)]
        return self._join(row, order, values)

    def _stands_already(self, row: Row) -> bool:
        key = hash(tuple(row.cells))
        if key in self._seen:
            return True
        self._seen.add(key)
        return False

    def _join(self, row: Row, order: Gathered, values: list[Any]) -> list[BadCell]:
        mistakes = []
        joined = []
        for chosen, first, more in zip(self._reader.chosen, order.values, values, strict=True):
            column = chosen.column
            if not column.per_line:
                if first != more:
                    mistakes.append(self._differs(row, order, column.field, row.cells[chosen.position]))
                joined.append(first)
            elif column.field in SUMMED:
                joined.append(None if first is None or more is None else first + more)
            else:
                joined.append(_listed(first, more))
        if not mistakes:
            order.values = joined
            self.joined += 1
        return mistakes

    def _differs(self, row: Row, order: Gathered, field: Field, value: str) -> BadCell:
        if field is Field.NUMBER:
            reason = _("This order already stands on line %(line)s, with other values.")
        else:
            reason = _("This order also stands on line %(line)s, where it says something else.")
        return self._reader.bad(row, field, value, reason, line=order.row.line)


def _listed(first: str | None, more: str | None) -> str | None:
    if not first or not more:
        return first or more
    return first if more in first.split(BETWEEN) else read_title(f"{first}{BETWEEN}{more}")
