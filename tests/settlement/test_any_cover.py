"""Whatever the terms, prices, refunds and covers: no cash account below zero, and no payout beyond what came in."""

from dataclasses import replace

import pytest
from django.db import connection, transaction
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fieldcast.ledger import queries as ledger
from fieldcast.ledger.models import Account, Posting
from fieldcast.settlement import operations
from fieldcast.settlement.checks import payout_over_paid_in_fen, settlement_imbalance
from fieldcast.trade import operations as trade_operations
from fieldcast.trade.models import Offer
from tests.factories.accounts import NOW
from tests.factories.cover import give_deposit, make_fund
from tests.factories.terms import make_terms
from tests.factories.trade import Sale, later, make_order, make_sale

CASH = ("wallet", "escrow", "deposit", "fund", "commission")
LINES = st.lists(
    st.tuples(st.integers(1, 20_000), st.integers(1, 3), st.sampled_from([0, 1, 50, 100])),
    min_size=1,
    max_size=3,
)
FEN = st.integers(0, 40_000)


@pytest.mark.thorough
@pytest.mark.django_db
@settings(max_examples=8, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(
    lines=LINES,
    more=LINES,
    deposit_fen=FEN,
    cash_fen=FEN,
    limit_bp=st.integers(0, 10_000),
    logistics=st.integers(0, 5_000),
    guarantee=st.integers(1, 3_000),
    host_bp=st.integers(0, 5_000),
    commission_bp=st.integers(0, 5_000),
    handling=st.integers(0, 500),
)
def test_no_payout_is_beyond_what_came_in_and_what_stood_behind(
    lines: list[tuple[int, int, int]],
    more: list[tuple[int, int, int]],
    deposit_fen: int,
    cash_fen: int,
    limit_bp: int,
    logistics: int,
    guarantee: int,
    host_bp: int,
    commission_bp: int,
    handling: int,
) -> None:
    with transaction.atomic():
        terms = make_terms(
            logistics_fen_per_pack=logistics,
            host_bp=host_bp,
            commission_bp=commission_bp,
            handling_fen_per_pack=handling,
        )
        sale = make_sale(
            terms=terms.changed(guarantee_fen={"peach": guarantee}), price_fen=200_000, quantity=5_000
        )
        officer = give_deposit(sale.stall, max(1, deposit_fen))
        if cash_fen:
            make_fund(sale.stall, cash_fen=cash_fen, limit_fen=cash_fen * limit_bp // 10_000, by=officer)
        for run, sold in enumerate((lines, more, [])):
            for line in sold:
                _sell(sale, *line)
            operations.settle_due(now=later(3600 + 60 * run))
            _all_cash_is_there()
        assert settlement_imbalance().unexplained_fen == 0
        assert payout_over_paid_in_fen() == 0
        connection.set_rollback(True)


def _sell(sale: Sale, price_fen: int, packs: int, back_percent: int) -> None:
    """An order at any price, at which nobody asked what is promised from it, and part of it given back after sale."""
    Offer.objects.filter(id=sale.offer.id).update(price_fen=price_fen)
    order = make_order(replace(sale, offer=sale.now_offered), until="received", packs=packs)
    if back_fen := order.total_fen * back_percent // 100:
        refund = trade_operations.refund_after_sale(
            by=sale.stall.chief, order_id=order.id, amount_fen=back_fen, reason="坏果", now=NOW
        )
        trade_operations.confirm_known(refund_id=refund.id, now=NOW)
    trade_operations.close_due(now=later(120))


def _all_cash_is_there() -> None:
    assert ledger.imbalance().ok
    balances = dict(Account.objects.values_list("purpose").annotate(fen=Sum("balance_fen")).order_by())
    assert not Account.objects.filter(purpose__in=CASH, balance_fen__lt=0).exists()
    world_fen = Posting.objects.filter(account__purpose="world").aggregate(fen=Sum("amount_fen"))["fen"]
    assert sum(balances.get(purpose, 0) for purpose in CASH) == -world_fen
    assert balances.get("claims", 0) + balances.get("advance", 0) == 0
    assert world_fen <= 0  # no more went out than came in
