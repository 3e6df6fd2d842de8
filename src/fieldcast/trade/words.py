"""Words that trade's sentences need, in the reader's language."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy as in_context

from fieldcast.trade.orders.types import OrderState

ORDER_STATES: Mapping[OrderState, str | Promise] = {
    OrderState.RESERVED: in_context("the order is", "waiting for payment"),
    OrderState.PAID: in_context("the order is", "paid"),
    OrderState.PACKED: in_context("the order is", "packed"),
    OrderState.SHIPPED: in_context("the order is", "on its way"),
    OrderState.RECEIVED: in_context("the order is", "received"),
    OrderState.CLOSED: in_context("the order is", "finished"),
    OrderState.CANCELLED: in_context("the order is", "cancelled"),
    OrderState.EXPIRED: in_context("the order is", "not paid in time"),
    OrderState.REFUNDED: in_context("the order is", "refunded"),
}
DELIVERY_FIELDS: Mapping[str, str | Promise] = {
    "recipient": in_context("address", "recipient"),
    "phone": in_context("address", "phone number"),
    "province": in_context("address", "province"),
    "city": in_context("address", "city"),
    "district": in_context("address", "district"),
    "line": in_context("address", "street and house number"),
}
