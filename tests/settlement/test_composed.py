"""A sale under composed terms: lines as they finish, a month on its sheet, and debts where no money is."""

from datetime import timedelta
from typing import Any

import pytest

from fieldcast.agreements.records import operations as records
from fieldcast.agreements.records.types import Asset
from fieldcast.ledger import queries as ledger
from fieldcast.live import operations as live_operations
from fieldcast.settlement import operations, queries
from fieldcast.settlement.checks import payout_over_paid_in_fen, settlement_imbalance
from fieldcast.settlement.models import Due, DuePart, Payout, PeriodSheet, Statement
from fieldcast.settlement.periods.operations import settle_periods
from fieldcast.supervision.books import invariants
from tests.factories.accounts import NOW
from tests.factories.composed import Partners, make_composed_sale
from tests.factories.trade import Sale, later, make_offer, make_order, make_session

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]  # each is a whole sale, from its order to the bank
MONTH = NOW.date().replace(day=1)
AFTER_MONTH = NOW + timedelta(days=36)


def all_is_well() -> None:
    assert settlement_imbalance().unexplained_fen == 0
    assert ledger.imbalance().ok
    assert payout_over_paid_in_fen() == 0
    assert invariants(now=AFTER_MONTH).details == ()


def sold(**changes: Any) -> tuple[Sale, Partners]:
    sale, partners = make_composed_sale(**changes)
    make_order(sale, until="closed", packs=2)
    operations.settle_due(now=later(3600))
    return sale, partners


def totals() -> dict[str, int]:
    return {row.role: row.total_fen for row in Statement.objects.filter(session__isnull=False)}


def test_a_line_is_shared_out_by_its_clauses_and_pools_are_kept() -> None:
    sale, _partners = sold()
    net_fen = 2 * 3980
    found = totals()
    assert sum(found.values()) == net_fen
    assert found["platform"] == 119
    assert found["brand_owner"] == 96
    assert found["pool:service"] == 64
    assert found["pool:dividend"] == 159
    assert found["carrier"] == 2 * 860
    pool = f"pool:{sale.stall.version.agreement_id}.service"
    assert ledger.balance(party=pool, purpose="pool").balance_fen == 64
    assert not Payout.objects.filter(party__startswith="pool:").exists()
    all_is_well()


def test_every_amount_is_said_in_words_in_both_languages() -> None:
    from django.utils import translation

    sold()
    for language in ("zh-hans", "en"):
        with translation.override(language):
            for row in Statement.objects.all():
                view = queries.statement(statement_id=row.pk)
                assert all(group.sentence and group.title for group in view.groups)


def test_a_month_is_settled_once_it_is_over_and_once() -> None:
    sale, partners = sold()
    live_operations.close_session(by=sale.stall.chief, session_id=sale.session.id, now=later(4000))
    household = sale.stall.lot.plot.household_id
    records.accept(
        by=sale.stall.chief,
        agreement_id=sale.stall.version.agreement_id,
        lot_id=sale.stall.lot.id,
        units=200,
        now=later(10),
    )
    records.set_holding(
        by=sale.stall.chief,
        agreement_id=sale.stall.version.agreement_id,
        holder_id=household,
        asset=Asset.LAND,
        shares=3,
        now=later(10),
    )
    act = records.record_service(
        by=partners.service_person,
        agreement_id=sale.stall.version.agreement_id,
        server_id=partners.service.id,
        served_id=sale.stall.cooperative.id,
        what="修剪示范",
        points=5,
        now=later(20),
    )
    records.confirm_service(by=sale.stall.chief, act_id=act.id, now=later(30))

    assert settle_periods(now=NOW + timedelta(days=1)) == 0
    assert settle_periods(now=AFTER_MONTH) == 1
    assert settle_periods(now=AFTER_MONTH + timedelta(hours=1)) == 0

    sheet = PeriodSheet.objects.get()
    assert (sheet.month, sheet.net_fen) == (MONTH, 2 * 3980)
    rows = Statement.objects.filter(sheet=sheet)
    assert sum(row.total_fen for row in rows) == 0
    by_role = {row.role: row.total_fen for row in rows}
    # base pay 300.00 × 1 of 2, and 1.55 % of what lies above ¥50.00; a quarter of 200 − 10 units unsold at ¥1.00
    bonus, unsold = round(2960 * 0.0155), 190 * 100
    assert by_role["host"] == 15000 + bonus - unsold // 4
    assert by_role["pool:service"] == -64
    assert by_role["pool:dividend"] == -159
    service = Statement.objects.get(sheet=sheet, party=partners.service.party)
    assert service.total_fen == 64
    farmer = Statement.objects.get(sheet=sheet, party=f"org:{household}")
    assert farmer.total_fen == unsold + 159 - (285 - 200) * 12
    assert queries.statement(statement_id=farmer.pk).summary.session_id is None
    all_is_well()


