"""Many at once on the same accounts: not a fen is lost, nobody waits for ever. With a control that shows the race."""

import random
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, OperationalError, close_old_connections, connection, transaction

from fieldcast.ledger import operations, queries
from fieldcast.ledger.types import Draft, Entry
from tests.ledger.book import COUNTY, NOW, bring_in, new_id, sql

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]
THREADS = 8


def at_once(work: Callable[[int], None], threads: int = THREADS) -> None:
    """Run `work(0)`, `work(1)`, … each on a connection of its own, all released at one moment; re-raise what failed."""
    gate = threading.Barrier(threads)

    def run(number: int) -> None:
        try:
            gate.wait(timeout=30)
            work(number)
        finally:
            connection.close()
            close_old_connections()

    with ThreadPoolExecutor(threads) as pool:
        for future in [pool.submit(run, number) for number in range(threads)]:
            future.result(timeout=120)


def test_money_moved_to_and_fro_by_many_is_never_lost_and_nobody_deadlocks() -> None:
    parties = [f"org:{number}" for number in range(5)]
    for party in parties:
        bring_in(party, 1000)

    def work(number: int) -> None:
        rng = random.Random(number)
        for step in range(40):
            chosen = rng.sample(parties, 3)
            fen = rng.randint(1, 400)
            entries = [
                Entry(chosen[0], "wallet", -2 * fen),
                Entry(chosen[1], "wallet", fen),
                Entry(chosen[2], "wallet", fen),
            ]
            rng.shuffle(entries)  # the order of the sides must not matter
            try:
                operations.transfer(
                    client_id=f"race-{number}-{step}", kind="race", entries=entries, county_id=COUNTY, now=NOW
                )
            except operations.InsufficientFunds:
                continue

    at_once(work)
    left = [queries.balance(party=party, purpose="wallet").balance_fen for party in parties]
    assert sum(left) == 5000
    assert min(left) >= 0
    assert queries.imbalance().ok


