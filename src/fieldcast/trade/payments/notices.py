"""Notices from payment providers: late, twice, out of order, forged. Each is written down with what became of it.

A notice is applied once: its twin waits at the lock of its name, finds it written down and is a duplicate. What it says
is applied under the order's locks, so it does not matter in which order notices come. Whatever bytes a notice consists
of, it has an outcome: a forged one is refused, a true one that cannot be used is kept for a person to look at.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction

from fieldcast.kit.errors import Problem
from fieldcast.trade.models import Payment, PaymentNotice, Refund
from fieldcast.trade.payments import naming
from fieldcast.trade.payments.booking import book
from fieldcast.trade.payments.forged import operations as forged
from fieldcast.trade.payments.forged.types import UNKNOWN_PROVIDER
from fieldcast.trade.payments.misfits import ask_about
from fieldcast.trade.payments.types import NoticeOutcome
from fieldcast.trade.providers import get_provider
from fieldcast.trade.providers.errors import ForgedNotice, UnknownProvider, UnusableNotice
from fieldcast.trade.providers.interface import EARLIEST, REFERENCE, Event, Notice, Unusable
from fieldcast.trade.refunds import operations as refunds

LONGEST_BODY = 4000  # characters kept of what a provider said
AHEAD = timedelta(minutes=5)  # how far a provider's clock may be before ours, as with its signatures
TWINS_KEPT = 10  # of one notice; those after are counted
Verdict = tuple[NoticeOutcome, str]  # what became of it, and why where that needs saying


@dataclass(frozen=True)
class Letter:
    """A notice as it is written down: its name, what it is about and what it said, in what our tables can hold."""

    provider: str
    notice_id: str
    event: str
    reference: str
    body: str

    @staticmethod
    def of(provider: str, notice: Notice, body: bytes) -> "Letter":
        """What was read of a notice."""
        about = naming.reference(notice.refund_reference or notice.reference)
        return Letter(
            provider, naming.notice_id(notice.notice_id), notice.event.value, about, _readable(body)
        )

    @staticmethod
    def unread(provider: str, body: bytes) -> "Letter":
        """A notice that says nothing we understand: its bytes are its name."""
        return Letter(provider, naming.of_bytes(body), "", "", _readable(body))


def receive_notice(
    *, provider: str, headers: Mapping[str, str], body: bytes, now: datetime, rehearsed: bool = False
) -> NoticeOutcome:
    """Check a notice and act on it, once. A forged one changes nothing, is `REJECTED`, and is kept or counted: as a
    rehearsal's own where it is `rehearsed`.

    Raises `UnknownProvider`, which is counted too, and nothing else: whatever else is wrong with a notice is its
    outcome. A database that is away is no fault of the notice: its error is the caller's, and nothing was done.
    """
    try:
        notice = get_provider(provider).verify(headers, body, now)
    except UnknownProvider:
        forged.refuse_notice(provider=provider, reason=UNKNOWN_PROVIDER, now=now)
        raise
    except UnusableNotice as unusable:
        verdict = NoticeOutcome.MISMATCHED, unusable.why.value
        return _once(Letter.unread(provider, body), lambda: verdict, now)
    except ForgedNotice as refused:
        reason, words = refused.reason.value, _readable(body)
        forged.refuse_notice(provider=provider, reason=reason, body=words, now=now, rehearsed=rehearsed)
        return NoticeOutcome.REJECTED
    letter = Letter.of(provider, notice, body)
    try:
        return _once(letter, lambda: _act(provider, notice, now), now)
    except Problem as problem:
        # Our own rules would not have it, and all that was begun is undone. It would be the same again.
        code = problem.code
        return _once(letter, lambda: (NoticeOutcome.MISMATCHED, code), now)


def _once(letter: Letter, act: Callable[[], Verdict], now: datetime) -> NoticeOutcome:
    """Act on a notice and write down what became of it, in one transaction, unless that was done before."""
    with transaction.atomic():
        _wait_for_twins(letter)
        if _seen(letter):
            _keep_twin(letter, now)
            return NoticeOutcome.DUPLICATE
        outcome, reason = act()
        _write_down(letter, outcome, reason, now)
    return outcome


def _keep_twin(letter: Letter, now: datetime) -> None:
    """The first few twins of a notice are kept too; a storm of them is counted."""
    outcome = NoticeOutcome.DUPLICATE
    twins = PaymentNotice.objects.filter(
        reference=letter.reference,
        provider=letter.provider,
        notice_id=letter.notice_id,
        outcome=outcome.value,
    )
    if twins.order_by()[:TWINS_KEPT].count() < TWINS_KEPT:
        _write_down(letter, outcome, "", now)
    else:
        forged.count_duplicate(provider=letter.provider, reference=letter.reference, now=now)


def _write_down(letter: Letter, outcome: NoticeOutcome, reason: str, now: datetime) -> None:
    notice = PaymentNotice.objects.create(
        **vars(letter), outcome=outcome.value, reason=reason, received_at=now
    )
    if outcome == NoticeOutcome.MISMATCHED:
        ask_about(notice, now=now)


def _act(provider: str, notice: Notice, now: datetime) -> Verdict:
    if why := _unusable(notice, now):
        return NoticeOutcome.MISMATCHED, why.value
    rows = Payment.objects.select_related("order").defer("order__delivery")
    known = REFERENCE.fullmatch(notice.reference) is not None  # the database is asked for no other name
    payment = rows.filter(reference=notice.reference, provider=provider).first() if known else None
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


def _unusable(notice: Notice, now: datetime) -> Unusable | None:
    """What no honest notice says, and no database keeps."""
    if not EARLIEST <= notice.occurred_at <= now + AHEAD:
        return Unusable.IMPOSSIBLE_TIME
    return None if naming.storable(notice.provider_ref) else Unusable.UNREADABLE


def _refunded(payment: Payment, notice: Notice, now: datetime) -> Verdict:
    """A refund exists only for a payment that is booked, whether or not the payment's own notice came."""
    known = REFERENCE.fullmatch(notice.refund_reference) is not None
    rows = Refund.objects.filter(payment=payment)
    refund = rows.filter(reference=notice.refund_reference).first() if known else None
    if refund is None:
        return NoticeOutcome.MISMATCHED, "unknown_refund"
    if notice.amount_fen != refund.amount_fen:
        return NoticeOutcome.MISMATCHED, "amount_differs"
    first = refunds.confirm(reference=refund.reference, now=now)
    return (NoticeOutcome.APPLIED if first else NoticeOutcome.STALE), ""


def _seen(letter: Letter) -> bool:
    again = [NoticeOutcome.DUPLICATE.value, NoticeOutcome.REJECTED.value]
    rows = PaymentNotice.objects.filter(provider=letter.provider, notice_id=letter.notice_id)
    return rows.exclude(outcome__in=again).exists()


def _wait_for_twins(letter: Letter) -> None:
    """Lock the notice's name until the transaction ends. It is its first lock, so it is part of no deadlock."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtext('fieldcast.trade.notice'), hashtext(%s))",
            [f"{letter.provider}/{letter.notice_id}"],
        )


def _readable(body: bytes) -> str:
    return body.decode("utf-8", "replace").replace("\x00", "�")[:LONGEST_BODY]