def test_what_a_giver_has_no_money_for_is_owed_and_kept_from_its_next_payouts() -> None:
    sale, _partners = sold()
    live_operations.close_session(by=sale.stall.chief, session_id=sale.session.id, now=later(4000))
    settle_periods(now=AFTER_MONTH)
    due = Due.objects.get(debtor=sale.stall.cooperative.party, creditor=sale.stall.host.party)
    assert due.amount_fen == 15000 + 46
    assert ledger.balance(party=due.debtor, purpose="debt").balance_fen == -due.amount_fen
    assert ledger.balance(party=due.creditor, purpose="credit").balance_fen == due.amount_fen
    all_is_well()


def test_a_due_is_kept_from_the_debtors_next_payouts_and_reaches_its_creditor() -> None:
    sale, _partners = sold()
    live_operations.close_session(by=sale.stall.chief, session_id=sale.session.id, now=later(4000))
    settle_periods(now=AFTER_MONTH)
    due = Due.objects.get(debtor=sale.stall.cooperative.party)
    reopened = make_session(sale.stall)
    again = Sale(sale.stall, reopened, make_offer(sale.stall, reopened))
    for _ in range(3):
        make_order(again, until="closed", packs=3)
    earned = -sum_of(sale.stall.cooperative.party)
    operations.settle_due(now=AFTER_MONTH + timedelta(hours=2))
    earned += sum_of(sale.stall.cooperative.party)
    assert earned > 0
    paid = sum(part.amount_fen for part in DuePart.objects.filter(due=due))
    assert paid == min(earned, due.amount_fen)
    to_host = Payout.objects.filter(party=sale.stall.host.party, statement__isnull=True)
    assert sum(one.amount_fen for one in to_host) == paid
    assert ledger.balance(party=due.debtor, purpose="debt").balance_fen == paid - due.amount_fen
    all_is_well()


def test_of_a_household_less_than_a_third_of_a_payout_is_kept() -> None:
    sale, _partners = sold()
    live_operations.close_session(by=sale.stall.chief, session_id=sale.session.id, now=later(4000))
    settle_periods(now=AFTER_MONTH)
    household = f"org:{sale.stall.lot.plot.household_id}"
    due = Due.objects.get(debtor=household)
    assert due.most_bp == 3000
    reopened = make_session(sale.stall)
    again = Sale(sale.stall, reopened, make_offer(sale.stall, reopened))
    make_order(again, until="closed", packs=1)
    operations.settle_due(now=AFTER_MONTH + timedelta(hours=2))
    statement = Statement.objects.filter(party=household).latest("id")
    part = DuePart.objects.get(due=due)
    assert part.amount_fen == min(statement.total_fen * 3000 // 10_000, due.amount_fen)
    all_is_well()


def sum_of(party: str) -> int:
    return sum(row.total_fen for row in Statement.objects.filter(party=party, session__isnull=False))
