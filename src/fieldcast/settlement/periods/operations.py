"""Writes of period sheets: each version's month is one transaction, so it is whole or not at all.

A run that is killed leaves nothing behind, and the next one finds the same months. Lock: the seller's cover, which
every run of its lines takes too, then dues, then the ledger's accounts.
"""

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import DatabaseError, transaction

from fieldcast.agreements import queries as agreements
from fieldcast.agreements.composed import period_moves
from fieldcast.agreements.composed.shapes import FARMER
from fieldcast.agreements.cover import operations as cover_operations
from fieldcast.agreements.types import VersionView
from fieldcast.kit.errors import Problem
from fieldcast.ledger import operations as ledger_operations
from fieldcast.ledger import queries as ledger
from fieldcast.ledger.types import Draft, Entry
from fieldcast.settlement import payouts, told
from fieldcast.settlement.dues import operations as dues
from fieldcast.settlement.dues.types import ALL_BP, HOUSEHOLD_MOST_BP, Cause, Owed
from fieldcast.settlement.models import PeriodSheet
from fieldcast.settlement.periods.gathering import Gathered, gather
from fieldcast.settlement.periods.queries import Month, months_to_settle
from fieldcast.settlement.periods.sides import Moved, sides_of
from fieldcast.settlement.shares import purpose_of
from fieldcast.settlement.statements import Item, issue

log = logging.getLogger(__name__)


def settle_periods(*, now: datetime) -> int:
    """Settle every month that is over, the oldest first; gives how many. Repeating it adds nothing."""
    return sum(_try(one, now=now) for one in months_to_settle(now=now))


def _try(one: Month, *, now: datetime) -> bool:
    try:
        with transaction.atomic():
            if not cover_operations.lock(cooperative_id=one.seller_id, wait=False):
                return False  # a run of its lines, or an offer, is at it just now: the next sweep comes again
            if PeriodSheet.objects.filter(agreement_version_id=one.version_id, month=one.month).exists():
                return False
            version = agreements.version(version_id=one.version_id)
            _settle(version, one.month, with_records=one.with_records, now=now)
            return True
    except (Problem, ArithmeticError, DatabaseError) as stopped:
        # as of lines: one version that cannot be settled stops nobody else
        log.warning("the sheet of version %s, %s stopped: %s", one.version_id, one.month, stopped)
        return False


def _settle(version: VersionView, month: date, *, with_records: bool, now: datetime) -> None:
    gathered = gather(version, month, with_records=with_records)
    moved = _moved(version, gathered)
    sheet = PeriodSheet.objects.create(
        county_id=version.county_id,
        seller_id=version.cooperative_id,
        agreement_version_id=version.id,
        month=month,
        facts=gathered.to_json(),
        net_fen=gathered.lines.net_fen,
        settled_at=now,
    )
    sides = (side for one in moved for side in (*one.givers, *one.takers))
    statements = issue(
        [Item(side, version.id) for side in sides],
        county_id=sheet.county_id,
        run_key=f"sheet-{sheet.pk}",
        sheet=sheet,
        now=now,
    )
    if not statements:
        return
    draft, received = _transfer(sheet, version, moved, now=now)
    wanted = []
    for statement in statements:
        fen = max(0, min(statement.total_fen, received.get(statement.party, 0)))
        received[statement.party] = received.get(statement.party, 0) - fen
        wanted.append((statement, fen))
    rows, payments = payouts.pay_out(wanted, seller_id=version.cooperative_id, now=now)
    ledger_operations.transfer_many(drafts=[draft, *payments], county_id=version.county_id, now=now)
    payouts.keep(rows)
    told.statements_issued(statements, now=now)


def _moved(version: VersionView, gathered: Gathered) -> list[Moved]:
    composed = version.terms.composed
    assert composed is not None  # only composed terms have months to settle
    moves = period_moves(composed, gathered.facts, gathered.lines, held=gathered.held)
    return [sides_of(move, version=version, composed=composed, gathered=gathered) for move in moves]


def _transfer(
    sheet: PeriodSheet, version: VersionView, moved: Sequence[Moved], *, now: datetime
) -> tuple[Draft, dict[str, int]]:
    """One transfer for the sheet, and what each taker got in money; what a giver lacks is owed.

    What two parties give each other is netted first; then givers give what they have, in the order of the clauses.
    """
    client_id = f"sheet:{sheet.pk}"
    flows, farmers = _netted(moved), _farmers(moved)
    purses = _purses(flow.giver for flow in flows)
    cash: dict[str, int] = defaultdict(int)
    owed: list[Owed] = []
    for flow in flows:
        paid_fen = min(flow.fen, purses[flow.giver])
        purses[flow.giver] -= paid_fen
        cash[flow.giver] -= paid_fen
        cash[flow.taker] += paid_fen
        if flow.fen > paid_fen:
            most_bp = HOUSEHOLD_MOST_BP if flow.giver in farmers else ALL_BP
            owed.append(Owed(flow.giver, flow.taker, flow.fen - paid_fen, most_bp))
    sides = dues.write_down(
        owed,
        county_id=sheet.county_id,
        seller_id=version.cooperative_id,
        cause=Cause.SHEET,
        reference=str(sheet.pk),
        client_id=client_id,
        now=now,
    )
    entries = [Entry(party, purpose_of(party), fen) for party, fen in sorted(cash.items()) if fen]
    draft = Draft(client_id=client_id, kind="settlement", entries=(*entries, *sides), reference=client_id)
    return draft, {party: fen for party, fen in cash.items() if fen > 0}


@dataclass(frozen=True)
class _Flow:
    """What one party gives another of all clauses together, above zero."""

    giver: str
    taker: str
    fen: int


def _netted(moved: Iterable[Moved]) -> list[_Flow]:
    """What each two parties give each other, in the order of the clause that first has them give something."""
    sums: dict[tuple[str, str], int] = {}
    for one in moved:
        for giver, taker, fen in _pairs(one):
            if giver == taker:
                continue
            if (taker, giver) in sums:
                sums[taker, giver] -= fen
            else:
                sums[giver, taker] = sums.get((giver, taker), 0) + fen
    return [
        _Flow(giver, taker, fen) if fen > 0 else _Flow(taker, giver, -fen)
        for (giver, taker), fen in sums.items()
        if fen
    ]


def _pairs(one: Moved) -> Iterator[tuple[str, str, int]]:
    """Who gives whom how much of a move: givers in order fill takers in order."""
    takers = [(taker.party, taker.amount_fen) for taker in one.takers]
    for giver in one.givers:
        left_fen = -giver.amount_fen
        while left_fen:
            taker, wanted_fen = takers.pop(0)
            fen = min(left_fen, wanted_fen)
            yield giver.party, taker, fen
            left_fen -= fen
            if wanted_fen > fen:
                takers.insert(0, (taker, wanted_fen - fen))


def _farmers(moved: Iterable[Moved]) -> frozenset[str]:
    sides = (side for one in moved for side in (*one.givers, *one.takers))
    return frozenset(side.party for side in sides if side.role == FARMER)


def _purses(parties: Iterable[str]) -> dict[str, int]:
    """What each party has where its money is kept. What others spend of it meanwhile the ledger refuses: come again."""
    return {
        party: ledger.balance(party=party, purpose=purpose_of(party)).available_fen
        for party in sorted(set(parties))
    }
