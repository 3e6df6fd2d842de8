"""A bond is spent once: of penalties at once each takes what is there at its turn, and a decision counts once."""

from collections.abc import Iterator
from functools import partial

import pytest

from fieldcast.accounts.models import Person
from fieldcast.agreements.bonds.problems import BondBound
from fieldcast.agreements.bonds.types import PenaltyView
from fieldcast.agreements.cover.types import MoneyView
from fieldcast.ledger import queries as ledger
from fieldcast.settlement import operations as settlement_operations
from fieldcast.supervision import queries as supervision
from tests.concurrency.racing import of_type, race
from tests.factories.bonds import AGREED_FEN, bond_of, give_back, penalise, put_in, terms_name
from tests.factories.cover import make_officer
from tests.factories.trade import Sale, later, make_order, make_sale

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.concurrency]


@pytest.fixture
def sale() -> Iterator[Sale]:
    with terms_name():
        yield make_sale()


@pytest.fixture
def officer(sale: Sale) -> Person:
    return make_officer(sale.stall.county_id)


def all_is_well() -> None:
    assert supervision.invariants(now=later(3600)).details == ()


def test_penalties_and_slips_at_once_spend_each_yuan_once(sale: Sale, officer: Person) -> None:
    put_in(sale.stall, 5_000, by=officer)
    same = [partial(penalise, sale.stall, 3_000, by=officer, decision="2026-1")] * 3
    other = [partial(penalise, sale.stall, 3_000, by=officer, decision="2026-2")] * 2
    results = race([*same, *other, partial(put_in, sale.stall, 700, by=officer)])
    done = of_type(results, PenaltyView)
    assert [one.repeated for one in done].count(False) == 2
    assert len(of_type(results, MoneyView)) == 1
    found = bond_of(sale.stall)
    assert (found.cash_fen, found.owed_fen) == (0, 300)
    assert ledger.moved_fen(kind="penalty_out", party="outside:bank") == 5_700
    all_is_well()


def test_two_slips_at_once_may_pass_the_sum_and_the_rest_is_free(sale: Sale, officer: Person) -> None:
    put = partial(put_in, sale.stall, AGREED_FEN - 1_000, by=officer)
    race([partial(put, slip="B-0001"), partial(put, slip="B-0002"), partial(put, slip="B-0002")])
    assert (bond_of(sale.stall).cash_fen, bond_of(sale.stall).free_fen) == (18_000, 8_000)
    back = race(
        [partial(give_back, sale.stall, 5_000, by=officer, slip=slip) for slip in ("R-0001", "R-0002")]
    )
    assert (len(of_type(back, MoneyView)), len(of_type(back, BondBound))) == (1, 1)
    all_is_well()


def test_a_payout_and_a_penalty_at_once(sale: Sale, officer: Person) -> None:
    make_order(sale, until="closed")
    settle = partial(settlement_operations.settle_due, now=later(3600))
    race([settle, partial(penalise, sale.stall, 500, by=officer), settle])
    settle()
    make_order(sale, until="closed")
    settlement_operations.settle_due(now=later(3700))
    found = bond_of(sale.stall)
    assert found.owed_fen == 0
    assert 0 < found.cash_fen <= AGREED_FEN
    all_is_well()
