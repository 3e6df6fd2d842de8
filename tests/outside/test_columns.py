"""Columns are found by their titles, or told with --map; a refusal says what was looked for and what was found."""

import pytest

from fieldcast.outside import columns
from fieldcast.outside.parse import Parsed, UnknownFormat, find_format, parse
from tests.outside.files import DOUYIN, DOUYIN_ROW, GENERIC, GENERIC_ROW, NOW, TMALL, TMALL_ROW, export, table


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
    assert "--map number=订单号码" in refused.value.advice


def test_every_missing_column_is_named_at_once() -> None:
    with pytest.raises(columns.MissingColumns) as refused:
        read(b"a,b\n1,2\n", "generic")
    assert all(
        name in refused.value.message for name in ("订单号", "应付金额", "实付金额", "下单时间", "付款时间")
    )


@pytest.mark.parametrize("ours", ["number", "订单号"])
def test_a_map_renames_a_column_for_any_format(ours: str) -> None:
    header = ["单号", *GENERIC[1:]]
    assert read(table(header, [GENERIC_ROW]), "generic", **{ours: "单号"}).orders[0].number == "G-1"


def test_a_map_wins_over_a_column_of_our_own_title() -> None:
    header = ["单号", *GENERIC]
    assert read(table(header, [["M-7", *GENERIC_ROW]]), "generic", number="单号").orders[0].number == "M-7"


def test_a_mapped_refund_column_tells_douyin_what_went_back() -> None:
    data = export("douyin", {"售后状态": "退款成功", "取消原因": "28.90"})
    assert read(data, "douyin").orders[0].refund_fen is None
    assert read(data, "douyin", refund="取消原因").orders[0].refund_fen == 2890


def test_a_map_to_nothing_and_a_map_from_nothing_are_refused() -> None:
    with pytest.raises(columns.MapToNothing) as to_nothing:
        read(export("tmall"), "tmall", nummer="订单编号")
    assert "number" in to_nothing.value.advice
    with pytest.raises(columns.MapFromNothing) as from_nothing:
        read(export("tmall"), "tmall", number="单号")
    assert "订单编号" in from_nothing.value.message


def test_a_title_that_stands_twice_is_refused_when_it_is_needed() -> None:
    with pytest.raises(columns.ColumnTwice) as refused:
        read(table([*TMALL, "订单编号 "], [[*TMALL_ROW, "2"]]), "tmall")
    assert refused.value.facts["count"] == 2


def test_a_title_that_stands_twice_is_no_matter_when_it_is_not_needed() -> None:
    assert read(table([*TMALL, "备注", "备注"], [[*TMALL_ROW, "", ""]]), "tmall").rows == 1


def test_an_unknown_format_is_refused_with_those_there_are() -> None:
    with pytest.raises(UnknownFormat) as refused:
        read(export("tmall"), "ebay")
    assert "tmall、douyin、pinduoduo、kuaishou、wechat、jd、youzan、generic" in refused.value.advice


GENERIC_FORMAT = find_format("generic")


@pytest.mark.parametrize("pair", ["单号", "=number", "单号=", "="])
def test_a_map_that_is_not_ours_equals_theirs_is_refused(pair: str) -> None:
    with pytest.raises(columns.MapNotUnderstood):
        columns.read_map([pair], format_=GENERIC_FORMAT)


def test_maps_are_read_from_the_command_line_by_what_is_wanted() -> None:
    pairs = ["number=单号", " amount = 总价 ", "paid=a=b", "时间=created", "paid_at=时间"]
    assert columns.read_map(pairs, format_=GENERIC_FORMAT) == {
        "number": "单号",
        "amount": "总价",
        "paid": "a=b",
        "created": "时间",  # the other way round is read as well
        "paid_at": "时间",
    }


def test_our_own_names_win_over_titles_when_both_sides_are_known() -> None:
    assert columns.read_map(["订单号=number", "amount=实付金额"], format_=GENERIC_FORMAT) == {
        "number": "订单号",
        "amount": "实付金额",
    }


def test_two_columns_for_one_thing_are_refused() -> None:
    with pytest.raises(columns.MapTwice):
        columns.read_map(["paid_at=付款", "paid_at=完成"], format_=GENERIC_FORMAT)
    with pytest.raises(columns.MapTwice):
        columns.known_map({"number": "单号", "订单号": "编号"}, format_=GENERIC_FORMAT)


def test_one_column_of_the_file_is_read_for_two_things() -> None:
    header = ["订单号", "成交时间", "实收"]
    data = table(header, [["1", "2026-09-01 08:00:00", "39.80"]])
    wanted = {"created": "成交时间", "paid_at": "成交时间", "amount": "实收", "paid": "实收"}
    order = read(data, "generic", **wanted).orders[0]
    assert order.created_at == order.paid_at
    assert (order.amount_fen, order.paid_fen) == (3980, 3980)


def test_a_title_that_only_looks_alike_is_never_taken() -> None:
    header = [{"支付完成时间": "订单支付完成时间"}.get(title, title) for title in DOUYIN]
    with pytest.raises(columns.MissingColumns) as refused:
        read(table(header, [DOUYIN_ROW]), "douyin")
    assert refused.value.facts["columns"] == ["paid_at"]
