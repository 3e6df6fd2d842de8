"""Whatever is sold, settled, claimed, given back late and penalised, in whatever order: no fen is out of place."""

from datetime import datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from fieldcast.accounts.models import Person
from fieldcast.agreements.bonds import operations as bonds_operations
from fieldcast.kit.errors import Problem
from fieldcast.ledger import queries as ledger
from fieldcast.settlement import operations
from fieldcast.settlement.checks import payout_over_paid_in_fen, settlement_imbalance
from fieldcast.settlement.corrections.operations import refund_settled
from fieldcast.settlement.models import Due, DuePart, StatementLine
from fieldcast.settlement.periods.operations import settle_periods
from fieldcast.supervision.books import invariants
from fieldcast.trade import operations as trade_operations
from fieldcast.trade.models import OrderLine
from tests.factories.accounts import NOW
from tests.factories.composed import make_composed_sale
from tests.factories.cover import make_fund, make_officer
from tests.factories.trade import Sale, make_order

# a life is a dozen operations on a real database: a second each
pytestmark = [pytest.mark.django_db, pytest.mark.thorough]


class Life(RuleBasedStateMachine):
    """A sale under all six models, day after day."""

    sale: Sale
    officer: Person

    def __init__(self) -> None:
        super().__init__()
        self._undone = transaction.atomic()
        self._undone.__enter__()
        self.sale, _partners = make_composed_sale()
        self.officer = make_officer(self.sale.stall.county_id)
        make_fund(self.sale.stall, cash_fen=200_000, limit_fen=50_000, by=self.officer)
        self.now: datetime = NOW
        self.received: list[int] = []
        self.decisions = 0

    def teardown(self) -> None:
        found = invariants(now=self.now)
        assert (found.unbacked_fen, found.escrow_fen, found.payouts_fen, found.refunds_fen) == (0, 0, 0, 0)
        assert payout_over_paid_in_fen() == 0
        transaction.set_rollback(True)
        self._undone.__exit__(None, None, None)

    @rule(packs=st.integers(1, 3))
    def sell(self, packs: int) -> None:
        self.received.append(make_order(self.sale, until="received", packs=packs, now=self.now).id)

    @precondition(lambda self: self.received)
    @rule(fen=st.integers(1, 4000), which=st.integers(0, 100))
    def claim(self, fen: int, which: int) -> None:
        order_id = self.received[which % len(self.received)]
        try:
            refund = trade_operations.refund_after_sale(
                by=self.sale.stall.chief, order_id=order_id, amount_fen=fen, reason="坏果", now=self.now
            )
        except Problem:
            return
        trade_operations.confirm_known(refund_id=refund.id, now=self.now)

    @rule(days=st.sampled_from((1, 3, 12)))
    def let_days_go_by(self, days: int) -> None:
        self.now += timedelta(days=days)
        trade_operations.close_due(now=self.now)
        self.received = []

    @rule()
    def settle(self) -> None:
        operations.settle_due(now=self.now)

    @rule()
    def settle_month(self) -> None:
        settle_periods(now=self.now)

    @rule(
        fen=st.integers(1, 9000),
        which=st.integers(0, 100),
        borne_by=st.sampled_from(("", "farmer", "carrier", "host", "platform")),
    )
    def give_back_late(self, fen: int, which: int, borne_by: str) -> None:
        lines = list(OrderLine.objects.filter(settled_at__isnull=False).order_by("id"))
        if not lines:
            return
        line = lines[which % len(lines)]
        before = StatementLine.objects.count()
        try:
            with transaction.atomic():
                refund = refund_settled(
                    by=self.officer, amounts={line.pk: fen}, why="裁定", now=self.now, borne_by=borne_by
                )
        except Problem:
            assert StatementLine.objects.count() == before
            return
        trade_operations.confirm_known(refund_id=refund.id, now=self.now)

    @rule(fen=st.integers(1, 20_000))
    def penalise(self, fen: int) -> None:
        version = self.sale.stall.version
        self.decisions += 1
        bonds_operations.confirm_penalty(
            by=self.officer,
            agreement_version_id=version.id,
            clause=version.terms.penalties[0].clause,
            decision=f"D-{self.decisions}",
            amount_fen=fen,
            why="说了与检测报告不符的话",
            now=self.now,
        )

    @invariant()
    def no_fen_is_out_of_place(self) -> None:
        assert settlement_imbalance().unexplained_fen == 0
        assert ledger.imbalance().ok

    @invariant()
    def nothing_is_negative_that_may_not_be(self) -> None:
        for due in Due.objects.all():
            assert sum(part.amount_fen for part in DuePart.objects.filter(due=due)) <= due.amount_fen


def test_no_fen_is_out_of_place_whatever_happens() -> None:
    run_state_machine_as_test(Life, settings=settings(max_examples=8, stateful_step_count=14, deadline=None))
