"""Whatever happens to orders, in whatever order: after every step units and money add up (drawn by a machine)."""

import copy
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar

import pytest
from django.db import connection, transaction
from django.db.models import Sum
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from fieldcast.accounts.models import Person
from fieldcast.kit.errors import Problem
from fieldcast.ledger import queries as ledger
from fieldcast.live import operations as live_operations
from fieldcast.trade import operations, queries
from fieldcast.trade.models import Order, Refund, Reservation
from fieldcast.trade.types import NoticeOutcome, OfferState, OfferView
from tests.factories.accounts import NOW
from tests.factories.trade import (
    HOLD_SECONDS,
    Sale,
    assert_balanced,
    make_buyer,
    make_offer,
    make_order,
    make_sale,
    paid_notice,
    place,
    refund_notice,
    send_notice,
)

NEXT = {
    "reserved": {"paid", "cancelled", "expired"},
    "paid": {"packed", "refunded"},
    "packed": {"shipped", "refunded"},
    "shipped": {"received"},
    "received": {"closed"},
    "closed": set(),
    "cancelled": set(),
    "expired": set(),
    "refunded": set(),
}
PICK = st.integers(0, 10**6)
LIMIT = 4
REACHED: set[str] = set()


@dataclass(frozen=True)
class Beginning:
    """Three buyers, one lot, two offers, and an order in each of several states."""

    sale: Sale
    offers: tuple[OfferView, ...]
    buyers: tuple[Person, ...]


def make_beginning() -> Beginning:
    sale = make_sale(quantity=80, packs=10, per_buyer_limit=LIMIT)
    other = make_offer(sale.stall, sale.session, packs=4, pack_units=4, per_buyer_limit=LIMIT)
    for until in ("reserved", "paid", "packed", "shipped", "received"):
        make_order(sale, until=until)
    make_order(sale, until="reserved", now=NOW - timedelta(seconds=HOLD_SECONDS))
    operations.expire_due(now=NOW)  # the rules of a life are chosen by chance, and may never wait so long
    return Beginning(sale, (sale.offer, other), tuple(make_buyer(sale) for _ in range(3)))


