"""What the exports of the other platforms mean: Pinduoduo, Kuaishou, WeChat shop, JD and Youzan."""

import pytest

from fieldcast.outside.parse import BadRows, Parsed, parse
from fieldcast.outside.types import IncomingOrder
from tests.outside.files import DOUYIN, DOUYIN_ROW, NOW, PINDUODUO, PINDUODUO_ROW, export, table


def read(data: bytes, kind: str, **column_map: str) -> Parsed:
    return parse(data=data, format_code=kind, column_map=column_map, now=NOW)


def one(kind: str, **change: str) -> IncomingOrder:
    (order,) = read(export(kind, change), kind).orders
    return order


@pytest.mark.parametrize(
    ("kind", "number", "amounts", "place", "product", "quantity"),
    [
        ("pinduoduo", "260901-123456789012345", (3880, 3880, 0), ("浙江省", "杭州市"), "高山苹果", 2),
        ("kuaishou", "2624400001234567", (129990, 129990, 0), ("浙江省", "杭州市"), "高山苹果", 2),
        ("wechat", "3720000000000000001", (6480, 6480, 0), ("浙江省", "杭州市"), "高山苹果", 1),
        ("jd", "11729439936", (10900, 10900, None), ("江西省", "南昌市"), "高山苹果", 2),
        ("youzan", "E20260901080000000000001", (3980, 3680, 0), ("浙江省", "杭州市"), "高山苹果", None),
    ],
)
def test_an_order_is_read_as_its_platform_writes_it_and_nothing_of_the_buyer(
    kind: str,
    number: str,
    amounts: tuple[int, int, int | None],
    place: tuple[str, str],
    product: str,
    quantity: int,
) -> None:
    order = one(kind)
    assert order.number == number
    assert (order.amount_fen, order.paid_fen, order.refund_fen) == amounts
    assert (order.province, order.city) == place
    assert (order.product_title, order.quantity) == (product, quantity)
    assert order.paid_at is not None
    assert f"{order.paid_at:%m-%d %H:%M %z}" == "09-01 08:00 +0800"
    assert not any(word in repr(order) for word in ("张", "灵隐", "1380", "昌东"))


@pytest.mark.parametrize(
    ("kind", "change", "refund_fen"),
    [
        ("pinduoduo", {"订单状态": "未发货，退款成功", "售后状态": "退款成功"}, 3880),
        ("pinduoduo", {"订单状态": "已收货", "售后状态": "退款成功"}, None),
        ("pinduoduo", {"售后状态": "售后处理中"}, None),
        ("pinduoduo", {"订单状态": "已取消"}, None),
        ("kuaishou", {"订单状态": "交易关闭", "售后状态": "退款成功"}, 129990),
        ("kuaishou", {"售后状态": "退款成功"}, None),
        ("kuaishou", {"订单状态": "交易关闭"}, None),
        ("kuaishou", {"售后状态": "售后关闭"}, 0),
        ("wechat", {"商品已退款金额": "5.5"}, 550),
        ("wechat", {"商品已退款金额": ""}, None),
        ("jd", {"订单状态": "已取消"}, 10900),
        ("jd", {"订单状态": "完成"}, None),
        ("youzan", {"订单退款状态": "退款成功（全额退款）"}, 3680),
        ("youzan", {"订单退款状态": "退款成功（部分退款）", "订单已退款金额": "6.80"}, 680),
        ("youzan", {"订单退款状态": "退款成功（部分退款）"}, None),
        ("youzan", {"订单退款状态": "退款中"}, None),
    ],
)
def test_what_went_back_is_what_the_platform_says_or_it_is_not_known(
    kind: str, change: dict[str, str], refund_fen: int | None
) -> None:
    assert one(kind, **change).refund_fen == refund_fen


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("pinduoduo", {"订单状态": "待支付", "支付时间": ""}),
        ("kuaishou", {"订单状态": "待付款", "订单支付时间": "-"}),
        ("wechat", {"订单状态": "待付款", "支付时间": ""}),
        ("jd", {"订单状态": "等待付款", "付款确认时间": ""}),
        ("youzan", {"订单状态": "待付款", "买家付款时间": "", "订单实付金额": "0"}),
    ],
)
def test_an_order_that_nobody_has_paid_has_paid_nothing(kind: str, change: dict[str, str]) -> None:
    order = one(kind, **change)
    assert (order.paid_fen, order.refund_fen, order.paid_at) == (0, 0, None)


def test_a_newer_pinduoduo_template_has_one_time_and_where_it_is_empty_the_day_in_the_number() -> None:
    header = ["订单成交时间", *(title for title in PINDUODUO if title not in {"支付时间", "省", "市", "区"})]
    usual = dict(zip(PINDUODUO, PINDUODUO_ROW, strict=True))
    rows = [
        [{**usual, "订单成交时间": time, "订单号": f"26090{i}-1"}[title] for title in header]
        for i, time in enumerate(("2026-09-01 08:30:00", ""), start=1)
    ]
    timed, dated = read(table(header, rows), "pinduoduo").orders
    assert (f"{timed.created_at:%d %H:%M}", timed.paid_at) == ("01 08:30", timed.created_at)
    assert (f"{dated.created_at:%d %H:%M}", dated.paid_at) == ("02 00:00", dated.created_at)
    assert (dated.paid_fen, dated.province) == (3880, "")


def test_a_pinduoduo_order_without_any_day_is_refused_by_its_line() -> None:
    with pytest.raises(BadRows) as refused:
        one("pinduoduo", 支付时间="", 订单号="X1")
    assert (refused.value.cells[0].line, refused.value.cells[0].column) == (2, "支付时间")


def test_jd_orders_that_were_split_are_left_out_and_counted() -> None:
    parsed = read(export("jd", {"订单状态": "(删除)等待出库"}, {"订单号": "2"}, {"订单号": "3"}), "jd")
    assert [order.number for order in parsed.orders] == ["2", "3"]
    assert parsed.aside.deleted == 1


def test_a_douyin_export_without_time_of_payment_is_right_once_a_person_has_said_which_time_to_take() -> None:
    """Of a shop that chose its columns: 订单完成时间 looks alike, and would lose the order that was given back."""
    header = [title for title in DOUYIN if title != "支付完成时间"]
    usual = dict(zip(DOUYIN, DOUYIN_ROW, strict=True))
    changes = [
        {
            "子订单编号": "1",
            "订单应付金额": "33.00",
            "订单状态": "已完成",
            "订单完成时间": "2026-09-09 08:00:00",
        },
        {"子订单编号": "2", "订单应付金额": "15.90", "订单状态": "已关闭", "售后状态": "退款成功"},
        {"子订单编号": "3", "订单应付金额": "15.90", "订单状态": "已完成", "售后状态": "退款成功"},
        {"子订单编号": "4", "订单应付金额": "99.00", "订单状态": "待支付"},
    ]
    data = table(header, [[{**usual, **change}[title] for title in header] for change in changes])
    orders = read(data, "douyin", paid_at="订单提交时间").orders
    assert sum(order.paid_fen for order in orders) == 6480
    assert sum(order.refund_fen or 0 for order in orders) == 1590
    assert sum(order.refund_fen is None for order in orders) == 1


@pytest.mark.parametrize("address", ["", "海外 日本 东京都 …", "****", "火星"])
def test_an_order_from_abroad_or_nowhere_is_brought_in_with_its_province_unknown(address: str) -> None:
    parsed = read(export("tmall", {"收货地址 ": address}, {"订单编号": "2"}), "tmall")
    assert [order.province for order in parsed.orders] == ["", "上海市"]
    assert parsed.aside.places_unknown == 1
