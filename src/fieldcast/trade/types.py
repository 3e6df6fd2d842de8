"""What trade tells the other rooms, of all its topics."""

from fieldcast.trade.offers.types import Changed, OfferChangeView, OfferState, OfferView
from fieldcast.trade.orders.types import (
    NOTHING,
    SHIPPED,
    SOLD,
    DaySales,
    Delivery,
    FinishedLine,
    LineView,
    OfferSales,
    OrderState,
    OrderStepView,
    OrderView,
    Overdue,
    Placed,
    SessionSales,
    Stage,
    Wanted,
)
from fieldcast.trade.parcels.types import PackingItem, Step
from fieldcast.trade.payments.types import MoneyImbalance, NoticeOutcome, NoticeView, SessionPayments
from fieldcast.trade.refunds.types import RefundKind, RefundState, RefundView
from fieldcast.trade.stock.types import ReservationState, StockImbalance, StockView, WriteOffView

__all__ = [
    "NOTHING",
    "SHIPPED",
    "SOLD",
    "Changed",
    "DaySales",
    "Delivery",
    "FinishedLine",
    "LineView",
    "MoneyImbalance",
    "NoticeOutcome",
    "NoticeView",
    "OfferChangeView",
    "OfferSales",
    "OfferState",
    "OfferView",
    "OrderState",
    "OrderStepView",
    "OrderView",
    "Overdue",
    "PackingItem",
    "Placed",
    "RefundKind",
    "RefundState",
    "RefundView",
    "ReservationState",
    "SessionPayments",
    "SessionSales",
    "Stage",
    "Step",
    "StockImbalance",
    "StockView",
    "Wanted",
    "WriteOffView",
]
