"""The order export of Douyin shops (抖店 订单管理 → 导出, 商品维度): one row a sub-order, and one order here.

The export can be made by product (each sub-order a row) or by order (each main order a row, its sub-orders joined by
";"); only the first says what each product brought in, so the sub-order number is the key and a joined number is
refused with advice. Numbers stand behind a tab, "-" means empty, amounts have thousands separators, and names, phones
and streets come masked; none of them is read.

There is no refund amount in the export, only 售后状态: nothing went back while it says there was no after-sale or it
was closed, repaired or sent again; all of it went back when it says so, or when the refund succeeded and the order is
closed. A refund that succeeded on an order that lives on was a part, and one still being asked for may become any
part: both are unknown, never zero. A shop that adds a column of refund amounts maps it: `--map 列名=refund`.

Sources: the platform's "抖音订单报表使用说明" (as kept at gtc8.cn/baike/i103939.html) for the two ways of exporting and
the CSV; the header line and the words of 订单状态 and 售后状态 as public programs that read real exports list them
(主订单编号, 子订单编号, 选购商品, 商品规格, 商品数量, 商品ID, 商家编码, 商品单价, 订单应付金额, 运费, …
省, 市, 区, 街道, … 订单提交时间, … 订单完成时间, 支付完成时间, … 订单状态, … 售后状态, 取消原因, …).
"""

from django.utils.translation import gettext_lazy as _

from fieldcast.outside.types import Column, Facts, Field, Format, Paid

COLUMNS = (
    Column(Field.NUMBER, ("子订单编号",)),
    Column(Field.AMOUNT, ("订单应付金额",)),
    Column(Field.CREATED, ("订单提交时间",)),
    Column(Field.PAID_AT, ("支付完成时间",), may_be_empty=True),
    Column(Field.STATUS, ("订单状态",)),
    Column(Field.AFTER_SALE, ("售后状态",), may_be_empty=True),
    Column(Field.PROVINCE, ("省", "省份"), may_be_empty=True),
    Column(Field.CITY, ("市", "城市"), required=False, may_be_empty=True),
    Column(Field.PRODUCT, ("选购商品", "商品名称"), required=False, may_be_empty=True),
    Column(Field.QUANTITY, ("商品数量",), required=False, may_be_empty=True),
    Column(Field.REFUND, ("退款金额",), required=False, may_be_empty=True),
)
NOTHING_BACK = frozenset({"", "售后关闭", "补寄成功", "换货成功", "维修成功"})
ALL_BACK = frozenset({"已全额退款", "全额退款"})
REFUNDED = "退款成功"
CLOSED = "已关闭"
UNPAID = frozenset({"待支付", "待付款"})


def money(facts: Facts) -> Paid:
    """All that was due was paid at once; what went back is what the after-sale state tells."""
    return Paid(facts.amount_fen, _refund(facts))


def _refund(facts: Facts) -> int | None:
    if facts.refund_fen is not None:
        return facts.refund_fen
    closed = facts.status == CLOSED
    if facts.after_sale in ALL_BACK or (facts.after_sale == REFUNDED and closed):
        return facts.amount_fen
    # Paid, closed and yet no after-sale is said of gifts, whose price is zero; of anything dearer it says nothing.
    if facts.after_sale in NOTHING_BACK and (not closed or facts.amount_fen == 0):
        return 0
    return None


FORMAT = Format(code="douyin", label=_("Douyin"), columns=COLUMNS, money=money, unpaid=UNPAID)
