"""A bond is filled by slips and letters, spent by penalties alone, and goes back as far as it is free."""

from datetime import date, timedelta
from typing import Any

import pytest

from fieldcast.accounts.models import Person
from fieldcast.agreements import operations as agreements_operations
from fieldcast.agreements.bonds import asking, cases
from fieldcast.agreements.bonds import operations as bonds_operations
from fieldcast.agreements.bonds import queries as bonds
from fieldcast.agreements.bonds.problems import (
    BadDecision,
    BadLetter,
    BondBound,
    DecisionUsed,
    LetterKnown,
    LetterOver,
    NoBond,
    NoPenalty,
)
from fieldcast.agreements.cover import operations as cover_operations
from fieldcast.agreements.cover.problems import BadSum, SlipUsed
from fieldcast.desk import queries as desk
from fieldcast.inbox import queries as inbox
from fieldcast.kit.errors import NotFound
from fieldcast.ledger import queries as ledger
from fieldcast.supervision import queries as supervision
from tests.factories.accounts import NOW
from tests.factories.bonds import (
    AGREED_FEN,
    CLAUSE,
    MOST_FEN,
    TODAY,
    bond_of,
    give_back,
    lodge,
    penalise,
    put_in,
    terms_name,
)
from tests.factories.market import Stall, make_stall

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]  # each tells a story from signing to what is owed
DUE_LETTER: dict[str, Any] = {"valid_until": date(2026, 12, 20), "number": "BH-2"}


def balance(party: str, purpose: str) -> int:
    return ledger.balance(party=party, purpose=purpose).balance_fen


def all_is_well() -> None:
    assert supervision.invariants(now=NOW).details == ()


def end(stall: Stall) -> None:
    agreements_operations.end_agreement(by=stall.chief, agreement_id=stall.version.agreement_id, now=NOW)


def test_a_slip_fills_it_once_and_what_passes_the_sum_is_free(stall: Stall, officer: Person) -> None:
    first = put_in(stall, 8_000, by=officer, slip="B-0001")
    assert put_in(stall, 8_000, by=officer, slip="b-0001").repeated
    assert (first.kind.value, first.party_name) == ("bond", stall.host.name)
    with pytest.raises(SlipUsed):
        put_in(stall, 7_000, by=officer, slip="B-0001")
    assert (bond_of(stall).cash_fen, bond_of(stall).lacks_fen, bond_of(stall).free_fen) == (8_000, 2_000, 0)
    put_in(stall, 3_000, by=officer)
    assert (bond_of(stall).lacks_fen, bond_of(stall).free_fen) == (0, 1_000)
    all_is_well()


def test_no_terms_name_it(officer: Person, stall: Stall) -> None:
    with terms_name(bonds=()), pytest.raises(NoBond):
        put_in(stall, 100, by=officer)
    with pytest.raises(NotFound):
        put_in(stall, 100, by=stall.chief)


def test_a_slip_of_a_deposit_is_none_of_a_bond(stall: Stall, officer: Person) -> None:
    put_in(stall, 100, by=officer, slip="B-0001")
    with pytest.raises(SlipUsed):
        cover_operations.receive_deposit(
            by=officer, cooperative_id=stall.cooperative.id, amount_fen=100, slip="B-0001", now=NOW
        )


def test_a_letter_counts_as_cash_does_until_it_runs_out(stall: Stall, officer: Person) -> None:
    put_in(stall, 4_000, by=officer)
    letter = lodge(stall, 9_000, by=officer)
    assert lodge(stall, 9_000, by=officer).id == letter.id
    found = bond_of(stall)
    assert (found.letters_fen, found.held_fen, found.lacks_fen, found.free_fen) == (9_000, 13_000, 0, 3_000)
    later = bond_of(stall, today=letter.valid_until + timedelta(days=1))
    assert (later.letters_fen, later.lacks_fen, later.free_fen) == (0, 6_000, 0)
    with pytest.raises(LetterKnown):
        lodge(stall, 9_001, by=officer)
    with pytest.raises(LetterOver):
        lodge(stall, 9_000, by=officer, number="BH-9", valid_until=date(2026, 11, 21))
    with pytest.raises(BadLetter):
        lodge(stall, 9_000, by=officer, number="x y")


def test_a_letter_that_runs_out_is_asked_for_again(stall: Stall, officer: Person) -> None:
    letter = lodge(stall, 5_000, by=officer, **DUE_LETTER)
    assert asking.ask_for_new_letters(now=NOW - timedelta(days=3)) == 0
    assert asking.ask_for_new_letters(now=NOW) == 1
    asking.ask_for_new_letters(now=NOW)
    item = desk.item_about(kind=asking.LETTER_ENDS.code, subject=str(letter.id))
    assert item is not None
    assert (item.owner.organisation_id, item.due_at.date()) == (stall.host.id, date(2026, 12, 20))
    lodge(stall, 5_000, by=officer, number="BH-3")
    item = desk.item_about(kind=asking.LETTER_ENDS.code, subject=str(letter.id))
    assert item is not None
    assert not item.waits
    assert asking.ask_for_new_letters(now=NOW) == 0


