"""Money, time and people meeting at the same instant: each order ends in one way, and every fen is where that says."""

from functools import partial

import pytest
from django.db import transaction

from fieldcast.ledger import queries as ledger
from fieldcast.trade import operations as trade_operations
from fieldcast.trade import problems
from fieldcast.trade import queries as trade
from fieldcast.trade.models import Order, ParcelStep, PaymentNotice, Refund
from fieldcast.trade.types import NoticeOutcome, OrderState
from tests.concurrency.racing import of_type, race
from tests.factories.accounts import NOW
from tests.factories.trade import (
    HOLD_SECONDS,
    PRICE_FEN,
    Sale,
    assert_balanced,
    counters,
    later,
    make_buyer,
    make_offer,
    make_order,
    make_sale,
    paid_notice,
    place,
    refund_notice,
    send_notice,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.concurrency]


def escrow(sale: Sale) -> int:
    return ledger.balance(party=sale.stall.cooperative.party, purpose="escrow").balance_fen


def test_an_order_paid_while_it_expires_is_either_paid_or_expired_and_returned() -> None:
    sale = make_sale()
    placed = [place(sale) for _ in range(12)]
    notices = [paid_notice(order.order_id) for order in placed]
    over = later(HOLD_SECONDS)
    pay = [partial(send_notice, content, now=over) for content in notices]
    expire = [partial(trade_operations.expire_due, now=over)] * 4
    outcomes = race([*expire[:2], *pay[:6], *expire[2:], *pay[6:]])
    trade_operations.expire_due(now=over)
    assert {type(outcome) for outcome in outcomes} <= {int, NoticeOutcome}
    states = dict(Order.objects.values_list("id", "state"))
    returned = dict(Refund.objects.values_list("order_id", "amount_fen"))
    for order_id, state in states.items():
        assert (state, returned.get(order_id)) in {("paid", None), ("expired", PRICE_FEN)}
    paid = list(states.values()).count("paid")
    assert counters(sale) == (0, paid, 0, 5 * paid)
    assert escrow(sale) == 12 * PRICE_FEN
    assert_balanced()


def test_an_order_paid_while_it_is_cancelled_is_cancelled_and_its_money_goes_back() -> None:
    """Whichever is first: cancelled and then paid is a late payment, paid and then cancelled a refund."""
    sale = make_sale()
    ends = set()
    for _ in range(10):
        buyer = make_buyer(sale)
        order_id = place(sale, by=buyer).order_id
        content = paid_notice(order_id)
        race(
            [
                partial(trade_operations.cancel_order, by=buyer, order_id=order_id, now=NOW),
                partial(send_notice, content),
            ]
        )
        refund = Refund.objects.get(order_id=order_id)
        assert refund.amount_fen == PRICE_FEN
        ends.add((trade.order(order_id=order_id).state.value, refund.kind))
    assert ends <= {("cancelled", "late_payment"), ("refunded", "before_shipment")}
    assert counters(sale) == (0, 0, 0, 0)
    assert_balanced()


def test_the_same_notice_eight_times_at_once_is_applied_once() -> None:
    sale = make_sale()
    content = paid_notice(place(sale).order_id)
    outcomes = race([partial(send_notice, content)] * 8)
    assert sorted(outcomes) == [NoticeOutcome.APPLIED] + [NoticeOutcome.DUPLICATE] * 7
    assert PaymentNotice.objects.count() == 8
    assert escrow(sale) == PRICE_FEN
    assert counters(sale) == (0, 1, 0, 5)


def test_the_same_notice_of_an_unknown_payment_at_once_is_recorded_once() -> None:
    sale = make_sale()
    content = {**paid_notice(place(sale).order_id), "reference": "P000000-UNKNOWN"}
    outcomes = race([partial(send_notice, content)] * 8)
    assert sorted(outcomes) == [NoticeOutcome.DUPLICATE] * 7 + [NoticeOutcome.MISMATCHED]


def test_two_notices_of_one_payment_at_once_pay_it_once() -> None:
    sale = make_sale()
    order_id = place(sale).order_id
    twins = [paid_notice(order_id) for _ in range(6)]
    ask = partial(trade_operations.take_payment, order_id=order_id, now=NOW)
    outcomes = race([*[partial(send_notice, content) for content in twins], ask])
    assert sorted(outcomes) == [NoticeOutcome.APPLIED] + [NoticeOutcome.STALE] * 6
    assert escrow(sale) == PRICE_FEN
    assert_balanced()


def test_a_refund_confirmed_many_times_at_once_leaves_the_ledger_once() -> None:
    sale = make_sale()
    order = make_order(sale)
    trade_operations.refund_order(by=sale.stall.chief, order_id=order.id, reason="", now=NOW)
    refund = Refund.objects.select_related("payment").get()
    outcomes = race([partial(send_notice, refund_notice(refund)) for _ in range(6)])
    assert sorted(outcomes) == [NoticeOutcome.APPLIED] + [NoticeOutcome.STALE] * 5
    assert escrow(sale) == 0
    assert_balanced()


