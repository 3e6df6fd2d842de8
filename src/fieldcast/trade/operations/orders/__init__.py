"""Writes of orders, filed by what they change: placing, ending before payment, and the parcel's way."""

from fieldcast.trade.operations.orders.ending import cancel_order, expire_due
from fieldcast.trade.operations.orders.parcels import close_due, pack, receive, receive_overdue, ship
from fieldcast.trade.operations.orders.placing import place_order

__all__ = [
    "cancel_order",
    "close_due",
    "expire_due",
    "pack",
    "place_order",
    "receive",
    "receive_overdue",
    "ship",
]
