"""Files that people open in a spreadsheet."""

import csv
import io
from decimal import Decimal

import pytest

from fieldcast.web.coop.spreadsheet import amount, csv_text, safe


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
def test_text_that_a_spreadsheet_would_run_is_put_behind_an_apostrophe(text: str) -> None:
    assert safe(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "黄桃 5 斤装", "D261122-7KQ4MX2P", "1=1", " =1"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert safe(text) == text


def test_an_amount_is_a_number_also_below_zero() -> None:
    rows = list(
        csv.reader(io.StringIO(csv_text([["Amount"], [amount(128_380)], [amount(-13_930)], [amount(5)]])))
    )
    assert [row[0] for row in rows[1:]] == ["1283.80", "-139.30", "0.05"]
    assert amount(-5) == Decimal("-0.05")


def test_what_is_not_known_is_an_empty_cell() -> None:
    assert csv_text([[None, amount(None), 0]]) == "\ufeff,,0\r\n"


def test_excel_is_told_that_the_file_is_unicode() -> None:
    assert csv_text([["订单"]]).encode().startswith(b"\xef\xbb\xbf")
