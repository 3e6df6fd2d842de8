"""Payment notices: really signed, late, twice, out of order, forged, of another amount, for an order that ended."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from fieldcast.catalog.operations import set_lot_state
from fieldcast.catalog.types import LotState
from fieldcast.kit.errors import NotFound
from fieldcast.ledger import queries as ledger
from fieldcast.trade import operations, problems, queries
from fieldcast.trade.models import ForgedNotice, Order, Payment, PaymentNotice, Refund
from fieldcast.trade.providers.errors import UnknownProvider
from fieldcast.trade.providers.interface import Event
from fieldcast.trade.types import NoticeOutcome, OrderState, RefundKind, RefundState
from tests.factories.accounts import NOW
from tests.factories.trade import (
    HOLD_SECONDS,
    PRICE_FEN,
    Sale,
    assert_balanced,
    counters,
    everything,
    later,
    make_buyer,
    make_sale,
    notice,
    paid_notice,
    pay,
    payment_of,
    place,
    refund_notice,
    sale_with_paid,
    send_notice,
    signed,
)

pytestmark = pytest.mark.django_db


def escrow(sale: Sale) -> int:
    return ledger.balance(party=sale.stall.cooperative.party, purpose="escrow").balance_fen


def world() -> int:
    return ledger.balance(party="outside:sandbox", purpose="world").balance_fen


def but_for_notices(rows: dict[str, list[str]]) -> dict[str, list[str]]:
    return {name: found for name, found in rows.items() if name not in {"PaymentNotice", "ForgedNotice"}}


def test_a_paid_order_sells_its_units_and_its_money_waits_in_escrow() -> None:
    sale = make_sale()
    placed = place(sale, packs=2)
    assert pay(sale, placed, now=later(60)) == NoticeOutcome.APPLIED
    order = queries.order(order_id=placed.order_id)
    assert (order.state, order.paid_at) == (OrderState.PAID, later(60))
    assert counters(sale) == (0, 2, 0, 10)
    assert escrow(sale) == 2 * PRICE_FEN
    assert world() == -2 * PRICE_FEN
    assert_balanced()


def test_the_browser_goes_to_the_provider_with_the_order_and_its_time() -> None:
    sale = make_sale()
    buyer = make_buyer(sale)
    placed = place(sale, by=buyer)
    urls = {
        operations.start_payment(
            by=buyer, order_id=placed.order_id, return_url="http://127.0.0.1/me/orders/1/", now=NOW
        ).url.split("?")[0]
        for _ in range(2)
    }
    assert len(urls) == 1
    payment = Payment.objects.get(order_id=placed.order_id)
    assert (payment.amount_fen, payment.provider, payment.paid_at) == (PRICE_FEN, "sandbox", None)


def test_only_the_buyer_pays_and_only_in_time() -> None:
    sale = make_sale()
    buyer = make_buyer(sale)
    placed = place(sale, by=buyer)
    url = "http://127.0.0.1/"
    before = everything()
    with pytest.raises(NotFound):
        operations.start_payment(by=sale.stall.chief, order_id=placed.order_id, return_url=url, now=NOW)
    with pytest.raises(NotFound):
        operations.start_payment(by=buyer, order_id=0, return_url=url, now=NOW)
    with pytest.raises(problems.HoldOver):
        operations.start_payment(by=buyer, order_id=placed.order_id, return_url=url, now=later(HOLD_SECONDS))
    assert everything() == before
    operations.cancel_order(by=buyer, order_id=placed.order_id, now=NOW)
    with pytest.raises(problems.WrongState):
        operations.start_payment(by=buyer, order_id=placed.order_id, return_url=url, now=NOW)


def test_a_stopped_lot_is_not_paid_for_any_more_but_money_on_its_way_still_buys() -> None:
    """A stop takes no money from now on; what was paid is the seller's to give back."""
    sale = make_sale()
    buyer = make_buyer(sale)
    placed = place(sale, by=buyer)
    content = paid_notice(placed.order_id)
    set_lot_state(lot_id=sale.stall.lot.id, state=LotState.STOPPED)
    with pytest.raises(problems.LotStopped):
        operations.start_payment(by=buyer, order_id=placed.order_id, return_url="http://127.0.0.1/", now=NOW)
    assert send_notice(content) == NoticeOutcome.APPLIED


def test_a_forged_notice_is_refused_recorded_and_changes_nothing_else() -> None:
    sale = make_sale()
    placed = place(sale)
    headers, body = signed(paid_notice(placed.order_id))
    before = everything()
    outcome = operations.receive_notice(
        provider="sandbox", headers=headers, body=body.replace(b"3980", b"3981"), now=NOW
    )
    assert outcome == NoticeOutcome.REJECTED
    record = ForgedNotice.objects.get()
    assert (record.provider, record.reason) == ("sandbox", "bad_signature")
    assert not PaymentNotice.objects.exists()
    assert b"3981".decode() in record.body
    assert but_for_notices(everything()) == but_for_notices(before)