def test_of_an_agreement_that_ended_no_letter_is_asked_for(stall: Stall, officer: Person) -> None:
    letter = lodge(stall, 5_000, by=officer, **DUE_LETTER)
    asking.ask_for_new_letters(now=NOW)
    end(stall)
    assert asking.ask_for_new_letters(now=NOW) == 0
    item = desk.item_about(kind=asking.LETTER_ENDS.code, subject=str(letter.id))
    assert item is not None
    assert item.state == "withdrawn"


def test_a_penalty_takes_cash_once_and_tells_both(stall: Stall, officer: Person) -> None:
    put_in(stall, 8_000, by=officer)
    done = penalise(stall, 5_000, by=officer)
    assert penalise(stall, 5_000, by=officer).repeated
    assert (done.cash_fen, done.owed_fen, done.paid_fen) == (5_000, 0, 5_000)
    assert (bond_of(stall).cash_fen, balance(stall.cooperative.party, "wallet")) == (3_000, 0)
    assert ledger.moved_fen(kind="penalty_out", party="outside:bank") == 5_000
    told = [inbox.messages(person_id=one.pk).items[0].sentence for one in (stall.presenter, stall.chief)]
    assert all("50.00" in one and "2026-7" in one for one in told)
    with pytest.raises(DecisionUsed):
        penalise(stall, 4_999, by=officer)
    all_is_well()


def test_what_a_penalty_may_not_be(stall: Stall, officer: Person) -> None:
    with pytest.raises(BadSum):
        penalise(stall, MOST_FEN + 1, by=officer)
    with pytest.raises(BadSum):
        penalise(stall, 0, by=officer)
    with pytest.raises(BadDecision):
        penalise(stall, 1, by=officer, decision="7")
    with pytest.raises(NoPenalty):
        penalise(stall, 1, by=officer, clause=CLAUSE + 1)
    with pytest.raises(NotFound):
        penalise(stall, 1, by=stall.chief)
    waiting = make_stall(agreed=False)
    with pytest.raises(NotFound):
        penalise(waiting, 1, by=officer)


def test_what_cash_does_not_carry_is_called_on_the_letter_then_owed(stall: Stall, officer: Person) -> None:
    put_in(stall, 1_000, by=officer)
    letter = lodge(stall, 3_000, by=officer)
    done = penalise(stall, 6_000, by=officer)
    assert (done.cash_fen, done.called_fen, done.owed_fen) == (1_000, 3_000, 2_000)
    found = bond_of(stall)
    assert (found.held_fen, found.owed_fen, found.unpaid_fen, found.lacks_fen) == (
        0,
        2_000,
        3_000,
        AGREED_FEN,
    )
    assert balance(stall.cooperative.party, "due") == 5_000
    waits = [one.kind for one in desk.waiting_for(person_id=officer.pk)]
    assert waits == [asking.LETTER_CALLED.code]
    all_is_well()
    claim: dict[str, Any] = {"by": officer, "letter_id": letter.id, "now": NOW}
    with pytest.raises(BadSum):
        bonds_operations.receive_from_bank(amount_fen=3_001, slip="BANK-1", **claim)
    bonds_operations.receive_from_bank(amount_fen=1_000, slip="BANK-1", **claim)
    assert len(desk.waiting_for(person_id=officer.pk)) == 1
    bonds_operations.receive_from_bank(amount_fen=2_000, slip="BANK-2", **claim)
    assert bonds_operations.receive_from_bank(amount_fen=2_000, slip="BANK-2", **claim).repeated
    assert not desk.waiting_for(person_id=officer.pk)
    put_in(stall, 2_500, by=officer)
    found = bond_of(stall)
    assert (found.cash_fen, found.owed_fen, found.unpaid_fen) == (500, 0, 0)
    assert (balance(stall.cooperative.party, "due"), balance(f"letter:{letter.id}", "owed")) == (0, 0)
    assert ledger.moved_fen(kind="penalty_out", party="outside:bank") == 6_000
    all_is_well()


def test_it_goes_back_after_the_end_and_its_open_cases(stall: Stall, officer: Person) -> None:
    put_in(stall, 8_000, by=officer)
    with pytest.raises(BondBound):
        give_back(stall, 1, by=officer)
    end(stall)
    open_ones = {stall.version.agreement_id}
    asks = cases.register(lambda agreement_id: agreement_id in open_ones)
    try:
        with pytest.raises(BondBound):
            give_back(stall, 1, by=officer)
        open_ones.clear()
        give_back(stall, 8_000, by=officer, slip="BACK-1")
        assert give_back(stall, 8_000, by=officer, slip="BACK-1").repeated
        with pytest.raises(BondBound):
            give_back(stall, 1, by=officer)
    finally:
        cases._ASKED.remove(asks)
    assert bond_of(stall).cash_fen == 0
    all_is_well()


def test_a_county_lists_its_bonds(stall: Stall, officer: Person) -> None:
    put_in(stall, 8_000, by=officer)
    (only,) = bonds.bonds(county_id=stall.county_id, today=TODAY)
    assert (only.organisation, only.agreed_fen, only.cash_fen) == (stall.host.name, AGREED_FEN, 8_000)
    (choice,) = bonds.penalty_choices(county_id=stall.county_id)
    assert (choice.payer, choice.receiver) == (stall.host.name, stall.cooperative.name)
    with terms_name(bonds=(), penalties=()):
        assert bonds.bonds(county_id=stall.county_id, today=TODAY) == ()
