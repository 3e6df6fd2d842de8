"""Pictures as files: what is in them, and what they are called."""

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

from django.http import HttpResponse

from fieldcast.web.lab.sheets import Sheet
from fieldcast.web.lab.state import State
from fieldcast.web.lab.words import PAPER

KINDS: Final = {
    "svg": "image/svg+xml",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}


def table(sheet: Sheet) -> Iterator[tuple[Any, ...]]:
    """The figures with their names first."""
    yield sheet.columns
    for row in sheet.data():
        yield tuple(_cell(value) for value in row)


def document(sheet: Sheet, state: State) -> str:
    """The figures with the conditions they follow from and where the game comes from."""
    rows = [dict(zip(sheet.columns, (_plain(value) for value in row), strict=True)) for row in sheet.data()]
    said = {
        "picture": sheet.slug,
        "source": PAPER,
        "conditions": {name: float(value) for name, value in state.values.items()},
        "motion": state.motion,
        "rows": rows,
    }
    return json.dumps(said, ensure_ascii=False, allow_nan=False, indent=1)


def attachment(content: str, *, name: str, kind: str) -> HttpResponse:
    """A file to keep."""
    response = HttpResponse(content, content_type=KINDS[kind])
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response


def _plain(value: Any) -> Any:
    """A number to ten decimals; what is no number (never supervised, all the same) is nothing."""
    if not isinstance(value, float):
        return value
    return round(value, 10) if abs(value) < float("inf") else None


def _cell(value: Any) -> Any:
    found = _plain(value)
    return Decimal(repr(found)) if isinstance(found, float) else found
