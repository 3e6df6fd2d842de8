"""Reads of fast payout."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from fieldcast.agreements import queries as agreements
from fieldcast.settlement.dues.types import Cause
from fieldcast.settlement.early.clauses import fast_payout_of
from fieldcast.settlement.early.types import EarlyView, LateLines
from fieldcast.settlement.models import Due, EarlyLine
from fieldcast.trade import queries as trade

PATIENCE = timedelta(hours=1)  # the sweep comes every five minutes


def early_of(*, party: str, order_line_ids: Iterable[int]) -> dict[int, EarlyView]:
    """What a party was paid early of these lines, by line."""
    rows = Due.objects.filter(cause=Cause.EARLY.value, debtor=party, order_line_id__in=set(order_line_ids))
    paid = {line: fen for line, fen in rows.values_list("order_line_id", "amount_fen") if line is not None}
    lines = EarlyLine.objects.filter(pk__in=paid)
    return {
        row.pk: EarlyView(order_line_id=row.pk, paid_fen=paid[row.pk], reserve_bp=row.reserve_bp, at=row.at)
        for row in lines
    }


def waiting_for_fund(*, county_id: int, now: datetime) -> tuple[LateLines, ...]:
    """Lines that should have been paid early by now and were not, by seller: no fund has so much, or somebody owes."""
    before = now - timedelta(days=1) - PATIENCE
    found = trade.received_versions(before=before, paid=EarlyLine.objects.all(), now=now)
    versions = agreements.versions(ids={version for _seller, version in found})
    fast: dict[int, set[int]] = {}
    for seller, version in found:
        if versions[version].county_id == county_id and fast_payout_of(versions[version]):
            fast.setdefault(seller, set()).add(version)
    rows = []
    for seller, of_seller in sorted(fast.items()):
        lines = trade.received_lines(
            seller_id=seller,
            version_ids=of_seller,
            before=before,
            paid=EarlyLine.objects.all(),
            now=now,
            limit=5000,
        )
        net_fen = sum(line.packs * line.price_fen - line.refunded_fen for line in lines)
        if lines:
            rows.append(LateLines(seller, len(lines), net_fen, lines[0].finished_at + timedelta(days=1)))
    return tuple(rows)
