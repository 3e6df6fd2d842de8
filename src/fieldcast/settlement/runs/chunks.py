"""A chunk: some of the lines that one seller finished in one month, settled whole or not at all.

Everything is written before the ledger's accounts are locked, and what the rows point at is looked at by then: what is
done under the locks that sellers of a county share is a few rows and the commit.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from fieldcast.agreements.cover import queries as cover
from fieldcast.ledger import operations as ledger_operations
from fieldcast.settlement import bearing, payouts, writing
from fieldcast.settlement.runs.issuing import issue
from fieldcast.settlement.runs.moving import moves
from fieldcast.settlement.runs.paying import pay_out
from fieldcast.settlement.shares import Shared, net_fen_of, share_out
from fieldcast.settlement.types import NOTHING, RunResult
from fieldcast.trade import operations as trade_operations
from fieldcast.trade.types import FinishedLine


def settle(lines: Sequence[FinishedLine], *, now: datetime) -> RunResult:
    """Settle lines of one county, seller and month, in the caller's transaction, under the cover's lock.

    Lines that nobody covers wait. Raises `Problem` or `ArithmeticError` when a line cannot be worked out or money is
    missing, and `DatabaseError`.
    """
    county_id, seller_id = lines[0].county_id, lines[0].seller_id
    decided, approved = bearing.as_decided(lines)
    borne = bearing.choose(
        share_out(decided), cover.cover_of(cooperative_id=seller_id), approved=approved, now=now
    )
    chosen = borne.plan
    if not chosen.settled:
        return replace(NOTHING, waiting=len(chosen.waiting) + borne.unfunded)
    run_key = f"{now:%Y%m%d%H%M%S}-{chosen.settled[0].line.order_line_id}"
    statements = issue(chosen.settled, run_key=run_key, now=now)
    _close(chosen.settled, run_key=run_key, now=now)
    drafts = bearing.paid_meanwhile(borne, run_key=run_key, now=now)
    drafts += moves(chosen, seller_id=seller_id, run_key=run_key, now=now)
    rows, payments = pay_out(statements, chosen, seller_id=seller_id, now=now)
    payouts.keep(rows)
    writing.look_now()
    ledger_operations.transfer_many(drafts=[*drafts, *payments], county_id=county_id, now=now)
    return RunResult(
        orders=len({one.line.order_id for one in chosen.settled}),
        lines=len(chosen.settled),
        statements=len(statements),
        gross_fen=net_fen_of(chosen.settled),
        payout_fen=sum(payout.amount_fen for payout in rows),
        waiting=len(chosen.waiting) + borne.unfunded,
        drawn_fen=chosen.drawn_fen,
    )


def _close(shared: Sequence[Shared], *, run_key: str, now: datetime) -> None:
    writing.settled_lines(shared, run_key=run_key, now=now)
    trade_operations.note_settled(order_line_ids=[one.line.order_line_id for one in shared], now=now)
