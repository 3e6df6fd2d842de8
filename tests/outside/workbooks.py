"""Writes small .xlsx workbooks for the tests, byte by byte as the format has them, honest ones and others."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from xml.sax.saxutils import escape

DAY_ZERO = datetime(1899, 12, 30)
Cell = str | float | int | bool | datetime | None
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
HIDDEN = ' state="hidden"'
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STYLES = (
    f'{HEAD}<styleSheet xmlns="{MAIN}"><fonts><font/></fonts><fills><fill/></fills><borders><border/></borders>'
    '<cellStyleXfs><xf/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="22" applyNumberFormat="1"/></cellXfs>'
    "</styleSheet>"
)


def workbook(
    sheets: Mapping[str, Sequence[Sequence[Cell]]],
    *,
    hidden: Sequence[str] = (),
    more: Mapping[str, bytes] | None = None,
) -> bytes:
    """A workbook with these rows on its sheets."""
    parts = {f"xl/worksheets/sheet{i}.xml": sheet(rows).encode() for i, rows in enumerate(sheets.values(), 1)}
    return packed(parts, names=list(sheets), hidden=hidden, more=more)


def packed(
    parts: Mapping[str, bytes],
    *,
    names: Sequence[str],
    hidden: Sequence[str] = (),
    more: Mapping[str, bytes] | None = None,
) -> bytes:
    """The parts of the sheets as a workbook: a zip with the parts that every workbook has."""
    numbers = range(1, len(names) + 1)
    listed = "".join(
        f'<sheet name="{escape(name)}" sheetId="{i}" r:id="rId{i}"{HIDDEN if name in hidden else ""}/>'
        for i, name in zip(numbers, names, strict=True)
    )
    related = (
        "".join(
            f'<Relationship Id="rId{i}" Type="{REL}/worksheet" Target="worksheets/sheet{i}.xml"/>'
            for i in numbers
        )
        + f'<Relationship Id="rId900" Type="{REL}/styles" Target="styles.xml"/>'
    )
    package = "http://schemas.openxmlformats.org/package/2006"
    files: dict[str, bytes] = {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{package}/content-types"/>'.encode(),
        "_rels/.rels": (
            f'{HEAD}<Relationships xmlns="{package}/relationships"><Relationship Id="rId1"'
            f' Type="{REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
        ).encode(),
        "xl/workbook.xml": (
            f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{REL}"><sheets>{listed}</sheets></workbook>'
        ).encode(),
        "xl/_rels/workbook.xml.rels": (
            f'{HEAD}<Relationships xmlns="{package}/relationships">{related}</Relationships>'
        ).encode(),
        "xl/styles.xml": STYLES.encode(),
        **parts,
        **(more or {}),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def sheet(rows: Sequence[Sequence[Cell]]) -> str:
    """A worksheet's part; an empty row is left out, as spreadsheets do."""
    drawn = "".join(
        f'<row r="{line}">{"".join(cell(value, f"{column(i)}{line}") for i, value in enumerate(row))}</row>'
        for line, row in enumerate(rows, start=1)
        if row
    )
    return f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData>{drawn}</sheetData></worksheet>'


def cell(value: Cell, place: str) -> str:
    """One cell: text in place, numbers, truths and times (in the style of a time)."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return f'<c r="{place}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, datetime):
        return f'<c r="{place}" s="1"><v>{(value - DAY_ZERO).total_seconds() / 86_400!r}</v></c>'
    if isinstance(value, str):
        return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
    return f'<c r="{place}"><v>{value!r}</v></c>'


def column(number: int) -> str:
    """The letters of a column: 0 is A, 26 is AA."""
    letters = ""
    number += 1
    while number:
        number, left = divmod(number - 1, 26)
        letters = chr(65 + left) + letters
    return letters
