"""Reads of payment notices."""

from datetime import datetime

from django.db.models import Count, Exists, OuterRef, QuerySet

from fieldcast.trade.models import Payment, PaymentNotice, Refund
from fieldcast.trade.types import NoticeOutcome, NoticeView


def notices(
    *,
    county_id: int,
    outcome: NoticeOutcome | None = None,
    reference: str = "",
    since: datetime | None = None,
    limit: int = 100,
) -> tuple[NoticeView, ...]:
    """Notices about a county's money, the latest first; `reference` is a payment's or a refund's."""
    rows = _of_county(county_id)
    if outcome is not None:
        rows = rows.filter(outcome=outcome.value)
    if reference:
        rows = rows.filter(reference=reference)
    if since is not None:
        rows = rows.filter(received_at__gte=since)
    return tuple(_view(row) for row in rows.order_by("-received_at", "-id")[:limit])


def notice_counts(*, county_id: int, since: datetime | None = None) -> dict[NoticeOutcome, int]:
    """How many notices about a county's money came to which outcome; every outcome is there."""
    rows = _of_county(county_id)
    if since is not None:
        rows = rows.filter(received_at__gte=since)
    counted = dict(rows.values_list("outcome").annotate(count=Count("id")).order_by())
    return {outcome: int(counted.get(outcome.value, 0)) for outcome in NoticeOutcome}


def _of_county(county_id: int) -> "QuerySet[PaymentNotice]":
    """Notices about the county's payments and refunds, and those about nobody's, which are everyone's concern."""
    paid = Payment.objects.filter(reference=OuterRef("reference"))
    returned = Refund.objects.filter(reference=OuterRef("reference"))
    mine = Exists(paid.filter(order__county_id=county_id)) | Exists(
        returned.filter(order__county_id=county_id)
    )
    return PaymentNotice.objects.filter(mine | ~(Exists(paid) | Exists(returned)))


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
