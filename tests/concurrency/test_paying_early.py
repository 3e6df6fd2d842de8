"""Fast payouts and the way to the bank, killed between any two statements, and twice at once."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from itertools import count

import psycopg
import pytest
from django.db import DatabaseError, connection

from fieldcast.kit.errors import Problem
from fieldcast.ledger import queries as ledger
from fieldcast.settlement import operations as settlement_operations
from fieldcast.settlement.banks import batches
from fieldcast.settlement.banks.accounts import name_account
from fieldcast.settlement.banks.problems import NothingToSend
from fieldcast.settlement.banks.results import take_results
from fieldcast.settlement.banks.types import Said
from fieldcast.settlement.checks import payout_over_paid_in_fen, settlement_imbalance
from fieldcast.settlement.early.operations import pay_early
from fieldcast.settlement.models import Due, EarlyLine, Payout, PayoutResult, Reserve
from fieldcast.trade import operations as trade_operations
from tests.concurrency.racing import race
from tests.factories.accounts import NOW
from tests.factories.composed import make_composed_sale
from tests.factories.cover import make_fund, make_officer
from tests.factories.trade import everything, later, make_order, make_sale

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.concurrency]
WEEK = 7 * 86400
NEXT_DAY = NOW + timedelta(days=1, minutes=1)
OVER = NOW + timedelta(seconds=WEEK, minutes=1)


def struck(at: int, work: Callable[[], object]) -> bool:
    """Work whose database session ends before its statement number `at`; False when it has not so many."""
    statements, hit = count(1), list[int]()

    def executed(execute: Callable[..., object], *args: object) -> object:
        if next(statements) == at:
            hit.append(connection.connection.info.backend_pid)
            named = connection.settings_dict
            with psycopg.connect(host=named["HOST"], dbname=named["NAME"], user=named["USER"]) as other:
                other.execute("SELECT pg_terminate_backend(%s, 5000)", hit)
        return execute(*args)

    def run() -> None:
        connection.ensure_connection()
        with connection.execute_wrapper(executed), suppress(DatabaseError, Problem):
            work()

    race([run])
    return bool(hit)


def test_a_fast_payout_killed_anywhere_leaves_nothing_and_two_at_once_pay_once() -> None:
    fast = {"kind": "fast_payout", "least_bp": 300, "most_bp": 2000}
    sale, _partners = make_composed_sale(promise_clauses=[fast], after_sale_seconds=WEEK)
    make_fund(sale.stall, cash_fen=300_000, limit_fen=0, by=make_officer(sale.stall.county_id))
    make_order(sale, until="received", packs=2)
    before = (everything(), EarlyLine.objects.count(), Due.objects.count(), Reserve.objects.count())
    for at in count(1):
        if not struck(at, lambda: pay_early(now=NEXT_DAY)):
            break
        now = (everything(), EarlyLine.objects.count(), Due.objects.count(), Reserve.objects.count())
        assert (at, now) == (at, before)
    assert at > 15
    assert EarlyLine.objects.count() == 1
    make_order(sale, until="received", packs=1, now=NOW)
    race([lambda: pay_early(now=NEXT_DAY)] * 3)
    assert EarlyLine.objects.count() == 2
    trade_operations.close_due(now=OVER)
    race([lambda: settlement_operations.settle_due(now=OVER), lambda: pay_early(now=OVER)])
    settlement_operations.settle_due(now=OVER)
    assert not Payout.objects.exclude(state="sent").exists()
    assert ledger.imbalance().ok
    assert settlement_imbalance().unexplained_fen == 0
    assert payout_over_paid_in_fen() == 0


def test_batches_made_at_once_share_no_payout_and_a_return_handed_in_twice_at_once_counts_once() -> None:
    sale = make_sale()
    officer = make_officer(sale.stall.county_id)
    make_order(sale, until="closed", packs=2)
    settlement_operations.settle_due(now=later(3600))
    cooperative = sale.stall.cooperative
    name_account(
        by=sale.stall.chief,
        organisation_id=cooperative.id,
        holder="黑石桃合作社",
        bank="农村信用社",
        number="6228480012345678",
        now=NOW,
    )

    def made() -> None:
        with suppress(NothingToSend):
            batches.make_batch(by=officer, county_id=sale.stall.county_id, now=NOW)

    race([made] * 3)
    (batch,) = batches.batches(county_id=sale.stall.county_id)
    said = tuple(
        Said(reference=one.reference, amount_fen=one.amount_fen, returned=True)
        for one in batches.instructions(batch_id=batch.id)
    )
    race([lambda: take_results(by=officer, batch_id=batch.id, said=said, now=NOW)] * 3)
    assert PayoutResult.objects.count() == batch.payouts
    assert ledger.balance(party=cooperative.party, purpose="wallet").balance_fen == batch.total_fen
    assert ledger.imbalance().ok
