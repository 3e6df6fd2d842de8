"""Nothing is paid out that nobody paid in: what sales do not carry comes from a deposit or a fund, or waits."""

from dataclasses import replace
from datetime import timedelta

import pytest

from fieldcast.agreements.cover import queries as cover
from fieldcast.ledger import operations as ledger_operations
from fieldcast.ledger import queries as ledger
from fieldcast.ledger.types import Entry
from fieldcast.settlement import operations, queries
from fieldcast.settlement.checks import payout_over_paid_in_fen, settlement_imbalance
from fieldcast.settlement.models import Payout, SettledLine, Statement
from fieldcast.settlement.types import RunResult
from fieldcast.trade import operations as trade_operations
from fieldcast.trade.models import Offer, Refund
from tests.factories.accounts import NOW
from tests.factories.cover import give_deposit, make_fund, make_officer
from tests.factories.guards import behind_its_back
from tests.factories.terms import make_terms
from tests.factories.trade import (
    Sale,
    later,
    make_offer,
    make_order,
    make_sale,
    make_session,
    sale_with_closed,
)

pytestmark = pytest.mark.django_db
AFTER = later(3600)


def settle(minutes: int = 0) -> RunResult:
    return operations.settle_due(now=AFTER + timedelta(minutes=minutes))


def balance(party: str, purpose: str) -> int:
    return ledger.balance(party=party, purpose=purpose).balance_fen


def sell_below(sale: Sale, price_fen: int, *, packs: int = 1) -> None:
    """An order at a price that nobody was asked about: one of before prices were held against their deductions."""
    Offer.objects.filter(id=sale.offer.id).update(price_fen=price_fen)
    make_order(replace(sale, offer=sale.now_offered), until="closed", packs=packs)
    Offer.objects.filter(id=sale.offer.id).update(price_fen=sale.offer.price_fen)


def refund_all(sale: Sale) -> None:
    """An order that is received and given back whole after the sale."""
    order = make_order(sale, until="received")
    refund = trade_operations.refund_after_sale(
        by=sale.stall.chief, order_id=order.id, amount_fen=order.total_fen, reason="坏果", now=NOW
    )
    trade_operations.confirm_known(refund_id=refund.id, now=NOW)
    trade_operations.close_due(now=later(120))


def all_is_well() -> None:
    assert ledger.imbalance().ok
    assert settlement_imbalance().unexplained_fen == 0
    assert payout_over_paid_in_fen() == 0


def test_a_line_that_nobody_covers_waits_whole_and_is_settled_when_cover_is_there() -> None:
    sale = make_sale()
    sell_below(sale, 1500)
    result = settle()
    assert (result.lines, result.waiting, result.payout_fen) == (0, 1, 0)
    assert not Payout.objects.exists()
    assert balance(sale.stall.cooperative.party, "escrow") == 1500
    give_deposit(sale.stall, 100_000)
    result = settle(1)
    assert (result.lines, result.waiting) == (1, 0)
    cooperative = Statement.objects.get(role="cooperative")
    assert cooperative.total_fen < 0
    assert result.drawn_fen == -cooperative.total_fen
    assert balance(sale.stall.cooperative.party, "deposit") == 100_000 + cooperative.total_fen
    assert balance(sale.stall.cooperative.party, "advance") == 0
    all_is_well()


def test_cents_of_sales_never_become_a_fortune() -> None:
    """¥10,000 of delivery and ¥100 a unit guaranteed, ten packs sold for ¥0.01 each: nothing is paid."""
    terms = make_terms(logistics_fen_per_pack=1_000_000)
    sale = make_sale(terms=terms.changed(guarantee_fen={"peach": 10_000}), price_fen=3_000_000)
    for _ in range(10):
        sell_below(sale, 1)
    result = settle()
    assert (result.waiting, result.payout_fen) == (10, 0)
    make_fund(sale.stall, cash_fen=1_055_000)
    result = settle(1)
    # one pack needs ¥10,000 + ¥500 − ¥0.01, and the fund has ¥10,550: one is settled, nine wait
    assert (result.lines, result.waiting) == (1, 9)
    assert result.payout_fen <= 10 + 1_055_000
    all_is_well()


def test_a_fund_pays_what_the_deposit_does_not_and_is_owed_it() -> None:
    sale = make_sale()
    give_deposit(sale.stall, 300)
    fund = make_fund(sale.stall, cash_fen=50_000, limit_fen=20_000)
    sell_below(sale, 1500)
    assert settle().lines == 1
    need_fen = -Statement.objects.get(role="cooperative").total_fen
    party = sale.stall.cooperative.party
    assert balance(party, "deposit") == 0
    assert balance(fund.party, "fund") == 50_000 - (need_fen - 300)
    assert balance(fund.party, "claims") == need_fen - 300
    assert balance(party, "advance") == -(need_fen - 300)
    behind = cover.cover_of(cooperative_id=sale.stall.cooperative.id)
    assert (behind.owed_fen, behind.room_fen) == (need_fen - 300, 20_000 - (need_fen - 300))
    all_is_well()


def test_a_fund_gives_no_more_than_its_limit() -> None:
    sale = make_sale()
    make_fund(sale.stall, cash_fen=900_000, limit_fen=1_000)
    sell_below(sale, 1500)
    assert settle().waiting == 1
    all_is_well()


