"""Money set aside stays where it is and cannot be moved."""

import pytest
from django.db import transaction

from fieldcast.ledger import operations, queries
from fieldcast.ledger.types import Balance, Entry, HoldResult, TransferResult
from tests.ledger.book import COUNTY, NOW, bring_in, move, new_id

pytestmark = pytest.mark.django_db
TO_BANK = [Entry("org:1", "deposit", -600), Entry("outside:bank", "world", 600)]


def set_aside(fen: int, client_id: str = "hold-1", party: str = "org:1") -> HoldResult:
    return operations.hold(
        client_id=client_id,
        party=party,
        purpose="deposit",
        amount_fen=fen,
        county_id=COUNTY,
        reason="case 4",
        now=NOW,
    )


def take(entries: list[Entry] = TO_BANK, client_id: str = "take-1", hold: str = "hold-1") -> TransferResult:
    return operations.capture_hold(
        hold_client_id=hold, client_id=client_id, kind="penalty", entries=entries, county_id=COUNTY, now=NOW
    )


def deposit() -> Balance:
    return queries.balance(party="org:1", purpose="deposit")


def test_money_set_aside_cannot_be_spent() -> None:
    bring_in("org:1", 1000, "deposit")
    set_aside(700)
    assert (deposit().balance_fen, deposit().held_fen, deposit().available_fen) == (1000, 700, 300)
    with pytest.raises(operations.InsufficientFunds) as refused:
        move(("org:1", "deposit", -301), ("outside:bank", "world", 301))
    assert refused.value.facts["available_fen"] == 300
    move(("org:1", "deposit", -300), ("outside:bank", "world", 300))
    assert deposit().available_fen == 0
    assert queries.imbalance().ok


def test_more_than_there_is_cannot_be_set_aside() -> None:
    bring_in("org:1", 1000, "deposit")
    set_aside(700)
    with transaction.atomic():
        with pytest.raises(operations.InsufficientFunds):
            set_aside(301, client_id="hold-2")
        set_aside(300, client_id="hold-2")
    assert deposit().available_fen == 0
    with pytest.raises(ValueError, match="more than zero"):
        set_aside(0, client_id="hold-3")


def test_a_hold_is_set_once() -> None:
    bring_in("org:1", 1000, "deposit")
    bring_in("org:2", 1000, "deposit")
    first, again = set_aside(700), set_aside(700)
    assert (first.id, first.repeated, again.id, again.repeated) == (first.id, False, first.id, True)
    for fen, party in ((701, "org:1"), (700, "org:2")):
        with pytest.raises(operations.ClientIdReused):
            set_aside(fen, party=party)
    assert deposit().held_fen == 700


def test_a_released_hold_frees_the_money_once() -> None:
    bring_in("org:1", 1000, "deposit")
    set_aside(700)
    first = operations.release_hold(client_id="hold-1", now=NOW)
    again = operations.release_hold(client_id="hold-1", now=NOW)
    assert (first.released_at, first.repeated, again.repeated) == (NOW, False, True)
    assert deposit().available_fen == 1000
    assert set_aside(700).released_at == NOW  # asked again, it is the same hold, long released
    assert deposit().held_fen == 0


def test_a_hold_that_is_not_there_is_not_found() -> None:
    with pytest.raises(operations.HoldNotFound):
        operations.release_hold(client_id="hold-404", now=NOW)
    with pytest.raises(operations.HoldNotFound):
        take(hold="hold-404")


def test_taking_a_hold_moves_the_money_and_frees_the_rest() -> None:
    bring_in("org:1", 700, "deposit")
    set_aside(700)
    first, again = take(), take()
    assert (first.repeated, again.repeated, again.id) == (False, True, first.id)
    assert (deposit().balance_fen, deposit().held_fen) == (100, 0)
    assert queries.imbalance().ok


def test_a_hold_is_taken_once() -> None:
    bring_in("org:1", 2000, "deposit")
    set_aside(700)
    take()
    with pytest.raises(operations.HoldReleased):
        take(client_id="take-2")
    assert deposit().balance_fen == 1400


def test_a_released_hold_cannot_be_taken() -> None:
    bring_in("org:1", 700, "deposit")
    set_aside(700)
    operations.release_hold(client_id="hold-1", now=NOW)
    with pytest.raises(operations.HoldReleased):
        take()
    assert deposit().balance_fen == 700


def test_taking_more_than_is_held_needs_free_money_too() -> None:
    bring_in("org:1", 700, "deposit")
    set_aside(500)
    set_aside(150, client_id="hold-2")
    with transaction.atomic():
        with pytest.raises(operations.InsufficientFunds) as refused:
            take()
        assert refused.value.facts["available_fen"] == 550
        operations.release_hold(client_id="hold-2", now=NOW)
        take()
    assert (deposit().balance_fen, deposit().held_fen) == (100, 0)


def test_a_hold_is_taken_from_its_own_account() -> None:
    bring_in("org:1", 700, "deposit")
    bring_in("org:2", 700, "deposit")
    set_aside(700)
    with pytest.raises(ValueError, match="takes nothing from org:1/deposit"):
        take([Entry("org:2", "deposit", -600), Entry("outside:bank", "world", 600)], client_id=new_id())


def test_a_hold_is_not_taken_under_an_id_used_for_other_money() -> None:
    bring_in("org:1", 700, "deposit")
    set_aside(500)
    move(("outside:bank", "world", -1), ("org:1", "deposit", 1), client_id="take-1")
    with pytest.raises(operations.ClientIdReused):
        take()
    assert deposit().held_fen == 500
