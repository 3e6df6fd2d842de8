"""A workbook is read as its rows are shown; a hostile one is a sentence, and ends in a process of its own."""

import zipfile
from datetime import datetime
from io import BytesIO

import pytest

from fieldcast.kit.errors import Problem
from fieldcast.kit.tables import (
    EmptyTable,
    FileTooLarge,
    Limits,
    NotPlainText,
    RowTooLong,
    Score,
    Table,
    TooManyColumns,
    TooManyRows,
)
from fieldcast.kit.workbooks import (
    WorkbookTooLarge,
    WorkbookUnreadable,
    WorkbookWithMacros,
    read_workbook,
)
from tests.outside.workbooks import HEAD, MAIN, Cell, packed, sheet, workbook

HEADER = ("订单号", "金额", "时间")
NOON = datetime(2026, 5, 1, 8, 30, 12)


def titles(*wanted: str) -> Score:
    return lambda cells: len({*cells} & {*wanted})


def read(data: bytes, limits: Limits | None = None) -> Table:
    return read_workbook(data, score=titles(*HEADER), limits=limits)


def test_values_come_as_a_spreadsheet_shows_them() -> None:
    row: list[Cell] = ["\t6917926768823643751", 0.1 + 0.2, NOON, 100, True, 6917926768823643751, None, "=1+1"]
    table = read(workbook({"订单": [[*HEADER, *"abcde"], row]}))
    (line, cells, _sheet) = next(iter(table.rows))
    assert (line, table.encoding) == (2, "xlsx")
    assert cells == [
        "\t6917926768823643751",
        "0.3",
        "2026-05-01 08:30:12",
        "100",
        "TRUE",
        "6.91792676882364E+18",
        "",
        "=1+1",
    ]


def test_of_a_formula_what_was_kept_as_its_result_is_read_and_nothing_is_run() -> None:
    cells = (
        '<c r="A1" t="str"><f>"订"&amp;"单号"</f><v>订单号</v></c><c r="B1" t="str"><f>1</f><v>金额</v></c>'
    )
    rows = f'<row r="1">{cells}</row><row r="2"><c r="A2"><f>HYPERLINK(1)</f><v>7</v></c><c r="B2"><f>1+1</f></c></row>'
    part = f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
    table = read(packed({"xl/worksheets/sheet1.xml": part.encode()}, names=["a"]))
    assert table.header == ("订单号", "金额")
    assert [row.cells for row in table.rows] == [["7", ""]]


def test_the_sheet_and_the_line_of_the_header_are_found_and_sheets_with_the_same_header_read_on() -> None:
    data = workbook(
        {
            "说明": [["请勿修改"], ["a", "b", "c", "d", "e"]],
            "订单1": [["订单表"], [], [*HEADER], ["1", 1, "x"]],
            "藏": [[*HEADER], ["9", 9, "x"]],
            "订单2": [[*HEADER], ["2", 2], ["3", 3, "x"]],
        },
        hidden=["藏"],
    )
    table = read(data)
    assert (table.header, table.header_line, table.above, table.sheets) == (HEADER, 3, 1, ("说明",))
    assert [tuple(row) for row in table.rows] == [
        (4, ["1", "1", "x"], ""),
        (2, ["2", "2", ""], "订单2"),
        (3, ["3", "3", "x"], "订单2"),
    ]


@pytest.mark.parametrize(
    ("limits", "problem"),
    [
        (Limits(file_bytes=100), FileTooLarge),
        (Limits(rows=1), TooManyRows),
        (Limits(columns=2), TooManyColumns),
        (Limits(row_chars=5), RowTooLong),
    ],
)
def test_the_limits_are_those_of_any_table(limits: Limits, problem: type[Problem]) -> None:
    data = workbook({"a": [[*HEADER], ["1", 1, "xxxxxx"], ["2", 2, "x"], ["3", 3, "x"]]})
    with pytest.raises(problem):
        list(read(data, limits).rows)


def test_an_empty_workbook_and_archives_of_other_things_are_refused() -> None:
    with pytest.raises(EmptyTable):
        read(workbook({"a": []}))
    other = BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("word/document.xml", "x")
    with pytest.raises(NotPlainText):
        read(other.getvalue())
    good = workbook({"a": [[*HEADER]]})
    for broken in (b"PK\x03\x04" + b"0" * 50, good[: len(good) // 2], packed({}, names=["a"])):
        with pytest.raises((WorkbookUnreadable, EmptyTable)):
            read(broken)


def test_a_workbook_with_macros_is_refused_unopened() -> None:
    with pytest.raises(WorkbookWithMacros):
        read(workbook({"a": [[*HEADER], ["1", 1, "x"]]}, more={"xl/vbaProject.bin": b"x"}))


def test_a_bomb_that_says_its_size_is_refused_unopened_and_so_is_one_of_many_parts() -> None:
    parts = {f"xl/media/{i}": b"" for i in range(2_001)}
    with pytest.raises(WorkbookTooLarge):
        read(workbook({"a": [[*HEADER]]}, more=parts))
    data = bytearray(workbook({"a": [[*HEADER]]}))
    listed = data.rindex(b"PK\x01\x02")
    data[listed + 24 : listed + 28] = (2**32 - 2).to_bytes(4, "little")  # what it will unpack to
    with pytest.raises(WorkbookTooLarge):
        read(bytes(data))


def test_a_sheet_that_would_take_all_memory_ends_alone() -> None:
    """Two cells, one in the last place there is: laid out as a table they are 17 thousand million."""
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    part = sheet([[*HEADER], ["1", 1, "x"]]).replace("</sheetData>", far)
    with pytest.raises((WorkbookTooLarge, WorkbookUnreadable)):
        read(packed({"xl/worksheets/sheet1.xml": part.encode()}, names=["a"]))
