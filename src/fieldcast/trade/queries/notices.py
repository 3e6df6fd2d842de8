"""Reads of payment notices."""

from datetime import datetime

from django.db.models import Count

from fieldcast.trade.models import PaymentNotice
from fieldcast.trade.types import NoticeOutcome, NoticeView


def notices(
    *,
    outcome: NoticeOutcome | None = None,
    reference: str = "",
    since: datetime | None = None,
    limit: int = 100,
) -> tuple[NoticeView, ...]:
    """Notices, the latest first; `reference` is a payment's or a refund's."""
    rows = PaymentNotice.objects.all()
    if outcome is not None:
        rows = rows.filter(outcome=outcome.value)
    if reference:
        rows = rows.filter(reference=reference)
    if since is not None:
        rows = rows.filter(received_at__gte=since)
    return tuple(_view(row) for row in rows.order_by("-received_at", "-id")[:limit])


def notice_counts(*, since: datetime | None = None) -> dict[NoticeOutcome, int]:
    """How many notices came to which outcome; every outcome is there."""
    rows = PaymentNotice.objects.all()
    if since is not None:
        rows = rows.filter(received_at__gte=since)
    counted = dict(rows.values_list("outcome").annotate(count=Count("id")).order_by())
    return {outcome: int(counted.get(outcome.value, 0)) for outcome in NoticeOutcome}


def _view(row: PaymentNotice) -> NoticeView:
    return NoticeView(
        id=row.pk,
        provider=row.provider,
        notice_id=row.notice_id,
        event=row.event,
        reference=row.reference,
        outcome=NoticeOutcome(row.outcome),
        reason=row.reason,
        received_at=row.received_at,
    )
