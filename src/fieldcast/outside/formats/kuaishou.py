"""The order export of Kuaishou shops (快手小店 订单管理 → 导出): one row an order, which is of one product.

实付款 is what the buyer paid, freight and discounts taken into account; it may be written ¥1,299.90. Older exports
call it 订单应付金额 and the number 订单编号. A workbook may hold several sheets with the same header: all of them are
read.

There is no refund amount, only 售后状态: as with Douyin, nothing went back while there was no after-sale or it was
closed; all of it when the refund succeeded and the order is closed; of a refund on an order that lives on, or one
still asked for, the part is unknown.

Sources: the header as the list `KUAISHOU_ORDER_HEADERS` of KevinFan1/FinEngine (public, backend/app/tasks/processors)
has it: 订单号, 赠品订单号, 活动订单编号, 订单创建时间, 订单支付时间, … 订单状态, 实付款, 快递费, … 成交数量, …
售后状态, … 商品名称, … 收货地址-省, 收货地址-市, …; a public description of 213,351 real rows for one product an
order, the marks of empty cells and the states; a public program for the titles of older exports.
"""

from django.utils.translation import gettext_lazy as _

from fieldcast.outside.types import Column, Facts, Field, Format, Paid

COLUMNS = (
    Column(Field.NUMBER, ("订单号", "订单编号")),
    Column(Field.AMOUNT, ("实付款", "订单应付金额")),
    Column(Field.CREATED, ("订单创建时间",)),
    Column(Field.PAID_AT, ("订单支付时间",), may_be_empty=True),
    Column(Field.STATUS, ("订单状态",)),
    Column(Field.AFTER_SALE, ("售后状态",), may_be_empty=True),
    Column(Field.PROVINCE, ("收货地址-省",), required=False, may_be_empty=True),
    Column(Field.CITY, ("收货地址-市",), required=False, may_be_empty=True),
    Column(Field.ADDRESS, ("收货地址",), required=False, may_be_empty=True),
    Column(Field.PRODUCT, ("商品名称",), required=False, may_be_empty=True),
    Column(Field.QUANTITY, ("成交数量",), required=False, may_be_empty=True),
    Column(Field.REFUND, ("退款金额",), required=False, may_be_empty=True),
)
UNPAID = frozenset({"待付款", "待支付"})
CLOSED = frozenset({"交易关闭", "已关闭"})
NOTHING_BACK = frozenset({"", "无", "无售后", "售后关闭", "售后取消"})
REFUNDED = "退款成功"


def money(facts: Facts) -> Paid:
    """All of it was paid at once; what went back is what the after-sale state tells."""
    return Paid(facts.amount_fen, _refund(facts))


def _refund(facts: Facts) -> int | None:
    if facts.refund_fen is not None:
        return facts.refund_fen
    closed = facts.status in CLOSED
    if facts.after_sale == REFUNDED and closed:
        return facts.amount_fen
    return 0 if facts.after_sale in NOTHING_BACK and not closed else None


FORMAT = Format(code="kuaishou", label=_("Kuaishou"), columns=COLUMNS, money=money, unpaid=UNPAID)
