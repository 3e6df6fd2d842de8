"""A statement is for its party and the county's authority."""

import pytest

from fieldcast.accounts.types import OrganisationKind
from fieldcast.kit.errors import NotFound
from fieldcast.settlement import operations, queries
from fieldcast.settlement.loaders import load_statement
from fieldcast.settlement.models import Statement
from tests.factories.accounts import make_member, make_organisation, make_person
from tests.factories.trade import later, make_order, make_sale, sale_with_closed

pytestmark = pytest.mark.django_db


def test_a_statement_is_not_there_for_strangers() -> None:
    sale, _order = sale_with_closed()
    operations.settle_due(now=later(3600))
    host = Statement.objects.get(role="host")
    assert load_statement(by=sale.stall.presenter, statement_id=host.pk).summary.number == host.number
    officer = make_member(
        organisation=make_organisation(county_id=sale.stall.county_id, kind=OrganisationKind.AUTHORITY)
    )
    assert load_statement(by=officer, statement_id=host.pk).summary.role == "host"
    for stranger in (sale.stall.chief, sale.stall.driver, make_person(county_id=sale.stall.county_id)):
        with pytest.raises(NotFound):
            load_statement(by=stranger, statement_id=host.pk)


def test_another_countys_authority_is_a_stranger() -> None:
    sale, other = make_sale(), make_sale()
    make_order(sale, until="closed")
    operations.settle_due(now=later(3600))
    elsewhere = make_organisation(county_id=other.stall.county_id, kind=OrganisationKind.AUTHORITY)
    with pytest.raises(NotFound):
        load_statement(
            by=make_member(organisation=elsewhere), statement_id=Statement.objects.get(role="host").pk
        )


def test_statements_are_found_by_number_organisation_and_session() -> None:
    sale, _order = sale_with_closed()
    operations.settle_due(now=later(3600))
    county_id, host = sale.stall.county_id, sale.stall.host.id
    mine = queries.statements(county_id=county_id, organisation_id=host)
    assert [item.role for item in mine.items] == ["host"]
    number = mine.items[0].number
    assert queries.statements(county_id=county_id, search=number[-5:]).total == 1
    assert queries.statements(county_id=county_id, session_id=sale.session.id).total == 5
    assert queries.statements(county_id=county_id, search="nothing").total == 0


def test_where_the_money_went_adds_up_to_what_was_settled() -> None:
    sale = make_sale()
    make_order(sale, until="closed", packs=3)
    operations.settle_due(now=later(3600))
    assert sum(part.amount_fen for part in queries.where_it_went(session_id=sale.session.id)) == 3 * 3980
    since = queries.where_it_went_since(county_id=sale.stall.county_id, since=later(0))
    assert since == queries.where_it_went(session_id=sale.session.id)
