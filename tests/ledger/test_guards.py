"""The database refuses what would make the book lie, whoever writes. Each guard is really violated with raw SQL."""

import pytest
from django.db import IntegrityError, transaction

from fieldcast.ledger import operations, queries
from tests.ledger.book import COUNTY, NOW, bring_in, new_id, refused_by, sql

pytestmark = pytest.mark.django_db

TRANSFER = """
INSERT INTO ledger_transfer (client_id, kind, memo, reference, created_at)
VALUES (%(client_id)s, 'raw', '', '', now()) RETURNING id
"""
POST = "INSERT INTO ledger_posting (transfer_id, account_id, amount_fen) VALUES (%(transfer)s, %(account)s, %(fen)s)"


def account(party: str, purpose: str = "wallet") -> int:
    return int(
        sql("SELECT id FROM ledger_account WHERE party = %(p)s AND purpose = %(u)s", p=party, u=purpose)[0][0]
    )


def open_transfer() -> int:
    return int(sql(TRANSFER, client_id=new_id("raw"))[0][0])


def post(transfer: int, account_id: int, fen: int) -> None:
    sql(POST, transfer=transfer, account=account_id, fen=fen)


@pytest.fixture(autouse=True)
def _money() -> None:
    bring_in("org:1", 1000)
    bring_in("org:2", 1000)


def test_raw_postings_that_balance_are_taken_and_move_the_balance() -> None:
    """The control: the same SQL, done right, is accepted."""
    with transaction.atomic():
        transfer = open_transfer()
        post(transfer, account("org:1"), -300)
        post(transfer, account("org:2"), 300)
        sql("SET CONSTRAINTS ALL IMMEDIATE")
    assert queries.balance(party="org:2", purpose="wallet").balance_fen == 1300
    assert queries.imbalance().ok


def test_postings_that_do_not_sum_to_zero_are_refused_at_commit() -> None:
    with refused_by("ledger_transfer_balanced"):
        transfer = open_transfer()
        post(transfer, account("org:1"), -300)
        post(transfer, account("org:2"), 299)


def test_a_transfer_without_postings_is_refused_at_commit() -> None:
    with refused_by("ledger_transfer_balanced"):
        open_transfer()


def test_a_transfer_with_one_posting_is_refused_at_commit() -> None:
    with refused_by("ledger_transfer_balanced"):
        post(open_transfer(), account("org:1"), 1)


@pytest.mark.django_db(transaction=True)
def test_a_real_commit_refuses_an_unbalanced_transfer() -> None:
    with pytest.raises(IntegrityError, match="sum to 7 fen"), transaction.atomic():
        post(open_transfer(), account("org:1"), 7)
    assert queries.balance(party="org:1", purpose="wallet").balance_fen == 1000


@pytest.mark.django_db(transaction=True)
def test_a_finished_transfer_takes_no_more_postings_even_if_they_balance() -> None:
    finished = sql("SELECT id FROM ledger_transfer ORDER BY id LIMIT 1")[0][0]
    with refused_by("ledger_posting_late"):
        sql(
            "INSERT INTO ledger_posting (transfer_id, account_id, amount_fen)"
            " VALUES (%(t)s, %(a)s, -5), (%(t)s, %(b)s, 5)",
            t=finished,
            a=account("org:1"),
            b=account("org:2"),
        )


def test_a_posting_of_zero_is_refused() -> None:
    with refused_by("ledger_posting_not_zero"):
        post(open_transfer(), account("org:1"), 0)


@pytest.mark.parametrize("table", ["ledger_transfer", "ledger_posting", "ledger_account", "ledger_hold"])
def test_nothing_of_the_book_can_be_deleted(table: str) -> None:
    operations.hold(client_id="h", party="org:1", purpose="wallet", amount_fen=1, county_id=COUNTY, now=NOW)
    sql(
        "SET CONSTRAINTS ALL IMMEDIATE"
    )  # nothing is left to be checked, which would refuse TRUNCATE by itself
    with refused_by(f"{table}_immutable"):
        sql(f"DELETE FROM {table}")
    with refused_by(f"{table}_immutable"):
        sql(f"TRUNCATE {table} CASCADE")


