"""Reads of trade, gathered from its topics: offers, orders, payments, parcels, refunds, stock, what does not balance.

Names and pictures of other rooms' things come with the rows they stand beside, so a page of orders is a handful of
statements however long it is.
"""

from fieldcast.trade.aftersales.checks import wrong_requests
from fieldcast.trade.aftersales.decided import decided_refunds, line_facts
from fieldcast.trade.aftersales.queries import (
    may_ask_refund,
    part_of_order,
    refund_request_counts,
    refund_requests,
    refund_requests_of,
    request_of_photo,
    request_view,
)
from fieldcast.trade.aftersales.records import (
    answer_times,
    answer_times_of_sellers,
    claims_against,
    claims_of_buyer,
    reused_photos,
)
from fieldcast.trade.aftersales.settings import after_sales_of
from fieldcast.trade.carrying.queries import (
    carrying_of,
    carrying_steps,
    parcel_counts,
    parcels,
    parcels_by_code,
    sellers_of_parcels,
    whole_delivery,
)
from fieldcast.trade.letters.checks import wrong_conversations
from fieldcast.trade.letters.queries import (
    conversation,
    conversation_about_lot,
    conversation_of_order,
    conversation_of_photo,
    conversations_of_buyer,
    conversations_of_seller,
    letters_of,
    letters_waiting,
    order_of_lot,
)
from fieldcast.trade.offers.checks import wrong_offers
from fieldcast.trade.offers.frames import room_frames
from fieldcast.trade.offers.pledged import offer_sum, pledge_of, pledges_of
from fieldcast.trade.offers.queries import (
    announced,
    coming,
    next_of_host,
    not_agreed,
    offer,
    offer_changes,
    offers_by_ids,
    offers_of_lot,
    offers_of_session,
    offers_of_sessions,
    terms_of_goods,
    versions_offered,
)
from fieldcast.trade.offers.typical import typical_pack
from fieldcast.trade.orders.checks import wrong_functions, wrong_orders, wrong_steps
from fieldcast.trade.orders.finished import (
    check_left,
    finished_lines,
    finished_lines_by_ids,
    finished_lines_of,
    kept_fen_of_sellers,
    lines_finished_before,
    net_fen_of_lines,
    sellers_to_settle,
    to_settle,
)
from fieldcast.trade.orders.left_under import left_under
from fieldcast.trade.orders.queries import (
    delivery_of,
    late_orders,
    order,
    order_steps,
    orders_by_numbers,
    orders_of_buyer,
    orders_of_carrier,
    orders_of_county,
    orders_of_seller,
    orders_to_pack,
)
from fieldcast.trade.orders.received import (
    lines_as_they_were,
    received_lines,
    received_versions,
    refunded_of_received,
)
from fieldcast.trade.orders.sales import day_sales, sales_by_day, sales_of_sessions, session_sales
from fieldcast.trade.orders.stuck import stuck
from fieldcast.trade.orders.unsettled import unsettled_lines
from fieldcast.trade.parcels.checks import untold_parcels
from fieldcast.trade.parcels.lateness import is_late
from fieldcast.trade.parcels.queries import (
    packing_list,
    parcels_by_state,
    sent_in_time_bp,
    usual_days,
    work_of,
)
from fieldcast.trade.payments.forged.queries import forged_notices
from fieldcast.trade.payments.imbalance import money_imbalance
from fieldcast.trade.payments.misfits import items_of_notices, misfits_waiting, unread_counts
from fieldcast.trade.payments.queries import notice_counts, notices, payments_made, session_payments
from fieldcast.trade.refunds.checks import wrong_refunds
from fieldcast.trade.refunds.queries import refunds_in_trouble, refunds_of
from fieldcast.trade.stock.checks import untold_units
from fieldcast.trade.stock.imbalance import stock_imbalance
from fieldcast.trade.stock.queries import stock, stock_by_category, stocks, write_offs
from fieldcast.trade.stops.queries import held_back, held_back_of_county

__all__ = [
    "after_sales_of",
    "announced",
    "answer_times",
    "answer_times_of_sellers",
    "carrying_of",
    "carrying_steps",
    "check_left",
    "claims_against",
    "claims_of_buyer",
    "coming",
    "conversation",
    "conversation_about_lot",
    "conversation_of_order",
    "conversation_of_photo",
    "conversations_of_buyer",
    "conversations_of_seller",
    "day_sales",
    "decided_refunds",
    "delivery_of",
    "finished_lines",
    "finished_lines_by_ids",
    "finished_lines_of",
    "forged_notices",
    "held_back",
    "held_back_of_county",
    "is_late",
    "items_of_notices",
    "kept_fen_of_sellers",
    "late_orders",
    "left_under",
    "letters_of",
    "letters_waiting",
    "line_facts",
    "lines_as_they_were",
    "lines_finished_before",
    "may_ask_refund",
    "misfits_waiting",
    "money_imbalance",
    "net_fen_of_lines",
    "next_of_host",
    "not_agreed",
    "notice_counts",
    "notices",
    "offer",
    "offer_changes",
    "offer_sum",
    "offers_by_ids",
    "offers_of_lot",
    "offers_of_session",
    "offers_of_sessions",
    "order",
    "order_of_lot",
    "order_steps",
    "orders_by_numbers",
    "orders_of_buyer",
    "orders_of_carrier",
    "orders_of_county",
    "orders_of_seller",
    "orders_to_pack",
    "packing_list",
    "parcel_counts",
    "parcels",
    "parcels_by_code",
    "parcels_by_state",
    "part_of_order",
    "payments_made",
    "pledge_of",
    "pledges_of",
    "received_lines",
    "received_versions",
    "refund_request_counts",
    "refund_requests",
    "refund_requests_of",
    "refunded_of_received",
    "refunds_in_trouble",
    "refunds_of",
    "request_of_photo",
    "request_view",
    "reused_photos",
    "room_frames",
    "sales_by_day",
    "sales_of_sessions",
    "sellers_of_parcels",
    "sellers_to_settle",
    "sent_in_time_bp",
    "session_payments",
    "session_sales",
    "stock",
    "stock_by_category",
    "stock_imbalance",
    "stocks",
    "stuck",
    "terms_of_goods",
    "to_settle",
    "typical_pack",
    "unread_counts",
    "unsettled_lines",
    "untold_parcels",
    "untold_units",
    "usual_days",
    "versions_offered",
    "whole_delivery",
    "work_of",
    "write_offs",
    "wrong_conversations",
    "wrong_functions",
    "wrong_offers",
    "wrong_orders",
    "wrong_refunds",
    "wrong_requests",
    "wrong_steps",
]
