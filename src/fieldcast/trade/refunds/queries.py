"""Reads of refunds."""

from fieldcast.trade.models import Refund
from fieldcast.trade.refunds.types import RefundKind, RefundState, RefundView


def refunds_of(*, order_id: int) -> tuple[RefundView, ...]:
    """An order's refunds, the oldest first."""
    rows = Refund.objects.select_related("order").filter(order_id=order_id).order_by("requested_at", "id")
    return tuple(refund_view(row) for row in rows)


def refunds_in_trouble(*, county_id: int, limit: int = 50) -> tuple[RefundView, ...]:
    """Refunds the provider would not take, the oldest first: a buyer waits for money and a person must look."""
    rows = Refund.objects.select_related("order").filter(
        order__county_id=county_id, state=RefundState.FAILED.value
    )
    return tuple(refund_view(row) for row in rows.order_by("requested_at", "id")[:limit])


def refund_view(row: Refund) -> RefundView:
    """A refund as its buyer and seller see it."""
    return RefundView(
        id=row.pk,
        reference=row.reference,
        order_number=row.order.number,
        amount_fen=row.amount_fen,
        kind=RefundKind(row.kind),
        state=RefundState(row.state),
        reason=row.reason,
        requested_at=row.requested_at,
        done_at=row.done_at,
    )
