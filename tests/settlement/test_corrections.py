"""A seller was paid out, then the refund came (balanced-api#742, gumroad#1594): the buyer gets it, others owe it."""

from datetime import timedelta

import pytest
from django.db.models import QuerySet

from fieldcast.accounts.models import Person
from fieldcast.accounts.types import OrganisationKind
from fieldcast.agreements.cover import operations as cover_operations
from fieldcast.kit.errors import NotFound, Problem
from fieldcast.ledger import queries as ledger
from fieldcast.settlement import operations, queries
from fieldcast.settlement.checks import settlement_imbalance
from fieldcast.settlement.corrections.operations import refund_settled
from fieldcast.settlement.corrections.problems import FundEmpty, NobodyBears, NotSettledYet
from fieldcast.settlement.models import Correction, Due, DuePart, Statement, StatementLine
from fieldcast.supervision.books import invariants
from fieldcast.trade import operations as trade_operations
from fieldcast.trade.models import OrderLine, Refund
from fieldcast.trade.refunds.problems import AmountTooLarge
from tests.factories.accounts import NOW, make_member, make_organisation
from tests.factories.cover import give_deposit
from tests.factories.trade import Sale, later, make_order, make_sale, refund_notice, send_notice

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]  # each is a whole sale, from its order to the bank
AFTER = later(3600)


def officer_of(sale: Sale) -> Person:
    authority = make_organisation(
        county_id=sale.stall.county_id, kind=OrganisationKind.AUTHORITY, name="农业农村局"
    )
    return make_member(organisation=authority, name="刘主任")


def settled_sale(*, fund_fen: int = 1_000_000) -> tuple[Sale, int, Person]:
    """A sale that is settled and paid out; the county has a fund."""
    sale = make_sale()
    order = make_order(sale, until="closed", packs=2)
    operations.settle_due(now=AFTER)
    officer = officer_of(sale)
    fund = cover_operations.found_fund(
        by=officer, county_id=sale.stall.county_id, name="先行赔付基金", now=NOW
    )
    if fund_fen:
        cover_operations.receive_for_fund(
            by=officer, fund_id=fund.id, amount_fen=fund_fen, slip="F0001", now=NOW
        )
    return sale, OrderLine.objects.get(order_id=order.id).pk, officer


def all_is_well() -> None:
    assert settlement_imbalance().unexplained_fen == 0
    assert ledger.imbalance().ok
    assert [line for line in invariants(now=AFTER).details if "refund" not in line] == []


def test_the_buyer_does_not_wait_and_whoever_was_paid_too_much_owes_it() -> None:
    sale, line_id, officer = settled_sale()
    before = sum(row.total_fen for row in Statement.objects.all())
    refund = refund_settled(by=officer, amounts={line_id: 2000}, why="到货三天后坏了一半", now=AFTER)
    assert refund.amount_fen == 2000
    all_is_well()
    row = Refund.objects.get(reference=refund.reference)
    trade_operations.send_refunds(now=AFTER)
    send_notice(refund_notice(row), now=AFTER)
    all_is_well()
    assert sum(one.total_fen for one in Statement.objects.all()) == before - 2000
    rows = StatementLine.objects.filter(order_line_id=line_id)
    assert sum(one.amount_fen for one in rows) == 2 * 3980 - 2000
    dues = {one.debtor: one for one in Due.objects.all()}
    assert sum(one.amount_fen for one in dues.values()) + platform_part(rows) == 2000
    household = f"org:{sale.stall.lot.plot.household_id}"
    assert dues[household].most_bp == 3000
    for statement in Statement.objects.filter(run_key__startswith="C"):
        view = queries.statement(statement_id=statement.pk)
        assert all(group.sentence for group in view.groups)


def platform_part(rows: "QuerySet[StatementLine]") -> int:
    """What the platform gave back of its commission itself."""
    return -sum(one.amount_fen for one in rows.filter(kind="commission", formula="corrected"))