def test_bulk_and_single_transfers_do_not_deadlock() -> None:
    bring_in("org:1", 100_000)

    def work(number: int) -> None:
        for step in range(10):
            drafts = [
                Draft(
                    f"bulk-{number}-{step}-{i}",
                    "race",
                    (Entry("org:1", "wallet", -1), Entry(f"org:{2 + (i * (number + 3)) % 7}", "wallet", 1)),
                )
                for i in range(20)
            ]
            if number % 2:
                operations.transfer_many(drafts=drafts, county_id=COUNTY, now=NOW)
            else:
                one = drafts[0]
                operations.transfer(
                    client_id=one.client_id, kind="race", entries=one.entries[::-1], county_id=COUNTY, now=NOW
                )

    at_once(work)
    assert queries.moved_fen(kind="race") == 10 * (20 * THREADS // 2 + THREADS // 2)
    assert queries.imbalance().ok


def test_new_accounts_may_be_opened_by_many_at_once() -> None:
    def work(number: int) -> None:
        for step in range(10):
            sides = [
                ("outside:sandbox", "world", -2),
                (f"org:{step}", "wallet", 1),
                (f"org:{step + 1}", "escrow", 1),
            ]
            entries = [Entry(*side) for side in (sides if number % 2 else reversed(sides))]
            operations.transfer(
                client_id=f"open-{number}-{step}", kind="race", entries=entries, county_id=COUNTY, now=NOW
            )

    at_once(work)
    assert queries.balance(party="outside:sandbox", purpose="world").balance_fen == -2 * 10 * THREADS
    assert queries.imbalance().ok


def test_one_client_id_asked_by_many_moves_money_once() -> None:
    bring_in("org:1", 1000)
    firsts: list[bool] = []

    def work(_: int) -> None:
        done = operations.transfer(
            client_id="once",
            kind="race",
            entries=[Entry("org:1", "wallet", -600), Entry("org:2", "wallet", 600)],
            county_id=COUNTY,
            now=NOW,
        )
        firsts.append(not done.repeated)

    at_once(work)
    assert firsts.count(True) == 1
    assert len(firsts) == THREADS
    assert queries.balance(party="org:2", purpose="wallet").balance_fen == 600


def test_one_client_id_asked_for_different_accounts_moves_one_of_them() -> None:
    outcomes: list[str] = []

    def work(number: int) -> None:
        entries = [Entry("outside:sandbox", "world", -5), Entry(f"org:{number}", "wallet", 5)]
        try:
            operations.transfer(client_id="mine", kind="race", entries=entries, county_id=COUNTY, now=NOW)
            outcomes.append("moved")
        except operations.ClientIdReused:
            outcomes.append("refused")

    at_once(work)
    assert sorted(outcomes) == ["moved", *["refused"] * (THREADS - 1)]
    assert queries.moved_fen(kind="race") == 5


def test_one_hold_is_taken_by_one_of_many() -> None:
    bring_in("org:1", 5000, "deposit")
    operations.hold(
        client_id="h", party="org:1", purpose="deposit", amount_fen=700, county_id=COUNTY, now=NOW
    )
    outcomes: list[str] = []

    def work(number: int) -> None:
        try:
            operations.capture_hold(
                hold_client_id="h",
                client_id=f"take-{number}",
                kind="penalty",
                entries=[Entry("org:1", "deposit", -700), Entry("outside:bank", "world", 700)],
                county_id=COUNTY,
                now=NOW,
            )
            outcomes.append("taken")
        except operations.HoldReleased:
            outcomes.append("too late")

    at_once(work)
    assert outcomes.count("taken") == 1
    assert queries.balance(party="org:1", purpose="deposit").balance_fen == 4300
    assert queries.imbalance().ok


def _spend(lock: str) -> None:
    """A transfer written without this room: look whether there is money, then move it."""
    with transaction.atomic():
        rows = sql(f"SELECT id, balance_fen FROM ledger_account WHERE party = 'org:1' {lock}")
        if not rows or rows[0][1] < 600:
            return
        sql("SELECT pg_sleep(0.05)")  # as long as it takes to think
        moved = sql(
            "INSERT INTO ledger_transfer (client_id, kind, memo, reference, created_at)"
            " VALUES (%(id)s, 'race', '', '', now()) RETURNING id",
            id=new_id("control"),
        )[0][0]
        sql(
            "INSERT INTO ledger_posting (transfer_id, account_id, amount_fen)"
            " SELECT %(t)s, id, CASE purpose WHEN 'world' THEN 600 ELSE -600 END FROM ledger_account"
            " WHERE party IN ('org:1', 'outside:sandbox')",
            t=moved,
        )


@pytest.mark.parametrize(("lock", "overdrawn"), [("", True), ("FOR NO KEY UPDATE", False)])
def test_without_the_lock_two_would_spend_the_same_money(lock: str, overdrawn: bool) -> None:
    """The control: checked before the lock, both see the money, and only the CHECK of the table stops the second."""
    bring_in("org:1", 1000)
    refusals: list[str] = []

    def work(_: int) -> None:
        try:
            _spend(lock)
        except IntegrityError as refused:
            refusals.append(str(refused))

    at_once(work, threads=2)
    assert bool(refusals) is overdrawn
    assert all("ledger_account_not_overdrawn" in refusal for refusal in refusals)
    assert queries.balance(party="org:1", purpose="wallet").balance_fen == 400


def pay(seller: str, client_id: str, county_id: int = COUNTY) -> None:
    operations.transfer(
        client_id=client_id,
        kind="payment",
        entries=[Entry("outside:sandbox", "world", -5), Entry(seller, "escrow", 5)],
        county_id=county_id,
        now=NOW,
    )


def while_one_is_not_committed(seller: str, other: Callable[[], None]) -> None:
    """Run `other` on a connection of its own, which waits for no row longer than a moment, beside an open payment."""

    def impatient() -> None:
        try:
            with transaction.atomic():
                sql("SET LOCAL lock_timeout = '500ms'")
                other()
        finally:
            connection.close()

    with transaction.atomic(), ThreadPoolExecutor(1) as pool:
        pay(seller, "open")
        pool.submit(impatient).result(timeout=60)


@pytest.mark.parametrize("county_id", [COUNTY, 2])
def test_a_payment_waits_for_no_payment_to_another_seller(county_id: int) -> None:
    for number in (1, 2):
        pay(f"org:{number}", f"before-{number}", COUNTY if number == 1 else county_id)
    while_one_is_not_committed("org:1", lambda: pay("org:2", "beside", county_id))
    assert queries.balance(party="org:2", purpose="escrow").balance_fen == 10
    assert queries.balance(party="outside:sandbox", purpose="world").balance_fen == -20
    assert queries.imbalance().ok


def test_a_payment_waits_for_another_to_the_same_seller() -> None:
    """The control: their balance is one row, and the wait above would be seen."""
    pay("org:1", "before")
    with pytest.raises(OperationalError, match="lock timeout"):
        while_one_is_not_committed("org:1", lambda: pay("org:1", "beside"))
