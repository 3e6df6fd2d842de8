"""Tables of trade, imported by trade alone, one file a topic: foreign keys go through all of them."""

from fieldcast.trade.models.aftersales import (
    AfterSaleSetting,
    BorneRefund,
    RefundRequest,
    RefundRequestPhoto,
    RefundRequestStep,
    Replacement,
    ReplacementParcel,
    ReturnedGoods,
)
from fieldcast.trade.models.carrying import Carrying, CarryingStep
from fieldcast.trade.models.letters import Conversation, Letter, LetterPhoto
from fieldcast.trade.models.notices import ForgedNotice, NoticeCount, PaymentNotice
from fieldcast.trade.models.offers import Offer, OfferChange, ShortfallCover
from fieldcast.trade.models.orders import Order, OrderLine, OrderStep, Reservation
from fieldcast.trade.models.parcels import ParcelStep, Shipment
from fieldcast.trade.models.payments import Payment
from fieldcast.trade.models.refunds import GiveBack, Refund
from fieldcast.trade.models.stock import LotStock, WriteOff

__all__ = [
    "AfterSaleSetting",
    "BorneRefund",
    "Carrying",
    "CarryingStep",
    "Conversation",
    "ForgedNotice",
    "GiveBack",
    "Letter",
    "LetterPhoto",
    "LotStock",
    "NoticeCount",
    "Offer",
    "OfferChange",
    "Order",
    "OrderLine",
    "OrderStep",
    "ParcelStep",
    "Payment",
    "PaymentNotice",
    "Refund",
    "RefundRequest",
    "RefundRequestPhoto",
    "RefundRequestStep",
    "Replacement",
    "ReplacementParcel",
    "Reservation",
    "ReturnedGoods",
    "Shipment",
    "ShortfallCover",
    "WriteOff",
]
