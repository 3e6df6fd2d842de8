"""Cells that a spreadsheet would run are opened as text; everything else comes back as it went."""

import csv
import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from fieldcast.commands.game._files import csv_bytes
from fieldcast.kit.spreadsheets import runs, safe_cell

SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "﹦", "﹢", "﹣", "﹫", "⁼", "−")
BEFORE = (
    "",
    " ",
    "  ",
    "\t",
    "\r",
    "\n",
    "\r\n",
    "\u3000",
    "\u00a0",
    "\u200b",
    "\ufeff",
    "\u202e",
    "\u2060",
    "\x00",
    "\u3164",
)


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("before", BEFORE, ids=ascii)
def test_text_that_a_spreadsheet_would_run_is_put_behind_an_apostrophe(before: str, sign: str) -> None:
    text = f"{before}{sign}1+cmd|' /C calc'!A0"
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["\t黄桃", "\r1", "\n1"])
def test_text_that_might_begin_a_cell_of_its_own_is_too(text: str) -> None:
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize(
    "text", ["", " ", "黄桃 5 斤装", "D261122-7KQ4MX2P", "1=1", " 1", "(-)", "‘=’", "—", "é", "’=1"]
)
def test_other_text_stays_as_it_is(text: str) -> None:
    assert safe_cell(text) == text


@pytest.mark.parametrize("number", [0, -5, Decimal("-139.30"), -0.5, 10**30])
def test_a_number_stays_a_number_also_below_zero(number: object) -> None:
    assert safe_cell(number) is number


def test_what_is_not_known_is_an_empty_cell() -> None:
    assert safe_cell(None) == ""


@given(text=some.text(some.characters(exclude_categories=["Cs", "Cc"]), max_size=30))
def test_honest_text_comes_back_as_it_went(text: str) -> None:
    file = io.StringIO()
    csv.writer(file).writerow([safe_cell(text), "x"])
    (row,) = csv.reader(io.StringIO(file.getvalue(), newline=""))
    assert row == [f"'{text}" if runs(text) else text, "x"]
    assert safe_cell(safe_cell(text)) == safe_cell(text)


def test_the_files_of_the_command_line_are_no_exception() -> None:
    assert b"'=1+1" in csv_bytes(["name"], [["=1+1"]])
