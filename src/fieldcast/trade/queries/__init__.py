"""Reads of trade, filed by what they return: offers, orders, refunds, notices, stock, sales, what does not balance.

Names and pictures of other rooms' things come with the rows they stand beside, so a page of orders is a handful of
statements however long it is.
"""

from fieldcast.trade.changes.queries import offer_changes
from fieldcast.trade.forged.queries import forged_notices
from fieldcast.trade.queries.agreed import not_agreed
from fieldcast.trade.queries.balance import money_imbalance, stock_imbalance
from fieldcast.trade.queries.finished import finished_lines, lines_finished_before, sellers_to_settle
from fieldcast.trade.queries.lives import untold_parcels, wrong_orders, wrong_refunds
from fieldcast.trade.queries.net import kept_fen_of_sellers, net_fen_of_lines
from fieldcast.trade.queries.notices import notice_counts, notices
from fieldcast.trade.queries.offers import offer, offers_by_ids, offers_of_lot, offers_of_session
from fieldcast.trade.queries.orders import (
    delivery_of,
    order,
    order_by_number,
    orders_of_buyer,
    orders_of_carrier,
    orders_of_county,
    orders_of_seller,
    orders_to_pack,
    packing_list,
    unsent_orders,
)
from fieldcast.trade.queries.overdue import overdue
from fieldcast.trade.queries.payments import payments_made, session_payments
from fieldcast.trade.queries.pledged import free_deposit_fen, offer_sum, pledge_of
from fieldcast.trade.queries.punctuality import sent_in_time_bp
from fieldcast.trade.queries.refunds import refunds_in_trouble, refunds_of
from fieldcast.trade.queries.sales import day_sales, parcels_by_state, sales_by_day, session_sales
from fieldcast.trade.queries.stock import stock, stocks, write_offs

__all__ = [
    "day_sales",
    "delivery_of",
    "finished_lines",
    "forged_notices",
    "free_deposit_fen",
    "kept_fen_of_sellers",
    "lines_finished_before",
    "money_imbalance",
    "net_fen_of_lines",
    "not_agreed",
    "notice_counts",
    "notices",
    "offer",
    "offer_changes",
    "offer_sum",
    "offers_by_ids",
    "offers_of_lot",
    "offers_of_session",
    "order",
    "order_by_number",
    "orders_of_buyer",
    "orders_of_carrier",
    "orders_of_county",
    "orders_of_seller",
    "orders_to_pack",
    "overdue",
    "packing_list",
    "parcels_by_state",
    "payments_made",
    "pledge_of",
    "refunds_in_trouble",
    "refunds_of",
    "sales_by_day",
    "sellers_to_settle",
    "sent_in_time_bp",
    "session_payments",
    "session_sales",
    "stock",
    "stock_imbalance",
    "stocks",
    "unsent_orders",
    "untold_parcels",
    "write_offs",
    "wrong_orders",
    "wrong_refunds",
]
