"""A table comes out of any honest file as it went in, and out of a dishonest one not at all."""

import csv
import io
from collections.abc import Iterable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fieldcast.kit import tables
from fieldcast.kit.errors import Problem
from fieldcast.kit.tables import Limits, clean_cell, header_key, printable, read_table

HEADER = ["订单编号", "总金额 ", "收货地址 "]


def written(
    rows: Iterable[Iterable[str]],
    *,
    delimiter: str = ",",
    encoding: str = "utf-8",
    quoting: int = csv.QUOTE_MINIMAL,
) -> bytes:
    """A CSV file as another program would write it."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, quoting=quoting).writerows(rows)  # type: ignore[arg-type]  # an int is what csv takes
    return text.getvalue().encode(encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_encoding_and_delimiter_are_found(encoding: str, delimiter: str) -> None:
    table = read_table(written([HEADER, ["1", "39.8", "上海"]], delimiter=delimiter, encoding=encoding))
    assert table.header == ("订单编号", "总金额", "收货地址")
    assert [row.cells for row in table.rows] == [["1", "39.8", "上海"]]
    assert table.delimiter == delimiter


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_read_by_its_mark(encoding: str) -> None:
    data = ("\ufeff" + "订单编号\t金额\r\n1\t2\r\n").encode(encoding)
    table = read_table(data)
    assert table.header == ("订单编号", "金额")
    assert [row.cells for row in table.rows] == [["1", "2"]]


cells = st.text(
    alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff"), max_size=20
).filter(lambda cell: cell.strip(tables.INVISIBLE) != "")


@given(rows=st.lists(st.lists(cells, min_size=3, max_size=3), min_size=1, max_size=8))
@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
def test_what_csv_writes_is_what_is_read(rows: list[list[str]], quoting: int) -> None:
    table = read_table(written([HEADER, *rows], quoting=quoting))
    assert [row.cells for row in table.rows] == rows


@given(rows=st.lists(st.lists(cells, min_size=3, max_size=3), min_size=1, max_size=8))
def test_a_row_knows_the_physical_line_it_starts_on(rows: list[list[str]]) -> None:
    header = written([HEADER])
    starts, data = [], header
    for row in rows:
        # what a text editor calls a line end; csv writes "\r\n" between rows and keeps any kind inside quotes
        starts.append(data.decode().replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1)
        data += written([row])
    assert [row.line for row in read_table(data).rows] == starts


def test_a_quoted_line_break_does_not_shift_the_lines_after_it() -> None:
    table = read_table(b'a,b\n1,"x\ny\nz"\n2,w\n')
    assert [(row.line, row.cells) for row in table.rows] == [(2, ["1", "x\ny\nz"]), (5, ["2", "w"])]


def test_blank_rows_are_skipped_but_counted() -> None:
    table = read_table(b"\n , \na,b\n\n1,2\n,\n3,4\n\n")
    assert table.header_line == 3
    assert [(row.line, row.cells) for row in table.rows] == [(5, ["1", "2"]), (7, ["3", "4"])]


@given(data=st.binary(max_size=400))
@example(data=b"")
@example(data=b"\xff\xfe")
@example(data=b"\xff\xfea")
@example(data=b"a,b\n\x00,\x00\n")
@example(data=b'"')
@example(data=b"\xef\xbb\xbf")
@example(data=b"\x84\x31\xa4\x37,a")
@example(data=b"\r\n\r\xff\n")
def test_any_bytes_are_read_or_refused_with_a_sentence(data: bytes) -> None:
    refused = None
    try:
        assert all(row.line >= 1 for row in read_table(data).rows)
    except Problem as problem:
        refused = problem
    assert refused is None or (refused.message and refused.advice)


@pytest.mark.parametrize(
    "start",
    [
        b"PK\x03\x04rest",
        b"\xd0\xcf\x11\xe0\xa1\xb1",
        b"%PDF-1.7",
        b"\r\n<HTML><table>",
        b"\xef\xbb\xbf<!DOCTYPE html>",
    ],
)
def test_a_spreadsheet_or_a_web_page_is_refused_with_advice_to_save_as_csv(start: bytes) -> None:
    with pytest.raises(tables.NotPlainText) as refused:
        read_table(start)
    assert "CSV" in refused.value.advice


def test_a_file_above_the_limit_is_refused_before_it_is_read() -> None:
    with pytest.raises(tables.FileTooLarge):
        read_table(b"a,b\n" + b"1,2\n" * 10, limits=Limits(file_bytes=20))


def test_more_rows_than_the_limit_are_refused() -> None:
    table = read_table(b"a,b\n1,2\n3,4\n", limits=Limits(rows=1))
    with pytest.raises(tables.TooManyRows):
        list(table.rows)


@pytest.mark.parametrize("blank", [b"\n", b"\r", b",,\n", b" \n"])
def test_millions_of_blank_rows_are_refused_soon(blank: bytes) -> None:
    with pytest.raises(tables.TooManyRows):
        list(read_table(b"a,b\n" + blank * 100, limits=Limits(rows=50)).rows)
    with pytest.raises(tables.TooManyRows):
        read_table(blank * 100, limits=Limits(rows=50))


def test_exactly_as_many_rows_as_the_limit_are_read() -> None:
    assert len(list(read_table(b"a,b\n1,2\n3,4\n", limits=Limits(rows=2)).rows)) == 2


@pytest.mark.parametrize("body", [b"x" * 5_000, b'"' + b"x\n" * 5_000, b",\n" + b"," * 5_000])
def test_a_row_that_does_not_end_is_refused_with_its_line(body: bytes) -> None:
    table = read_table(b"a,b\n1,2\n" + body, limits=Limits(row_chars=1_000))
    with pytest.raises(tables.RowTooLong) as refused:
        list(table.rows)
    assert refused.value.facts["line"] == (4 if body.startswith(b",\n") else 3)


def test_a_header_of_a_million_columns_is_refused() -> None:
    with pytest.raises(tables.TooManyColumns):
        read_table(b",".join([b"a"] * 1_000) + b"\n1\n")


def test_a_quotation_mark_that_is_never_closed_is_named_by_the_line_it_opens_on() -> None:
    table = read_table(b'a,b\n1,2\n3,"4\n5,6\n')
    with pytest.raises(tables.BrokenQuotes) as refused:
        list(table.rows)
    assert refused.value.facts["line"] == 3


def test_one_broken_byte_in_a_utf_8_file_is_refused_with_its_line_instead_of_read_as_nonsense() -> None:
    data = "订单编号,商品\n1,苹果\n2,".encode() + b"\xe8\x8b" + "\n3,梨\n".encode()
    with pytest.raises(tables.UnreadableText) as refused:
        read_table(data)
    assert refused.value.facts["line"] == 3


def test_an_empty_file_has_no_table() -> None:
    with pytest.raises(tables.EmptyTable):
        read_table(b" \r\n\t\r\n")


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ('="4581234567890123456"', "4581234567890123456"),
        ("\t6917926768823643751", "6917926768823643751"),
        ("'13800", "13800"),
        ("'13800'", "13800"),
        ("\u3000上海\u00a0", "上海"),
        ("\ufeff订单", "订单"),
        ("=", "="),
        ('="', '="'),
        ("'", ""),
        ("it's", "it's"),
    ],
)
def test_marks_that_keep_excel_from_rounding_are_taken_off(cell: str, value: str) -> None:
    assert clean_cell(cell) == value


@given(text=st.text(max_size=30))
def test_cleaning_and_keying_never_fail_and_settle(text: str) -> None:
    assert clean_cell(text) == clean_cell(text)
    assert header_key(f" {text} ") == header_key(text)
    shown = printable(text, 10)
    assert len(shown) <= 10
    assert "\n" not in shown
    assert "\0" not in shown


def test_a_title_is_found_however_it_is_spaced_or_widened() -> None:
    table = read_table("订 单 编号,ＡＭＯＵＮＴ\n1,2\n".encode())
    assert table.positions("订单编号") == [0]
    assert table.positions("amount ") == [1]
    assert table.positions("无") == []
