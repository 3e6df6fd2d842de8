"""What trade refuses. Each refusal is raised before anything is written, or undoes the call that raised it."""

from fieldcast.trade.offers.problems import (
    BadOffer,
    BelowDeductions,
    CoverNotYours,
    CoverTooSmall,
    FewerThanTaken,
    LotStopped,
    OfferClosed,
    OfferUntitled,
    SessionOver,
    TermsNotAgreed,
    WrongAgreement,
    WrongLot,
)
from fieldcast.trade.orders.problems import (
    AllHeld,
    BadPacks,
    DeliveryIncomplete,
    KeyReused,
    OverLimit,
    PriceChanged,
    ProvinceUnknown,
    SessionNotLive,
    SoldOut,
    TooFewLeft,
    WrongState,
)
from fieldcast.trade.parcels.problems import BadTracking, CarrierNotAgreed, NotACarrier, TrackingTaken
from fieldcast.trade.payments.problems import HoldOver
from fieldcast.trade.refunds.problems import AfterSaleOver, AmountTooLarge, BadAmount, RefundNotFailed
from fieldcast.trade.stock.problems import AboveFreeUnits, BadWriteOff, NotALowerGrade
from fieldcast.trade.stops.problems import NothingHeldBack, OrderHeldBack

__all__ = [
    "AboveFreeUnits",
    "AfterSaleOver",
    "AllHeld",
    "AmountTooLarge",
    "BadAmount",
    "BadOffer",
    "BadPacks",
    "BadTracking",
    "BadWriteOff",
    "BelowDeductions",
    "CarrierNotAgreed",
    "CoverNotYours",
    "CoverTooSmall",
    "DeliveryIncomplete",
    "FewerThanTaken",
    "HoldOver",
    "KeyReused",
    "LotStopped",
    "NotACarrier",
    "NotALowerGrade",
    "NothingHeldBack",
    "OfferClosed",
    "OfferUntitled",
    "OrderHeldBack",
    "OverLimit",
    "PriceChanged",
    "ProvinceUnknown",
    "RefundNotFailed",
    "SessionNotLive",
    "SessionOver",
    "SoldOut",
    "TermsNotAgreed",
    "TooFewLeft",
    "TrackingTaken",
    "WrongAgreement",
    "WrongLot",
    "WrongState",
]
