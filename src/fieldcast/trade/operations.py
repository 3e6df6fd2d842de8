"""Everything that writes in trade, gathered from its topics. Each call is one step of the caller's transaction, or a
transaction of its own.

Called outside a transaction, because they speak to a payment provider or commit batch by batch: `place_order`,
`start_payment`, `receive_notice`, `reconcile`, `send_refunds`, `expire_due`. They work inside one too, and then hold
its locks for longer.
"""

from fieldcast.trade.aftersales.goods import agree_return, exchange_goods, receive_exchange, send_back
from fieldcast.trade.aftersales.granting import grant_due
from fieldcast.trade.aftersales.operations import (
    answer_refund,
    appeal_decision,
    ask_refund,
    draw_photos,
    object_to_answer,
    withdraw_refund,
)
from fieldcast.trade.aftersales.returned import settle_returned
from fieldcast.trade.aftersales.settings import set_after_sales
from fieldcast.trade.carrying.operations import (
    bring_back,
    choose_carrier,
    deliver,
    fetch,
    not_delivered,
    pass_on,
    send_again,
)
from fieldcast.trade.letters.closing import close_conversation, write_to_county
from fieldcast.trade.letters.operations import (
    draw_letter_photos,
    let_letter_be,
    write_about_lot,
    write_about_order,
    write_letter,
    write_to_buyer,
)
from fieldcast.trade.offers.covering import give_deposit_back, set_backing
from fieldcast.trade.offers.operations import (
    change_packs,
    change_price,
    close_ended_offers,
    close_offer,
    close_session_offers,
    offer,
)
from fieldcast.trade.offers.sessions import (
    announce_due,
    cancel_session,
    end_session,
    open_session,
    plan_session,
)
from fieldcast.trade.offers.under_ended import end_agreements
from fieldcast.trade.orders.ending import cancel_order, expire_due
from fieldcast.trade.orders.placing import place_order
from fieldcast.trade.orders.settling import note_settled
from fieldcast.trade.parcels.operations import close_due, pack, receive, receive_overdue, ship
from fieldcast.trade.parcels.telling import tell_lots
from fieldcast.trade.payments.asking import reconcile
from fieldcast.trade.payments.booking import take_payment
from fieldcast.trade.payments.forged.operations import end_forged, refuse_notice
from fieldcast.trade.payments.notices import receive_notice
from fieldcast.trade.payments.starting import begin_payment, start_payment
from fieldcast.trade.refunds.operations import (
    confirm_known,
    give_of_settled,
    refund_after_sale,
    refund_order,
    retry_refund,
    send_refunds,
)
from fieldcast.trade.stock.operations import write_off
from fieldcast.trade.stock.sorting import sort_out
from fieldcast.trade.stops.operations import give_back_due, give_back_held

__all__ = [
    "agree_return",
    "announce_due",
    "answer_refund",
    "appeal_decision",
    "ask_refund",
    "begin_payment",
    "bring_back",
    "cancel_order",
    "cancel_session",
    "change_packs",
    "change_price",
    "choose_carrier",
    "close_conversation",
    "close_due",
    "close_ended_offers",
    "close_offer",
    "close_session_offers",
    "confirm_known",
    "deliver",
    "draw_letter_photos",
    "draw_photos",
    "end_agreements",
    "end_forged",
    "end_session",
    "exchange_goods",
    "expire_due",
    "fetch",
    "give_back_due",
    "give_back_held",
    "give_deposit_back",
    "give_of_settled",
    "grant_due",
    "let_letter_be",
    "not_delivered",
    "note_settled",
    "object_to_answer",
    "offer",
    "open_session",
    "pack",
    "pass_on",
    "place_order",
    "plan_session",
    "receive",
    "receive_exchange",
    "receive_notice",
    "receive_overdue",
    "reconcile",
    "refund_after_sale",
    "refund_order",
    "refuse_notice",
    "retry_refund",
    "send_again",
    "send_back",
    "send_refunds",
    "set_after_sales",
    "set_backing",
    "settle_returned",
    "ship",
    "sort_out",
    "start_payment",
    "take_payment",
    "tell_lots",
    "withdraw_refund",
    "write_about_lot",
    "write_about_order",
    "write_letter",
    "write_off",
    "write_to_buyer",
    "write_to_county",
]
