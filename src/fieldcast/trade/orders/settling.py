"""What settlement tells trade: which lines are settled, so that trade knows what is still pledged."""

from collections.abc import Iterable
from datetime import datetime

from fieldcast.trade.models import OrderLine


def note_settled(*, order_line_ids: Iterable[int], now: datetime) -> int:
    """Write down that lines are settled, in settlement's own transaction; returns how many were not before."""
    rows = OrderLine.objects.filter(id__in=set(order_line_ids), settled_at__isnull=True)
    return rows.update(settled_at=now)
