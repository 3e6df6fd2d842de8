"""Writes of fast payout: what is paid early of a seller's lines, and what of it comes back when they are settled.

Each is part of one transaction: a kill leaves nothing half done. Lock: the seller's cover, then the county's funds,
then dues, then the ledger's accounts, all in one call.
"""

import logging
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from django.db import DatabaseError, transaction

from fieldcast.agreements import queries as agreements
from fieldcast.agreements.cover import operations as cover_operations
from fieldcast.agreements.types import VersionView
from fieldcast.kit.errors import Problem
from fieldcast.ledger import operations as ledger_operations
from fieldcast.ledger.types import Draft, Entry
from fieldcast.settlement import payouts
from fieldcast.settlement.banking import payment, payout
from fieldcast.settlement.dues import operations as dues
from fieldcast.settlement.dues import queries as dues_queries
from fieldcast.settlement.dues.types import Cause, DueView, Kept, Owed
from fieldcast.settlement.early.clauses import fast_payout_of
from fieldcast.settlement.early.owing import owing
from fieldcast.settlement.early.reserves import reserve_for
from fieldcast.settlement.early.types import EarlyResult
from fieldcast.settlement.early.working import EarlyParts, parts_of, that_fit
from fieldcast.settlement.funds.floors import lock_lender
from fieldcast.settlement.models import DuePart, EarlyLine, Reserve, Statement
from fieldcast.settlement.shares import Shared, share_under
from fieldcast.trade import queries as trade

log = logging.getLogger(__name__)
AFTER_RECEIPT: Final = timedelta(days=1)
AT_ONCE: Final = 500


def pay_early(*, now: datetime, limit: int = AT_ONCE) -> EarlyResult:
    """Pay what was received a day ago under terms that pay fast, up to `limit` lines of a seller. Safe to repeat."""
    result = EarlyResult()
    for seller_id, versions in _sellers(now).items():
        result += _try(seller_id, versions, limit=limit, now=now)
    return result


def give_back(
    shared: Sequence[Shared],
    statements: Sequence[Statement],
    lefts: dict[str, int],
    *,
    seller_id: int,
    now: datetime,
) -> list[Draft]:
    """Of what lines come to that are being settled, give the funds back what was paid early of them.

    `lefts` are the payouts of the statements by number, and less by that after. What one does not carry stays owed:
    from now on it is a due as any other.
    """
    lines = {one.line.order_line_id: one.line for one in shared if fast_payout_of(one.version)}
    open_dues = dues_queries.early_of_lines(order_line_ids=lines) if lines else ()
    of_sale: dict[tuple[int | None, str], list[DueView]] = {}
    for due in open_dues:
        assert due.order_line_id is not None
        of_sale.setdefault((lines[due.order_line_id].session_id, due.debtor), []).append(due)
    drafts, parts = [], []
    for statement in statements:
        waiting = of_sale.get((statement.session_id, statement.party), [])
        kept = _keep(lefts.get(statement.number, 0), waiting)
        if not kept.amount_fen:
            continue
        lefts[statement.number] -= kept.amount_fen
        client_id = f"due:early:{statement.number}"
        drafts.append(dues.moved(statement.party, kept, client_id, statement.number))
        parts += [
            DuePart(due_id=due.id, amount_fen=fen, seller_id=seller_id, transfer_client_id=client_id, at=now)
            for due, fen in kept.parts
        ]
        paid = {due.id for due, fen in kept.parts if fen == due.left_fen}
        of_sale[statement.session_id, statement.party] = [due for due in waiting if due.id not in paid]
    DuePart.objects.bulk_create(parts)
    return drafts


def _keep(left_fen: int, waiting: Iterable[DueView]) -> Kept:
    whole, parts = left_fen, []
    for due in waiting:
        fen = min(due.left_fen, left_fen)
        if fen > 0:
            parts.append((due, fen))
            left_fen -= fen
    return Kept(whole - left_fen, tuple(parts))


def _sellers(now: datetime) -> dict[int, dict[int, VersionView]]:
    """Sellers with lines that are due, and the terms that pay fast under which they were sold."""
    found = trade.received_versions(before=now - AFTER_RECEIPT, paid=EarlyLine.objects.all(), now=now)
    if not found:
        return {}
    versions = agreements.versions(ids={version for _seller, version in found})
    sellers: dict[int, dict[int, VersionView]] = {}
    for seller, version in sorted(found):
        if fast_payout_of(versions[version]):
            sellers.setdefault(seller, {})[version] = versions[version]
    return sellers


