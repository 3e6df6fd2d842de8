"""Finished orders become statements, and every fen of them is explained and paid out."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils.timezone import localdate

from fieldcast.agreements import operations as agreements_operations
from fieldcast.agreements.terms import Terms
from fieldcast.ledger import queries as ledger
from fieldcast.settlement import operations, queries
from fieldcast.settlement.checks import settlement_imbalance
from fieldcast.settlement.models import SettledLine, Statement, StatementLine
from fieldcast.settlement.types import RunResult, StatementView
from fieldcast.trade import operations as trade_operations
from tests.factories.accounts import NOW
from tests.factories.guards import behind_its_back
from tests.factories.terms import make_terms
from tests.factories.trade import Sale, later, make_order, make_sale, sale_with_closed, sale_with_paid

pytestmark = pytest.mark.django_db
AFTER = later(3600)


def settle() -> RunResult:
    return operations.settle_due(now=AFTER)


def statements(sale: Sale) -> dict[str, StatementView]:
    rows = Statement.objects.filter(session_id=sale.session.id)
    return {row.role: queries.statement(statement_id=row.pk) for row in rows}


def test_a_finished_order_is_shared_out_to_the_last_fen() -> None:
    sale = make_sale()
    make_order(sale, until="closed", packs=2)
    result = settle()
    assert result.gross_fen == 2 * 3980
    assert (result.orders, result.lines, result.statements) == (1, 1, 5)
    found = statements(sale)
    assert set(found) == {"farmer", "cooperative", "host", "carrier", "platform"}
    assert sum(view.summary.total_fen for view in found.values()) == 2 * 3980
    assert settlement_imbalance().unexplained_fen == 0
    assert ledger.imbalance().ok


def test_the_farmer_gets_the_guarantee_and_part_of_the_surplus() -> None:
    sale = make_sale()
    make_order(sale, until="closed", packs=2)
    settle()
    farmer = statements(sale)["farmer"]
    by_kind = {group.kind: group for group in farmer.groups}
    assert by_kind["guarantee"].amount_fen == 2 * 5 * 380
    assert by_kind["rebate"].amount_fen > 0
    assert by_kind["cold_chain"].amount_fen < 0
    assert all(str(group.clause) in group.sentence for group in farmer.groups)
    assert sum(part.basis_points for part in farmer.slices) == 10_000


def test_every_line_leads_back_to_its_order_version_and_clause() -> None:
    sale, order = sale_with_closed()
    settle()
    for view in statements(sale).values():
        for line in view.lines:
            assert line.order_number == order.number
            assert line.agreement_version_id == sale.stall.version.id
            assert line.clause > 0
            assert line.formula
            assert line.sentence


def test_settling_again_settles_nothing_twice() -> None:
    sale, _order = sale_with_closed()
    settle()
    assert settle() == operations.NOTHING
    make_order(sale, until="closed")
    assert settle().lines == 1
    assert SettledLine.objects.count() == 2


def test_what_was_finished_in_two_months_stands_in_statements_of_their_own() -> None:
    sale = make_sale()
    make_order(sale, until="closed")
    # the last of November and the first of December, as the clock on the wall in Shanghai says
    for at in (datetime(2026, 11, 30, 15, 30, tzinfo=UTC), datetime(2026, 11, 30, 16, 30, tzinfo=UTC)):
        order = make_order(sale, until="closed", now=at - timedelta(seconds=60))
        assert order.closed_at == at
    assert operations.settle_due(now=later(20 * 86_400)).lines == 3
    by_month: dict[str, set[int]] = {}
    for line in StatementLine.objects.select_related("statement", "order_line__order"):
        assert line.order_line is not None
        closed_at = line.order_line.order.closed_at
        assert closed_at is not None
        by_month.setdefault(line.statement.run_key, set()).add(localdate(closed_at).month)
    assert sorted(map(sorted, by_month.values())) == [[11], [12]]
    assert settlement_imbalance().unexplained_fen == 0


def test_a_run_ends_when_its_time_is_over_and_the_next_goes_on() -> None:
    sale_with_closed()
    assert operations.settle_due(now=AFTER, seconds=0.0) == operations.NOTHING
    assert operations.settle_due(now=AFTER, seconds=60.0).lines == 1


def test_lines_alike_are_worked_out_once_and_each_has_rows_of_its_own() -> None:
    sale = make_sale()
    orders = [make_order(sale, until="closed", packs=packs) for packs in (1, 2, 1, 2)]
    settle()
    found = [
        [
            (row.clause, row.kind, row.inputs, row.amount_fen)
            for row in StatementLine.objects.filter(order_line_id=order.lines[0].id).order_by("id")
        ]
        for order in orders
    ]
    assert all(found)
    assert found[:2] == found[2:]
    assert found[0] != found[1]


@pytest.mark.parametrize("until", ["paid", "packed", "shipped", "received"])
def test_an_order_that_is_not_finished_is_not_settled(until: str) -> None:
    make_order(make_sale(), until=until)
    assert settle() == operations.NOTHING


def test_an_order_refunded_before_shipment_is_never_settled() -> None:
    sale, order = sale_with_paid()
    trade_operations.refund_order(by=sale.stall.chief, order_id=order.id, reason="x", now=NOW)
    trade_operations.close_due(now=AFTER)
    assert settle() == operations.NOTHING


def test_payouts_empty_the_wallets_and_leave_the_ledger() -> None:
    sale = make_sale()
    make_order(sale, until="closed", packs=2)
    result = settle()
    platform = statements(sale)["platform"].summary.total_fen
    assert result.payout_fen == 2 * 3980 - platform
    assert ledger.balance(party="outside:bank", purpose="world").balance_fen == result.payout_fen
    assert ledger.balance(party="platform", purpose="commission").balance_fen == platform
    for view in statements(sale).values():
        assert ledger.balance(party=view.summary.party, purpose="wallet").balance_fen == 0
    assert ledger.balance(party=sale.stall.cooperative.party, purpose="escrow").balance_fen == 0


def test_a_line_is_settled_under_the_version_it_was_sold_under() -> None:
    sale, _order = sale_with_closed()
    dearer = Terms.from_json({**sale.stall.version.terms.to_json(), "host_bp": 4000})
    agreements_operations.revise(
        by=sale.stall.chief, agreement_id=sale.stall.version.agreement_id, terms=dearer, now=NOW
    )
    settle()
    host = statements(sale)["host"]
    assert host.agreement_number == 1
    assert host.summary.total_fen == 3980 * 800 // 10_000


def test_a_public_benefit_agreement_takes_no_commission() -> None:
    sale = make_sale(terms=make_terms(public_benefit=True))
    make_order(sale, until="closed")
    settle()
    found = statements(sale)
    assert "platform" not in found or found["platform"].summary.total_fen == 0


@pytest.mark.parametrize(
    "table", ["settlement_statement", "settlement_statementline", "settlement_settledline"]
)
def test_the_database_refuses_to_change_a_statement(table: str) -> None:
    make_order(make_sale(), until="closed")
    settle()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table}")


@pytest.mark.parametrize(
    ("sql", "head"),
    [
        (
            "UPDATE settlement_statementline SET amount_fen = amount_fen + 1 WHERE kind = 'guarantee'",
            "formulas_fen",
        ),
        ("UPDATE settlement_statement SET total_fen = total_fen + 1 WHERE role = 'host'", "totals_fen"),
        ("DELETE FROM settlement_statementline WHERE kind = 'host_pay'", "orders_fen"),
        ("UPDATE ledger_posting SET amount_fen = amount_fen + 1 WHERE amount_fen > 0", "book_fen"),
        ("UPDATE settlement_statementline SET formula = 'nothing' WHERE kind = 'rebate'", "formulas_fen"),
        ("DELETE FROM settlement_settledline", "orders_fen"),
    ],
)
def test_a_change_made_behind_the_guards_is_seen(sql: str, head: str) -> None:
    make_order(make_sale(), until="closed", packs=2)
    settle()
    assert settlement_imbalance().unexplained_fen == 0
    behind_its_back(sql)
    found = settlement_imbalance()
    assert getattr(found, head) > 0
    assert found.unexplained_fen > 0


def test_the_sentences_of_a_statement_are_in_the_readers_language() -> None:
    from django.utils import translation

    _sale, _order = sale_with_closed()
    settle()
    farmer = Statement.objects.get(role="farmer")
    with translation.override("zh-hans"):
        chinese = queries.statement(statement_id=farmer.pk).groups[0]
    with translation.override("en"):
        english = queries.statement(statement_id=farmer.pk).groups[0]
    assert "保底" in chinese.title
    assert "Guarantee" in english.title
    assert StatementLine.objects.filter(statement=farmer).count() == 3
