"""Money has come: the order is paid and its packs are sold; or the order has ended, and the money goes back.

One statement decides which, under the order's locks (`trade/sql/book_payment.sql`), so a payment is booked once,
whoever tells of it first, and those who order from the same offer wait for as little as can be.
"""

from datetime import datetime

from django.db import connection, transaction

from fieldcast.kit.errors import NotFound
from fieldcast.kit.events import LIVE_CHANNEL
from fieldcast.ledger import operations as ledger_operations
from fieldcast.ledger.types import Entry
from fieldcast.trade.models import Order, Payment
from fieldcast.trade.payments.starting import begin
from fieldcast.trade.payments.types import NoticeOutcome
from fieldcast.trade.refunds import operations as refunds
from fieldcast.trade.refunds.types import RefundKind
from fieldcast.trade.stock import units


def take_payment(
    *,
    order_id: int,
    now: datetime,
    provider_ref: str = "",
    paid_at: datetime | None = None,
) -> NoticeOutcome:
    """Book an order's payment that is known to have been made, when no notice says so: by asking the provider, or when
    orders of the past are written down.

    `paid_at` is when the provider took it, `now` where None. Raises `NotFound`.
    """
    with transaction.atomic():
        order = Order.objects.filter(id=order_id).defer("delivery").first()
        if order is None:
            raise NotFound("order")
        payment = begin(order, now=now)
        return book(payment, order, provider_ref=provider_ref, paid_at=paid_at or now, now=now)


def book(
    payment: Payment, order: Order, *, provider_ref: str, paid_at: datetime, now: datetime
) -> NoticeOutcome:
    """Book `payment` of `order`, both read without a lock: what may change of them is looked at under it.

    APPLIED when the order is paid now; RETURNED when it has ended or is paid by another attempt, and the money goes
    back; STALE when this payment was booked before.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT trade_book_payment(%s, %s, %s, %s, %s)",
            [payment.pk, provider_ref[:64], paid_at, now, LIVE_CHANNEL],
        )
        (found,) = cursor.fetchone()
    if found == "stale":
        return NoticeOutcome.STALE
    _take_in(order, payment, now)
    if found == "sold":
        return NoticeOutcome.APPLIED
    refunds.request(
        units.lock_order(order.pk),
        payment=payment,
        amount_fen=payment.amount_fen,
        kind=RefundKind.LATE_PAYMENT,
        by_id=None,
        reason="",
        now=now,
    )
    return NoticeOutcome.RETURNED


def _take_in(order: Order, payment: Payment, now: datetime) -> None:
    """The buyer's money stands in the seller's escrow until the sale is final."""
    ledger_operations.transfer(
        client_id=f"payment:{payment.reference}",
        kind="payment",
        entries=[
            Entry(f"outside:{payment.provider}", "world", -payment.amount_fen),
            Entry(f"org:{order.seller_id}", "escrow", payment.amount_fen),
        ],
        county_id=order.county_id,
        reference=order.number,
        now=now,
    )
