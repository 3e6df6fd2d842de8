"""The order export of WeChat shops (微信小店, before 视频号小店; 订单管理 → 导出): one row a product, several an order.

订单实际支付金额 is what the buyer paid for the whole order and stands on each of its rows: it is taken once.
商品已退款金额, 商品数量 and 商品名称 are of the row: they are added up or listed. 订单实际收款金额 is what the shop
got, with the platform's discounts, and is not read. The refund is an amount of the export, so no state has to be
understood.

Sources: the header as the list `WEIXIN_VIDEO_ORDER_HEADERS` of KevinFan1/FinEngine (public,
backend/app/tasks/processors/weixin_video.py) has it: 订单号, 订单下单时间, … 订单状态, … 省, 市, 区, … 商品总价,
订单实际支付金额, 订单实际收款金额, 订单运费, … 支付方式, 支付时间, … 商品名称, … 商品数量, … 商品售后,
商品已退款金额.
"""

from django.utils.translation import gettext_lazy as _

from fieldcast.outside.types import Column, Facts, Field, Format, Paid

COLUMNS = (
    Column(Field.NUMBER, ("订单号",)),
    Column(Field.AMOUNT, ("订单实际支付金额",)),
    Column(Field.CREATED, ("订单下单时间",)),
    Column(Field.PAID_AT, ("支付时间",), may_be_empty=True),
    Column(Field.STATUS, ("订单状态",)),
    Column(Field.REFUND, ("商品已退款金额",), may_be_empty=True, per_line=True),
    Column(Field.PROVINCE, ("省",), required=False, may_be_empty=True),
    Column(Field.CITY, ("市",), required=False, may_be_empty=True),
    Column(Field.PRODUCT, ("商品名称",), required=False, may_be_empty=True, per_line=True),
    Column(Field.QUANTITY, ("商品数量",), required=False, may_be_empty=True, per_line=True),
)
UNPAID = frozenset({"待付款", "未付款"})


def money(facts: Facts) -> Paid:
    """All of it was paid at once; what went back of each product stands beside it."""
    return Paid(facts.amount_fen, facts.refund_fen)


FORMAT = Format(code="wechat", label=_("WeChat shop"), columns=COLUMNS, money=money, unpaid=UNPAID)
