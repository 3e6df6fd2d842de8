"""Rows beside money that no transfer moves, compared with what they hang on: batches for the bank and what it said,
reserves and what is paid early, what insurers paid.
"""

from collections.abc import Iterator
from typing import Final

from django.db.models import Exists, OuterRef

from fieldcast.agreements import queries as agreements
from fieldcast.kit import sql
from fieldcast.kit.found import Found, found
from fieldcast.settlement.dues.types import Cause
from fieldcast.settlement.early.clauses import fast_payout_of
from fieldcast.settlement.early.formula import FORMULA, Counted, share_bp
from fieldcast.settlement.early.working import parts_of
from fieldcast.settlement.models import Due, EarlyLine, Reserve
from fieldcast.settlement.shares import share_under
from fieldcast.trade import queries as trade

AT_ONCE: Final = 2000
# A payout goes to an account of its own party; a batch is the payouts in it; the bank's last word is how one stands.
_BATCHES: Final = """
SELECT 'batch ' || b.number FROM settlement_payoutbatch b
LEFT JOIN settlement_payoutorder o ON o.batch_id = b.id LEFT JOIN settlement_payout p ON p.id = o.payout_id
GROUP BY b.id HAVING count(p.id) <> b.payouts OR coalesce(sum(p.amount_fen), 0) <> b.total_fen
UNION ALL
SELECT 'payout ' || p.id || ' to another account' FROM settlement_payoutorder o
JOIN settlement_payout p ON p.id = o.payout_id JOIN settlement_bankaccount a ON a.id = o.account_id
WHERE p.party <> 'org:' || a.organisation_id
UNION ALL
SELECT 'payout ' || p.id || ' is ' || p.state FROM settlement_payout p LEFT JOIN (
  SELECT payout_id, bool_or(state = 'returned') AS returned FROM settlement_payoutresult GROUP BY payout_id
) r ON r.payout_id = p.id
WHERE p.state <> CASE WHEN r.returned THEN 'returned' WHEN r.payout_id IS NOT NULL THEN 'confirmed' ELSE 'sent' END
UNION ALL
SELECT 'answer to payout ' || r.payout_id FROM settlement_payoutresult r
WHERE NOT EXISTS (SELECT 1 FROM settlement_payoutorder o WHERE o.payout_id = r.payout_id)
"""
# What an insurer paid came on a slip, into the fund of the policy.
_CLAIMS: Final = """
SELECT 'claim ' || s.claim_id FROM settlement_insurancestep s
JOIN settlement_insuranceclaim c ON c.id = s.claim_id JOIN settlement_policy p ON p.id = c.policy_id
WHERE s.state = 'paid' AND (s.amount_fen > c.amount_fen OR NOT EXISTS (
  SELECT 1 FROM agreements_moneyreceived m
  WHERE m.party = 'fund:' || p.fund_id AND m.slip = s.slip AND m.amount_fen = s.amount_fen
))
"""


def wrong_ways() -> Found:
    """How many rows do not fit what they hang on."""
    return found(
        "payout's way", [(str(row[0]), 1) for row in sql.rows(f"{_BATCHES} UNION ALL {_CLAIMS}", {})]
    )


def wrong_early(*, everything: bool) -> Found:
    """How many reserves and lines paid early are not what their formulas give; of lines, those not settled yet, or all.

    What is owed for a line that nobody paid early counts too.
    """
    lines = EarlyLine.objects.select_related("reserve").order_by("pk")
    if not everything:
        lines = lines.filter(order_line__settled_at__isnull=True)
    named = [*_reserves(), *_unpaid(everything=everything)]
    done = 0
    while some := list(lines.filter(pk__gt=done)[:AT_ONCE]):
        named += _lines(some)
        done = some[-1].pk
    return found("paid early", [(name, 1) for name in named])


def _reserves() -> Iterator[str]:
    for row in Reserve.objects.order_by("pk").iterator(AT_ONCE):
        own, county = Counted(row.lines, row.refunded), Counted(row.county_lines, row.county_refunded)
        if row.formula != FORMULA or row.share_bp != share_bp(own, county, prior_lines=row.prior_lines):
            yield f"reserve {row}"


def _unpaid(*, everything: bool) -> Iterator[str]:
    line = EarlyLine.objects.filter(pk=OuterRef("order_line_id"), run_key=OuterRef("reference"))
    rows = Due.objects.filter(~Exists(line), cause=Cause.EARLY.value)
    if not everything:
        rows = rows.filter(order_line__settled_at__isnull=True)
    return (f"due {due_id}" for due_id in rows.order_by("id").values_list("id", flat=True))


def _lines(some: list[EarlyLine]) -> Iterator[str]:
    """Each party got of a line what its share came to then, less the reserve; who owed something got nothing."""
    rows = {row.pk: row for row in some}
    then = trade.lines_as_they_were(moments={row.pk: (row.at, row.net_fen) for row in some})
    versions = agreements.versions(ids={line.agreement_version_id for line in then})
    paid: dict[int, dict[str, int]] = {}
    dues = Due.objects.filter(cause=Cause.EARLY.value, order_line_id__in=rows)
    for line_id, debtor, fen in dues.values_list("order_line_id", "debtor", "amount_fen"):
        paid.setdefault(line_id or 0, {})[debtor] = fen
    for shared in share_under(versions, then):
        row = rows.pop(shared.line.order_line_id)
        if fast_payout_of(shared.version) is None:
            yield f"line {row.pk}"
            continue
        worked = parts_of(shared, share_bp=row.reserve.share_bp, owing=())
        fens = {part.party: part.fen for part in worked.parts}
        got = paid.get(row.pk, {})
        fits = bool(got) and all(fens.get(party) == fen for party, fen in got.items())
        if not fits or worked.reserve_bp != row.reserve_bp or shared.line.seller_id != row.reserve.seller_id:
            yield f"line {row.pk}"
    yield from (f"line {line_id}" for line_id in rows)
