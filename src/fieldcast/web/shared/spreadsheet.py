"""CSV files that people open in Excel or WPS: with the mark that makes them read UTF-8, and with no cell that a
spreadsheet would run as a formula.
"""

import base64
import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.http import HttpResponse

from fieldcast.kit.spreadsheets import safe_cell


def csv_text(rows: Iterable[Sequence[Any]]) -> str:
    """Rows as CSV, the first of them the heading. None is an empty cell."""
    text = io.StringIO()
    writer = csv.writer(text)
    for row in rows:
        writer.writerow([safe_cell(cell) for cell in row])
    return "\ufeff" + text.getvalue()


def amount(fen: int | None) -> Decimal | None:
    """Fen as yuan for a column of figures: 128380 is `1283.80`."""
    return None if fen is None else Decimal(fen).scaleb(-2)


def csv_response(rows: Iterable[Sequence[Any]], *, name: str) -> HttpResponse:
    """A file to keep, called `name`.csv (plain letters)."""
    response = HttpResponse(csv_text(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    response["Cache-Control"] = "no-store"
    return response


def csv_link(rows: Iterable[Sequence[Any]]) -> str:
    """The same file as an address of its own, for what is not kept anywhere."""
    return "data:text/csv;charset=utf-8;base64," + base64.b64encode(csv_text(rows).encode()).decode()
