"""Reads of payments: how they went, and the notices about them, those that were believed and those that were not."""

from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, Sum

from fieldcast.trade.models import NoticeCount, Offer, Payment, PaymentNotice, Refund, Reservation
from fieldcast.trade.payments.forged.queries import duplicates_counted, forged_notices, kept_forged
from fieldcast.trade.payments.types import NoticeOutcome, NoticeView, SessionPayments
from fieldcast.trade.providers.interface import PaymentState, PaymentStatus
from fieldcast.trade.providers.interface import Refund as Returned
from fieldcast.trade.providers.interface import RefundState as Accepted
from fieldcast.trade.refunds.types import RefundState
from fieldcast.trade.stock.types import ReservationState


def session_payments(*, session_id: int) -> SessionPayments:
    """Counts of one session, from the rows of its payments, the notices that name them, refunds and reservations."""
    payments = Payment.objects.filter(order__session_id=session_id)
    references = payments.values("reference")
    notices = PaymentNotice.objects.filter(reference__in=references).aggregate(
        twice=Count("id", filter=Q(outcome=NoticeOutcome.DUPLICATE.value)),
        stale=Count("id", filter=Q(outcome=NoticeOutcome.STALE.value)),
        returned=Count("id", filter=Q(outcome=NoticeOutcome.RETURNED.value)),
    )
    refunds = Refund.objects.filter(order__session_id=session_id)
    held = Reservation.objects.filter(offer__session_id=session_id, state=ReservationState.HELD.value)
    offers = Offer.objects.filter(session_id=session_id).values_list("packs", flat=True)
    return SessionPayments(
        packs=sum(offers),
        held=held.count(),
        paid=payments.filter(paid_at__isnull=False).count(),
        notified_twice=notices["twice"] + duplicates_counted(references=references),
        stale=notices["stale"],
        returned=notices["returned"],
        refunds=refunds.count(),
        refunds_open=refunds.exclude(state=RefundState.SUCCEEDED.value).count(),
    )


def payments_made(*, county_id: int, provider: str) -> tuple[PaymentStatus, ...]:
    """The payments of a county's orders that were made through `provider`, as its books should say them, with what went
    back: for books that were not there when they were made.
    """
    made = Payment.objects.filter(order__county_id=county_id, provider=provider, paid_at__isnull=False)
    returned: dict[int, list[Returned]] = {}
    for row in Refund.objects.filter(payment__in=made, state=RefundState.SUCCEEDED.value).order_by("id"):
        one = Returned(row.reference, row.amount_fen, Accepted.SUCCEEDED)
        returned.setdefault(row.payment_id, []).append(one)
    return tuple(
        PaymentStatus(
            reference=row.reference,
            provider_ref=row.provider_ref,
            state=PaymentState.PAID,
            amount_fen=row.amount_fen,
            paid_at=row.paid_at,
            refunds=tuple(returned.get(row.pk, ())),
        )
        for row in made.order_by("id")
    )


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
    return tuple(_notice_view(row) for row in rows.order_by("-received_at", "-id")[:limit])


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


def _notice_view(row: PaymentNotice) -> NoticeView:
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
