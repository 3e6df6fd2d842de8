"""Money going back to buyers: asked for, set aside, sent to the provider, confirmed.

From the moment it is asked for, the amount is held in the seller's escrow, so that settlement cannot spend it; it
leaves the ledger when the provider says that it has been returned. What is asked back never passes what was paid.
"""

import logging
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from fieldcast.accounts.access import require, require_now
from fieldcast.accounts.types import SignedIn
from fieldcast.kit.errors import NotFound
from fieldcast.kit.ids import dated_number
from fieldcast.kit.said import said
from fieldcast.ledger import operations as ledger_operations
from fieldcast.ledger.types import Entry
from fieldcast.trade.aftersales.steps import all_went_back
from fieldcast.trade.carrying import rows
from fieldcast.trade.models import Order, OrderLine, Payment, Refund
from fieldcast.trade.orders.problems import WrongState
from fieldcast.trade.orders.steps import note_step
from fieldcast.trade.orders.types import OrderState
from fieldcast.trade.providers import get_provider
from fieldcast.trade.providers.errors import PaymentNotFound, ProviderUnavailable, RefundRefused
from fieldcast.trade.providers.interface import RefundState as Accepted
from fieldcast.trade.refunds.problems import AfterSaleOver, AmountTooLarge, BadAmount, RefundNotFailed
from fieldcast.trade.refunds.queries import refund_view
from fieldcast.trade.refunds.types import RefundKind, RefundState, RefundView
from fieldcast.trade.stock import units

log = logging.getLogger(__name__)
BEFORE_SHIPMENT = (OrderState.PAID, OrderState.PACKED)
AFTER_SHIPMENT = (OrderState.SHIPPED, OrderState.RECEIVED)
LONGEST_WAIT = timedelta(minutes=10)  # between two attempts to send a refund
ASK_AFTER = timedelta(
    seconds=20
)  # from sending a refund that nobody spoke of since: ordinary notices come sooner


def refund_order(*, by: SignedIn | None, order_id: int, reason: str, now: datetime) -> RefundView:
    """The seller gives a paid order back whole before it is shipped; its packs return.

    Raises `NotFound` for strangers, `WrongState` once it is shipped or has ended.
    """
    with transaction.atomic():
        locked = units.lock_orders([order_id])
        order = locked.order(order_id)
        if by is not None:
            require(by, "trade.refund_order", order)
        refund = give_back(locked, order, by_id=by.pk if by else None, reason=reason, now=now)
        all_went_back(order, refund, by=by, now=now)
    return refund_view(refund)


def refund_after_sale(
    *, by: SignedIn | None, order_id: int, amount_fen: int, reason: str, now: datetime
) -> RefundView:
    """The seller gives part or all of the price back after shipment; the goods stay sold.

    `amount_fen` is at most what was paid and not yet given back (`BadAmount`, `AmountTooLarge`). Raises `NotFound` for
    strangers, `WrongState` before shipment, `AfterSaleOver` once the after-sale window is over.
    """
    with transaction.atomic():
        order = units.lock_order(order_id)
        if by is not None:
            require(by, "trade.refund_order", order)
        _check_window(order, now)
        by_id = by.pk if by else None
        refund = give_part(order, amount_fen=amount_fen, by_id=by_id, reason=reason, now=now)
        if not any(line.refunded_fen < line.total_fen for line in OrderLine.objects.filter(order=order)):
            all_went_back(order, refund, by=by, now=now)
    return refund_view(refund)


def give_part(order: Order, *, amount_fen: int, by_id: int | None, reason: str, now: datetime) -> Refund:
    """Give part or all of the price of a shipped order back, under its lock. Raises `BadAmount`, `AmountTooLarge`."""
    lines = list(OrderLine.objects.filter(order=order).order_by("id"))
    left_fen = sum(line.total_fen - line.refunded_fen for line in lines)
    if amount_fen <= 0:
        raise BadAmount
    if amount_fen > left_fen:
        raise AmountTooLarge(wanted_fen=amount_fen, left_fen=left_fen)
    _take_from(lines, amount_fen)
    if amount_fen == left_fen:
        rows.all_went_back(order, by_id=by_id, now=now)
    return request(
        order,
        payment=_paid_by(order),
        amount_fen=amount_fen,
        kind=RefundKind.AFTER_SALE,
        by_id=by_id,
        reason=reason,
        now=now,
    )


