"""What the county lets one party bear before the sale is settled comes out as after it: the innocent get all of it."""

from datetime import timedelta
from typing import Any

import pytest

from fieldcast.accounts.models import Person
from fieldcast.ledger import queries as ledger
from fieldcast.settlement import operations
from fieldcast.settlement.checks import settlement_imbalance
from fieldcast.settlement.corrections.operations import refund_settled
from fieldcast.settlement.models import Due, SettledLine, StatementLine
from fieldcast.supervision.books import invariants
from fieldcast.trade import operations as trade_operations
from fieldcast.trade import problems
from fieldcast.trade.models import BorneRefund, OrderLine, Refund
from fieldcast.trade.types import BorneBy
from tests.factories.cover import make_fund, make_officer
from tests.factories.trade import Sale, later, make_buyer, make_order, make_sale, refund_notice, send_notice
from tests.trade.asking_back import DAYS2, answer, ask, refused

pytestmark = pytest.mark.django_db
DAY = 24 * 3600
AFTER = later(40 * DAY)


def decided(
    sale: Sale,
    officer: Person,
    *,
    bearer: BorneBy,
    fen: int,
    packs: int = 2,
    words: str = "承运人压坏",
    **how: Any,
) -> int:
    """A line of which the county gave `fen` back for `bearer` to bear, and that nobody asks about any more."""
    buyer = make_buyer(sale)
    order = make_order(sale, until="received", by=buyer, packs=packs)
    asked = ask(order, buyer, packs=packs, **how)
    answer(asked, sale.stall.chief, 0, "不是我们的错")
    trade_operations.object_to_answer(by=buyer, request_id=asked.id, words="运输中压坏", now=later(30))
    trade_operations.answer_refund(
        by=officer, request_id=asked.id, amount_fen=fen, words=words, borne_by=bearer, now=later(40)
    )
    (refund,) = Refund.objects.filter(order_id=order.id)
    trade_operations.send_refunds(now=later(50))
    send_notice(refund_notice(refund), now=later(60))
    trade_operations.close_due(now=later(40 + DAYS2 + DAY))
    return OrderLine.objects.get(order_id=order.id).pk


def totals(line_id: int) -> dict[str, int]:
    found: dict[str, int] = {}
    for row in StatementLine.objects.filter(order_line_id=line_id).select_related("statement"):
        found[row.statement.role] = found.get(row.statement.role, 0) + row.amount_fen
    return {role: fen for role, fen in found.items() if fen}


def all_is_well() -> None:
    assert settlement_imbalance().unexplained_fen == 0
    assert ledger.imbalance().ok
    assert [line for line in invariants(now=AFTER).details if "refund" not in line] == []


@pytest.mark.thorough
@pytest.mark.parametrize("bearer", [BorneBy.CARRIER, BorneBy.FARMER, BorneBy.PACKER, BorneBy.HOST])
def test_decided_before_the_settlement_it_comes_to_what_it_would_have_come_to_after(bearer: BorneBy) -> None:
    sale = make_sale()
    officer = make_officer(sale.stall.county_id)
    make_fund(sale.stall, cash_fen=1_000_000, by=officer, limit_fen=500_000)
    role = "cooperative" if bearer == BorneBy.PACKER else bearer.value
    whole = OrderLine.objects.get(order_id=make_order(sale, until="closed", packs=2).id).pk
    line_id = decided(sale, officer, bearer=bearer, fen=2000)
    assert [(one.role, one.amount_fen) for one in BorneRefund.objects.all()] == [(role, 2000)]
    operations.settle_due(now=AFTER)
    after = totals(line_id)
    innocent = {one: fen for one, fen in totals(whole).items() if one != role}
    assert {one: fen for one, fen in after.items() if one != role} == innocent
    assert after.get(role, 0) == totals(whole)[role] - 2000
    all_is_well()
    refund_settled(by=officer, amounts={whole: 2000}, why="运输中压坏", now=AFTER, borne_by=role)
    assert totals(whole) == after, "one way for both"
    for _ in range(2):
        make_order(sale, until="closed", packs=3)
    operations.settle_due(now=AFTER + timedelta(hours=1))
    all_is_well()


def test_where_no_fund_has_it_the_line_waits_and_a_fund_that_has_it_is_owed_it() -> None:
    sale = make_sale()
    officer = make_officer(sale.stall.county_id)
    line_id = decided(sale, officer, bearer=BorneBy.CARRIER, fen=4000)
    assert operations.settle_due(now=AFTER).waiting == 1
    assert not SettledLine.objects.filter(order_line_id=line_id).exists()
    fund = make_fund(sale.stall, cash_fen=100_000, by=officer, limit_fen=0)
    operations.settle_due(now=AFTER)
    (due,) = Due.objects.all()
    assert (due.debtor, due.creditor) == (sale.stall.carrier.party, fund.party)
    assert due.amount_fen == -totals(line_id)["carrier"]
    all_is_well()


def test_nobody_bears_what_nobody_took_part_in() -> None:
    sale = make_sale()
    officer = make_officer(sale.stall.county_id)
    buyer = make_buyer(sale)
    asked = ask(make_order(sale, until="received", by=buyer), buyer)
    answer(asked, sale.stall.chief, 0, "不认")
    trade_operations.object_to_answer(by=buyer, request_id=asked.id, words="坏了", now=later(30))
    assert not BorneRefund.objects.exists()
    refused(problems.NothingSaid, lambda: answer(asked, officer, 100, "", seconds=40))
