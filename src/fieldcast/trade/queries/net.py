"""What was kept of order lines, and of all that a seller was paid."""

from collections.abc import Iterable

from django.db.models import F, Sum

from fieldcast.trade.models import OrderLine, Payment, Refund


def net_fen_of_lines(*, order_line_ids: Iterable[int]) -> dict[int, int]:
    """What was paid less what was refunded, by order line."""
    rows = OrderLine.objects.filter(id__in=set(order_line_ids)).annotate(
        net=F("total_fen") - F("refunded_fen")
    )
    return dict(rows.values_list("id", "net"))


def kept_fen_of_sellers() -> dict[int, int]:
    """What buyers paid each seller less every refund that was asked for, from payments and refunds alone."""
    paid = Payment.objects.filter(paid_at__isnull=False).values_list("order__seller_id")
    kept = dict(paid.annotate(fen=Sum("amount_fen")).order_by())
    back = Refund.objects.values_list("order__seller_id").annotate(fen=Sum("amount_fen")).order_by()
    for seller, fen in back:
        kept[seller] = kept.get(seller, 0) - fen
    return kept