def give_of_settled(
    *, order_id: int, amounts: Mapping[int, int], by_id: int | None, reason: str, now: datetime
) -> RefundView:
    """Give money of settled lines back: fen by order line. The caller has put it into the seller's escrow before.

    Who may, and whom it costs, is settlement's to say. Raises `NotFound`, `WrongState` for an order that is not closed,
    `BadAmount`, `AmountTooLarge` for more of a line than was kept of it.
    """
    order = units.lock_order(order_id)
    if OrderState(order.state) != OrderState.CLOSED:
        raise WrongState(state=OrderState(order.state))
    lines = {line.pk: line for line in OrderLine.objects.filter(order=order)}
    if not amounts or any(fen <= 0 for fen in amounts.values()) or not amounts.keys() <= lines.keys():
        raise BadAmount
    for line_id, fen in amounts.items():
        line = lines[line_id]
        if fen > line.total_fen - line.refunded_fen:
            raise AmountTooLarge(wanted_fen=fen, left_fen=line.total_fen - line.refunded_fen)
        line.refunded_fen += fen
        line.save(update_fields=["refunded_fen"])
    refund = request(
        order,
        payment=_paid_by(order),
        amount_fen=sum(amounts.values()),
        kind=RefundKind.SETTLED,
        by_id=by_id,
        reason=reason,
        now=now,
    )
    return refund_view(refund)


def give_back(locked: units.Locked, order: Order, *, by_id: int | None, reason: str, now: datetime) -> Refund:
    """End a paid order under its locks: packs return, the whole price goes back. Raises `WrongState`."""
    if OrderState(order.state) not in BEFORE_SHIPMENT:
        raise WrongState(state=OrderState(order.state))
    units.release(locked, locked.of(order.pk), now=now)
    units.save(locked)
    order.state, order.ended_at, order.end_reason = OrderState.REFUNDED.value, now, _plain(reason)
    order.save(update_fields=["state", "ended_at", "end_reason"])
    note_step(order_ids=[order.pk], state=OrderState.REFUNDED, by_id=by_id, now=now, why=order.end_reason)
    for line in OrderLine.objects.filter(order=order):
        line.refunded_fen = line.total_fen
        line.save(update_fields=["refunded_fen"])
    return request(
        order,
        payment=_paid_by(order),
        amount_fen=order.total_fen,
        kind=RefundKind.BEFORE_SHIPMENT,
        by_id=by_id,
        reason=reason,
        now=now,
    )


def request(
    order: Order,
    *,
    payment: Payment,
    amount_fen: int,
    kind: RefundKind,
    by_id: int | None,
    reason: str,
    now: datetime,
) -> Refund:
    """Write a refund of a payment down and set its money aside, under the order's lock."""
    refund = Refund.objects.create(
        order=order,
        payment=payment,
        reference=dated_number("R", now),
        amount_fen=amount_fen,
        kind=kind.value,
        reason=_plain(reason),
        requested_by_id=by_id,
        requested_at=now,
        due_at=now,
    )
    ledger_operations.hold(
        client_id=_hold_id(refund),
        party=f"org:{order.seller_id}",
        purpose="escrow",
        amount_fen=amount_fen,
        county_id=order.county_id,
        reason=f"{order.number} {kind.value}",
        now=now,
    )
    return refund


def confirm(*, reference: str, now: datetime) -> bool:
    """The provider has returned the money: it leaves the ledger. False when that was known already.

    Raises `NotFound` when there is no such refund.
    """
    with transaction.atomic():
        known = Refund.objects.filter(reference=reference).values_list("order_id", flat=True).first()
        if known is None:
            raise NotFound("refund")
        order = units.lock_order(known)
        refund = Refund.objects.select_related("payment").get(reference=reference)
        if refund.state == RefundState.SUCCEEDED:
            return False
        refund.state, refund.done_at, refund.failure = RefundState.SUCCEEDED.value, now, ""
        refund.save(update_fields=["state", "done_at", "failure"])
        ledger_operations.capture_hold(
            hold_client_id=_hold_id(refund),
            client_id=f"refund:{refund.reference}",
            kind="refund",
            entries=[
                Entry(f"org:{order.seller_id}", "escrow", -refund.amount_fen),
                Entry(f"outside:{refund.payment.provider}", "world", refund.amount_fen),
            ],
            county_id=order.county_id,
            memo=refund.kind,
            reference=order.number,
            now=now,
        )
    return True


def confirm_known(*, refund_id: int, now: datetime) -> bool:
    """Book a refund that is known to have arrived, when no notice says so: where refunds of the past are written down.

    False when it was booked before. Raises `NotFound`.
    """
    refund = Refund.objects.filter(id=refund_id).first()
    if refund is None:
        raise NotFound("refund")
    return confirm(reference=refund.reference, now=now)