class OrderLife(RuleBasedStateMachine):
    """From one beginning, to which each life is rolled back; the clock moves on when a rule says so."""

    notices = Bundle("notices")
    beginning: ClassVar[Beginning]

    @initialize()
    def begin(self) -> None:
        self.block = transaction.atomic()
        self.block.__enter__()
        self.now: datetime = NOW
        begun = copy.deepcopy(self.beginning)
        self.sale, self.offers, self.buyers = begun.sale, begun.offers, begun.buyers
        self.seen = dict(Order.objects.values_list("id", "state"))

    def teardown(self) -> None:
        if hasattr(self, "block"):
            connection.set_rollback(True)
            self.block.__exit__(None, None, None)

    def attempt(self, call: Any, **what: Any) -> Any:
        """A refusal is an answer like any other; that it left everything balanced is looked at afterwards."""
        try:
            return call(now=self.now, **what)
        except Problem:
            return None

    def order(self, pick: int, state: str) -> Order | None:
        """Mostly one that is in `state`, else any, so that steps are also tried where they must be refused."""
        orders = list(Order.objects.select_related("buyer").order_by("id"))
        fitting = [order for order in orders if order.state == state] if pick % 4 < 3 else []
        chosen = fitting or orders
        return chosen[pick % len(chosen)] if chosen else None

    @rule(seconds=st.sampled_from([1, 50, 61, 500, 901]))
    def time_passes(self, seconds: int) -> None:
        """And the workers do what is due."""
        self.now += timedelta(seconds=seconds)
        operations.expire_due(now=self.now)
        operations.close_due(now=self.now)

    @rule(buyer=st.integers(0, 2), offer=st.integers(0, 1), packs=st.integers(1, 4), key=st.integers(0, 9))
    def somebody_orders(self, buyer: int, offer: int, packs: int, key: int) -> None:
        with suppress(Problem):
            place(
                self.sale,
                by=self.buyers[buyer],
                offer=self.offers[offer],
                packs=packs,
                key=f"chosen-{key}",
                now=self.now,
            )

    @rule(target=notices, pick=PICK, at_once=st.booleans())
    def somebody_pays(self, pick: int, at_once: bool) -> Any:
        """The provider has the money; its notice comes now or later, once, twice or never."""
        order = self.order(pick, "reserved")
        if order is None or order.state != "reserved":
            return multiple()
        content = paid_notice(order.pk)
        if at_once:
            assert send_notice(content, now=self.now) == NoticeOutcome.APPLIED
        return content

    @rule(content=notices)
    def a_notice_comes(self, content: dict[str, Any]) -> None:
        outcome = send_notice(content, now=self.now)
        assert outcome in {
            NoticeOutcome.APPLIED,
            NoticeOutcome.DUPLICATE,
            NoticeOutcome.STALE,
            NoticeOutcome.RETURNED,
        }

    @rule(content=consumes(notices))
    def a_notice_is_lost(self, content: dict[str, Any]) -> None:
        pass

    @rule(target=notices, pick=PICK)
    def the_provider_returns_money(self, pick: int) -> Any:
        refunds = list(Refund.objects.select_related("payment").order_by("id"))
        return refund_notice(refunds[pick % len(refunds)]) if refunds else multiple()

    @rule(pick=PICK)
    def the_buyer_cancels(self, pick: int) -> None:
        if order := self.order(pick, "reserved"):
            self.attempt(operations.cancel_order, by=order.buyer, order_id=order.pk)

    @rule(pick=PICK, step=st.sampled_from(["paid", "packed", "shipped"]))
    def a_parcel_moves_on(self, pick: int, step: str) -> None:
        order = self.order(pick, step)
        if order is None:
            return
        chief = self.sale.stall.chief
        if step == "paid":
            self.attempt(operations.pack, by=chief, order_id=order.pk)
        elif step == "packed":
            self.attempt(operations.ship, by=chief, order_id=order.pk, tracking_number=f"YT{order.pk:010d}")
        else:
            self.attempt(operations.receive, by=order.buyer, order_id=order.pk)

    @rule(pick=PICK)
    def the_seller_refunds_before_shipment(self, pick: int) -> None:
        if order := self.order(pick, "paid"):
            chief = self.sale.stall.chief
            self.attempt(operations.refund_order, by=chief, order_id=order.pk, reason="")

    @rule(pick=PICK, amount_fen=st.sampled_from([1, 700, 3980, 9000]))
    def the_seller_refunds_after_sale(self, pick: int, amount_fen: int) -> None:
        if order := self.order(pick, "received"):
            chief = self.sale.stall.chief
            self.attempt(
                operations.refund_after_sale, by=chief, order_id=order.pk, amount_fen=amount_fen, reason=""
            )

    @rule(
        number=st.integers(1, 12),
        offer=st.integers(0, 1),
        what=st.sampled_from(["rot", "size", "close", "end"]),
    )
    def something_else_happens(self, number: int, offer: int, what: str) -> None:
        """Fruit rots, an offer changes its size or closes, the session ends: these two not before much is ordered."""
        chief, offer_id = self.sale.stall.chief, self.offers[offer].id
        if what == "rot":
            lot_id = self.sale.stall.lot.id
            self.attempt(operations.write_off, by=chief, lot_id=lot_id, units=number, reason="烂果")
        elif what == "size":
            self.attempt(operations.change_packs, by=chief, offer_id=offer_id, packs=number)
        elif len(self.seen) >= 6 and what == "close":
            operations.close_offer(by=chief, offer_id=offer_id, now=self.now)
        elif len(self.seen) >= 8 and self.attempt(
            live_operations.close_session, by=chief, session_id=self.sale.session.id
        ):
            operations.close_session_offers(by=None, session_id=self.sale.session.id, now=self.now)

    @invariant()
    def everything_adds_up(self) -> None:
        if hasattr(self, "block"):
            assert_balanced()
            self.orders_only_move_forward()
            self.nobody_has_more_than_their_share()
            self.escrow_holds_what_was_paid_and_not_returned()

    def orders_only_move_forward(self) -> None:
        now_at = dict(Order.objects.values_list("id", "state"))
        for order_id, state in now_at.items():
            before = self.seen.get(order_id, "reserved")
            assert state == before or state in NEXT[before]
        self.seen = now_at
        REACHED.update(now_at.values())

    def nobody_has_more_than_their_share(self) -> None:
        for offer in queries.offers_by_ids(ids=[offer.id for offer in self.offers]).values():
            assert 0 <= offer.held + offer.sold <= offer.packs
            assert offer.left == 0 or offer.state == OfferState.OPEN
        taken = Reservation.objects.exclude(state="released").values("offer_id", "buyer_id")
        shares = taken.annotate(ordered=Sum("packs")).values_list("ordered", flat=True)
        assert all(packs <= LIMIT for packs in shares)

    def escrow_holds_what_was_paid_and_not_returned(self) -> None:
        balance = ledger.balance(party=self.sale.stall.cooperative.party, purpose="escrow")
        paid = Order.objects.filter(payments__paid_at__isnull=False).values_list("total_fen", flat=True)
        refunds = list(Refund.objects.values_list("state", "amount_fen"))
        back = sum(amount for state, amount in refunds if state == "succeeded")
        assert balance.balance_fen == sum(paid) - back
        assert balance.held_fen == sum(amount for _, amount in refunds) - back


@pytest.mark.thorough
@pytest.mark.django_db
def test_units_and_money_add_up_after_every_step_of_any_life_of_orders() -> None:
    OrderLife.beginning = make_beginning()
    run_state_machine_as_test(
        OrderLife,
        settings=settings(
            max_examples=15,
            stateful_step_count=20,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert set(NEXT) == REACHED  # or the machine has walked past part of a life
