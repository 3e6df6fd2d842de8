"""What is owed by penalties, and what fills a bond, is kept of payouts; where no terms name one, nothing is asked."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fieldcast.accounts.models import Person
from fieldcast.agreements.bonds import queries as bonds
from fieldcast.ledger import queries as ledger
from fieldcast.settlement import operations
from fieldcast.settlement.models import Payout, Statement
from fieldcast.supervision import queries as supervision
from fieldcast.web.shared.words import yuan
from tests.factories.bonds import (
    AGREED_FEN,
    BOND,
    RATE_BP,
    bond_of,
    give_back,
    lodge,
    penalise,
    put_in,
    terms_name,
)
from tests.factories.cover import make_officer
from tests.factories.trade import Sale, later, make_order, make_sale
from tests.web.shared.desk import browser
from tests.web.shared.reading import words

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]  # each is a whole sale, from its order to the bank
AFTER = later(3600)
OF_BONDS = re.compile("bondkept|guaranteeletter|agreements_penalty|fieldcast.bonds|'bond:")


@pytest.fixture
def sale() -> Iterator[Sale]:
    with terms_name():
        yield make_sale()


@pytest.fixture
def officer(sale: Sale) -> Person:
    return make_officer(sale.stall.county_id)


def settle(minutes: int = 0) -> None:
    assert not operations.settle_due(now=AFTER + timedelta(minutes=minutes)).short


def earned(sale: Sale) -> int:
    return sum(one.total_fen for one in Statement.objects.filter(party=sale.stall.host.party))


def paid_out(sale: Sale) -> int:
    return sum(one.amount_fen for one in Payout.objects.filter(party=sale.stall.host.party))


def all_is_well() -> None:
    assert supervision.invariants(now=AFTER).details == ()


def test_its_part_of_each_payout_fills_a_bond_up_to_the_sum(sale: Sale, officer: Person) -> None:
    make_order(sale, until="closed")
    settle()
    first = bond_of(sale.stall).cash_fen
    assert first == round(earned(sale) * RATE_BP / 10_000)
    assert paid_out(sale) == earned(sale) - first
    put_in(sale.stall, AGREED_FEN - first - 1, by=officer)
    make_order(sale, until="closed", by=None)
    settle(1)
    assert bond_of(sale.stall).cash_fen == AGREED_FEN
    assert paid_out(sale) == earned(sale) - first - 1
    make_order(sale, until="closed")
    settle(2)
    assert paid_out(sale) == earned(sale) - first - 1
    all_is_well()


def test_what_is_owed_comes_first_and_goes_to_whom_the_clause_names(sale: Sale, officer: Person) -> None:
    penalise(sale.stall, 100, by=officer)
    penalise(sale.stall, 4_000, by=officer, decision="2026-8")
    make_order(sale, until="closed")
    settle()
    host_fen = earned(sale)
    assert 100 < host_fen < 4_100
    found = bond_of(sale.stall)
    assert (paid_out(sale), found.cash_fen, found.owed_fen) == (0, 0, 4_100 - host_fen)
    assert [one.owed_fen for one in found.penalties] == [4_100 - host_fen, 0]
    assert ledger.moved_fen(kind="penalty_out", party="outside:bank") == host_fen
    all_is_well()
    put_in(sale.stall, 4_100 - host_fen, by=officer)
    make_order(sale, until="closed")
    settle(1)
    assert paid_out(sale) == earned(sale) - host_fen - bond_of(sale.stall).cash_fen
    all_is_well()


def test_a_statement_says_what_was_kept_of_it(sale: Sale, officer: Person) -> None:
    penalise(sale.stall, 100, by=officer)
    make_order(sale, until="closed")
    settle()
    statement = Statement.objects.get(party=sale.stall.host.party)
    kept = bonds.kept_of(reference=statement.number)
    assert (kept.penalties_fen, kept.filled_fen) == (100, bond_of(sale.stall).cash_fen)
    text = words(browser(sale.stall.presenter).get(f"/statements/{statement.pk}/"))
    assert "¥1.00 paid penalties that were owed." in text
    assert f"{yuan(kept.filled_fen)} went into the performance bond." in text
    assert "still owed" not in text


def test_a_letter_fills_it_as_cash_does(sale: Sale, officer: Person) -> None:
    lodge(sale.stall, AGREED_FEN, by=officer)
    make_order(sale, until="closed")
    settle()
    assert (bond_of(sale.stall).cash_fen, paid_out(sale)) == (0, earned(sale))
    put_in(sale.stall, 700, by=officer)
    give_back(sale.stall, 700, by=officer)
    all_is_well()


def test_as_many_statements_for_many_bonds_as_for_one_and_none_for_none(sale: Sale) -> None:
    every = [replace(BOND, role=role, fen=900_000) for role in ("host", "carrier", "cooperative")]
    asked: list[int] = []
    for bonds_named in ([BOND], every, []):
        make_order(sale, until="closed")
        with terms_name(bonds=bonds_named, penalties=()), CaptureQueriesContext(connection) as seen:
            settle(len(asked))
        about = [one["sql"] for one in seen.captured_queries if OF_BONDS.search(one["sql"])]
        asked.append(len(about))
    one, many, none = asked
    assert one == many > 0
    assert none == 0
