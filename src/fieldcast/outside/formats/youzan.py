"""The order export of Youzan shops (有赞 订单查询 → 报表导出, 订单维度): one row an order.

The report can also be made by product (商品维度); that one says neither when an order was placed nor when it was
paid, so it is refused for want of those columns. 应收订单金额 is what the buyer was asked, 订单实付金额 what was
paid, refunds not taken off. 订单已退款金额 is empty where nothing went back; where 订单退款状态 says that something
did and the amount is empty, all of it did when it says 全额退款, and else the part is unknown.

Sources: the titles as several public programs that read real reports list them (订单号, 订单类型, 订单状态, 订单来源,
订单创建时间, 买家付款时间, 交易成功时间, 付款方式, … 商品金额合计, 运费, 店铺优惠合计, 应收订单金额, 订单实付金额, …
全部商品名称, 商品种类数, … 收货人省份, 收货人城市, 收货人地区, … 订单退款状态, 订单已退款金额), and the words of
订单退款状态 from one of them.
"""

from django.utils.translation import gettext_lazy as _

from fieldcast.outside.types import Column, Facts, Field, Format, Paid

COLUMNS = (
    Column(Field.NUMBER, ("订单号",)),
    Column(Field.AMOUNT, ("应收订单金额",)),
    Column(Field.PAID, ("订单实付金额",)),
    Column(Field.CREATED, ("订单创建时间",)),
    Column(Field.PAID_AT, ("买家付款时间",), may_be_empty=True),
    Column(Field.STATUS, ("订单状态",)),
    Column(Field.AFTER_SALE, ("订单退款状态",), may_be_empty=True),
    Column(Field.REFUND, ("订单已退款金额",), required=False, may_be_empty=True),
    Column(Field.PROVINCE, ("收货人省份",), required=False, may_be_empty=True),
    Column(Field.CITY, ("收货人城市",), required=False, may_be_empty=True),
    Column(Field.PRODUCT, ("全部商品名称",), required=False, may_be_empty=True),
)
UNPAID = frozenset({"待付款", "等待买家付款"})
WHOLE = "全额退款"


def money(facts: Facts) -> Paid:
    """Amounts of the report itself; an empty refund is understood from its state."""
    paid = facts.paid_fen or 0
    if facts.refund_fen is not None:
        return Paid(paid, facts.refund_fen)
    if WHOLE in facts.after_sale:
        return Paid(paid, paid)
    return Paid(paid, None if facts.after_sale else 0)


FORMAT = Format(code="youzan", label=_("Youzan"), columns=COLUMNS, money=money, unpaid=UNPAID)
