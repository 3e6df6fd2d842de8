"""The same yuan stands behind one promise, and settlement killed in the middle leaves nothing half done."""

from functools import partial
from threading import Barrier, Thread
from time import monotonic, sleep
from typing import Any

import pytest
from django.db import connection, transaction

from fieldcast.agreements.cover import operations as cover_operations
from fieldcast.agreements.cover import queries as cover
from fieldcast.ledger import queries as ledger
from fieldcast.settlement import operations as settlement_operations
from fieldcast.settlement.checks import payout_over_paid_in_fen, settlement_imbalance
from fieldcast.settlement.models import Payout, SettledLine, Statement
from fieldcast.settlement.types import RunResult
from fieldcast.trade import operations as trade_operations
from fieldcast.trade import queries as trade
from fieldcast.trade.problems import CoverTooSmall
from fieldcast.trade.types import OfferView
from tests.concurrency.racing import of_type, race
from tests.factories.accounts import NOW
from tests.factories.cover import give_deposit, slip
from tests.factories.market import make_stall
from tests.factories.trade import later, make_offer, make_order, make_sale, make_session

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.concurrency]
PRICE, SHORT = 2000, 880  # a pack that is ¥8.80 short


def test_two_offers_at_once_do_not_pledge_the_same_yuan() -> None:
    stall = make_stall(quantity=4000)
    session = make_session(stall)
    give_deposit(stall, 3 * 10 * SHORT)
    offer = partial(make_offer, stall, session, price_fen=PRICE, packs=10, covers_shortfall=True)
    results = race([offer] * 8)
    assert len(of_type(results, OfferView)) == 3
    assert len(of_type(results, CoverTooSmall)) == 5
    pledged = trade.pledge_of(cooperative_id=stall.cooperative.id).total_fen
    assert pledged == cover.cover_of(cooperative_id=stall.cooperative.id).total_fen


def test_control_without_the_lock_everyone_believes_the_deposit_is_theirs() -> None:
    """Each looks at what is pledged before anyone has pledged: that is the race the lock prevents."""
    stall = make_stall(quantity=4000)
    session = make_session(stall)
    give_deposit(stall, 10 * SHORT)
    looked = Barrier(4)

    def unlocked() -> bool:
        cooperative_id = stall.cooperative.id
        with transaction.atomic():
            pledged = trade.pledge_of(cooperative_id=cooperative_id).total_fen
            room = cover.cover_of(cooperative_id=cooperative_id).total_fen - pledged
            looked.wait(30)
            return room >= 10 * SHORT

    assert session.id
    assert race([unlocked] * 4) == [True] * 4


def test_a_deposit_is_not_given_back_while_it_is_pledged() -> None:
    stall = make_stall()
    session = make_session(stall)
    officer = give_deposit(stall, 10 * SHORT)
    back = partial(
        trade_operations.give_deposit_back,
        by=officer, cooperative_id=stall.cooperative.id, amount_fen=10 * SHORT, slip=slip(), now=NOW,
    )  # fmt: skip
    offer = partial(make_offer, stall, session, price_fen=PRICE, packs=10, covers_shortfall=True)

    def give_back() -> Any:
        with transaction.atomic():
            return back()

    race([give_back, offer])
    pledged = trade.pledge_of(cooperative_id=stall.cooperative.id).total_fen
    assert pledged in (0, 10 * SHORT)
    assert cover.cover_of(cooperative_id=stall.cooperative.id).deposit_fen == pledged


def test_one_slip_sent_many_times_at_once_counts_once() -> None:
    stall = make_stall()
    officer = give_deposit(stall, 100)

    def receive() -> Any:
        with transaction.atomic():
            return cover_operations.receive_deposit(
                by=officer, cooperative_id=stall.cooperative.id, amount_fen=700, slip="ONE-SLIP", now=NOW
            )

    results = race([receive] * 6)
    assert [one.repeated for one in results].count(False) == 1
    assert cover.cover_of(cooperative_id=stall.cooperative.id).deposit_fen == 800


def test_three_runs_at_once_settle_each_line_once() -> None:
    sale, other = make_sale(), make_sale(price_fen=PRICE, packs=20, deposit_fen=20 * SHORT)
    for _ in range(4):
        make_order(sale, until="closed")
        make_order(other, until="closed")
    race([partial(settlement_operations.settle_due, now=later(3600))] * 3)
    settlement_operations.settle_due(now=later(3700))
    assert SettledLine.objects.count() == 8
    assert ledger.imbalance().ok
    assert settlement_imbalance().unexplained_fen == 0
    assert payout_over_paid_in_fen() == 0


def test_a_settlement_killed_in_the_middle_leaves_nothing_and_is_made_again() -> None:
    sale = make_sale(price_fen=PRICE, packs=20, deposit_fen=20 * SHORT)
    make_order(sale, until="closed", packs=2)
    ended: list[RunResult] = []

    def run() -> None:
        try:
            ended.append(settlement_operations.settle_due(now=later(3600)))
        finally:
            connection.close()

    with transaction.atomic(), connection.cursor() as cursor:
        # The money stands still, so the run waits for it.
        cursor.execute("SELECT id FROM ledger_account WHERE purpose = 'escrow' FOR UPDATE")
        thread = Thread(target=run)
        thread.start()
        # only of this process's database: others' tests wait for the same table in theirs
        kill = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                  WHERE datname = current_database() AND pid <> pg_backend_pid()
                  AND wait_event_type = 'Lock' AND query LIKE '%%ledger_account%%'"""
        began = monotonic()
        while not ended and monotonic() - began < 60:
            cursor.execute("SELECT pg_stat_clear_snapshot()")  # a transaction sees one moment of it
            cursor.execute(kill)
            sleep(0.05)
        thread.join(60)
    assert (ended[0].lines, ended[0].short) == (0, (sale.stall.cooperative.id,))
    assert not Statement.objects.exists()
    assert not Payout.objects.exists()
    assert cover.cover_of(cooperative_id=sale.stall.cooperative.id).deposit_fen == 20 * SHORT
    assert settlement_operations.settle_due(now=later(3601)).lines == 1
    assert ledger.imbalance().ok
    assert payout_over_paid_in_fen() == 0
