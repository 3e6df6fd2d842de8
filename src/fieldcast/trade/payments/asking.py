"""Asks providers about money that nobody has told us of: notices get lost, and a buyer's money must not be.

What the provider's books say is booked as a notice would be, and written down beside the notices.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q

from fieldcast.trade.models import Payment, PaymentNotice, Refund
from fieldcast.trade.orders.types import OrderState
from fieldcast.trade.payments.booking import book
from fieldcast.trade.payments.misfits import ask_about
from fieldcast.trade.payments.types import NoticeOutcome
from fieldcast.trade.providers import get_provider
from fieldcast.trade.providers.errors import PaymentNotFound, ProviderUnavailable
from fieldcast.trade.providers.interface import PaymentState, PaymentStatus
from fieldcast.trade.providers.interface import RefundState as Accepted
from fieldcast.trade.refunds import operations as refunds
from fieldcast.trade.refunds.types import RefundState

PATIENCE = timedelta(seconds=30)  # ordinary notices arrive well within this
AGAIN = timedelta(seconds=60)  # between two questions about the same money
ASKED = "asked"  # the event under which our own questions are written down


def reconcile(*, now: datetime, limit: int = 50) -> int:
    """Ask about payments begun and refunds sent some time ago that nobody spoke of since; returns how many changed.

    A provider that does not answer is asked again later. Payments are asked about until they are paid or the provider
    says that nothing can be paid any more.
    """
    return _ask_payments(now, limit) + _ask_refunds(now, limit)


def _ask_payments(now: datetime, limit: int) -> int:
    quiet = Payment.objects.filter(
        Q(asked_at=None) | Q(asked_at__lte=now - AGAIN),
        paid_at=None,
        closed_at=None,
        started_at__lte=now - PATIENCE,
    )
    changed = 0
    silent: set[str] = set()
    longest_ago = (F("asked_at").asc(nulls_first=True), "id")
    for payment in quiet.select_related("order").defer("order__delivery").order_by(*longest_ago)[:limit]:
        if payment.provider in silent:
            continue
        Payment.objects.filter(id=payment.pk).update(asked_at=now)
        try:
            status = _status(payment)
        except (
            ProviderUnavailable
        ):  # each question would wait as long: the others are asked in the next round
            silent.add(payment.provider)
            continue
        if status is not None and status.state == PaymentState.PAID:
            changed += _found_paid(payment, status, now)
        elif status is None or status.state == PaymentState.CLOSED:
            _close(payment, now)
    return changed


def _status(payment: Payment) -> PaymentStatus | None:
    """What the provider says; None when it never saw the payment. Raises `ProviderUnavailable`."""
    try:
        return get_provider(payment.provider).query(payment.reference)
    except PaymentNotFound:
        return None


def _found_paid(payment: Payment, status: PaymentStatus, now: datetime) -> int:
    if status.amount_fen != payment.amount_fen:
        with transaction.atomic():
            _write_down(payment, payment.reference, NoticeOutcome.MISMATCHED, now, reason="amount_differs")
        return 0
    with transaction.atomic():
        outcome = book(
            payment,
            payment.order,
            provider_ref=status.provider_ref,
            paid_at=status.paid_at or now,
            now=now,
        )
        if outcome == NoticeOutcome.STALE:  # its notice was quicker
            return 0
        _write_down(payment, payment.reference, outcome, now)
    return 1


def _close(payment: Payment, now: datetime) -> None:
    """Nothing can be paid any more: but only once the hold is over, for until then the buyer may still begin."""
    if payment.order.state != OrderState.RESERVED or payment.order.expires_at <= now:
        Payment.objects.filter(id=payment.pk, paid_at=None).update(closed_at=now)


def _ask_refunds(now: datetime, limit: int) -> int:
    quiet = Refund.objects.filter(state=RefundState.SENT.value, due_at__lte=now)
    by_payment: dict[Payment, list[Refund]] = {}
    for refund in quiet.select_related("payment__order").order_by("due_at", "id")[:limit]:
        by_payment.setdefault(refund.payment, []).append(refund)
    changed = 0
    silent: set[str] = set()
    for payment, rows in by_payment.items():
        if payment.provider not in silent:
            try:
                changed += _check_refunds(payment, rows, now)
            except ProviderUnavailable:
                silent.add(payment.provider)
    return changed


def _check_refunds(payment: Payment, rows: Iterable[Refund], now: datetime) -> int:
    """Confirm what has arrived, send again what never did, ask later about the rest. Raises `ProviderUnavailable`."""
    status = _status(payment)
    known = {refund.refund_reference: refund.state for refund in status.refunds} if status else {}
    changed = 0
    for refund in rows:
        still_sent = Refund.objects.filter(id=refund.pk, state=RefundState.SENT.value)
        if known.get(refund.reference) == Accepted.SUCCEEDED:
            with transaction.atomic():
                if refunds.confirm(reference=refund.reference, now=now):
                    _write_down(payment, refund.reference, NoticeOutcome.APPLIED, now)
                    changed += 1
        elif refund.reference not in known:  # it never arrived, and if it did, sending again is harmless
            still_sent.update(state=RefundState.REQUESTED.value, due_at=now)
        else:
            still_sent.update(due_at=now + AGAIN)
    return changed


def _write_down(
    payment: Payment, reference: str, outcome: NoticeOutcome, now: datetime, *, reason: str = ""
) -> None:
    # The outcome is part of the name: money that is first found to differ may be found right the next time.
    notice, first = PaymentNotice.objects.get_or_create(
        provider=payment.provider,
        notice_id=f"{ASKED}:{outcome.value}:{reference}",
        outcome=outcome.value,
        defaults={"event": ASKED, "reference": reference, "reason": reason, "received_at": now},
    )
    if first and outcome == NoticeOutcome.MISMATCHED:
        ask_about(notice, now=now)
