"""Our own table, for any other place a county sells: a platform we cannot read yet, a chat group, a stall's book.

One row an order, Chinese or English titles. 实付金额 is what the buyer paid, refunds not taken off; an empty
退款金额, or none at all, means that the refund is not known, so write 0 where there was none. Columns a seller does
not have are left out; only number, amount, paid, creation and payment time are needed.
"""

from django.utils.translation import gettext_lazy as _

from fieldcast.outside.types import Column, Facts, Field, Format, Paid

COLUMNS = (
    Column(Field.NUMBER, ("订单号", "number")),
    Column(Field.AMOUNT, ("应付金额", "amount")),
    Column(Field.PAID, ("实付金额", "paid")),
    Column(Field.CREATED, ("下单时间", "created")),
    Column(Field.PAID_AT, ("付款时间", "paid_at"), may_be_empty=True),
    Column(Field.REFUND, ("退款金额", "refund"), required=False, may_be_empty=True),
    Column(Field.PROVINCE, ("省份", "province"), required=False, may_be_empty=True),
    Column(Field.CITY, ("城市", "city"), required=False, may_be_empty=True),
    Column(Field.PRODUCT, ("商品", "product"), required=False, may_be_empty=True),
    Column(Field.QUANTITY, ("数量", "quantity"), required=False, may_be_empty=True),
)


def money(facts: Facts) -> Paid:
    """The amounts of the table itself: nothing has to be worked out."""
    return Paid(facts.paid_fen or 0, facts.refund_fen)


FORMAT = Format(code="generic", label=_("Another place"), columns=COLUMNS, money=money)
