"""Shares that miss the total (dokan#3324): of every report the parts add up to its total, and that to the book.

Read of a sale under clauses of all six models, with a month's sheet and a refund after the payout.
"""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fieldcast.accounts.types import OrganisationKind
from fieldcast.agreements.composed.period.tiered_bonus import Tier, TieredBonus
from fieldcast.agreements.records import operations as records
from fieldcast.agreements.records.types import Asset
from fieldcast.kit.months import month_of, next_month
from fieldcast.ledger import queries as ledger
from fieldcast.live import operations as live_operations
from fieldcast.settlement import operations
from fieldcast.settlement.corrections.operations import refund_settled
from fieldcast.settlement.members import queries as members
from fieldcast.settlement.members.types import Heading, MemberOf
from fieldcast.settlement.models import PeriodSheet, Statement, StatementLine
from fieldcast.settlement.periods.operations import settle_periods
from fieldcast.settlement.reports import queries, tiers
from fieldcast.settlement.reports.types import Whose
from fieldcast.trade.models import OrderLine
from tests.factories.accounts import NOW, make_member, make_organisation
from tests.factories.composed import make_composed_sale
from tests.factories.cover import make_fund
from tests.factories.trade import Sale, later, make_order

pytestmark = pytest.mark.django_db
AFTER_MONTH = NOW + timedelta(days=36)
THIS_MONTH = month_of(NOW)


def two_months() -> Sale:
    """Three orders settled, one of them given back in part afterwards, and the month's sheet."""
    sale, _partners = make_composed_sale()
    stall = sale.stall
    orders = [make_order(sale, until="closed", packs=packs) for packs in (2, 1, 3)]
    operations.settle_due(now=later(3600))
    live_operations.close_session(by=stall.chief, session_id=sale.session.id, now=later(4000))
    agreement = stall.version.agreement_id
    records.accept(by=stall.chief, agreement_id=agreement, lot_id=stall.lot.id, units=200, now=later(10))
    records.set_holding(
        by=stall.chief,
        agreement_id=agreement,
        holder_id=stall.lot.plot.household_id,
        asset=Asset.LAND,
        shares=3,
        now=later(10),
    )
    officer = make_member(
        organisation=make_organisation(county_id=stall.county_id, kind=OrganisationKind.AUTHORITY)
    )
    make_fund(stall, cash_fen=1_000_000, limit_fen=0, by=officer, name="先行赔付")
    line = OrderLine.objects.get(order_id=orders[2].id)
    refund_settled(by=officer, amounts={line.pk: 1999}, why="坏了一盒", now=later(5000))
    settle_periods(now=AFTER_MONTH)
    return sale


@pytest.mark.thorough  # every party, month and sum of two months
def test_the_parts_of_every_report_add_up_to_its_total_and_to_the_book() -> None:
    sale = two_months()
    stall = sale.stall
    moved = ledger.moved_by_party(kind="settlement", without_purpose="escrow")
    by_month: dict[date, int] = {}
    parties = set(Statement.objects.values_list("party", flat=True))
    assert len(parties) == 8
    for party in parties:
        whose = Whose(stall.county_id, party)
        found = months_that_add_up(whose)
        assert sum(found.values()) == moved.get(party, 0)
        by_month = {month: by_month.get(month, 0) + found.get(month, 0) for month in by_month | found}
    roles = queries.roles_by_month(county_id=stall.county_id)
    assert {month: sum(shares.values()) for month, shares in roles.items()} == by_month
    assert sum(by_month.values()) == 6 * 3980 - 1999, "what buyers paid, and did not get back"
    versions = queries.versions_of_month(county_id=stall.county_id, month=THIS_MONTH)
    assert sum(one.net_fen for one in versions) == by_month[THIS_MONTH]
    members_add_up(sale)
    tiers_are_the_sheets(sale)


