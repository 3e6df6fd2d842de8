"""How payments went, notices and refunds included."""

from django.db.models import Count, Q

from fieldcast.trade.forged.queries import duplicates_counted
from fieldcast.trade.models import Offer, Payment, PaymentNotice, Refund, Reservation
from fieldcast.trade.providers.interface import PaymentState, PaymentStatus
from fieldcast.trade.providers.interface import Refund as Returned
from fieldcast.trade.providers.interface import RefundState as Accepted
from fieldcast.trade.types import NoticeOutcome, RefundState, ReservationState, SessionPayments


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
    offers = Offer.objects.filter(session_id=session_id).values_list("units", flat=True)
    return SessionPayments(
        units=sum(offers),
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
