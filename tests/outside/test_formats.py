"""What each platform's export means, in the three amounts that mean the same everywhere."""

import pytest

from fieldcast.outside.parse import BadRows, parse
from fieldcast.outside.types import IncomingOrder
from tests.outside.files import NOW, export, table


def one(kind: str, **change: str) -> IncomingOrder:
    order, *others = parse(data=export(kind, change), format_code=kind, column_map={}, now=NOW).orders
    assert not others
    return order


def test_tmall_says_what_was_kept_so_paid_is_that_and_the_refund_together() -> None:
    order = one("tmall")
    assert (order.amount_fen, order.paid_fen, order.refund_fen) == (17880, 17880, 7880)
    assert (order.province, order.city, order.quantity) == ("上海市", "", None)
    assert f"{order.created_at:%H:%M:%S %z}" == "08:00:00 +0800"


def test_a_tmall_order_without_payment_time_has_paid_nothing() -> None:
    order = one("tmall", **{"买家实际支付金额": "0.0", "退款金额": "0.0", "订单付款时间 ": ""})
    assert (order.paid_fen, order.refund_fen, order.paid_at) == (0, 0, None)


def test_of_a_whole_address_only_province_and_city_are_kept() -> None:
    order = one("tmall", **{"收货地址 ": "云南省 昆明市 五华区 人民中路1号 张三 13800000000"})
    assert (order.province, order.city) == ("云南省", "昆明市")
    assert "张三" not in repr(order)
    assert "1380" not in repr(order)


def test_douyin_is_read_by_sub_order_without_anything_of_the_buyer() -> None:
    order = one("douyin")
    assert order.number == "6917926768823643752"
    assert (order.amount_fen, order.paid_fen, order.refund_fen) == (102890, 102890, 0)
    assert (order.province, order.city, order.product_title, order.quantity) == (
        "浙江省",
        "杭州市",
        "高山苹果",
        2,
    )
    assert "密文" not in repr(order)
    assert "灵隐" not in repr(order)


@pytest.mark.parametrize(
    ("status", "after_sale", "refund_fen"),
    [
        ("已发货", "-", 0),
        ("已完成", "", 0),
        ("已完成", "售后关闭", 0),
        ("已完成", "补寄成功", 0),
        ("已完成", "已全额退款", 102890),
        ("已关闭", "退款成功", 102890),
        ("已完成", "退款成功", None),
        ("已发货", "待退货", None),
        ("已发货", "退款中", None),
        ("已关闭", "-", None),
        ("已发货", "一个新的说法", None),
    ],
)
def test_douyin_s_after_sale_state_says_what_went_back_or_that_it_is_not_known(
    status: str, after_sale: str, refund_fen: int | None
) -> None:
    order = one("douyin", 订单状态=status, 售后状态=after_sale)
    assert (order.paid_fen, order.refund_fen) == (102890, refund_fen)


def test_a_douyin_gift_that_closed_with_its_order_is_no_riddle() -> None:
    assert one("douyin", 订单应付金额="0.00", 订单状态="已关闭").refund_fen == 0


def test_an_unpaid_douyin_order_has_paid_nothing() -> None:
    order = one("douyin", 支付完成时间="-", 订单状态="已关闭")
    assert (order.amount_fen, order.paid_fen, order.refund_fen, order.paid_at) == (102890, 0, 0, None)


def test_a_douyin_export_by_order_is_refused_with_advice_to_export_by_product() -> None:
    with pytest.raises(BadRows) as refused:
        one("douyin", 子订单编号="691A;691B")
    assert (
        "Export by product" in str(refused.value.cells[0].reason) or "商品" in refused.value.cells[0].message
    )


def test_a_douyin_order_without_a_province_is_of_an_unknown_one() -> None:
    assert one("douyin", 省="-", 市="-").province == ""


def test_our_own_table_is_read_in_chinese_and_in_english() -> None:
    chinese = one("generic")
    header = [
        "number",
        "amount",
        "paid",
        "refund",
        "province",
        "city",
        "created",
        "paid_at",
        "product",
        "quantity",
    ]
    row = ["G-1", "39.8", "39.8", "0", "四川", "成都", "2026-09-01 08:00", "2026-09-01 08:01", "花椒", "3"]
    english = parse(data=table(header, [row]), format_code="generic", column_map={}, now=NOW).orders[0]
    assert chinese == english
    assert (chinese.province, chinese.city, chinese.quantity) == ("四川省", "成都市", 3)


def test_in_our_own_table_an_empty_refund_and_quantity_are_unknown_not_zero() -> None:
    order = one("generic", 退款金额="", 数量="")
    assert (order.refund_fen, order.quantity) == (None, None)


def test_optional_columns_may_be_missing_altogether() -> None:
    header = ["订单号", "应付金额", "实付金额", "下单时间", "付款时间"]
    row = ["1", "5", "5", "2026-09-01 08:00", "2026-09-01 08:01"]
    order = parse(data=table(header, [row]), format_code="generic", column_map={}, now=NOW).orders[0]
    assert (order.refund_fen, order.province, order.product_title, order.quantity) == (None, "", "", None)
