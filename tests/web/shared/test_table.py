"""The component `table.html`: what a page says of its rows, and how it is written down."""

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from fieldcast.trade.types import OrderState
from fieldcast.web.shared.table import Cell, Column, Table


def shown(*cells: Cell) -> str:
    """A table of one row, its markup without the white space between elements."""
    columns = tuple(Column(f"h{place}", number=place == 1) for place, _cell in enumerate(cells))
    with override("en"):
        text = render_to_string("components/table.html", {"table": Table(columns, (cells,))})
    return "".join(line.strip() for line in text.splitlines())


def test_the_first_cell_heads_its_row_and_the_others_name_their_column() -> None:
    text = shown(Cell("a"), Cell("1"), Cell("b"))
    assert '<th scope="col">h0</th><th scope="col" class="n">h1</th><th scope="col">h2</th>' in text
    assert '<th scope="row">a</th><td class="n" data-label="h1">1</td><td data-label="h2">b</td>' in text


def test_words_may_lead_somewhere_be_a_code_or_stand_on_several_lines() -> None:
    text = shown(Cell("A1", href="/a/", code=True), Cell("B1", code=True), Cell(lines=("x × 1", "y × 2")))
    assert '<a class="code" href="/a/">A1</a>' in text
    assert '<span class="code">B1</span>' in text
    assert "<span>x × 1<br>y × 2</span>" in text


def test_a_state_is_its_chip() -> None:
    text = shown(Cell("a"), Cell(state=OrderState.PAID))
    assert '<span class="chip' in text
    assert "paid" in text.lower()


def test_what_people_wrote_is_never_markup() -> None:
    text = shown(Cell("<b>"), Cell(lines=("<i>",)), Cell("<u>", href="/?a&b"))
    assert "<b>" not in text
    assert "<i>" not in text
    assert '<a href="/?a&amp;b">&lt;u&gt;</a>' in text


def test_an_empty_cell_holds_nothing() -> None:
    assert '<td class="n" data-label="h1"></td>' in shown(Cell("a"), Cell())


def test_a_row_has_a_cell_for_each_column() -> None:
    with pytest.raises(ValueError, match="each column"):
        Table((Column("a"), Column("b")), ((Cell("1"),),))