def retry_refund(*, by: SignedIn | None, refund_id: int, now: datetime) -> RefundView:
    """Send a refund again that the provider would not take. Raises `NotFound` and `RefundNotFailed`."""
    with transaction.atomic():
        refund = (
            Refund.objects.select_for_update(of=("self",), no_key=True)
            .select_related("order")
            .filter(id=refund_id)
            .first()
        )
        if refund is None:
            raise NotFound("refund")
        if by is not None:
            require_now(by, "trade.refund_order", refund.order)
        if refund.state != RefundState.FAILED:
            raise RefundNotFailed
        refund.state, refund.due_at, refund.failure = RefundState.REQUESTED.value, now, ""
        refund.save(update_fields=["state", "due_at", "failure"])
    return refund_view(refund)


def send_refunds(*, now: datetime, limit: int = 50) -> int:
    """Send up to `limit` refunds that are due to their providers; returns how many were accepted.

    One after the other, each marked as sent, and that committed, before the provider is spoken to: one that is sent
    and never heard of again (the worker was killed between the two) is asked about by `reconcile`. A refund's reference
    makes it count once however often it is sent. A provider that does not answer is left alone until the next call.
    """
    accepted = 0
    silent: set[str] = set()
    for _turn in range(limit):
        refund = _claim(now, without=silent)
        if refund is None:
            break
        try:
            accepted += _send(refund, now)
        except ProviderUnavailable:
            silent.add(refund.payment.provider)
            wait = min(timedelta(seconds=2 ** min(refund.attempts, 10)), LONGEST_WAIT)
            _still_sent(refund).update(state=RefundState.REQUESTED.value, due_at=now + wait)
    return accepted


@transaction.atomic
def _claim(now: datetime, *, without: set[str]) -> Refund | None:
    """The refund that is due for longest, marked as sent; `due_at` is then when it is asked about."""
    due = Refund.objects.filter(state=RefundState.REQUESTED.value, due_at__lte=now)
    rows = due.exclude(payment__provider__in=without).select_related("payment").order_by("due_at", "id")
    # skip_locked: another worker, or somebody's confirmation, has that one
    refund = rows.select_for_update(of=("self",), no_key=True, skip_locked=True).first()
    if refund is not None:
        refund.state, refund.sent_at, refund.due_at = RefundState.SENT.value, now, now + ASK_AFTER
        refund.attempts += 1
        refund.save(update_fields=["state", "sent_at", "due_at", "attempts"])
    return refund


def _send(refund: Refund, now: datetime) -> bool:
    """Raises `ProviderUnavailable`."""
    provider = get_provider(refund.payment.provider)
    try:
        accepted = provider.refund(
            reference=refund.payment.reference,
            refund_reference=refund.reference,
            amount_fen=refund.amount_fen,
            reason=refund.reason or refund.kind,
        )
    except (PaymentNotFound, RefundRefused) as refused:
        log.warning("refund %s was refused: %s", refund.reference, refused.code)
        reason = str(refused.facts.get("reason", refused.code))
        _still_sent(refund).update(state=RefundState.FAILED.value, failure=reason[:40])
        return False
    if accepted.state == Accepted.SUCCEEDED:
        confirm(reference=refund.reference, now=now)
    return True


def _still_sent(refund: Refund) -> "QuerySet[Refund]":
    """The refund, unless its confirmation has overtaken the answer to sending it."""
    return Refund.objects.filter(id=refund.pk, state=RefundState.SENT.value)


def _paid_by(order: Order) -> Payment:
    """The payment that a sold order was paid by: the first that came, since a later one goes back by itself."""
    paid = Payment.objects.filter(order=order, paid_at__isnull=False).order_by("id")
    return paid.exclude(refunds__kind=RefundKind.LATE_PAYMENT.value).get()


def _check_window(order: Order, now: datetime) -> None:
    state = OrderState(order.state)
    over = order.after_sale_until is not None and now > order.after_sale_until
    if state == OrderState.CLOSED or (state == OrderState.RECEIVED and over):
        raise AfterSaleOver
    if state not in AFTER_SHIPMENT:
        raise WrongState(state=state)


def _take_from(lines: Iterable[OrderLine], amount_fen: int) -> None:
    """Note on the lines what goes back, the first line first."""
    for line in lines:
        part_fen = min(amount_fen, line.total_fen - line.refunded_fen)
        if part_fen:
            line.refunded_fen += part_fen
            line.save(update_fields=["refunded_fen"])
        amount_fen -= part_fen


def _hold_id(refund: Refund) -> str:
    return f"refund-hold:{refund.reference}"


def _plain(reason: str) -> str:
    return said(reason)[:200]
