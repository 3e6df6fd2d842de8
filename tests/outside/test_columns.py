"""Columns are found by their titles, or told with --map; a refusal says what was looked for and what was found."""

import pytest

from fieldcast.outside import columns
from fieldcast.outside.parse import Parsed, UnknownFormat, parse
from tests.outside.files import GENERIC, GENERIC_ROW, NOW, TMALL, TMALL_ROW, export, table


def read(data: bytes, format_code: str, **column_map: str) -> Parsed:
    return parse(data=data, format_code=format_code, column_map=column_map, now=NOW)


def test_titles_are_found_with_blanks_around_them_and_in_any_order() -> None:
    order = read(table(list(reversed(TMALL)), [list(reversed(TMALL_ROW))]), "tmall").orders[0]
    assert (order.number, order.amount_fen) == ("1001", 17880)


def test_a_missing_column_is_named_beside_those_found_and_a_map_is_suggested() -> None:
    header = ["订单号码" if title == "订单编号" else title for title in TMALL]
    with pytest.raises(columns.MissingColumns) as refused:
        read(table(header, [TMALL_ROW]), "tmall")
    assert "订单编号" in refused.value.message
    assert "订单号码、总金额" in refused.value.message
    assert "--map 订单号码=number" in refused.value.advice


def test_every_missing_column_is_named_at_once() -> None:
    with pytest.raises(columns.MissingColumns) as refused:
        read(b"a,b\n1,2\n", "generic")
    assert all(
        name in refused.value.message for name in ("订单号", "应付金额", "实付金额", "下单时间", "付款时间")
    )


@pytest.mark.parametrize("ours", ["number", "订单号", " Number "])
def test_a_map_renames_a_column_for_any_format(ours: str) -> None:
    header = ["单号", *GENERIC[1:]]
    assert read(table(header, [GENERIC_ROW]), "generic", 单号=ours).orders[0].number == "G-1"


def test_a_map_wins_over_a_column_of_our_own_title() -> None:
    header = ["单号", *GENERIC]
    assert read(table(header, [["M-7", *GENERIC_ROW]]), "generic", 单号="number").orders[0].number == "M-7"


def test_a_mapped_refund_column_tells_douyin_what_went_back() -> None:
    data = export("douyin", {"售后状态": "退款成功", "取消原因": "28.90"})
    assert read(data, "douyin").orders[0].refund_fen is None
    assert read(data, "douyin", 取消原因="refund").orders[0].refund_fen == 2890


def test_a_map_to_nothing_and_a_map_from_nothing_are_refused() -> None:
    with pytest.raises(columns.MapToNothing) as to_nothing:
        read(export("tmall"), "tmall", 订单编号="nummer")
    assert "number" in to_nothing.value.advice
    with pytest.raises(columns.MapFromNothing) as from_nothing:
        read(export("tmall"), "tmall", 单号="number")
    assert "订单编号" in from_nothing.value.message


def test_a_title_that_stands_twice_is_refused_when_it_is_needed() -> None:
    with pytest.raises(columns.ColumnTwice) as refused:
        read(table([*TMALL, "订单编号 "], [[*TMALL_ROW, "2"]]), "tmall")
    assert refused.value.facts["count"] == 2


def test_a_title_that_stands_twice_is_no_matter_when_it_is_not_needed() -> None:
    assert read(table([*TMALL, "备注", "备注"], [[*TMALL_ROW, "", ""]]), "tmall").rows == 1


def test_an_unknown_format_is_refused_with_those_there_are() -> None:
    with pytest.raises(UnknownFormat) as refused:
        read(export("tmall"), "jd")
    assert "tmall、douyin、generic" in refused.value.advice


@pytest.mark.parametrize("pair", ["单号", "=number", "单号=", "="])
def test_a_map_that_is_not_theirs_equals_ours_is_refused(pair: str) -> None:
    with pytest.raises(columns.MapNotUnderstood):
        columns.read_map([pair])


def test_maps_are_read_from_the_command_line() -> None:
    assert columns.read_map(["单号=number", " 总价 = amount ", "a=b=paid"]) == {
        "单号": "number",
        "总价": "amount",
        "a=b": "paid",
    }
