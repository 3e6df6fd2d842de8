"""Reads of trade, filed by what they return: offers, orders, refunds, notices, stock, sales, what does not balance.

Names and pictures of other rooms' things come with the rows they stand beside, so a page of orders is a handful of
statements however long it is.
"""

from fieldcast.trade.queries.agreed import not_agreed
from fieldcast.trade.queries.balance import money_imbalance, stock_imbalance
from fieldcast.trade.queries.finished import finished_lines
from fieldcast.trade.queries.lives import untold_parcels, wrong_orders, wrong_refunds
from fieldcast.trade.queries.net import net_fen_of_lines
from fieldcast.trade.queries.notices import notice_counts, notices
from fieldcast.trade.queries.offers import offer, offers_by_ids, offers_of_lot, offers_of_session
from fieldcast.trade.queries.orders import (
    delivery_of,
    order,
    order_by_number,
    orders_of_buyer,
    orders_of_carrier,
    orders_of_seller,
    orders_to_pack,
    packing_list,
    unsent_orders,
)
from fieldcast.trade.queries.payments import payments_made, session_payments
from fieldcast.trade.queries.punctuality import sent_in_time_bp
from fieldcast.trade.queries.refunds import refunds_in_trouble, refunds_of
from fieldcast.trade.queries.sales import day_sales, parcels_by_state, sales_by_day, session_sales
from fieldcast.trade.queries.stock import stock, stocks, write_offs

__all__ = [
    "day_sales",
    "delivery_of",
    "finished_lines",
    "money_imbalance",
    "net_fen_of_lines",
    "not_agreed",
    "notice_counts",
    "notices",
    "offer",
    "offers_by_ids",
    "offers_of_lot",
    "offers_of_session",
    "order",
    "order_by_number",
    "orders_of_buyer",
    "orders_of_carrier",
    "orders_of_seller",
    "orders_to_pack",
    "packing_list",
    "parcels_by_state",
    "payments_made",
    "refunds_in_trouble",
    "refunds_of",
    "sales_by_day",
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