def months_that_add_up(whose: Whose) -> dict[date, int]:
    """Each month's sum; kinds, sums and lines of it come to the same, and no line stands under two sums."""
    found, kinds = {}, queries.kinds_by_month(whose=whose)
    for one in queries.months_of(whose=whose):
        sums = queries.sums_of(whose=whose, month=one.month)
        lines = queries.lines_of(whose=whose, month=one.month, page=1, per_page=200)
        assert one.fen == sum(kinds[one.month].values()) == sum(part.fen for part in sums)
        assert one.fen == sum(line.fen for line in lines.items)
        behind = [
            queries.lines_of(whose=whose, month=one.month, only=part, page=1, per_page=200).items
            for part in sums
        ]
        assert [sum(line.fen for line in rows) for rows in behind] == [part.fen for part in sums]
        assert sum(len(rows) for rows in behind) == lines.total
        found[one.month] = one.fen
    return found


def members_add_up(sale: Sale) -> None:
    household, cooperative = sale.stall.lot.plot.household_id, sale.stall.cooperative.id
    found = members.members(cooperative_id=cooperative)
    farmers = StatementLine.objects.filter(statement__role="farmer")
    assert sum(one.gained.together_fen for one in found) == sum(farmers.values_list("amount_fen", flat=True))
    [member] = [one for one in found if one.household_id == household]
    assert (member.packs, member.goods[0].units) == (6, 30)
    assert member.gained.fen(Heading.REBATE) > 0
    assert member.gained.fen(Heading.BY_DELIVERY) > member.gained.fen(Heading.BY_SHARES) > 0
    assert member.gained.fen(Heading.OTHER) != 0
    of = MemberOf(cooperative, household)
    for heading in Heading:
        rows = members.lines_of(member=of, heading=heading, since=None, until=None, page=1, per_page=200)
        assert sum(line.fen for line in rows.items) == member.gained.fen(heading)


def tiers_are_the_sheets(sale: Sale) -> None:
    host, sheet = sale.stall.host.id, PeriodSheet.objects.get()
    [tier] = tiers.tiers_of(organisation_id=host, this_month=THIS_MONTH)
    assert (tier.net_fen, tier.settled) == (sheet.net_fen, True)
    assert sum(step.fen for step in tier.steps) == sheet.net_fen
    assert tiers.tiers_of(organisation_id=sale.stall.cooperative.id, this_month=THIS_MONTH) == ()
    [held] = tiers.sessions_of(organisation_id=host, this_month=THIS_MONTH)
    assert (held.held, held.agreed, held.fen) == (1, 2, 30000)
    later_month = next_month(next_month(THIS_MONTH))
    running = tiers.tiers_of(organisation_id=host, this_month=later_month)[0]
    assert (running.month, running.net_fen, running.settled) == (later_month, 0, False)
    assert running.next is not None
    assert running.next.missing_fen == 5000


def test_a_tier_says_what_fell_into_it_and_what_is_missing_to_the_next() -> None:
    clause = TieredBonus(
        giver="cooperative", to="host", tiers=(Tier(10_000, 0), Tier(50_000, 200), Tier(None, 300))
    )
    found = tiers.steps(clause, 32_000)
    assert [(one.from_fen, one.fen, one.missing_fen) for one in found] == [
        (0, 10_000, 0),
        (10_000, 22_000, 0),
        (50_000, 0, 18_000),
    ]
    on_the_edge = tiers.steps(clause, 50_000)
    assert on_the_edge[2].missing_fen == 0, "a tier begins where the one before ends"


@pytest.mark.thorough
def test_a_report_of_many_lines_costs_as_many_statements_as_one_of_few() -> None:
    sale, _partners = make_composed_sale()
    whose = Whose(sale.stall.county_id, f"org:{sale.stall.lot.plot.household_id}")

    def cost() -> int:
        operations.settle_due(now=later(3600))
        with CaptureQueriesContext(
            connection,
        ) as taken:
            queries.sums_of(whose=whose, month=THIS_MONTH)
            queries.lines_of(whose=whose, month=THIS_MONTH, page=1, per_page=50)
            queries.kinds_by_month(whose=whose)
            members.members(cooperative_id=sale.stall.cooperative.id)
            tiers.tiers_of(organisation_id=sale.stall.host.id, this_month=THIS_MONTH)
        return len(taken)

    make_order(sale, until="closed")
    few = cost()
    for _time in range(3):
        make_order(sale, until="closed", packs=2)
    assert cost() == few
