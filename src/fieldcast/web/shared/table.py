"""A table of rows under headings, as the component `table.html` shows it: the first cell of a row heads it, and on a
phone each row is a card. A page says what stands in it; how it looks is said once.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Column:
    """A column by its heading. Numbers stand to the right."""

    title: str
    number: bool = False


@dataclass(frozen=True)
class Cell:
    """What stands in a cell: words, several lines of them, or the chip of a state (an order's, a session's, …).

    With `href` the words lead somewhere; `code` are the letters of a number that people compare.
    """

    text: str = ""
    href: str = ""
    code: bool = False
    lines: tuple[str, ...] = ()
    state: Any = None


@dataclass(frozen=True)
class Table:
    """Rows of cells, one for each column, and the line of totals under them. Raises `ValueError` for another length."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    totals: tuple[Cell, ...] = ()

    def __post_init__(self) -> None:
        lines = [*self.rows, *([self.totals] if self.totals else [])]
        if any(len(row) != len(self.columns) for row in lines):
            raise ValueError("each row has a cell for each column")

    def shown(self) -> Iterator[list[tuple[Column, Cell]]]:
        """Row by row, each cell with its column."""
        return ([*zip(self.columns, row, strict=True)] for row in self.rows)

    def totals_shown(self) -> list[tuple[Column, Cell]]:
        """The line of totals, each cell with its column; empty where nothing is added up."""
        return [*zip(self.columns, self.totals, strict=True)] if self.totals else []
