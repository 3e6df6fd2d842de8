"""Everything that writes in trade. Each call is one step of the caller's transaction, or a transaction of its own.

Called outside a transaction, because they speak to a payment provider or commit batch by batch: `place_order`,
`start_payment`, `receive_notice`, `reconcile`, `send_refunds`, `expire_due`. They work inside one too, and then hold
its locks for longer.
"""

from fieldcast.trade.forged.operations import end_forged, refuse_notice
from fieldcast.trade.operations.covering import give_deposit_back, set_backing
from fieldcast.trade.operations.offers import (
    change_price,
    change_units,
    close_ended_offers,
    close_offer,
    close_session_offers,
    offer,
)
from fieldcast.trade.operations.orders import (
    cancel_order,
    close_due,
    expire_due,
    pack,
    place_order,
    receive,
    receive_overdue,
    ship,
)
from fieldcast.trade.operations.payments import (
    begin_payment,
    receive_notice,
    reconcile,
    start_payment,
    take_payment,
)
from fieldcast.trade.operations.refunds import (
    confirm_known,
    refund_after_sale,
    refund_order,
    retry_refund,
    send_refunds,
)
from fieldcast.trade.operations.sessions import cancel_session, end_session, open_session, plan_session
from fieldcast.trade.operations.settling import note_settled
from fieldcast.trade.operations.steps import tell_lots
from fieldcast.trade.operations.stock import write_off

__all__ = [
    "begin_payment",
    "cancel_order",
    "cancel_session",
    "change_price",
    "change_units",
    "close_due",
    "close_ended_offers",
    "close_offer",
    "close_session_offers",
    "confirm_known",
    "end_forged",
    "end_session",
    "expire_due",
    "give_deposit_back",
    "note_settled",
    "offer",
    "open_session",
    "pack",
    "place_order",
    "plan_session",
    "receive",
    "receive_notice",
    "receive_overdue",
    "reconcile",
    "refund_after_sale",
    "refund_order",
    "refuse_notice",
    "retry_refund",
    "send_refunds",
    "set_backing",
    "ship",
    "start_payment",
    "take_payment",
    "tell_lots",
    "write_off",
]
