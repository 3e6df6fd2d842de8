"""Reads of payment notices: those that were believed, and in counts and the list of `REJECTED` those that were not."""

from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, Sum

from fieldcast.trade.forged.models import NoticeCount
from fieldcast.trade.forged.queries import forged_notices, kept_forged
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
    """Notices about a county's money, the latest first; `reference` is a payment's or a refund's.

    Forged ones are about nobody's money: `forged_notices` tells of them, and this only where `REJECTED` is asked for.
    """
    if outcome == NoticeOutcome.REJECTED:
        return () if reference else kept_forged(since=since, limit=limit)
    rows = PaymentNotice.objects.filter(_of_county(county_id))
    if outcome is not None:
        rows = rows.filter(outcome=outcome.value)
    if reference:
        rows = rows.filter(reference=reference)
    if since is not None:
        rows = rows.filter(received_at__gte=since)
    return tuple(_view(row) for row in rows.order_by("-received_at", "-id")[:limit])


def notice_counts(*, county_id: int, since: datetime | None = None) -> dict[NoticeOutcome, int]:
    """How many notices about a county's money came to which outcome; every outcome is there, kept or only counted."""
    rows = PaymentNotice.objects.filter(_of_county(county_id))
    twins = NoticeCount.objects.filter(_of_county(county_id), outcome=NoticeOutcome.DUPLICATE.value)
    if since is not None:
        rows, twins = rows.filter(received_at__gte=since), twins.filter(last_at__gte=since)
    counted: dict[str, int] = dict(rows.values_list("outcome").annotate(count=Count("id")).order_by())
    found = {outcome: int(counted.get(outcome.value, 0)) for outcome in NoticeOutcome}
    found[NoticeOutcome.DUPLICATE] += int(twins.aggregate(Sum("count"))["count__sum"] or 0)
    found[NoticeOutcome.REJECTED] = sum(run.count for run in forged_notices(since=since, strays=True))
    return found


def _of_county(county_id: int) -> Q:
    """Notices about the county's payments and refunds, and those about nobody's, which are everyone's concern."""
    paid = Payment.objects.filter(reference=OuterRef("reference"))
    returned = Refund.objects.filter(reference=OuterRef("reference"))
    mine = Exists(paid.filter(order__county_id=county_id)) | Exists(
        returned.filter(order__county_id=county_id)
    )
    return mine | ~(Exists(paid) | Exists(returned))


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
