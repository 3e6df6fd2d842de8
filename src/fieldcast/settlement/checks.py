"""The settlement invariant, read from the rows: every fen is explained, sums to its order line and was moved."""

from django.db.models import F, Sum

from fieldcast.agreements.calculation import Share, UnknownFormula, recompute
from fieldcast.ledger import queries as ledger
from fieldcast.settlement.models import SettledLine, Statement, StatementLine
from fieldcast.settlement.paid_in import payout_over_paid_in_fen
from fieldcast.settlement.types import SettlementImbalance
from fieldcast.trade import queries as trade

__all__ = ["payout_over_paid_in_fen", "settlement_imbalance"]
MOST_NAMED = 20  # rows named in a report; the sums always count all


def settlement_imbalance() -> SettlementImbalance:
    """Read every statement line and compare it with its formula, its order line, its statement and the ledger."""
    formulas = _wrong_formulas()
    totals = _wrong_totals()
    orders = _wrong_orders()
    return SettlementImbalance(
        formulas_fen=sum(formulas.values()),
        totals_fen=sum(totals.values()),
        orders_fen=sum(orders.values()),
        book_fen=_wrong_book(),
        lines=tuple(formulas)[:MOST_NAMED],
        statements=tuple(totals)[:MOST_NAMED],
        order_lines=tuple(orders)[:MOST_NAMED],
    )


def _wrong_formulas() -> dict[int, int]:
    wrong: dict[int, int] = {}
    for row in StatementLine.objects.order_by("id").iterator(chunk_size=2000):
        share = Share(
            party="",
            role="",
            clause=row.clause,
            kind=row.kind,
            formula=row.formula,
            inputs=row.inputs,
            amount_fen=row.amount_fen,
        )
        try:
            off_fen = abs(row.amount_fen - recompute(share))
        except UnknownFormula:
            off_fen = abs(row.amount_fen) or 1
        if off_fen:
            wrong[row.pk] = off_fen
    return wrong


def _wrong_totals() -> dict[int, int]:
    rows = Statement.objects.annotate(lines_fen=Sum("lines__amount_fen", default=0))
    wrong = rows.exclude(lines_fen=F("total_fen")).values_list("id", "total_fen", "lines_fen")
    return {statement_id: abs(total - lines) for statement_id, total, lines in wrong}


def _wrong_orders() -> dict[int, int]:
    """Order lines whose shares do not sum to what trade says was kept, and lines shared out without being settled."""
    of_lines = StatementLine.objects.filter(order_line__isnull=False)
    shared = dict(of_lines.values_list("order_line_id").annotate(fen=Sum("amount_fen")))
    settled = set(SettledLine.objects.values_list("order_line_id", flat=True))
    kept = trade.net_fen_of_lines(order_line_ids=settled)
    off = {line: shared.get(line, 0) - kept.get(line, 0) for line in shared.keys() | settled}
    return {line: abs(fen) for line, fen in off.items() if fen}


def _wrong_book() -> int:
    """Fen by which what settlement moved to each party differs from what its statements say."""
    said = dict(Statement.objects.values_list("party").annotate(fen=Sum("total_fen")))
    moved = ledger.moved_by_party(kind="settlement", without_purpose="escrow")
    return sum(abs(said.get(party, 0) - moved.get(party, 0)) for party in said.keys() | moved.keys())
