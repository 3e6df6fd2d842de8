"""Money moves from account to account, whole or not at all."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from fieldcast.ledger import operations, queries
from fieldcast.ledger.types import Draft, Entry
from tests.ledger.book import COUNTY, NOW, bring_in, move, new_id

pytestmark = pytest.mark.django_db


def fen(party: str, purpose: str = "wallet") -> int:
    return queries.balance(party=party, purpose=purpose).balance_fen


def test_a_payment_comes_in_from_outside() -> None:
    bring_in("org:1", 3980, "escrow")
    assert fen("org:1", "escrow") == 3980
    assert fen("outside:sandbox", "world") == -3980
    assert queries.imbalance().ok


def test_a_transfer_may_have_many_sides_and_name_an_account_twice() -> None:
    bring_in("org:1", 3980, "escrow")
    move(
        ("org:1", "escrow", -3980),
        ("org:2", "wallet", 1900),
        ("org:2", "wallet", 133),
        ("org:2", "wallet", -199),
        ("org:3", "wallet", 2146),
    )
    assert (fen("org:1", "escrow"), fen("org:2"), fen("org:3")) == (0, 1834, 2146)


def test_an_account_on_which_nothing_moved_is_empty() -> None:
    empty = queries.balance(party="org:404", purpose="wallet")
    assert (empty.balance_fen, empty.held_fen, empty.available_fen) == (0, 0, 0)


def test_a_wallet_does_not_go_below_zero() -> None:
    bring_in("org:1", 500)
    with pytest.raises(operations.InsufficientFunds) as refused:
        move(("org:1", "wallet", -501), ("outside:bank", "world", 501))
    assert refused.value.facts["available_fen"] == 500
    assert refused.value.facts["wanted_fen"] == 501
    assert fen("org:1") == 500
    assert fen("outside:bank", "world") == 0


def test_the_last_fen_may_be_taken() -> None:
    bring_in("org:1", 500)
    move(("org:1", "wallet", -500), ("outside:bank", "world", 500))
    assert fen("org:1") == 0


def test_an_advance_may_be_owed() -> None:
    move(("org:1", "advance", -700), ("org:2", "wallet", 700))
    assert fen("org:1", "advance") == -700
    assert queries.imbalance().ok


def test_after_a_refusal_the_caller_may_go_on_with_its_transaction() -> None:
    bring_in("org:1", 500)
    with transaction.atomic():
        with pytest.raises(operations.InsufficientFunds):
            move(("org:1", "wallet", -900), ("org:2", "wallet", 900))
        move(("org:1", "wallet", -200), ("org:2", "wallet", 200))
    assert (fen("org:1"), fen("org:2")) == (300, 200)


def test_a_client_id_is_applied_once() -> None:
    bring_in("org:1", 500)
    sides = (("org:1", "wallet", -500), ("org:2", "wallet", 500))
    first = move(*sides, client_id="payout-9")
    again = move(*reversed(sides), client_id="payout-9")  # the money is gone, and still it is no new transfer
    assert not first.repeated
    assert again.repeated
    assert (again.id, again.created_at) == (first.id, first.created_at)
    assert (fen("org:1"), fen("org:2")) == (0, 500)


@pytest.mark.parametrize(
    "other",
    [
        (("org:1", "wallet", -501), ("org:2", "wallet", 501)),
        (("org:1", "wallet", -500), ("org:3", "wallet", 500)),
        (("org:1", "wallet", -500), ("org:2", "deposit", 500)),
        (("org:1", "wallet", -250), ("org:1", "wallet", -250), ("org:2", "wallet", 500)),
        (("org:1", "wallet", -10_000), ("org:2", "wallet", 10_000)),
    ],
)
def test_a_client_id_is_not_used_for_other_money(other: tuple[tuple[str, str, int], ...]) -> None:
    bring_in("org:1", 2000)
    move(("org:1", "wallet", -500), ("org:2", "wallet", 500), client_id="payout-9")
    with pytest.raises(operations.ClientIdReused):
        move(*other, client_id="payout-9")
    assert (fen("org:1"), fen("org:2")) == (1500, 500)


@pytest.mark.parametrize(
    "entries",
    [
        [],
        [Entry("org:1", "wallet", 0)],
        [Entry("org:1", "wallet", 5)],
        [Entry("org:1", "wallet", 5), Entry("org:2", "wallet", -4)],
        [Entry("org:1", "wallet", 0), Entry("org:2", "wallet", 0)],
        [Entry("org:1", "pocket", 5), Entry("outside:bank", "world", -5)],
        [Entry("Org 1", "wallet", 5), Entry("outside:bank", "world", -5)],
        [Entry("", "wallet", 5), Entry("outside:bank", "world", -5)],
    ],
)
def test_what_is_no_transfer_is_a_mistake_of_its_writer(entries: list[Entry]) -> None:
    with pytest.raises(ValueError, match=r"."), transaction.atomic():
        operations.transfer(
            client_id=new_id(), kind="test", entries=entries, county_id=COUNTY, memo="", reference="", now=NOW
        )
    assert queries.imbalance().ok


def test_a_transfer_takes_two_statements_once_its_accounts_exist() -> None:
    bring_in("org:1", 3980, "escrow")
    with CaptureQueriesContext(connection) as captured:
        bring_in("org:1", 3980, "escrow")
    assert len(captured) == 2


def draft(*entries: tuple[str, str, int], client_id: str | None = None) -> Draft:
    return Draft(
        client_id=client_id or new_id("bulk"), kind="test", entries=tuple(Entry(*e) for e in entries)
    )


def test_many_transfers_are_applied_in_their_order_in_a_few_statements() -> None:
    drafts = [
        draft(("outside:sandbox", "world", -100), ("org:1", "wallet", 100)),
        *(draft(("org:1", "wallet", -1), (f"org:{2 + i % 3}", "wallet", 1)) for i in range(99)),
    ]
    with CaptureQueriesContext(connection) as captured:
        results = operations.transfer_many(drafts=drafts, county_id=COUNTY, now=NOW)
    assert len(captured) <= 7
    assert [result.client_id for result in results] == [one.client_id for one in drafts]
    assert not any(result.repeated for result in results)
    assert (fen("org:1"), fen("org:2"), fen("org:3"), fen("org:4")) == (1, 33, 33, 33)
    assert queries.imbalance().ok


def test_of_many_transfers_none_is_made_when_one_cannot() -> None:
    bring_in("org:1", 10)
    drafts = [
        draft(("org:1", "wallet", -6), ("org:2", "wallet", 6)),
        draft(("org:1", "wallet", -6), ("org:2", "wallet", 6)),
        draft(("outside:sandbox", "world", -100), ("org:1", "wallet", 100)),  # too late for the one before it
    ]
    with transaction.atomic():
        with pytest.raises(operations.InsufficientFunds) as refused:
            operations.transfer_many(drafts=drafts, county_id=COUNTY, now=NOW)
        move(("org:1", "wallet", -1), ("org:2", "wallet", 1))
    assert refused.value.facts["available_fen"] == 4
    assert (fen("org:1"), fen("org:2")) == (9, 1)


def test_many_transfers_asked_again_move_nothing_more() -> None:
    one = draft(("outside:sandbox", "world", -100), ("org:1", "wallet", 100))
    two = draft(("org:1", "wallet", -40), ("org:2", "wallet", 40))
    first = operations.transfer_many(drafts=[one, two, one], county_id=COUNTY, now=NOW)
    again = operations.transfer_many(drafts=[one, two], county_id=COUNTY, now=NOW)
    assert [result.repeated for result in first] == [False, False, True]
    assert all(result.repeated for result in again)
    assert [result.id for result in again] == [result.id for result in first[:2]]
    assert (fen("org:1"), fen("org:2")) == (60, 40)


def test_many_transfers_refuse_an_id_used_for_other_money() -> None:
    one = draft(("outside:sandbox", "world", -100), ("org:1", "wallet", 100))
    other = draft(("outside:sandbox", "world", -90), ("org:1", "wallet", 90), client_id=one.client_id)
    with pytest.raises(operations.ClientIdReused):
        operations.transfer_many(drafts=[one, other], county_id=COUNTY, now=NOW)
    operations.transfer_many(drafts=[one], county_id=COUNTY, now=NOW)
    with pytest.raises(operations.ClientIdReused):
        operations.transfer_many(drafts=[other], county_id=COUNTY, now=NOW)
    assert fen("org:1") == 100


def test_many_of_nothing_is_nothing() -> None:
    assert operations.transfer_many(drafts=[], county_id=COUNTY, now=NOW) == ()