@pytest.mark.parametrize(
    ("headers", "body", "reason"),
    [
        ({}, b"", "malformed"),
        ({}, b"\x00\xff" * 9000, "malformed"),
        ({"Sandbox-Signature": "x"}, b"{}", "malformed"),
    ],
)
def test_noise_from_strangers_is_refused_and_kept_short(
    headers: dict[str, str], body: bytes, reason: str
) -> None:
    outcome = operations.receive_notice(provider="sandbox", headers=headers, body=body, now=NOW)
    assert outcome == NoticeOutcome.REJECTED
    record = ForgedNotice.objects.get()
    assert record.reason == reason
    assert len(record.body) <= 500


def test_a_true_notice_that_is_replayed_days_later_is_refused() -> None:
    sale = make_sale()
    headers, body = signed(paid_notice(place(sale).order_id))
    outcome = operations.receive_notice(
        provider="sandbox", headers=headers, body=body, now=NOW + timedelta(days=2)
    )
    assert outcome == NoticeOutcome.REJECTED
    assert ForgedNotice.objects.get().reason == "stale"


def test_a_provider_nobody_knows_is_not_found() -> None:
    with pytest.raises(UnknownProvider):
        operations.receive_notice(provider="nobody", headers={}, body=b"", now=NOW)


def test_a_notice_told_twice_is_applied_once() -> None:
    sale = make_sale()
    content = paid_notice(place(sale).order_id)
    assert send_notice(content) == NoticeOutcome.APPLIED
    before = everything()
    assert send_notice(content, now=later(3)) == NoticeOutcome.DUPLICATE
    assert but_for_notices(everything()) == but_for_notices(before)
    assert sorted(PaymentNotice.objects.values_list("outcome", flat=True)) == ["applied", "duplicate"]


def test_the_database_itself_keeps_a_notice_from_being_applied_twice() -> None:
    sale = make_sale()
    content = paid_notice(place(sale).order_id)
    send_notice(content)
    with pytest.raises(IntegrityError, match="notice_applied_once"), transaction.atomic():
        PaymentNotice.objects.create(
            provider="sandbox", notice_id=content["notice_id"], outcome="applied", received_at=NOW
        )


def test_what_was_received_is_never_changed() -> None:
    send_notice(paid_notice(place(make_sale()).order_id))
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        PaymentNotice.objects.update(outcome="rejected")


def test_processing_after_succeeded_is_stale() -> None:
    sale = make_sale()
    placed = place(sale)
    payment = payment_of(placed.order_id)
    older = notice(Event.PAYMENT_PROCESSING, payment.reference, payment.amount_fen)
    assert pay(sale, placed) == NoticeOutcome.APPLIED
    before = everything()
    assert send_notice(older) == NoticeOutcome.STALE
    assert but_for_notices(everything()) == but_for_notices(before)


@pytest.mark.parametrize("event", [Event.PAYMENT_PROCESSING, Event.PAYMENT_FAILED])
def test_an_attempt_changes_nothing_and_the_buyer_may_still_pay(event: Event) -> None:
    sale = make_sale()
    placed = place(sale)
    payment = payment_of(placed.order_id)
    assert send_notice(notice(event, payment.reference, payment.amount_fen)) == NoticeOutcome.APPLIED
    assert queries.order(order_id=placed.order_id).state == OrderState.RESERVED
    assert pay(sale, placed) == NoticeOutcome.APPLIED


def test_another_amount_than_the_orders_is_recorded_and_not_applied() -> None:
    sale = make_sale()
    placed = place(sale)
    content = paid_notice(placed.order_id, amount_fen=PRICE_FEN - 1)
    before = everything()
    assert send_notice(content) == NoticeOutcome.MISMATCHED
    assert but_for_notices(everything()) == but_for_notices(before)
    seen = queries.notices(county_id=sale.stall.county_id, outcome=NoticeOutcome.MISMATCHED)
    assert [(row.reason, row.reference) for row in seen] == [("amount_differs", content["reference"])]


def test_a_payment_nobody_began_is_recorded_and_not_applied() -> None:
    content = notice(Event.PAYMENT_SUCCEEDED, "P000000-UNKNOWN", 100)
    assert send_notice(content) == NoticeOutcome.MISMATCHED
    assert send_notice(content) == NoticeOutcome.DUPLICATE


