"""What live commerce brought each household."""

from datetime import timedelta

import pytest

from fieldcast.accounts.types import OrganisationKind
from fieldcast.people import queries
from fieldcast.settlement import queries as settlement
from fieldcast.settlement.operations import settle_due
from tests.factories.accounts import NOW, make_county, make_organisation
from tests.factories.trade import later, make_order, make_sale, sale_with_closed

pytestmark = pytest.mark.django_db
MONTH = timedelta(days=30)


def test_a_household_has_what_its_statements_add_up_to() -> None:
    sale = make_sale()
    make_order(sale, until="closed", packs=2)
    make_order(sale)
    settle_due(now=later(3600))
    county_id, until = sale.stall.county_id, later(7200)
    (income,) = queries.household_incomes(county_id=county_id, since=until - MONTH, until=until)
    statements = settlement.statements(county_id=county_id, organisation_id=income.organisation_id).items
    assert income.organisation_id == sale.stall.lot.plot.household_id
    assert income.income_fen == sum(one.total_fen for one in statements) > 0


def test_the_one_with_the_most_comes_first_and_those_without_are_there_with_nothing() -> None:
    sale = make_sale()
    county_id = sale.stall.county_id
    poor = make_organisation(county_id=county_id, kind=OrganisationKind.HOUSEHOLD, name="陈玉龙家")
    make_order(sale, until="closed")
    settle_due(now=later(3600))
    incomes = queries.household_incomes(county_id=county_id, since=NOW, until=later(7200))
    assert [one.name for one in incomes] == ["王秀兰家", "陈玉龙家"]
    assert incomes[1].organisation_id == poor.id
    assert incomes[1].income_fen == 0


def test_a_statement_counts_in_the_time_it_was_issued_the_end_excluded() -> None:
    sale, _order = sale_with_closed()
    settle_due(now=later(3600))
    county_id, issued = sale.stall.county_id, later(3600)

    def earned(since: timedelta, until: timedelta) -> int:
        incomes = queries.household_incomes(county_id=county_id, since=issued + since, until=issued + until)
        return incomes[0].income_fen

    second = timedelta(seconds=1)
    assert earned(timedelta(0), second) > 0
    assert earned(-MONTH, timedelta(0)) == 0
    assert earned(second, MONTH) == 0


def test_households_of_another_county_are_not_ours() -> None:
    sale = make_sale()
    assert queries.household_incomes(county_id=make_county("别的县"), since=NOW, until=later(60)) == ()
    assert len(queries.household_incomes(county_id=sale.stall.county_id, since=NOW, until=later(60))) == 1
