"""What stands behind cooperatives is read for a county's as for one: the same figures, no more statements."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fieldcast.accounts.types import OrganisationKind
from fieldcast.agreements import operations as agreements_operations
from fieldcast.agreements.cover import queries as cover
from fieldcast.ledger import queries as ledger
from fieldcast.settlement import queries
from fieldcast.settlement.operations import settle_due
from fieldcast.settlement.types import WhyWaiting
from fieldcast.trade import queries as trade
from tests.factories.accounts import NOW, make_member, make_organisation
from tests.factories.catalog import make_lot
from tests.factories.cover import give_deposit, make_fund, slip
from tests.factories.market import Stall, everyone_agrees
from tests.factories.terms import make_terms
from tests.factories.trade import Sale, later, make_offer, make_order, make_sale, make_session
from tests.settlement.test_cover import sell_below

pytestmark = pytest.mark.django_db


def statements(call: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as asked:
        call()
    return len(asked)


def make_waiting(beside: Stall | None = None) -> Sale:
    """A cooperative with a deposit and a fund behind it, and finished lines that they do not carry."""
    sale = make_neighbour(beside) if beside else make_sale()
    give_deposit(sale.stall, 300)
    make_fund(sale.stall, cash_fen=200, limit_fen=150, name=f"基金 {slip()}")
    make_order(sale, until="closed")
    sell_below(sale, 100, packs=2)
    return sale


def make_neighbour(stall: Stall) -> Sale:
    """A sale of another cooperative and host of the same county."""
    cooperative = make_organisation(county_id=stall.county_id, kind=OrganisationKind.COOPERATIVE)
    host = make_organisation(county_id=stall.county_id, kind=OrganisationKind.HOST)
    chief, presenter = make_member(organisation=cooperative), make_member(organisation=host)
    lot = make_lot(cooperative=cooperative)
    version = agreements_operations.create_agreement(
        by=chief,
        county_id=stall.county_id,
        name="黄桃保底收购",
        cooperative_id=cooperative.id,
        host_id=host.id,
        carrier_id=stall.carrier.id,
        terms=make_terms(product_code=lot.product.code),
        now=NOW,
    )
    its_own: dict[str, Any] = {
        "cooperative": cooperative,
        "host": host,
        "chief": chief,
        "presenter": presenter,
    }
    neighbour = replace(stall, lot=lot, version=version, **its_own)
    everyone_agrees(neighbour, version.id)
    session = make_session(neighbour)
    return Sale(stall=neighbour, session=session, offer=make_offer(neighbour, session))


def test_a_countys_standings_are_each_cooperatives_own() -> None:
    first = make_waiting()
    second = make_waiting(first.stall)
    sell_below(second, 500)
    found = queries.standings(county_id=first.stall.county_id)
    ids = {sale.stall.cooperative.id for sale in (first, second)}
    assert {one.cooperative_id for one in found} == ids
    assert list(found) == [queries.standing(cooperative_id=one.cooperative_id) for one in found]
    for one in found:
        assert (one.deposit_fen, one.room_fen) == (300, 150)
        assert one.pledged_fen == trade.pledge_of(cooperative_id=one.cooperative_id).total_fen > 0
        assert one.waiting
        assert one.waiting.reason == WhyWaiting.COVER
    assert len({one.pledged_fen for one in found}) == 2


def test_more_cooperatives_take_no_more_statements() -> None:
    first = make_waiting()
    county_id = first.stall.county_id
    reads: dict[str, Callable[[], object]] = {
        "standings": lambda: queries.standings(county_id=county_id),
        "waiting": lambda: queries.waiting(county_id=county_id),
        "funds": lambda: cover.funds(county_id=county_id),
        "one": lambda: queries.standing(cooperative_id=first.stall.cooperative.id),
    }
    few = {name: statements(call) for name, call in reads.items()}
    for _number in range(3):
        more = make_waiting(first.stall)
        make_fund(first.stall, cash_fen=1000, limit_fen=10, name=f"基金 {slip()}")
    assert len(queries.waiting(county_id=county_id)) == 4
    assert {name: statements(call) for name, call in reads.items()} == few
    assert more.stall.cooperative.id in {one.seller_id for one in queries.waiting(county_id=county_id)}


def test_balances_of_many_are_those_of_each() -> None:
    sale, other = make_waiting(), make_waiting()
    parties = [sale.stall.cooperative.party, other.stall.cooperative.party, "org:0"]
    purposes = ["escrow", "deposit", "advance"]
    found = ledger.balances_of(parties=parties, purposes=purposes)
    assert found == {
        (party, purpose): ledger.balance(party=party, purpose=purpose)
        for party in parties
        for purpose in purposes
    }
    assert found[sale.stall.cooperative.party, "escrow"].balance_fen > 0
    assert statements(lambda: ledger.balances_of(parties=parties, purposes=purposes)) == 1


def test_debts_of_many_are_those_of_each() -> None:
    sale, other, nothing = make_sale(), make_sale(), make_sale()
    funds = [make_fund(one.stall, cash_fen=50_000) for one in (sale, other)]
    for one, packs in ((sale, 1), (other, 2)):
        sell_below(one, 100, packs=packs)
    settle_due(now=later(3600))
    ids = [one.stall.cooperative.id for one in (sale, other, nothing)]
    owed = [cover.cover_of(cooperative_id=one).owed_fen for one in ids]
    assert owed[1] == 2 * owed[0] > 0
    assert cover.debts_to_funds(cooperative_ids=ids) == {
        ids[0]: {funds[0].id: owed[0]},
        ids[1]: {funds[1].id: owed[1]},
        ids[2]: {},
    }
    assert statements(lambda: cover.debts_to_funds(cooperative_ids=ids)) == 1
