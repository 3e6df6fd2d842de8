"""The order report of Tmall and Taobao shops (订单报表): one row an order.

What it holds, read off 28,010 real orders of one month: despite its name, 买家实际支付金额 is what the shop kept,
with refunds already taken off (zero for an order refunded whole), so that for every paid order it and 退款金额 add up
to 总金额, and an order without 订单付款时间 has zero in both. What the buyer paid is therefore the sum of the two; that
it be *not more than* 总金额 is the rule, since a discount makes it less. 收货地址 is a province in the report and a
whole address in the fuller export: only its province and city are read. Two headers end in a blank.
"""

from django.utils.translation import gettext_lazy as _

from fieldcast.outside.types import Column, Facts, Field, Format, Paid

COLUMNS = (
    Column(Field.NUMBER, ("订单编号",)),
    Column(Field.AMOUNT, ("总金额",)),
    Column(Field.PAID, ("买家实际支付金额",)),
    Column(Field.ADDRESS, ("收货地址",), may_be_empty=True),
    Column(Field.CREATED, ("订单创建时间",)),
    Column(Field.PAID_AT, ("订单付款时间",), may_be_empty=True),
    Column(Field.REFUND, ("退款金额",)),
    Column(Field.PRODUCT, ("宝贝标题", "商品标题"), required=False, may_be_empty=True),
    Column(Field.QUANTITY, ("宝贝总数量",), required=False, may_be_empty=True),
)


def money(facts: Facts) -> Paid:
    """Paid is what was kept and what went back, together."""
    refund = facts.refund_fen or 0
    return Paid((facts.paid_fen or 0) + refund, refund)


FORMAT = Format(code="tmall", label=_("Tmall or Taobao"), columns=COLUMNS, money=money)
