"""Writes of settlement: finished lines are settled, issued as statements, moved and paid out, chunk by chunk.

A chunk is some of the lines that one seller of a county finished in one month, and one transaction: it is whole or not
at all. A run that is killed leaves nothing of its chunk behind, and the next one finds the same lines; runs that meet
pass by each other's sellers. A seller who is short, or whose lines cannot be worked out, is reported and stops nobody
else. Lock: the seller's cover (an advisory lock that offers and deposits take too), then order lines, then funds, then
the bonds of the agreements (advisory), then dues, then the ledger's accounts, all in one call.
"""

import logging
from dataclasses import dataclass, replace
from datetime import datetime
from time import monotonic

from django.db import DatabaseError, transaction

from fieldcast.agreements.cover import operations as cover_operations
from fieldcast.kit.errors import Problem
from fieldcast.settlement.models import SettledLine
from fieldcast.settlement.runs import chunks
from fieldcast.settlement.types import NOTHING, RunResult
from fieldcast.trade import queries as trade
from fieldcast.trade.types import FinishedLine, ToSettle

__all__ = ["NOTHING", "settle_due"]
log = logging.getLogger(__name__)


def settle_due(*, now: datetime, limit: int = 5000, seconds: float | None = None) -> RunResult:
    """Settle finished order lines under the agreement version each was sold under, seller by seller, month by month.

    Issues one statement a party, role and session; moves the money from the seller's escrow to everyone's wallet; pays
    wallets out to the bank. A chunk settles up to `limit` lines; what has more comes again after everyone else had a
    turn. No chunk begins later than `seconds` after the run: the next one goes on. Lines that nobody covers wait.
    Running it again, or twice at once, settles nothing twice.
    """
    began, result = monotonic(), NOTHING
    turns = [_Turn(of) for of in trade.to_settle(county_id=None)]
    while turns:
        again = []
        for turn in turns:
            if seconds is not None and monotonic() - began > seconds:
                return result
            lines, done = _try(turn, limit=limit, now=now)
            result += done
            if len(lines) == limit:
                again.append(replace(turn, after_id=lines[-1].order_line_id))
        turns = again
    return result


@dataclass(frozen=True)
class _Turn:
    """What is settled next of one seller's month: lines from after `after_id`."""

    of: ToSettle
    after_id: int = 0


def _try(turn: _Turn, *, limit: int, now: datetime) -> tuple[tuple[FinishedLine, ...], RunResult]:
    """Settle a chunk, or report that it cannot be done; nothing of it is left half done."""
    lines: tuple[FinishedLine, ...] = ()
    try:
        with transaction.atomic():
            if not cover_operations.lock(cooperative_id=turn.of.seller_id, wait=False):
                return lines, NOTHING  # another run, or an offer, is at it just now: in five seconds again
            settled = SettledLine.objects.values("order_line_id")
            lines = trade.finished_lines(
                settled=settled,
                seller_id=turn.of.seller_id,
                month=turn.of.month,
                after_id=turn.after_id,
                limit=limit,
            )
            return lines, chunks.settle(lines, now=now) if lines else NOTHING
    except (Problem, ArithmeticError, DatabaseError) as stopped:
        # A deadlock or a lost connection in one seller's part stops nobody else: the next one has its own transaction.
        log.warning("settlement of seller %s stopped: %s", turn.of.seller_id, stopped)
        return lines, replace(NOTHING, short=(turn.of.seller_id,))