def test_an_order_is_shipped_or_refunded_never_both() -> None:
    sale = make_sale()
    for number in range(8):
        order = make_order(sale, until="packed")
        results = race(
            [
                partial(
                    trade_operations.ship,
                    by=sale.stall.chief,
                    order_id=order.id,
                    tracking_number=f"YT90000{number}",
                    now=NOW,
                ),
                partial(
                    trade_operations.refund_order, by=sale.stall.chief, order_id=order.id, reason="", now=NOW
                ),
            ]
        )
        assert len(of_type(results, problems.WrongState)) == 1
        assert trade.order(order_id=order.id).state in (OrderState.SHIPPED, OrderState.REFUNDED)
    assert_balanced()


def test_refunds_asked_for_at_once_never_pass_what_was_paid() -> None:
    sale = make_sale()
    order = make_order(sale, until="received")
    refund = partial(
        trade_operations.refund_after_sale,
        by=sale.stall.chief,
        order_id=order.id,
        amount_fen=PRICE_FEN // 2,
        reason="",
        now=NOW,
    )
    results = race([refund] * 6)
    assert len(of_type(results, problems.AmountTooLarge)) == 4
    assert trade.order(order_id=order.id).refunded_fen == PRICE_FEN


def test_a_sale_is_final_or_has_a_refund_never_both() -> None:
    sale = make_sale()
    over = later(60)
    for _ in range(8):
        order = make_order(sale, until="received")
        race(
            [
                partial(trade_operations.close_due, now=over),
                partial(
                    trade_operations.refund_after_sale,
                    by=sale.stall.chief,
                    order_id=order.id,
                    amount_fen=100,
                    reason="",
                    now=over,
                ),
            ]
        )
        closed = trade.order(order_id=order.id).state == OrderState.CLOSED
        assert closed != Refund.objects.filter(order_id=order.id).exists()


def test_workers_that_expire_the_same_orders_return_their_units_once() -> None:
    sale = make_sale()
    for _ in range(30):
        place(sale)
    assert sum(race([partial(trade_operations.expire_due, now=later(HOLD_SECONDS))] * 4)) == 30
    assert counters(sale) == (0, 0, 0, 0)
    assert_balanced()


def test_an_order_that_somebody_has_in_hand_is_left_for_the_next_round() -> None:
    sale = make_sale()
    in_hand, other = place(sale), place(sale)
    with transaction.atomic():
        Order.objects.select_for_update().get(id=in_hand.order_id)
        (ended,) = race([partial(trade_operations.expire_due, now=later(HOLD_SECONDS))])
    assert ended == 1
    assert trade.order(order_id=in_hand.order_id).state == OrderState.RESERVED
    assert trade.order(order_id=other.order_id).state == OrderState.EXPIRED
    assert trade_operations.expire_due(now=later(HOLD_SECONDS)) == 1


def test_workers_that_tell_a_lots_history_tell_each_parcel_once() -> None:
    sale = make_sale()
    for _ in range(6):
        make_order(sale, until="shipped")
    race([partial(trade_operations.tell_lots, now=later(60))] * 4)
    trade_operations.tell_lots(now=later(61))
    from fieldcast.trace import queries as trace

    history = trace.history(lot_id=sale.stall.lot.id)
    assert history.intact
    assert sum(event.facts.get("parcels", 0) for event in history.events) == 12
    assert not ParcelStep.objects.exists()


def test_everyone_at_once_on_two_offers_of_one_lot_waits_in_no_circle() -> None:
    sale = make_sale(quantity=1000, packs=60, per_buyer_limit=50)
    other = make_offer(sale.stall, sale.session, packs=40, per_buyer_limit=50)
    buyers = [make_buyer(sale) for _ in range(6)]
    held = [place(sale, by=buyers[n % 6], offer=(sale.offer, other)[n % 2]) for n in range(18)]
    notices = [paid_notice(order.order_id) for order in held[:12]]
    over = later(HOLD_SECONDS)
    chief = sale.stall.chief
    results = race(
        [
            *[partial(send_notice, content, now=over) for content in notices],
            *[partial(place, sale, by=buyer, offer=other, now=over) for buyer in buyers],
            *[partial(place, sale, by=buyer, now=over) for buyer in buyers],
            partial(trade_operations.expire_due, now=over),
            partial(trade_operations.expire_due, now=over),
            partial(trade_operations.change_packs, by=chief, offer_id=other.id, packs=45, now=over),
            partial(trade_operations.change_packs, by=chief, offer_id=sale.offer.id, packs=70, now=over),
            partial(
                trade_operations.write_off,
                by=chief,
                lot_id=sale.stall.lot.id,
                units=9,
                reason="烂果",
                now=over,
            ),
            partial(trade_operations.close_session_offers, by=None, session_id=sale.session.id, now=over),
            *[
                partial(trade_operations.cancel_order, by=buyers[n % 6], order_id=held[n].order_id, now=over)
                for n in range(12, 18)
            ],
        ]
    )
    assert len(results) == 36
    assert_balanced()