def test_money_for_a_cancelled_order_goes_back() -> None:
    sale = make_sale()
    buyer = make_buyer(sale)
    placed = place(sale, by=buyer)
    content = paid_notice(placed.order_id)
    operations.cancel_order(by=buyer, order_id=placed.order_id, now=later(1))
    assert send_notice(content, now=later(2)) == NoticeOutcome.RETURNED
    assert queries.order(order_id=placed.order_id).state == OrderState.CANCELLED
    assert counters(sale) == (0, 0, 0, 0)
    refund = Refund.objects.get(order_id=placed.order_id)
    assert (refund.kind, refund.state, refund.amount_fen) == (
        RefundKind.LATE_PAYMENT,
        RefundState.REQUESTED,
        PRICE_FEN,
    )
    balance = ledger.balance(party=sale.stall.cooperative.party, purpose="escrow")
    assert (balance.balance_fen, balance.available_fen) == (PRICE_FEN, 0)
    assert send_notice(refund_notice(refund), now=later(3)) == NoticeOutcome.APPLIED
    assert (escrow(sale), world()) == (0, 0)
    moves = ledger.transfers_about(reference=placed.number)
    assert [move.kind for move in moves] == ["payment", "refund"]
    assert_balanced()


def test_money_for_an_expired_order_goes_back() -> None:
    sale = make_sale()
    placed = place(sale)
    content = paid_notice(placed.order_id)
    operations.expire_due(now=later(HOLD_SECONDS))
    assert send_notice(content, now=later(HOLD_SECONDS + 1)) == NoticeOutcome.RETURNED
    assert queries.order(order_id=placed.order_id).state == OrderState.EXPIRED
    assert_balanced()


def test_money_that_comes_after_the_time_but_before_the_units_went_back_still_buys() -> None:
    sale = make_sale()
    placed = place(sale)
    content = paid_notice(placed.order_id)
    assert send_notice(content, now=later(HOLD_SECONDS + 1)) == NoticeOutcome.APPLIED
    assert operations.expire_due(now=later(HOLD_SECONDS + 2)) == 0
    assert queries.order(order_id=placed.order_id).state == OrderState.PAID


def test_a_refund_notice_before_the_payments_own_notice_ends_right() -> None:
    sale = make_sale()
    placed = place(sale)
    content = paid_notice(placed.order_id)
    assert operations.take_payment(order_id=placed.order_id, now=later(1)) == NoticeOutcome.APPLIED
    operations.refund_order(by=sale.stall.chief, order_id=placed.order_id, reason="缺货", now=later(2))
    refund = Refund.objects.get(order_id=placed.order_id)
    assert send_notice(refund_notice(refund), now=later(3)) == NoticeOutcome.APPLIED
    assert send_notice(content, now=later(4)) == NoticeOutcome.STALE
    assert queries.order(order_id=placed.order_id).state == OrderState.REFUNDED
    assert (escrow(sale), world()) == (0, 0)
    assert_balanced()


def test_a_refund_notice_of_another_amount_or_an_unknown_refund_is_not_applied() -> None:
    sale, order = sale_with_paid()
    operations.refund_order(by=sale.stall.chief, order_id=order.id, reason="", now=later(2))
    refund = Refund.objects.select_related("payment").get(order_id=order.id)
    before = everything()
    assert send_notice(refund_notice(refund, amount_fen=1)) == NoticeOutcome.MISMATCHED
    assert send_notice(refund_notice(refund, refund_reference="R000000-UNKNOWN")) == NoticeOutcome.MISMATCHED
    assert but_for_notices(everything()) == but_for_notices(before)
    assert send_notice(refund_notice(refund)) == NoticeOutcome.APPLIED
    assert send_notice(refund_notice(refund)) == NoticeOutcome.STALE


def test_a_payment_of_one_order_cannot_pay_for_another() -> None:
    sale = make_sale()
    first, second = place(sale), place(sale)
    pay(sale, first)
    assert queries.order(order_id=second.order_id).state == OrderState.RESERVED
    assert Order.objects.filter(state="paid").count() == 1


def test_every_notice_is_counted_by_what_became_of_it() -> None:
    sale = make_sale()
    content = paid_notice(place(sale).order_id)
    send_notice(content)
    send_notice(content)
    operations.receive_notice(provider="sandbox", headers={}, body=b"", now=NOW)
    counts = queries.notice_counts(county_id=sale.stall.county_id)
    assert counts == {
        NoticeOutcome.APPLIED: 1,
        NoticeOutcome.DUPLICATE: 1,
        NoticeOutcome.STALE: 0,
        NoticeOutcome.RETURNED: 0,
        NoticeOutcome.MISMATCHED: 0,
        NoticeOutcome.REJECTED: 1,
    }
    assert queries.notice_counts(county_id=sale.stall.county_id, since=later(1))[NoticeOutcome.APPLIED] == 0
