"""The order export of Pinduoduo shops (拼多多商家后台 订单查询 → 批量导出): one row an order, which is of one product.

The seller chooses the columns. 用户实付金额(元) is what the buyer paid; 商家实收金额(元) has the platform's own
discounts in it and is not read. There is no time of the order but 支付时间, or in newer templates only 订单成交时间,
when the group was complete and so paid for: where they are left out, a number such as 260531-… begins with its day,
and the day is taken when the state says that the order was paid. 省 and 市 may be missing or hidden as ****: unknown.

There is no refund amount, only states: nothing went back while 售后状态 is 无售后或售后取消; all of it when 订单状态
itself says 退款成功 (未发货，退款成功 and so on). Any other refund may be a part: unknown, never zero.

Sources: the header as `OrderExcel` of a public Java reader of real exports lists it (商品, 订单号, 订单状态, …
支付时间, 承诺发货时间, … 商品数量(件), … 商品总价(元), 邮费(元), 店铺优惠折扣(元), 平台优惠折扣(元), …
用户实付金额(元), 商家实收金额(元), 快递单号, … 省, 市, 区, …); the template with 订单成交时间 first, its empty times
and the day in the number from the tests of a public reconciliation program; states from several public programs that
filter by them.
"""

import re
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from fieldcast.kit.months import CHINA
from fieldcast.outside.types import Column, Facts, Field, Format, Paid, Times

COLUMNS = (
    Column(Field.NUMBER, ("订单号",)),
    Column(Field.AMOUNT, ("用户实付金额(元)",)),
    Column(Field.CREATED, ("支付时间", "订单成交时间", "拼单成功时间"), may_be_empty=True),
    Column(Field.PAID_AT, ("支付时间", "订单成交时间", "拼单成功时间"), may_be_empty=True),
    Column(Field.STATUS, ("订单状态",)),
    Column(Field.AFTER_SALE, ("售后状态",), may_be_empty=True),
    Column(Field.PROVINCE, ("省",), required=False, may_be_empty=True),
    Column(Field.CITY, ("市",), required=False, may_be_empty=True),
    Column(Field.PRODUCT, ("商品",), required=False, may_be_empty=True),
    Column(Field.QUANTITY, ("商品数量(件)",), required=False, may_be_empty=True),
    Column(Field.REFUND, ("退款金额(元)",), required=False, may_be_empty=True),
)
UNPAID = frozenset({"待支付", "待付款", "未支付"})
CANCELLED = frozenset({"已取消", "交易关闭", "已关闭"})
NOTHING_BACK = frozenset({"", "无售后", "无售后或售后取消", "售后取消", "售后关闭"})
REFUNDED = "退款成功"
_DAY = re.compile(r"(\d{6})-\d+", re.ASCII)


def money(facts: Facts) -> Paid:
    """All of it was paid at once; what went back is what the two states tell."""
    return Paid(facts.amount_fen, _refund(facts))


def _refund(facts: Facts) -> int | None:
    if facts.refund_fen is not None:
        return facts.refund_fen
    if facts.status.endswith(REFUNDED):
        return facts.amount_fen
    return 0 if facts.after_sale in NOTHING_BACK and facts.status not in CANCELLED else None


def times(number: str, status: str, said: Times) -> Times:
    """What the columns say, else the day in the number: of the order, and of its payment where its state says paid."""
    day = _day(number)
    paid = said.paid
    if paid is None and status not in UNPAID | CANCELLED:
        paid = day
    return Times(created=said.created or day, paid=paid)


def _day(number: str) -> datetime | None:
    match = _DAY.fullmatch(number)
    if match is None:
        return None
    try:
        return datetime.strptime(match[1], "%y%m%d").replace(tzinfo=CHINA)
    except ValueError:
        return None


FORMAT = Format(
    code="pinduoduo", label=_("Pinduoduo"), columns=COLUMNS, money=money, unpaid=UNPAID, times=times
)