def test_what_a_cooperative_owes_goes_back_to_the_fund_before_it_is_paid() -> None:
    sale = make_sale()
    fund = make_fund(sale.stall, cash_fen=50_000)
    sell_below(sale, 1500)
    settle()
    owed_fen = -balance(sale.stall.cooperative.party, "advance")
    Offer.objects.filter(id=sale.offer.id).update(price_fen=9900)
    make_order(replace(sale, offer=sale.now_offered), until="closed", packs=3)
    settle(1)
    assert owed_fen > 0
    assert balance(sale.stall.cooperative.party, "advance") == 0
    assert balance(fund.party, "claims") == 0
    assert balance(fund.party, "fund") == 50_000
    newest = Statement.objects.filter(role="cooperative").latest("id")
    assert queries.statement(statement_id=newest.pk).paid_out_fen == newest.total_fen - owed_fen
    all_is_well()


def test_a_debt_older_than_the_funds_is_paid_back_and_reported_until_then() -> None:
    sale = make_sale()
    party = sale.stall.cooperative.party
    make_order(sale, until="closed")
    settle()
    ledger_operations.transfer(  # as settlement did it before it asked what stands behind
        client_id="settle:old:1:x", kind="repayment", county_id=sale.stall.county_id, now=NOW,
        entries=[Entry(party, "advance", -900), Entry("outside:bank", "world", 900)],
    )  # fmt: skip
    make_order(sale, until="closed", packs=3)
    settle(1)
    assert balance(party, "advance") == 0
    assert ledger.imbalance().ok


def test_what_other_lines_leave_the_cooperative_covers_a_line_of_the_same_run() -> None:
    sale = make_sale()
    other = make_session(sale.stall, open_=False)
    make_offer(sale.stall, other)
    for _ in range(4):
        make_order(sale, until="closed", packs=3)
    refund_all(sale)
    result = settle()
    assert (result.lines, result.waiting, result.drawn_fen) == (5, 0, 0)
    all_is_well()


def test_sessions_cover_each_other_in_one_run() -> None:
    from fieldcast.live import operations as live_operations

    sale = make_sale()
    refund_all(sale)
    live_operations.close_session(by=sale.stall.chief, session_id=sale.session.id, now=NOW)
    session = make_session(sale.stall)
    rich = Sale(stall=sale.stall, session=session, offer=make_offer(sale.stall, session, price_fen=19_900))
    make_order(rich, until="closed", packs=3)
    result = settle()
    assert (result.lines, result.drawn_fen) == (2, 0)
    totals = list(Statement.objects.filter(role="cooperative").order_by("total_fen").values_list("total_fen"))
    assert totals[0][0] < 0 < totals[1][0]
    paid = Payout.objects.get(party=sale.stall.cooperative.party)
    assert paid.amount_fen == totals[0][0] + totals[1][0]
    all_is_well()


def test_a_sale_given_back_whole_is_settled_by_what_stands_behind_it() -> None:
    sale = make_sale()
    refund_all(sale)
    assert settle().waiting == 1
    give_deposit(sale.stall, 5_000)
    result = settle(1)
    # guarantee ¥19.00 and delivery ¥8.60 are owed though the buyer has everything back
    assert (result.lines, result.drawn_fen, result.payout_fen) == (1, 2760, 2760)
    all_is_well()


def test_one_seller_short_of_escrow_does_not_stop_another() -> None:
    short, well = make_sale(), make_sale()
    make_order(short, until="closed")
    make_order(well, until="closed")
    ledger_operations.hold(
        client_id="someone-else", party=short.stall.cooperative.party, purpose="escrow", amount_fen=3980,
        county_id=short.stall.county_id, reason="held by mistake", now=NOW,
    )  # fmt: skip
    result = settle()
    assert result.short == (short.stall.cooperative.id,)
    assert result.lines == 1
    assert Payout.objects.filter(statement__session_id=well.session.id).exists()
    assert not SettledLine.objects.filter(order_line__order__seller_id=short.stall.cooperative.id).exists()
    assert [one.reason for one in queries.waiting(county_id=short.stall.county_id)] == ["escrow"]
    ledger_operations.release_hold(client_id="someone-else", now=NOW)
    assert settle(1).lines == 1
    all_is_well()


def test_lines_that_wait_do_not_fill_the_limit_of_those_that_could_be_settled() -> None:
    sale, other = make_sale(), make_sale()
    for _ in range(3):
        sell_below(sale, 100)
    make_order(sale, until="closed")
    make_order(other, until="closed")
    result = operations.settle_due(now=AFTER, limit=1)
    assert (result.lines, result.waiting, result.short) == (2, 3, ())
    all_is_well()


def test_who_waits_and_for_how_much_is_said() -> None:
    sale = make_sale()
    give_deposit(sale.stall, 200)
    sell_below(sale, 1500)
    settle()
    (found,) = queries.waiting(county_id=sale.stall.county_id)
    assert (found.seller_id, found.reason, found.lines) == (sale.stall.cooperative.id, "cover", 1)
    assert (found.net_fen, found.deposit_fen, found.owed_fen) == (1500, 200, 0)
    assert found.missing_fen > 0
    officer = make_officer(sale.stall.county_id)
    give_deposit(sale.stall, found.missing_fen, by=officer)
    assert queries.waiting(county_id=sale.stall.county_id) == ()
    assert settle(1).lines == 1


def test_a_payout_that_nobody_paid_in_is_seen() -> None:
    _sale, _order = sale_with_closed()
    settle()
    assert payout_over_paid_in_fen() == 0
    behind_its_back("UPDATE settlement_payout SET amount_fen = amount_fen * 10 WHERE amount_fen > 1000")
    assert payout_over_paid_in_fen() > 0


def test_a_refund_under_way_is_not_paid_out_too() -> None:
    sale, _order = sale_with_closed()
    order = make_order(sale, until="received")
    trade_operations.refund_after_sale(
        by=sale.stall.chief, order_id=order.id, amount_fen=900, reason="x", now=NOW
    )
    trade_operations.close_due(now=later(120))
    settle()
    assert Refund.objects.get().state == "requested"
    assert SettledLine.objects.count() == 1
    all_is_well()
