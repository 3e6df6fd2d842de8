"""Do payments and refunds agree with the ledger, and have orders the money that their states need? From rows alone.

It walks every row: for checks and reports, not for pages that people wait for.
"""

from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef, Sum

from fieldcast.ledger import queries as ledger
from fieldcast.trade.models import Order, Payment, Refund
from fieldcast.trade.orders.types import SOLD, OrderState
from fieldcast.trade.payments.types import MoneyImbalance
from fieldcast.trade.refunds.types import RefundKind, RefundState


def money_imbalance(*, county_id: int | None) -> MoneyImbalance:
    """Payments and refunds beside the ledger. The sums are of the whole book, the orders of a county or of all."""
    paid = _sum_fen(Payment.objects.filter(paid_at__isnull=False))
    refunds = Refund.objects.all()
    done = _sum_fen(refunds.filter(state=RefundState.SUCCEEDED.value))
    providers = sorted(set(Payment.objects.values_list("provider", flat=True).distinct()))
    came = sum(_moved(name, "payment") for name in providers)
    went = sum(_moved(name, "refund") for name in providers)
    return MoneyImbalance(
        payments_fen=paid + came,
        refunds_fen=done - went,
        orders=tuple(_orders_without_their_money(county_id)),
    )


def _moved(provider: str, kind: str) -> int:
    return ledger.moved_fen(kind=kind, party=f"outside:{provider}", purpose="world")


def _orders_without_their_money(county_id: int | None) -> Iterator[int]:
    """Sold without a payment, or paid and ended without money on its way back."""
    orders = Order.objects.all() if county_id is None else Order.objects.filter(county_id=county_id)
    paid = Payment.objects.filter(
        order_id=OuterRef("pk"), paid_at__isnull=False, amount_fen=OuterRef("total_fen")
    )
    whole = [RefundKind.BEFORE_SHIPMENT.value, RefundKind.LATE_PAYMENT.value]
    back = Refund.objects.filter(order_id=OuterRef("pk"), kind__in=whole, amount_fen=OuterRef("total_fen"))
    ended = [state.value for state in (OrderState.CANCELLED, OrderState.EXPIRED, OrderState.REFUNDED)]
    wrong = (
        orders.filter(~Exists(paid), state__in=SOLD),
        orders.filter(Exists(paid), ~Exists(back), state__in=[*ended, OrderState.RESERVED.value]),
    )
    for rows in wrong:
        yield from rows.order_by("id").values_list("id", flat=True)


def _sum_fen(rows: Any) -> int:
    return int(rows.aggregate(fen=Sum("amount_fen", default=0))["fen"])