def test_what_is_owed_is_kept_from_the_next_payouts_and_goes_back_to_the_fund() -> None:
    sale, line_id, officer = settled_sale()
    refund_settled(by=officer, amounts={line_id: 7960}, why="整箱腐烂", now=AFTER)
    owed = sum(one.amount_fen for one in Due.objects.all())
    creditor = Due.objects.values_list("creditor", flat=True).first()
    assert creditor is not None
    before = ledger.balance(party=creditor, purpose="fund").balance_fen
    for _ in range(3):
        make_order(sale, until="closed", packs=3)
    operations.settle_due(now=AFTER + timedelta(hours=1))
    kept = sum(one.amount_fen for one in DuePart.objects.all())
    assert 0 < kept <= owed
    assert ledger.balance(party=creditor, purpose="fund").balance_fen == before + kept
    all_is_well()


def test_what_the_cooperative_was_paid_too_much_comes_from_its_free_deposit_first() -> None:
    sale, line_id, officer = settled_sale()
    cooperative = sale.stall.cooperative.party
    give_deposit(sale.stall, 100, by=officer)
    refund_settled(by=officer, amounts={line_id: 1000}, why="合作社装错了", now=AFTER, borne_by="cooperative")
    (due,) = Due.objects.all()
    assert (due.debtor, due.amount_fen) == (cooperative, 900)
    assert ledger.balance(party=cooperative, purpose="deposit").balance_fen == 0
    all_is_well()


def test_one_party_bears_it_alone_where_the_county_says_so() -> None:
    sale, line_id, officer = settled_sale()
    refund_settled(by=officer, amounts={line_id: 1000}, why="运输途中压坏", now=AFTER, borne_by="carrier")
    (due,) = Due.objects.all()
    assert (due.debtor, due.amount_fen) == (sale.stall.carrier.party, 1000)
    others = Statement.objects.filter(run_key__startswith="C").exclude(party=sale.stall.carrier.party)
    assert [one.total_fen for one in others] == [0] * len(others)
    assert Correction.objects.get().borne_by == "carrier"
    all_is_well()


def test_two_refunds_of_a_line_come_to_what_one_would() -> None:
    sale, line_id, officer = settled_sale()
    for fen in (700, 1300):
        refund_settled(by=officer, amounts={line_id: fen}, why="第二次补偿", now=AFTER)
    by_party = totals(line_id)
    other, other_line, boss = settled_sale()
    refund_settled(by=boss, amounts={other_line: 2000}, why="一次补偿", now=AFTER)
    assert sorted(by_party.values()) == sorted(totals(other_line).values())
    assert sale != other
    all_is_well()


def totals(line_id: int) -> dict[str, int]:
    found: dict[str, int] = {}
    for row in StatementLine.objects.filter(order_line_id=line_id).select_related("statement"):
        found[row.statement.role] = found.get(row.statement.role, 0) + row.amount_fen
    return found


@pytest.mark.parametrize(
    ("fund_fen", "fen", "borne_by", "problem"),
    [
        (0, 2000, "", FundEmpty),
        (1_000_000, 7961, "", AmountTooLarge),
        (1_000_000, 100, "insurer", NobodyBears),
    ],
)
def test_what_cannot_go_back_changes_nothing(
    fund_fen: int, fen: int, borne_by: str, problem: type[Problem]
) -> None:
    _sale, line_id, officer = settled_sale(fund_fen=fund_fen)
    before = StatementLine.objects.count()
    with pytest.raises(problem):
        refund_settled(by=officer, amounts={line_id: fen}, why="说明", now=AFTER, borne_by=borne_by)
    assert (StatementLine.objects.count(), Correction.objects.count(), Refund.objects.count()) == (
        before,
        0,
        0,
    )
    all_is_well()


def test_a_stranger_and_an_unsettled_line_are_refused() -> None:
    sale, line_id, officer = settled_sale()
    with pytest.raises(NotFound):
        refund_settled(by=sale.stall.chief, amounts={line_id: 100}, why="自己退", now=AFTER)
    fresh = make_order(sale, until="closed", packs=1)
    line = OrderLine.objects.get(order_id=fresh.id).pk
    with pytest.raises(NotSettledYet):
        refund_settled(by=officer, amounts={line: 100}, why="还没结", now=AFTER)
