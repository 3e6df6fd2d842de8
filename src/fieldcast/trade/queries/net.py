"""What was kept of order lines."""

from collections.abc import Iterable

from django.db.models import F

from fieldcast.trade.models import OrderLine


def net_fen_of_lines(*, order_line_ids: Iterable[int]) -> dict[int, int]:
    """What was paid less what was refunded, by order line."""
    rows = OrderLine.objects.filter(id__in=set(order_line_ids)).annotate(
        net=F("total_fen") - F("refunded_fen")
    )
    return dict(rows.values_list("id", "net"))
