"""How a session's payments went, notices and refunds included."""

from django.db.models import Count, Q

from fieldcast.trade.models import Offer, Payment, PaymentNotice, Refund, Reservation
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
        notified_twice=notices["twice"],
        stale=notices["stale"],
        returned=notices["returned"],
        refunds=refunds.count(),
        refunds_open=refunds.exclude(state=RefundState.SUCCEEDED.value).count(),
    )