@pytest.mark.parametrize(
    ("table", "change"),
    [("ledger_transfer", "memo = 'nothing to see'"), ("ledger_posting", "amount_fen = amount_fen + 1")],
)
def test_transfers_and_postings_cannot_be_changed(table: str, change: str) -> None:
    with refused_by(f"{table}_immutable"):
        sql(f"UPDATE {table} SET {change}")


@pytest.mark.parametrize(
    "change",
    [
        "balance_fen = balance_fen + 1",
        "held_fen = held_fen + 1",
        "may_go_negative = true",
        "party = 'org:3'",
        "purpose = 'world'",
        "county_id = 2",
    ],
)
def test_an_account_cannot_be_changed_by_hand(change: str) -> None:
    with refused_by("ledger_account_guarded"):
        sql(f"UPDATE ledger_account SET {change} WHERE id = {account('org:1')}")


def test_an_account_is_not_opened_with_money_on_it() -> None:
    with refused_by("ledger_account_guarded"):
        sql(
            "INSERT INTO ledger_account (county_id, party, purpose, may_go_negative, balance_fen)"
            " VALUES (1, 'org:9', 'wallet', false, 100)"
        )


def test_a_party_has_one_account_for_a_purpose() -> None:
    with refused_by("ledger_account_once"):
        sql(
            "INSERT INTO ledger_account (county_id, party, purpose, may_go_negative)"
            " VALUES (1, 'org:1', 'wallet', false)"
        )


def test_an_account_of_the_world_keeps_no_balance_and_holds_nothing() -> None:
    with refused_by("ledger_account_world_is_summed"):
        operations.hold(
            client_id="h",
            party="outside:sandbox",
            purpose="world",
            amount_fen=1,
            county_id=COUNTY,
            now=NOW,
        )


def test_raw_postings_cannot_overdraw_a_wallet() -> None:
    with refused_by("ledger_account_not_overdrawn"):
        transfer = open_transfer()
        post(transfer, account("org:2"), 1001)
        post(transfer, account("org:1"), -1001)


def test_raw_postings_cannot_spend_what_is_held() -> None:
    operations.hold(client_id="h", party="org:1", purpose="wallet", amount_fen=600, county_id=COUNTY, now=NOW)
    with refused_by("ledger_account_not_overdrawn"):
        transfer = open_transfer()
        post(transfer, account("org:2"), 401)
        post(transfer, account("org:1"), -401)


HOLD = """
INSERT INTO ledger_hold (account_id, amount_fen, client_id, reason, created_at, released_at, captured_by_id)
VALUES (%(account)s, %(fen)s, %(client_id)s, '', now(), NULL, %(by)s)
"""


def test_a_raw_hold_cannot_exceed_what_is_there() -> None:
    with refused_by("ledger_account_not_overdrawn"):
        sql(HOLD, account=account("org:1"), fen=1001, client_id="h", by=None)


def test_a_hold_of_nothing_is_refused() -> None:
    with refused_by("ledger_hold_positive"):
        sql(HOLD, account=account("org:1"), fen=0, client_id="h", by=None)


def test_a_hold_is_not_taken_and_still_held() -> None:
    first = sql("SELECT min(id) FROM ledger_transfer")[0][0]
    with refused_by("ledger_hold_captured_is_released"):
        sql(HOLD, account=account("org:1"), fen=1, client_id="h", by=first)


@pytest.mark.parametrize(
    "change",
    ["amount_fen = 1", "released_at = NULL", "released_at = now() + interval '1 day'", "client_id = 'x'"],
)
def test_a_released_hold_cannot_be_changed(change: str) -> None:
    operations.hold(client_id="h", party="org:1", purpose="wallet", amount_fen=600, county_id=COUNTY, now=NOW)
    operations.release_hold(client_id="h", now=NOW)
    with refused_by("ledger_hold_guarded"):
        sql(f"UPDATE ledger_hold SET {change}")


def test_client_ids_are_unique_in_the_database_too() -> None:
    bring_in("org:1", 5, client_id="twice")
    with pytest.raises(IntegrityError, match="client_id"), transaction.atomic():
        sql(TRANSFER, client_id="twice")
