"""The book is checked from its postings, so tampering shows even when it was done with every guard off."""

import pytest

from fieldcast.ledger import operations, queries
from fieldcast.ledger.types import Imbalance
from tests.ledger.book import COUNTY, NOW, bring_in, move, sql, triggers_asleep

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _money() -> None:
    bring_in("org:1", 1000)
    move(("org:1", "wallet", -400), ("org:2", "wallet", 400))
    operations.hold(client_id="h", party="org:1", purpose="wallet", amount_fen=100, county_id=COUNTY, now=NOW)
    sql("SET CONSTRAINTS ALL IMMEDIATE")  # as if committed: what happens next is found by reading alone


def tampered(statement: str) -> Imbalance:
    assert queries.imbalance() == Imbalance(0, 0, 0, 0, 0, 0, 0, 0, 0)
    with triggers_asleep():
        sql(statement)
    found = queries.imbalance()
    assert not found.ok
    return found


def test_a_posting_made_larger() -> None:
    found = tampered("UPDATE ledger_posting SET amount_fen = 450 WHERE amount_fen = 400")
    assert (found.total_fen, found.transfers, found.transfers_fen, found.drifted_fen) == (50, 1, 50, 50)
    assert found.fen == 150


def test_a_posting_taken_out() -> None:
    found = tampered("DELETE FROM ledger_posting WHERE amount_fen = 400")
    assert (found.total_fen, found.transfers, found.drifted) == (-400, 1, 1)


def test_a_posting_slipped_in() -> None:
    found = tampered(
        "INSERT INTO ledger_posting (transfer_id, account_id, amount_fen)"
        " SELECT transfer_id, account_id, 7 FROM ledger_posting WHERE amount_fen = 400"
    )
    assert (found.total_fen, found.transfers_fen) == (7, 7)


def test_a_pair_of_postings_taken_out_leaves_an_empty_transfer() -> None:
    found = tampered(
        "DELETE FROM ledger_posting WHERE transfer_id = (SELECT transfer_id FROM ledger_posting WHERE amount_fen = 400)"
    )
    assert (found.total_fen, found.transfers, found.transfers_fen, found.drifted) == (0, 1, 0, 2)


def test_a_transfer_taken_out_from_under_its_postings_and_accounts_kept_balanced() -> None:
    found = tampered("DELETE FROM ledger_account WHERE party = 'org:2'")
    assert (found.drifted, found.drifted_fen) == (1, 400)


def test_a_balance_changed() -> None:
    found = tampered("UPDATE ledger_account SET balance_fen = balance_fen + 5 WHERE party = 'org:2'")
    assert (found.total_fen, found.drifted, found.drifted_fen, found.fen) == (0, 1, 5, 5)


def test_a_balance_written_where_postings_are_summed() -> None:
    sql("ALTER TABLE ledger_account DROP CONSTRAINT ledger_account_world_is_summed")
    found = tampered("UPDATE ledger_account SET balance_fen = balance_fen + 5 WHERE purpose = 'world'")
    assert (found.total_fen, found.drifted, found.drifted_fen, found.fen) == (0, 1, 5, 5)


def test_two_balances_changed_so_that_their_sum_is_the_same() -> None:
    found = tampered(
        "UPDATE ledger_account SET balance_fen = balance_fen + CASE party WHEN 'org:1' THEN 5 ELSE -5 END"
        " WHERE purpose = 'wallet'"
    )
    assert (found.drifted, found.drifted_fen) == (2, 10)


def test_a_held_amount_changed() -> None:
    found = tampered("UPDATE ledger_account SET held_fen = 0 WHERE party = 'org:1'")
    assert (found.held_drifted, found.held_drifted_fen) == (1, 100)


def test_a_hold_taken_out() -> None:
    found = tampered("DELETE FROM ledger_hold")
    assert (found.held_drifted, found.held_drifted_fen) == (1, 100)


def test_a_wallet_overdrawn_in_step_with_its_postings() -> None:
    """Postings and balances agree and everything sums to zero: only the wallet below zero gives it away."""
    found = tampered(
        "WITH t AS (SELECT transfer_id FROM ledger_posting WHERE amount_fen = 400),"
        " p AS (UPDATE ledger_posting SET amount_fen = sign(amount_fen) * 1300 WHERE transfer_id IN (SELECT * FROM t))"
        " UPDATE ledger_account SET may_go_negative = true,"
        " balance_fen = balance_fen + CASE party WHEN 'org:1' THEN -900 ELSE 900 END WHERE purpose = 'wallet'"
    )
    assert (found.total_fen, found.transfers, found.drifted) == (0, 0, 0)
    assert (found.overdrawn, found.overdrawn_fen) == (1, 400)  # 300 below zero, and 100 held


def test_an_empty_book_is_in_balance() -> None:
    with triggers_asleep():
        for table in ("posting", "hold", "transfer", "account"):
            sql(f"DELETE FROM ledger_{table}")
    assert queries.imbalance().ok
