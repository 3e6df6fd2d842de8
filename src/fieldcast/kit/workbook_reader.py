"""The child that opens a stranger's workbook, so that whatever it does there ends with this process.

Run as a program of its own, never imported: it takes the workbook on standard input (its length on a line, then its
bytes), and within limits on memory and time set before the first byte writes one line of JSON a message: the first
rows of every visible sheet; then, for each sheet that the parent names on a line, its rows. Values come as text, as a
spreadsheet shows them. Formulas are not run: what was kept as their result is read. Macros are not looked at.
"""

import io
import json
import resource
import sys
from datetime import date, datetime
from typing import Any

MEMORY_BYTES = 1536 * 1024 * 1024
CPU_SECONDS = 60
SHOWN_DIGITS = 15  # as many as a spreadsheet keeps of a number


def text_of(value: Any) -> str:
    """A cell as text: numbers without what binary fractions add, and times as exports write them."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        # past its digits a spreadsheet has rounded: written as it would show it, so that nobody takes it for exact
        return f"{value:.{SHOWN_DIGITS}g}".replace("e+", "E+")
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}"
    if isinstance(value, date):
        return f"{value:%Y-%m-%d}"
    return "" if value is None else str(value)


def rows_of(sheet: Any) -> Any:
    """Line and cells of each row that is not blank, without the empty cells at its end."""
    for line, row in enumerate(sheet.iter_rows(), start=1):
        cells = [text_of(value) for value in row]
        while cells and not cells[-1].strip():
            cells.pop()
        if cells:
            yield line, cells


def heads(sheet: Any, count: int) -> list[Any]:
    """The first rows of a sheet."""
    found = []
    for row in rows_of(sheet):
        found.append(row)
        if len(found) == count:
            break
    return found


def main() -> None:
    """Read, answer, stream. What goes wrong is said as one message, or not at all when the limits end us."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    say = sys.stdout.write
    data = sys.stdin.buffer.read(int(sys.stdin.buffer.readline()))
    # only now, within the limits
    from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum  # noqa: PLC0415

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        names = [one.name for one in book.sheets_metadata if one.visible == SheetVisibleEnum.Visible]
        sheets = {name: book.get_sheet_by_name(name) for name in names}
        count = int(sys.argv[1])
        say(json.dumps({"heads": {name: heads(sheet, count) for name, sheet in sheets.items()}}) + "\n")
        sys.stdout.flush()
        for asked in sys.stdin.buffer:
            for row in rows_of(sheets[json.loads(asked)]):
                say(json.dumps(row) + "\n")
            say('"end"\n')
            sys.stdout.flush()
    except (CalamineError, ValueError, OSError, MemoryError) as error:
        say(json.dumps({"error": type(error).__name__}) + "\n")


if __name__ == "__main__":
    main()
