"""Files that people open in a spreadsheet."""

import csv
import io
from decimal import Decimal

from fieldcast.web.shared.spreadsheet import amount, csv_text


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


def test_no_text_of_a_file_is_run() -> None:
    shown = list(csv.reader(io.StringIO(csv_text([["＝1+1", " @x", "黄桃"]]).removeprefix("\ufeff"))))
    assert shown == [["'＝1+1", "' @x", "黄桃"]]
