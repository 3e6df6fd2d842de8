"""What one can read in the book."""

from datetime import timedelta

import pytest

from fieldcast.ledger import operations, queries
from fieldcast.ledger.types import Entry
from tests.ledger.book import NOW, bring_in, move, sql

pytestmark = pytest.mark.django_db


def test_a_statement_shows_postings_newest_first_with_the_balance_after_each() -> None:
    bring_in("org:1", 1000)
    move(("org:1", "wallet", -300), ("org:2", "wallet", 300), reference="order:7")
    bring_in("org:1", 50)
    page = queries.statement_of(party="org:1", purpose="wallet")
    assert [(line.amount_fen, line.balance_after_fen) for line in page.lines] == [
        (50, 750),
        (-300, 700),
        (1000, 1000),
    ]
    assert page.balance.balance_fen == 750
    assert page.lines[1].reference == "order:7"
    assert page.older is None


def test_a_long_statement_is_read_page_by_page() -> None:
    for fen in range(1, 8):
        bring_in("org:1", fen)
    seen: list[tuple[int, int]] = []
    before: int | None = None
    pages = 0
    while pages == 0 or before is not None:
        page = queries.statement_of(party="org:1", purpose="wallet", before=before, size=3)
        seen += [(line.amount_fen, line.balance_after_fen) for line in page.lines]
        before, pages = page.older, pages + 1
    assert pages == 3
    assert seen == [(fen, fen * (fen + 1) // 2) for fen in range(7, 0, -1)]


def test_the_statement_of_an_account_without_postings_is_empty() -> None:
    page = queries.statement_of(party="org:404", purpose="wallet")
    assert (page.lines, page.older, page.balance.balance_fen) == ((), None, 0)


def test_all_accounts_of_a_party() -> None:
    bring_in("org:1", 5)
    bring_in("org:1", 7, "deposit")
    found = [(one.purpose, one.balance_fen) for one in queries.balances(party="org:1")]
    assert found == [("deposit", 7), ("wallet", 5)]


def test_transfers_are_found_by_what_they_are_about() -> None:
    bring_in("org:1", 1000)
    move(("org:1", "wallet", -3), ("org:2", "wallet", 3), client_id="a", reference="order:7")
    move(("org:1", "wallet", -4), ("org:2", "wallet", 4), client_id="b", reference="order:7")
    found = queries.transfers_about(reference="order:7")
    assert [one.client_id for one in found] == ["a", "b"]
    assert found[0].entries == (Entry("org:1", "wallet", -3), Entry("org:2", "wallet", 3))
    assert queries.transfer_of(client_id="b") == found[1]
    assert queries.transfer_of(client_id="c") is None
    assert queries.transfers_about(reference="") == ()


def test_money_of_a_kind_is_added_up() -> None:
    bring_in("org:1", 1000)
    bring_in("org:2", 500, "escrow")
    move(("org:1", "wallet", -600), ("outside:bank", "world", 600), kind="payout")
    assert queries.moved_fen(kind="payment") == 1500
    assert queries.moved_fen(kind="payment", party="org:2") == 500
    assert queries.moved_fen(kind="payout", purpose="world") == 600
    assert queries.moved_fen(kind="payout", since=NOW + timedelta(seconds=1)) == 0


def test_the_world_and_the_platform_have_an_account_in_each_county_and_are_added_up() -> None:
    for county_id in (1, 2):
        operations.transfer(
            client_id=f"county-{county_id}",
            kind="payment",
            entries=[Entry("outside:sandbox", "world", -300), Entry("platform", "commission", 300)],
            county_id=county_id,
            now=NOW,
        )
    assert queries.balance(party="platform", purpose="commission").balance_fen == 600
    assert queries.balance(party="outside:sandbox", purpose="world").balance_fen == -600
    accounts = sql(
        "SELECT county_id, balance_fen FROM ledger_account WHERE party = 'platform' ORDER BY county_id"
    )
    assert accounts == [(1, 300), (2, 300)]
