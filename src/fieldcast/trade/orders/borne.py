"""What the county decided of lines' refunds: which role of the sale bears them alone."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from fieldcast.trade.models import BorneRefund
from fieldcast.trade.orders.types import Loss


def losses_of(
    order_line_ids: Iterable[int], *, until: Mapping[int, datetime] | None = None
) -> dict[int, tuple[Loss, ...]]:
    """What is borne of these lines' refunds, in the order decided, by line; most lines have nothing of the kind.

    `until`: of a line, what was decided by then.
    """
    found: dict[int, list[Loss]] = {}
    rows = (
        BorneRefund.objects.filter(line_id__in=list(order_line_ids)).select_related("refund").order_by("id")
    )
    for row in rows:
        if until is not None and row.refund.requested_at > until[row.line_id]:
            continue
        loss = Loss(role=row.role, amount_fen=row.amount_fen, decision=row.refund.reference)
        found.setdefault(row.line_id, []).append(loss)
    return {line_id: tuple(losses) for line_id, losses in found.items()}
