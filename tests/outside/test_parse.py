"""Every row is judged, every mistake is named, and one bad row means that there are no orders at all."""

from typing import Any

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from fieldcast.kit.errors import Problem
from fieldcast.kit.tables import EmptyTable
from fieldcast.outside.cells import CELL_CHARS
from fieldcast.outside.formats import FORMATS
from fieldcast.outside.parse import SHOWN_CELLS, BadRows, parse
from fieldcast.outside.types import BadCell, IncomingOrder, Stage
from tests.outside.files import HEADERS, NOW, ROWS, TMALL, TMALL_ROW, export, table


def refused(data: bytes, format_code: str = "tmall") -> BadRows:
    with pytest.raises(BadRows) as caught:
        parse(data=data, format_code=format_code, column_map={}, now=NOW)
    return caught.value


def only(problem: BadRows) -> BadCell:
    (cell,) = problem.cells
    return cell


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"总金额": "12元5"}, "总金额"),
        ({"总金额": ""}, "总金额"),
        ({"总金额": "-1"}, "总金额"),
        ({"买家实际支付金额": "178.81", "退款金额": "0"}, "买家实际支付金额"),
        ({"退款金额": "200"}, "买家实际支付金额"),
        ({"订单创建时间": "昨天"}, "订单创建时间"),
        ({"订单付款时间 ": "2026-09-01 07:59:59"}, "订单付款时间"),
        ({"订单付款时间 ": ""}, "订单付款时间"),
        ({"订单付款时间 ": "2026-10-01 08:00:00"}, "订单付款时间"),
        ({"订单编号": "4.58E+18"}, "订单编号"),
        ({"订单编号": "=HYPERLINK(1)"}, "订单编号"),
        ({"总金额": "1" * (CELL_CHARS + 1)}, "总金额"),
        ({"总金额": "1\x002"}, "总金额"),
    ],
)
def test_a_bad_cell_is_named_by_line_and_column_with_a_reason(change: dict[str, str], column: str) -> None:
    problem = refused(export("tmall", {}, {"订单编号": "1002", **change}))
    cell = only(problem)
    assert (cell.line, cell.column) == (3, column)
    assert cell.message
    assert (problem.facts["total"], problem.facts["rows"]) == (1, 2)


def test_a_refund_above_what_was_paid_is_refused() -> None:
    problem = refused(export("generic", {"退款金额": "40"}), "generic")
    assert only(problem).column == "退款金额"


def test_a_row_with_too_few_or_too_many_cells_is_refused_with_both_counts() -> None:
    problem = refused(table(TMALL, [TMALL_ROW[:-1], [*TMALL_ROW, "x"]]))
    assert [(cell.line, cell.facts["cells"]) for cell in problem.cells] == [(2, 6), (3, 8)]
    assert all("7" in cell.message for cell in problem.cells)


def test_empty_cells_after_the_last_column_are_no_matter() -> None:
    assert (
        parse(data=table(TMALL, [[*TMALL_ROW, "", " "]]), format_code="tmall", column_map={}, now=NOW).rows
        == 1
    )


def test_every_mistake_of_a_row_is_shown_and_the_row_counted_once() -> None:
    problem = refused(export("tmall", {"总金额": "x", "退款金额": "y", "订单创建时间": "z"}))
    assert [cell.column for cell in problem.cells] == ["总金额", "订单创建时间", "退款金额"]
    assert problem.facts["total"] == 1


def test_only_the_first_mistakes_are_shown_but_all_are_counted() -> None:
    problem = refused(export("tmall", *({"总金额": "x"} for _ in range(SHOWN_CELLS + 50))))
    assert len(problem.cells) == len(problem.facts["bad"]) == SHOWN_CELLS
    assert problem.facts["total"] == SHOWN_CELLS + 50
    assert "150" in problem.message


def test_lines_are_those_of_a_text_editor_even_after_a_cell_with_line_breaks() -> None:
    data = export("generic", {"商品": "花\n椒\n礼盒"}, {"订单号": "G-2", "数量": "半"})
    assert only(refused(data, "generic")).line == 5


