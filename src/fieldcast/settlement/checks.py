"""The settlement invariant, read from the rows: every fen is explained, sums to its order line and was moved.

Of all rows, or of those that came after a reading that found nothing wrong: statements and their lines never change, so
what was right stays right. A statement or an order line with a new line is read as a whole.
"""

import json
from collections.abc import Mapping
from typing import Final

from django.db.models import F, Q, QuerySet, Sum

from fieldcast.agreements.calculation import Share, UnknownFormula, recompute
from fieldcast.kit import sql
from fieldcast.ledger import queries as ledger
from fieldcast.settlement.models import SettledLine, Statement, StatementLine
from fieldcast.settlement.paid_in import payout_over_paid_in_fen
from fieldcast.settlement.types import SettlementImbalance, StatementsRead
from fieldcast.trade import queries as trade

__all__ = ["TABLES", "payout_over_paid_in_fen", "read_up_to", "settlement_imbalance"]
MOST_NAMED = 20  # rows named in a report; the sums always count all
TABLES: Final = ("settlement_statementline", "settlement_statement", "ledger_posting", "ledger_transfer")
TOGETHER: Final = 0  # stands for an order line where only the sum of all is off

# Lines alike are worked out once: a county's differ in packs, price and refund, far less often than they are many.
_ALIKE: Final = """
SELECT formula, inputs::text, amount_fen, count(*), (array_agg(id ORDER BY id))[1:%(most)s]
FROM settlement_statementline WHERE %(after)s::bigint IS NULL OR id > %(after)s
GROUP BY formula, inputs::text, amount_fen
"""


def settlement_imbalance(*, since: StatementsRead | None = None) -> SettlementImbalance:
    """Compare statement lines with formulas, order lines, statements and the ledger: all, or those after `since`."""
    formulas_fen, lines = _wrong_formulas(since)
    totals = _wrong_totals(since)
    orders = _wrong_orders(since)
    return SettlementImbalance(
        formulas_fen=formulas_fen,
        totals_fen=sum(totals.values()),
        orders_fen=sum(orders.values()),
        book_fen=_wrong_book(since),
        lines=lines,
        statements=tuple(totals)[:MOST_NAMED],
        order_lines=tuple(orders)[:MOST_NAMED],
    )


def read_up_to(*, ids: Mapping[str, int]) -> StatementsRead:
    """What the rows come to up to these ids of `TABLES`."""
    line_id, statement_id, posting_id, transfer_id = (ids[table] for table in TABLES)
    shared = StatementLine.objects.filter(id__lte=line_id, order_line__isnull=False)
    return StatementsRead(
        line_id=line_id,
        statement_id=statement_id,
        posting_id=posting_id,
        transfer_id=transfer_id,
        shared_fen=int(shared.aggregate(fen=Sum("amount_fen", default=0))["fen"]),
        said=_said(Statement.objects.filter(id__lte=statement_id)),
        moved=_moved(up_to=posting_id),
    )


def _wrong_formulas(since: StatementsRead | None) -> tuple[int, tuple[int, ...]]:
    """Fen by which lines differ from their formulas, and the first of those lines."""
    values = {"after": since.line_id if since else None, "most": MOST_NAMED}
    fen, lines = 0, list[int]()
    for formula, inputs, amount_fen, count, first in sql.rows(_ALIKE, values):
        share = Share(
            party="",
            role="",
            clause=0,
            kind="",
            formula=formula,
            inputs=json.loads(inputs),
            amount_fen=amount_fen,
        )
        off_fen = _off(share)
        if off_fen:
            fen += count * off_fen
            lines += first
    return fen, tuple(sorted(lines)[:MOST_NAMED])


def _off(share: Share) -> int:
    try:
        return abs(share.amount_fen - recompute(share))
    except UnknownFormula:
        return abs(share.amount_fen) or 1


def _wrong_totals(since: StatementsRead | None) -> dict[int, int]:
    rows = Statement.objects.all()
    if since is not None:
        with_new = StatementLine.objects.filter(id__gt=since.line_id).values_list("statement_id", flat=True)
        rows = rows.filter(Q(id__gt=since.statement_id) | Q(id__in=list(with_new.order_by().distinct())))
    rows = rows.annotate(lines_fen=Sum("lines__amount_fen", default=0))
    wrong = rows.exclude(lines_fen=F("total_fen")).values_list("id", "total_fen", "lines_fen")
    return {statement_id: abs(total - lines) for statement_id, total, lines in wrong}


def _wrong_orders(since: StatementsRead | None) -> dict[int, int]:
    """Order lines whose shares do not sum to what trade says was kept, and lines shared out without being settled."""
    of_lines = StatementLine.objects.filter(order_line__isnull=False)
    settled = SettledLine.objects.all()
    if since is not None:
        new = of_lines.filter(id__gt=since.line_id).values("order_line_id")
        of_lines, settled = of_lines.filter(order_line__in=new), settled.filter(order_line__in=new)
    shared = dict(of_lines.values_list("order_line_id").annotate(fen=Sum("amount_fen")))
    found = set(settled.values_list("order_line_id", flat=True))
    kept = trade.net_fen_of_lines(order_line_ids=found)
    off = {line: shared.get(line, 0) - kept.get(line, 0) for line in shared.keys() | found}
    wrong = {line: abs(fen) for line, fen in off.items() if fen}
    return wrong or (_wrong_together(since) if since else {})


def _wrong_together(since: StatementsRead) -> dict[int, int]:
    """A line settled without any share has no new row of its own to be found by: the sums of all differ by it."""
    new = StatementLine.objects.filter(id__gt=since.line_id, order_line__isnull=False)
    shared_fen = since.shared_fen + new.aggregate(fen=Sum("amount_fen", default=0))["fen"]
    off = shared_fen - SettledLine.objects.aggregate(fen=Sum("net_fen", default=0))["fen"]
    return {TOGETHER: abs(off)} if off else {}


def _wrong_book(since: StatementsRead | None) -> int:
    """Fen by which what settlement moved to each party differs from what its statements say."""
    if since is None:
        said, moved = _said(Statement.objects.all()), _moved()
    else:
        new = Statement.objects.filter(id__gt=since.statement_id)
        said, moved = _sum(since.said, _said(new)), _sum(since.moved, _moved(after=since.posting_id))
    return sum(abs(said.get(party, 0) - moved.get(party, 0)) for party in said.keys() | moved.keys())


def _said(rows: QuerySet[Statement]) -> dict[str, int]:
    return dict(rows.values_list("party").annotate(fen=Sum("total_fen")).order_by())


def _moved(*, after: int | None = None, up_to: int | None = None) -> dict[str, int]:
    return ledger.moved_by_party(kind="settlement", without_purpose="escrow", after=after, up_to=up_to)


def _sum(before: Mapping[str, int], new: Mapping[str, int]) -> dict[str, int]:
    return {party: before.get(party, 0) + new.get(party, 0) for party in before.keys() | new.keys()}