def _try(seller_id: int, versions: Mapping[int, VersionView], *, limit: int, now: datetime) -> EarlyResult:
    try:
        with transaction.atomic():
            if not cover_operations.lock(cooperative_id=seller_id, wait=False):
                return EarlyResult()  # a run of its lines is at it just now: the next sweep comes again
            lines = trade.received_lines(
                seller_id=seller_id,
                version_ids=versions,
                before=now - AFTER_RECEIPT,
                paid=EarlyLine.objects.all(),
                now=now,
                limit=limit,
            )
            return _pay(share_under(versions, lines), now=now) if lines else EarlyResult()
    except (Problem, ArithmeticError, DatabaseError) as stopped:
        # as of settlement: one seller whose lines cannot be worked out stops nobody else
        log.warning("fast payout of seller %s stopped: %s", seller_id, stopped)
        return EarlyResult()


def _pay(shared: Sequence[Shared], *, now: datetime) -> EarlyResult:
    county_id, seller_id = shared[0].line.county_id, shared[0].line.seller_id
    reserve = reserve_for(county_id=county_id, seller_id=seller_id, now=now)
    owe = owing(shared, now=now)
    wanted = [parts_of(one, share_bp=reserve.share_bp, owing=owe) for one in shared]
    wanted = [one for one in wanted if one.parts]
    fund_id, chosen = _fund_for(wanted, county_id=county_id)
    if fund_id is None or not chosen:
        return EarlyResult(waiting=len(wanted))
    run_key = f"E{now:%Y%m%d%H%M%S}-{chosen[0].shared.line.order_line_id}"
    _write(chosen, reserve, run_key=run_key, now=now)
    _move(chosen, fund=f"fund:{fund_id}", county_id=county_id, seller_id=seller_id, run_key=run_key, now=now)
    return EarlyResult(len(chosen), sum(one.fen for one in chosen), len(wanted) - len(chosen))


def _fund_for(wanted: Sequence[EarlyParts], *, county_id: int) -> tuple[int | None, list[EarlyParts]]:
    """The fund that lends it, and the lines that it carries: the first with enough for all, or the one with most."""
    if not wanted:
        return None, []
    need_fen = sum(one.fen for one in wanted)
    fund_id, most_fen = lock_lender(county_id=county_id, amount_fen=need_fen)
    if fund_id is not None:
        return fund_id, list(wanted)
    chosen = that_fit(wanted, most_fen)
    if not chosen:
        return None, []
    need_fen = sum(one.fen for one in chosen)
    fund_id, _most = lock_lender(county_id=county_id, amount_fen=need_fen)
    return fund_id, chosen


def _write(chosen: Sequence[EarlyParts], reserve: Reserve, *, run_key: str, now: datetime) -> None:
    EarlyLine.objects.bulk_create(
        EarlyLine(
            order_line_id=one.shared.line.order_line_id,
            reserve=reserve,
            reserve_bp=one.reserve_bp,
            net_fen=one.shared.net_fen,
            run_key=run_key,
            at=now,
        )
        for one in chosen
    )


def _move(
    chosen: Sequence[EarlyParts], *, fund: str, county_id: int, seller_id: int, run_key: str, now: datetime
) -> None:
    """From the fund through the wallets to the banks, and what is owed to the fund for it."""
    client_id = f"advance:{run_key}"
    owed = dues.write_down(
        [
            Owed(part.party, fund, part.fen, part.most_bp, one.shared.line.order_line_id)
            for one in chosen
            for part in one.parts
        ],
        county_id=county_id,
        seller_id=seller_id,
        cause=Cause.EARLY,
        reference=run_key,
        client_id=client_id,
        now=now,
    )
    sums: dict[str, int] = {}
    for one in chosen:
        for part in one.parts:
            sums[part.party] = sums.get(part.party, 0) + part.fen
    cash = [Entry(fund, "fund", -sum(sums.values()))]
    cash += [Entry(party, "wallet", fen) for party, fen in sorted(sums.items())]
    lent = Draft(client_id=client_id, kind="advance", entries=(*cash, *owed), reference=run_key)
    rows = [
        payout(
            county_id=county_id,
            seller_id=seller_id,
            party=party,
            amount_fen=fen,
            client_id=f"payout:early:{run_key}:{party}",
            now=now,
        )
        for party, fen in sorted(sums.items())
    ]
    payouts.keep(rows)
    payments = [payment(row, reference=run_key) for row in rows]
    ledger_operations.transfer_many(drafts=[lent, *payments], county_id=county_id, now=now)
