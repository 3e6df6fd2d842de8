"""Fast payout: a line is paid the day after its receipt, less a reserve; a refund in between reaches its buyer."""

from datetime import timedelta
from typing import Any

import pytest

from fieldcast.accounts.models import Person
from fieldcast.agreements.cover import queries as cover
from fieldcast.ledger import queries as ledger
from fieldcast.settlement import operations, queries
from fieldcast.settlement.checks import payout_over_paid_in_fen, settlement_imbalance
from fieldcast.settlement.early.formula import Counted, early_fen, share_bp, within
from fieldcast.settlement.early.operations import pay_early
from fieldcast.settlement.early.reserves import reckon_reserves
from fieldcast.settlement.early.types import EarlyResult
from fieldcast.settlement.funds.operations import set_floor
from fieldcast.settlement.models import Due, DuePart, EarlyLine, Payout, Reserve, SettledLine, Statement
from fieldcast.supervision.books import invariants
from fieldcast.trade import operations as trade_operations
from fieldcast.trade.models import Refund
from tests.factories.accounts import NOW
from tests.factories.composed import make_composed_sale
from tests.factories.cover import give_deposit, make_fund, make_officer
from tests.factories.trade import Sale, make_order, refund_notice, send_notice

WEEK = 7 * 86400
FAST = {"kind": "fast_payout", "least_bp": 300, "most_bp": 2000}
NEXT_DAY = NOW + timedelta(days=1, minutes=1)
OVER = NOW + timedelta(seconds=WEEK, minutes=1)


@pytest.mark.parametrize(
    ("own", "county", "bp"),
    [
        # worked with a pocket calculator: n = 20, p = 0.02 and so on, each rounded up
        (Counted(0, 0), Counted(100, 2), 1930),
        (Counted(200, 2), Counted(1000, 20), 353),
        (Counted(40, 10), Counted(1000, 20), 2880),
        (Counted(0, 0), Counted(0, 0), 10_000),
        (Counted(500, 0), Counted(500, 0), 74),
    ],
)
def test_the_reserve_is_the_bound_that_a_pocket_calculator_gives(
    own: Counted, county: Counted, bp: int
) -> None:
    assert share_bp(own, county) == bp


def test_what_is_kept_stays_within_the_clause_and_is_never_less_than_said() -> None:
    assert [within(bp, least_bp=300, most_bp=2000) for bp in (74, 353, 2880)] == [300, 353, 2000]
    assert early_fen(10_001, reserve_bp=300) == 9700  # 300.03 are kept as 301
    assert early_fen(-5, reserve_bp=300) == 0
    with pytest.raises(ValueError, match="3 of 2"):
        Counted(2, 3)


def fast_sale(*, cash_fen: int = 300_000, **changes: Any) -> tuple[Sale, Person]:
    """A sale whose terms pay fast and leave seven days for refunds; a fund has so much."""
    terms: dict[str, Any] = {"promise_clauses": [FAST], "after_sale_seconds": WEEK, **changes}
    sale, _partners = make_composed_sale(**terms)
    officer = make_officer(sale.stall.county_id)
    if cash_fen:
        make_fund(sale.stall, cash_fen=cash_fen, limit_fen=0, by=officer)
    return sale, officer


def all_is_well(sale: Sale) -> None:
    assert settlement_imbalance().unexplained_fen == 0
    assert ledger.imbalance().ok
    assert payout_over_paid_in_fen() == 0
    assert invariants(now=OVER).details == ()


def paid(**of: Any) -> int:
    return sum(one.amount_fen for one in Payout.objects.filter(**of))


@pytest.mark.thorough
@pytest.mark.django_db
def test_a_line_is_paid_the_day_after_and_the_rest_when_its_time_is_over() -> None:
    sale, _officer = fast_sale()
    make_order(sale, until="received", packs=2)
    assert pay_early(now=NOW + timedelta(hours=23)).lines == 0
    done = pay_early(now=NEXT_DAY)
    assert (done.lines, done.waiting) == (1, 0)
    assert pay_early(now=NEXT_DAY).lines == 0  # once
    line, reserve = EarlyLine.objects.get(), Reserve.objects.get()
    assert (reserve.lines, reserve.refunded, line.reserve_bp) == (
        1,
        0,
        1547,
    )  # this line, and twenty as the county's
    household = f"org:{sale.stall.lot.plot.household_id}"
    early = paid(party=household)
    assert early > 0
    assert done.paid_fen == sum(one.amount_fen for one in Due.objects.all())
    assert not SettledLine.objects.exists()
    all_is_well(sale)

    trade_operations.close_due(now=OVER)
    operations.settle_due(now=OVER)
    whole = Statement.objects.get(party=household)
    assert early == whole.total_fen * 8453 // 10_000
    assert paid(party=household) == whole.total_fen
    assert sum(part.amount_fen for part in DuePart.objects.all()) == done.paid_fen
    assert ledger.balance(party=household, purpose="debt").balance_fen == 0
    view = queries.statement(statement_id=whole.pk)
    assert view.paid_out_fen + view.early_fen == whole.total_fen
    all_is_well(sale)


