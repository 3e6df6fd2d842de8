"""Notices from payment providers: late, twice, out of order, forged. Each is written down with what became of it.

A notice is applied once: its twin waits at the lock of its name, finds it written down and is a duplicate. What it says
is applied under the order's locks, so it does not matter in which order notices come.
"""

from collections.abc import Mapping
from datetime import datetime

from django.db import connection, transaction

from fieldcast.trade.models import Payment, PaymentNotice, Refund
from fieldcast.trade.operations import refunds
from fieldcast.trade.operations.payments.booking import book
from fieldcast.trade.providers import get_provider
from fieldcast.trade.providers.errors import ForgedNotice
from fieldcast.trade.providers.interface import Event, Notice
from fieldcast.trade.types import NoticeOutcome

LONGEST_BODY = 4000  # characters kept of what a stranger sent
Verdict = tuple[NoticeOutcome, str]  # what became of it, and why where that needs saying


def receive_notice(*, provider: str, headers: Mapping[str, str], body: bytes, now: datetime) -> NoticeOutcome:
    """Check a notice and act on it, once. A forged one is written down, changes nothing and is `REJECTED`.

    Raises `UnknownProvider`, and nothing else: whatever else is wrong with a notice is its outcome.
    """
    trusted = get_provider(provider)
    try:
        notice = trusted.verify(headers, body, now)
    except ForgedNotice as forged:
        PaymentNotice.objects.create(
            provider=provider[:20],
            outcome=NoticeOutcome.REJECTED.value,
            reason=forged.reason.value,
            body=_readable(body),
            received_at=now,
        )
        return NoticeOutcome.REJECTED
    with transaction.atomic():
        _wait_for_twins(provider, notice.notice_id)
        outcome, reason = _act(provider, notice, now)
        write_down(provider, notice, outcome=outcome, reason=reason, now=now)
    return outcome


def write_down(
    provider: str, notice: Notice, *, outcome: NoticeOutcome, now: datetime, reason: str = ""
) -> None:
    """Keep a notice and what became of it."""
    PaymentNotice.objects.create(
        provider=provider[:20],
        notice_id=notice.notice_id[:64],
        event=notice.event.value,
        reference=(notice.refund_reference or notice.reference)[:40],
        outcome=outcome.value,
        reason=reason,
        body=_readable(notice.raw.encode()),
        received_at=now,
    )


def _act(provider: str, notice: Notice, now: datetime) -> Verdict:
    if _seen(provider, notice.notice_id):
        return NoticeOutcome.DUPLICATE, ""
    rows = Payment.objects.select_related("order").defer("order__delivery")
    payment = rows.filter(reference=notice.reference, provider=provider).first()
    if payment is None:
        return NoticeOutcome.MISMATCHED, "unknown_payment"
    if notice.event == Event.REFUND_SUCCEEDED:
        return _refunded(payment, notice, now)
    if notice.amount_fen != payment.amount_fen:
        return NoticeOutcome.MISMATCHED, "amount_differs"
    if notice.event == Event.PAYMENT_SUCCEEDED:
        ref, paid_at = notice.provider_ref, notice.occurred_at
        return book(payment, payment.order, provider_ref=ref, paid_at=paid_at, now=now), ""
    # An attempt under way or failed: nothing changes, since the buyer may go on or try again until the hold is over.
    return (NoticeOutcome.STALE if payment.paid_at else NoticeOutcome.APPLIED), ""


def _refunded(payment: Payment, notice: Notice, now: datetime) -> Verdict:
    """A refund exists only for a payment that is booked, whether or not the payment's own notice came."""
    refund = Refund.objects.filter(reference=notice.refund_reference, payment=payment).first()
    if refund is None:
        return NoticeOutcome.MISMATCHED, "unknown_refund"
    if notice.amount_fen != refund.amount_fen:
        return NoticeOutcome.MISMATCHED, "amount_differs"
    first = refunds.confirm(reference=refund.reference, now=now)
    return (NoticeOutcome.APPLIED if first else NoticeOutcome.STALE), ""


def _seen(provider: str, notice_id: str) -> bool:
    again = [NoticeOutcome.DUPLICATE.value, NoticeOutcome.REJECTED.value]
    rows = PaymentNotice.objects.filter(provider=provider, notice_id=notice_id)
    return rows.exclude(outcome__in=again).exists()


def _wait_for_twins(provider: str, notice_id: str) -> None:
    """One at a time under one name: the first lock of this transaction, so it cannot close a circle."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtext('fieldcast.trade.notice'), hashtext(%s))",
            [f"{provider}/{notice_id}"],
        )


def _readable(body: bytes) -> str:
    return body.decode("utf-8", "replace").replace("\x00", "�")[:LONGEST_BODY]
