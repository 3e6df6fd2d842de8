"""Under which number an order's parcel goes: that of what was sent in exchange, once something was."""

from typing import Any

from django.db.models import OuterRef, Q, Subquery

from fieldcast.trade.models import Order, ReplacementParcel


def newest_number(order: str) -> Subquery:
    """The number of the last parcel sent in exchange, of the order that `order` names in the outer query."""
    rows = ReplacementParcel.objects.filter(request__order=OuterRef(order)).order_by("-id")
    return Subquery(rows.values("tracking_number")[:1])


def number_of(order: Order, *, read_with: Any) -> str:
    """The number now; `read_with` is the row that `newest_number` was read with."""
    first = order.shipment.tracking_number if hasattr(order, "shipment") else ""
    return getattr(read_with, "newest_number", None) or first


def exchanged_as(**number: str) -> Q:
    """Of orders: goods were sent in exchange under such a number."""
    rows = ReplacementParcel.objects.filter(**number)
    return Q(id__in=rows.values("request__order_id"))