def test_an_address_is_shown_only_so_far_that_the_row_can_be_found() -> None:
    cell = only(
        refused(export("tmall", {"收货地址 ": "浙江省杭州市\x01西湖区灵隐街道四零二室张三收13800000000"}))
    )
    assert cell.value == "浙江省杭州市�西湖区灵…"


def test_the_same_number_with_other_values_is_refused_and_the_first_line_named() -> None:
    cell = only(refused(export("tmall", {}, {"退款金额": "0"})))
    assert (cell.line, cell.column, cell.value, cell.facts["line"]) == (3, "订单编号", "1001", 2)


def test_the_same_row_twice_is_one_order() -> None:
    parsed = parse(data=export("tmall", {}, {}), format_code="tmall", column_map={}, now=NOW)
    assert (parsed.rows, len(parsed.orders)) == (2, 1)


def test_a_header_without_rows_is_an_empty_table() -> None:
    with pytest.raises(EmptyTable):
        parse(data=table(TMALL, []), format_code="tmall", column_map={}, now=NOW)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_the_encoding_makes_no_difference(encoding: str) -> None:
    def orders(written_in: str) -> object:
        return parse(
            data=export("douyin", encoding=written_in), format_code="douyin", column_map={}, now=NOW
        ).orders

    assert orders(encoding) == orders("utf-8")


def test_marks_against_excel_are_taken_off_numbers() -> None:
    for written in ('="1001"', "\t1001", "'1001"):
        data = export("tmall", {"订单编号": written})
        assert parse(data=data, format_code="tmall", column_map={}, now=NOW).orders[0].number == "1001"


def test_reasons_are_said_in_the_reader_s_language() -> None:
    problem = refused(export("tmall", {"总金额": "x"}))
    with translation.override("en"):
        english = problem.cells[0].message, problem.message
    with translation.override("zh-hans"):
        chinese = problem.cells[0].message, problem.message
    assert english[0] == "This is not an amount in yuan, such as 39.80."
    assert "1 of 1 row " in english[1]
    assert english != chinese


def test_progress_is_told_row_by_row_and_reaches_the_end() -> None:
    seen: list[tuple[Stage, int, int]] = []

    def progress(*, stage: Stage, done: int, total: int) -> None:
        seen.append((stage, done, total))

    data = export("tmall", *({"订单编号": str(number)} for number in range(2_500)))
    parse(data=data, format_code="tmall", column_map={}, now=NOW, progress=progress)
    assert [done for _, done, _ in seen] == [1_000, 2_000, 2_500]
    assert all(stage is Stage.READING and done <= total for stage, done, total in seen)
    assert seen[-1][1] == seen[-1][2]


@given(data=st.data())
@pytest.mark.parametrize("kind", list(FORMATS))
def test_any_cells_under_a_good_header_are_orders_or_a_list_of_reasons(kind: str, data: Any) -> None:
    cell = st.sampled_from(ROWS[kind]) | st.text(max_size=12)
    rows = data.draw(st.lists(st.lists(cell, max_size=len(HEADERS[kind]) + 1), min_size=1, max_size=4))
    orders: tuple[IncomingOrder, ...] = ()
    refused: Problem | None = None
    try:
        orders = parse(
            data=table(HEADERS[kind], [row or [""] for row in rows]), format_code=kind, column_map={}, now=NOW
        ).orders
    except Problem as problem:
        refused = problem
    assert bool(orders) != bool(refused and refused.message)
    assert all(0 <= (order.refund_fen or 0) <= order.paid_fen <= order.amount_fen for order in orders)
    if isinstance(refused, BadRows):
        assert all(cell.message and cell.line >= 2 for cell in refused.cells)


@given(data=st.binary(max_size=300))
@pytest.mark.parametrize("kind", list(FORMATS))
def test_any_bytes_at_all_are_refused_with_a_sentence(kind: str, data: bytes) -> None:
    with pytest.raises(Problem) as caught:
        parse(data=data, format_code=kind, column_map={}, now=NOW)
    assert caught.value.message
    assert caught.value.advice
