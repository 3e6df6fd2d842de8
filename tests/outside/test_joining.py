"""Rows of one order are put together by a rule; lines around the table are left out and counted."""

import pytest

from fieldcast.outside.parse import BadRows, Parsed, parse
from tests.outside.files import GENERIC, GENERIC_ROW, NOW, TMALL, TMALL_ROW, export, table


def read(data: bytes, kind: str) -> Parsed:
    return parse(data=data, format_code=kind, column_map={}, now=NOW)


SECOND = {"商品名称": "花椒", "SKU编码(自定义)": "B-1", "商品数量": "3", "商品已退款金额": "15.90"}


def test_pieces_and_refunds_are_added_up_products_listed_and_the_order_s_amount_taken_once() -> None:
    parsed = read(export("wechat", {}, SECOND, {"订单号": "9"}), "wechat")
    first, other = parsed.orders
    assert (first.amount_fen, first.paid_fen, first.refund_fen) == (6480, 6480, 1590)
    assert (first.product_title, first.quantity, first.line) == ("高山苹果、花椒", 4, 2)
    assert (other.number, other.quantity) == ("9", 1)
    assert (parsed.rows, parsed.aside.joined) == (2, 1)


def test_rows_of_one_order_need_not_stand_together() -> None:
    parsed = read(export("wechat", {}, {"订单号": "9"}, SECOND), "wechat")
    assert [order.quantity for order in parsed.orders] == [4, 1]


def test_a_row_that_stands_twice_is_added_once() -> None:
    parsed = read(export("wechat", {}, SECOND, SECOND, {}), "wechat")
    assert (parsed.orders[0].quantity, parsed.aside.joined) == (4, 1)


def test_what_one_row_does_not_know_the_order_does_not_know() -> None:
    unknown = read(export("wechat", {}, {**SECOND, "商品已退款金额": "", "商品数量": ""}), "wechat").orders[0]
    assert (unknown.refund_fen, unknown.quantity) == (None, None)


def test_rows_of_one_order_that_say_two_amounts_are_refused_with_both_lines() -> None:
    with pytest.raises(BadRows) as refused:
        read(export("wechat", {}, {**SECOND, "订单实际支付金额": "15.90"}), "wechat")
    (cell,) = refused.value.cells
    assert (cell.line, cell.column, cell.value, cell.facts["line"]) == (3, "订单实际支付金额", "15.90", 2)


def test_more_than_was_paid_may_not_go_back_over_all_rows() -> None:
    with pytest.raises(BadRows) as refused:
        read(export("wechat", {"商品已退款金额": "60"}, SECOND), "wechat")
    assert (refused.value.cells[0].line, refused.value.cells[0].column) == (2, "商品已退款金额")


ABOVE = [["订单报表"], ["导出时间：2026-09-18 09:00", "店铺：青石"], [""]]
BELOW = [["合计", "178.8", "100.0", "", "", "", "78.8"], [""], ["共 1 单，以上数据仅供参考"]]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_lines_above_the_header_and_sums_below_are_left_out_and_counted(encoding: str) -> None:
    plain = table(ABOVE[0], [*ABOVE[1:], TMALL, TMALL_ROW, *BELOW], encoding=encoding)
    parsed = read(plain, "tmall")
    assert [order.number for order in parsed.orders] == ["1001"]
    assert (parsed.orders[0].line, parsed.rows) == (5, 1)
    assert (parsed.aside.above, parsed.aside.below) == (2, 2)


def test_the_header_is_found_among_lines_with_other_delimiters() -> None:
    text = "店铺,青石,合作社,导出\n" + "\t".join(GENERIC) + "\n" + "\t".join(GENERIC_ROW) + "\n"
    assert read(text.encode(), "generic").orders[0].number == "G-1"


def test_a_sum_in_the_middle_is_no_sum_but_a_wrong_row() -> None:
    with pytest.raises(BadRows) as refused:
        read(table(TMALL, [TMALL_ROW, BELOW[0], ["1002", *TMALL_ROW[1:]]]), "tmall")
    assert {cell.line for cell in refused.value.cells} == {3}


@pytest.mark.parametrize("last", [["1002"], ["6.91793E+18"], ["1002", *TMALL_ROW[1:5]]])
def test_an_order_that_was_cut_off_at_the_end_is_never_taken_for_a_remark(last: list[str]) -> None:
    with pytest.raises(BadRows) as refused:
        read(table(TMALL, [TMALL_ROW, last]), "tmall")
    assert refused.value.cells[0].line == 3
