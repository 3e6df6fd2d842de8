"""The order export of JD shops (京东商家后台 订单管理 → 订单导出): one row a product, several an order.

结算金额 is what the buyer pays for the whole order, from the balance (余额支付) or otherwise (应付金额), and stands
on each of its rows: it is taken once. 订购数量 and 商品名称 are of the row. 客户地址 begins with the province; the
rest is not looked at.

An order that was split is kept as a deleted row, (删除)等待出库, beside the orders that it became: rows whose state
begins so are left out, or it would be counted twice. Refunds are kept in another export: all of it went back of a
cancelled order, and of any other it is unknown, unless a column of refunds is mapped. Cash on delivery has no
付款确认时间 and counts as unpaid until there is one.

Sources: the header and an example as `domain/sale/SaleJdOrderLineInfo.java` and its reader in howenx/sharp-admin
(public) have them: 订单号, 商品ID, 商品名称, 订购数量, 支付方式, 下单时间, 京东价, 订单金额, 结算金额, 余额支付,
应付金额, 订单状态, 订单类型, 下单帐号, 客户姓名, 客户地址, … 运费金额, 付款确认时间, … 订单完成时间, 订单来源,
订单渠道; the states as public programs sort them.
"""

from django.utils.translation import gettext_lazy as _

from fieldcast.outside.types import Column, Facts, Field, Format, Paid

COLUMNS = (
    Column(Field.NUMBER, ("订单号",)),
    Column(Field.AMOUNT, ("结算金额",)),
    Column(Field.CREATED, ("下单时间",)),
    Column(Field.PAID_AT, ("付款确认时间",), may_be_empty=True),
    Column(Field.STATUS, ("订单状态",)),
    Column(Field.ADDRESS, ("客户地址",), required=False, may_be_empty=True),
    Column(Field.PRODUCT, ("商品名称",), required=False, may_be_empty=True, per_line=True),
    Column(Field.QUANTITY, ("订购数量",), required=False, may_be_empty=True, per_line=True),
    Column(Field.REFUND, ("退款金额",), required=False, may_be_empty=True),
)
UNPAID = frozenset({"待付款", "等待付款"})
CANCELLED = frozenset({"已取消", "取消"})
DELETED = "(删除)"


def money(facts: Facts) -> Paid:
    """All of it was paid at once; only a cancelled order says what went back."""
    if facts.refund_fen is None and facts.status in CANCELLED:
        return Paid(facts.amount_fen, facts.amount_fen)
    return Paid(facts.amount_fen, facts.refund_fen)


FORMAT = Format(code="jd", label=_("JD"), columns=COLUMNS, money=money, unpaid=UNPAID, deleted=DELETED)
