"""What trade tells the other rooms, of all its topics."""

from fieldcast.trade.offers.types import Changed, OfferChangeView, OfferState, OfferView, TypicalPack
from fieldcast.trade.orders.types import (
    NOTHING,
    SHIPPED,
    SOLD,
    UNSENT,
    DaySales,
    Delivery,
    FinishedLine,
    LineView,
    OfferSales,
    OrderState,
    OrderStepView,
    OrderView,
    Placed,
    RecordedSales,
    SessionSales,
    Stage,
    Stuck,
    Wanted,
)
from fieldcast.trade.parcels.lateness import SEND_WITHIN, SEND_WITHIN_HOURS
from fieldcast.trade.parcels.types import PackingItem, Step
from fieldcast.trade.payments.types import MoneyImbalance, NoticeOutcome, NoticeView, SessionPayments
from fieldcast.trade.refunds.types import RefundKind, RefundState, RefundView
from fieldcast.trade.stock.types import (
    CategoryUnits,
    ReservationState,
    StockImbalance,
    StockView,
    WriteOffView,
)
from fieldcast.trade.stops.types import GivingBack, HeldBack

__all__ = [
    "NOTHING",
    "SEND_WITHIN",
    "SEND_WITHIN_HOURS",
    "SHIPPED",
    "SOLD",
    "UNSENT",
    "CategoryUnits",
    "Changed",
    "DaySales",
    "Delivery",
    "FinishedLine",
    "GivingBack",
    "HeldBack",
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
    "PackingItem",
    "Placed",
    "RecordedSales",
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
    "Stuck",
    "TypicalPack",
    "Wanted",
    "WriteOffView",
]
