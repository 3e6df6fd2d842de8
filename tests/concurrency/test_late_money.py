"""Money that goes back after a settlement, months that are settled, dues that are paid: twice at once, each once."""

from datetime import timedelta
from functools import partial

import pytest
from django.db import transaction

from fieldcast.accounts.models import Person
from fieldcast.agreements.cover import queries as cover
from fieldcast.live import operations as live_operations
from fieldcast.settlement import operations as settlement_operations
from fieldcast.settlement.corrections.operations import refund_settled
from fieldcast.settlement.corrections.problems import FundEmpty
from fieldcast.settlement.models import Correction, Due, DuePart, PeriodSheet, StatementLine
from fieldcast.settlement.periods.operations import settle_periods
from fieldcast.supervision import queries as supervision
from fieldcast.trade.models import OrderLine
from fieldcast.trade.refunds.problems import AmountTooLarge
from fieldcast.trade.types import RefundView
from tests.concurrency.racing import of_type, race
from tests.factories.accounts import NOW
from tests.factories.composed import make_composed_sale
from tests.factories.cover import make_fund, make_officer
from tests.factories.trade import Sale, later, make_offer, make_order, make_sale, make_session

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.concurrency]
AFTER = later(3600)
AFTER_MONTH = NOW + timedelta(days=36)


def all_is_well() -> None:
    found = supervision.invariants(now=AFTER_MONTH).details
    assert [line for line in found if "refunds not on their way" not in line] == []


def funded(sale: Sale) -> Person:
    officer = make_officer(sale.stall.county_id)
    make_fund(sale.stall, cash_fen=1_000_000, limit_fen=0, by=officer)
    return officer


@pytest.mark.parametrize(("fen", "given"), [(3000, 2), (5000, 1)])
def test_two_refunds_at_once_of_one_line_each_see_what_the_other_left(fen: int, given: int) -> None:
    sale = make_sale()
    line_id = OrderLine.objects.get(order_id=make_order(sale, until="closed", packs=2).id).pk
    settlement_operations.settle_due(now=AFTER)
    give = partial(refund_settled, by=funded(sale), amounts={line_id: fen}, why="说明", now=AFTER)
    results = race([give, give])
    assert (len(of_type(results, RefundView)), len(of_type(results, AmountTooLarge))) == (given, 2 - given)
    kept = sum(one.amount_fen for one in StatementLine.objects.filter(order_line_id=line_id))
    assert kept == 2 * 3980 - given * fen
    all_is_well()


def test_two_refunds_at_once_on_a_funds_last_yuan_go_to_one_and_leave_the_other_unpromised() -> None:
    sale = make_sale()
    lines = [
        OrderLine.objects.get(order_id=make_order(sale, until="closed", packs=2).id).pk for _ in range(2)
    ]
    settlement_operations.settle_due(now=AFTER)
    officer = make_officer(sale.stall.county_id)
    fund = make_fund(sale.stall, cash_fen=3000, limit_fen=0, by=officer)
    give = [partial(refund_settled, by=officer, amounts={one: 3000}, why="说明", now=AFTER) for one in lines]
    results = race(give)
    assert (len(of_type(results, RefundView)), len(of_type(results, FundEmpty))) == (1, 1)
    assert 0 <= cover.fund(fund_id=fund.id).balance_fen < 3000
    assert Correction.objects.count() == 1
    all_is_well()


def test_a_month_that_two_settle_at_once_has_one_sheet_and_a_due_is_paid_once() -> None:
    sale, _partners = make_composed_sale()
    make_order(sale, until="closed", packs=2)
    settlement_operations.settle_due(now=AFTER)
    with transaction.atomic():  # as the edge would open one
        live_operations.close_session(by=sale.stall.chief, session_id=sale.session.id, now=later(4000))
    settle = partial(settle_periods, now=AFTER_MONTH)
    race([settle, settle, settle])
    assert PeriodSheet.objects.count() == 1
    due = Due.objects.get(debtor=sale.stall.cooperative.party)
    reopened = make_session(sale.stall)
    further = Sale(sale.stall, reopened, make_offer(sale.stall, reopened, packs=20))
    for _ in range(2):
        make_order(further, until="closed", packs=3)
    again = partial(settlement_operations.settle_due, now=AFTER_MONTH)
    race([again, again])
    again()
    assert 0 < sum(part.amount_fen for part in DuePart.objects.filter(due=due)) <= due.amount_fen
    all_is_well()