@pytest.mark.thorough
@pytest.mark.django_db
def test_a_refund_in_between_is_paid_by_the_line_and_what_it_lacks_is_owed() -> None:
    """The seller was paid out, then the refund came: the buyer has it at once, and no other household pays for it."""
    sale, officer = fast_sale()
    order = make_order(sale, until="received", packs=2)
    pay_early(now=NEXT_DAY)
    refund = trade_operations.refund_after_sale(
        by=sale.stall.chief, order_id=order.id, amount_fen=5000, reason="坏了大半", now=NEXT_DAY
    )
    trade_operations.send_refunds(now=NEXT_DAY)
    send_notice(refund_notice(Refund.objects.get(id=refund.id)), now=NEXT_DAY)
    all_is_well(sale)
    trade_operations.close_due(now=OVER)
    assert operations.settle_due(now=OVER).waiting == 1
    make_order(sale, until="received", packs=1, now=OVER - timedelta(days=2))
    pay_early(now=OVER)  # while a line waits for its cover, nobody of it is paid early
    assert EarlyLine.objects.count() == 1
    give_deposit(sale.stall, 50_000, by=officer)
    operations.settle_due(now=OVER)
    all_is_well(sale)
    short = [
        due for due in Due.objects.all() if sum(part.amount_fen for part in due.parts.all()) < due.amount_fen
    ]
    assert short
    owed = sum(due.amount_fen - sum(part.amount_fen for part in due.parts.all()) for due in short)
    for one in Statement.objects.filter(party__startswith="org:"):
        assert paid(statement=one) <= max(0, one.total_fen)

    # whoever owes waits for the settlement, so that what is kept is kept of a whole payout
    make_order(sale, until="received", packs=3, now=OVER)
    pay_early(now=OVER + timedelta(days=1, minutes=1))
    debtors = {due.debtor for due in short}
    again = EarlyLine.objects.latest("at")
    assert not debtors & set(Due.objects.filter(order_line_id=again.pk).values_list("debtor", flat=True))
    after = OVER + timedelta(seconds=WEEK, minutes=1)
    trade_operations.close_due(now=after)
    operations.settle_due(now=after)
    left = owed - sum(part.amount_fen for part in DuePart.objects.filter(due__in=short, at=after))
    assert left < owed
    household = f"org:{sale.stall.lot.plot.household_id}"
    of_household = DuePart.objects.filter(due__debtor=household, due__in=short, at=after)
    earned = Statement.objects.get(party=household, issued_at=after).total_fen
    assert sum(part.amount_fen for part in of_household) <= earned * 3000 // 10_000
    all_is_well(sale)


@pytest.mark.thorough
@pytest.mark.django_db
def test_no_more_is_lent_than_a_fund_has_and_a_line_that_is_asked_about_waits() -> None:
    sale, officer = fast_sale(cash_fen=8000)
    fund_id = cover.funds(county_id=sale.stall.county_id)[0].id
    for _ in range(2):
        make_order(sale, until="received", packs=2)
    set_floor(by=officer, fund_id=fund_id, floor_fen=8000, now=NOW)
    assert pay_early(now=NEXT_DAY) == EarlyResult(waiting=2)  # below its floor a fund lends nothing by itself
    set_floor(by=officer, fund_id=fund_id, floor_fen=1000, now=NOW)
    done = pay_early(now=NEXT_DAY)
    assert (done.lines, done.waiting) == (1, 1)
    assert (
        ledger.balance(party=Due.objects.values_list("creditor", flat=True)[0], purpose="fund").balance_fen
        >= 0
    )
    trade_operations.close_due(now=OVER)
    operations.settle_due(now=OVER)
    assert SettledLine.objects.count() == 2
    all_is_well(sale)


@pytest.mark.thorough
@pytest.mark.django_db
def test_each_night_keeps_what_the_reserve_was_reckoned_from() -> None:
    sale, _officer = fast_sale()
    for number in range(3):
        order = make_order(sale, until="received", packs=1)
        if number == 0:
            trade_operations.refund_after_sale(
                by=sale.stall.chief, order_id=order.id, amount_fen=100, reason="压坏一个", now=NOW
            )
    assert reckon_reserves(now=NEXT_DAY) == 1
    assert reckon_reserves(now=NEXT_DAY) == 0
    row = Reserve.objects.get()
    assert (row.lines, row.refunded, row.county_lines, row.county_refunded) == (3, 1, 3, 1)
    assert (row.prior_lines, row.formula) == (20, "wilson95_prior20.1")
    assert row.share_bp == share_bp(Counted(3, 1), Counted(3, 1))
