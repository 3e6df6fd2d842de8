"""Writes of settlement: each seller's finished lines are settled, issued as statements, moved and paid out apart.

One seller's part is one transaction, so it is whole or not at all; a run that is killed leaves nothing behind and the
next one finds the same lines. A seller who is short, or whose lines cannot be worked out, is reported and stops nobody
else. Lock: the seller's cover (an advisory lock that offers and deposits take too), then funds, then order lines, then
the bonds of the run's agreements (advisory), then the ledger's accounts, all in one call.
"""

import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import DatabaseError, transaction

from fieldcast.agreements.calculation import Share
from fieldcast.agreements.cover import operations as cover_operations
from fieldcast.agreements.cover import queries as cover
from fieldcast.agreements.cover.types import Take
from fieldcast.kit.errors import Problem
from fieldcast.kit.ids import dated_number
from fieldcast.ledger import operations as ledger_operations
from fieldcast.ledger import queries as ledger
from fieldcast.ledger.types import Draft, Entry
from fieldcast.settlement import paying, told
from fieldcast.settlement.covering import Plan, pay_back, plan
from fieldcast.settlement.keeping import kept_of_payouts
from fieldcast.settlement.models import Payout, SettledLine, Statement, StatementLine
from fieldcast.settlement.shares import (
    COVERING,
    Shared,
    is_paid_out,
    net_fen_of,
    party_of,
    purpose_of,
    share_out,
)
from fieldcast.settlement.types import RunResult
from fieldcast.trade import operations as trade_operations
from fieldcast.trade import queries as trade
from fieldcast.trade.types import FinishedLine

log = logging.getLogger(__name__)
NOTHING = RunResult(orders=0, lines=0, statements=0, gross_fen=0, payout_fen=0)


def settle_due(*, now: datetime, limit: int = 5000) -> RunResult:
    """Settle finished order lines under the agreement version each was sold under, seller by seller.

    Issues one statement a party, role and session; moves the money from the seller's escrow to everyone's wallet; pays
    wallets out to the bank. A transaction settles up to `limit` lines of one seller; whoever has more comes again after
    everyone else had a turn. Lines that nobody covers wait. Running it again settles nothing twice.
    """
    result = NOTHING
    turns = [(county_id, seller_id, 0) for county_id, seller_id in trade.sellers_to_settle(county_id=None)]
    while turns:
        again = []
        for county_id, seller_id, after_id in turns:
            lines, done = _try(county_id, seller_id, after_id=after_id, limit=limit, now=now)
            result += done
            if len(lines) == limit:
                again.append((county_id, seller_id, lines[-1].order_line_id))
        turns = again
    return result


def _try(
    county_id: int, seller_id: int, *, after_id: int, limit: int, now: datetime
) -> tuple[tuple[FinishedLine, ...], RunResult]:
    """Settle some of one seller's lines, or report that it cannot be done; nothing of it is left half done."""
    lines: tuple[FinishedLine, ...] = ()
    try:
        with transaction.atomic():
            if not cover_operations.lock(cooperative_id=seller_id, wait=False):
                return lines, NOTHING  # another run, or an offer, is at it just now: in five seconds again
            settled = SettledLine.objects.values("order_line_id")
            lines = trade.finished_lines(settled=settled, seller_id=seller_id, after_id=after_id, limit=limit)
            return lines, _settle(county_id, seller_id, share_out(lines), now=now) if lines else NOTHING
    except (Problem, ArithmeticError, DatabaseError) as stopped:
        # A deadlock or a lost connection in one seller's part stops nobody else: the next one has its own transaction.
        log.warning("settlement of seller %s stopped: %s", seller_id, stopped)
        return lines, replace(NOTHING, short=(seller_id,))


def _settle(county_id: int, seller_id: int, shared: Sequence[Shared], *, now: datetime) -> RunResult:
    chosen = plan(shared=shared, cover=cover.cover_of(cooperative_id=seller_id))
    if not chosen.settled:
        return replace(NOTHING, waiting=len(chosen.waiting))
    run_key = f"{now:%Y%m%d%H%M%S}-{chosen.settled[0].line.order_line_id}"
    statements = _issue(chosen.settled, run_key=run_key, now=now)
    _close_lines(chosen.settled, run_key=run_key, now=now)
    drafts = _moves(chosen, seller_id=seller_id, run_key=run_key, now=now)
    payouts, payments = _pay_out(statements, chosen, seller_id=seller_id, now=now)
    ledger_operations.transfer_many(drafts=[*drafts, *payments], county_id=county_id, now=now)
    paying.keep(payouts)
    return RunResult(
        orders=len({one.line.order_id for one in chosen.settled}),
        lines=len(chosen.settled),
        statements=len(statements),
        gross_fen=net_fen_of(chosen.settled),
        payout_fen=sum(payout.amount_fen for payout in payouts),
        waiting=len(chosen.waiting),
        drawn_fen=chosen.drawn_fen,
    )


def _issue(shared: Iterable[Shared], *, run_key: str, now: datetime) -> list[Statement]:
    """One statement for each session, party and role, with a line for every share."""
    groups: dict[tuple[int, str, str], list[tuple[Shared, Share]]] = defaultdict(list)
    for one in shared:
        for share in one.shares:
            groups[one.line.session_id, share.party, share.role].append((one, share))
    statements = Statement.objects.bulk_create(
        [
            Statement(
                county_id=parts[0][0].line.county_id,
                number=dated_number("J", now),
                party=party,
                role=role,
                organisation_id=_organisation(party),
                session_id=session_id,
                run_key=run_key,
                total_fen=sum(share.amount_fen for _one, share in parts),
                issued_at=now,
            )
            for (session_id, party, role), parts in groups.items()
        ]
    )
    rows = [
        _statement_line(statement, one, share)
        for statement, parts in zip(statements, groups.values(), strict=True)
        for one, share in parts
    ]
    StatementLine.objects.bulk_create(rows, batch_size=2000)
    told.statements_issued(statements, now=now)
    return statements


def _statement_line(statement: Statement, one: Shared, share: Share) -> StatementLine:
    return StatementLine(
        statement=statement,
        order_line_id=one.line.order_line_id,
        agreement_version_id=one.version.id,
        clause=share.clause,
        kind=share.kind,
        formula=share.formula,
        inputs=dict(share.inputs),
        amount_fen=share.amount_fen,
    )


def _organisation(party: str) -> int | None:
    kind, _colon, number = party.partition(":")
    return int(number) if kind == "org" else None


def _close_lines(shared: Sequence[Shared], *, run_key: str, now: datetime) -> None:
    SettledLine.objects.bulk_create(
        [
            SettledLine(
                order_line_id=one.line.order_line_id, run_key=run_key, net_fen=one.net_fen, settled_at=now
            )
            for one in shared
        ],
        batch_size=2000,
    )
    trade_operations.note_settled(order_line_ids=[one.line.order_line_id for one in shared], now=now)


def _moves(chosen: Plan, *, seller_id: int, run_key: str, now: datetime) -> list[Draft]:
    """Empty the seller's escrow into the wallets of those who earned it: one transfer a session.

    The sums of the transfer are those of the shares, not of the statements, so that the check which compares the book
    with the statements compares two things. Sessions that leave the seller something come first, then what is
    drawn for it, then sessions it puts money into: so its wallet has that money when it is taken.
    """
    sums: dict[int, dict[tuple[str, str], int]] = defaultdict(lambda: defaultdict(int))
    for one in chosen.settled:
        for share in one.shares:
            sums[one.line.session_id][share.party, share.role] += share.amount_fen
    seller = party_of(seller_id)
    giving: list[Draft] = []
    taking: list[Draft] = []
    for session_id, parts in sums.items():
        entries = _entries(seller, parts)
        if not entries:
            continue
        client_id = f"settle:{run_key}:{session_id}:{seller}"
        draft = Draft(client_id=client_id, kind="settlement", entries=entries, reference=run_key)
        left_fen = sum(fen for (party, role), fen in parts.items() if party == seller and role in COVERING)
        (taking if left_fen < 0 else giving).append(draft)
    drawn = []
    if chosen.takes:
        client_id = f"draw:{run_key}:{seller}"
        drawn = [
            cover_operations.draw(cooperative_id=seller_id, takes=chosen.takes, client_id=client_id, now=now)
        ]
    return [*giving, *drawn, *taking]


def _entries(seller: str, parts: Mapping[tuple[str, str], int]) -> tuple[Entry, ...]:
    amounts: dict[tuple[str, str], int] = defaultdict(int)
    amounts[seller, "escrow"] -= sum(parts.values())
    for (party, _role), amount_fen in parts.items():
        amounts[party, purpose_of(party)] += amount_fen
    return tuple(Entry(party, purpose, fen) for (party, purpose), fen in sorted(amounts.items()) if fen)


@dataclass
class _Debts:
    """What is kept of a cooperative's earnings: for its other sessions of the run, then for what it owes."""

    kept_fen: int
    owed_fen: int
    to_funds: dict[int, int]

    def keep(self, amount_fen: int) -> tuple[int, tuple[Take, ...]]:
        """What is left of an amount to be paid out, and what of it is paid back."""
        kept_fen = min(self.kept_fen, amount_fen)
        back_fen = min(self.owed_fen, amount_fen - kept_fen)
        takes = pay_back(owed_fen=self.owed_fen, to_funds=self.to_funds, amount_fen=back_fen)
        self.kept_fen -= kept_fen
        self.owed_fen -= back_fen
        for one in takes:
            if one.fund_id is not None:
                self.to_funds[one.fund_id] -= one.amount_fen
        return amount_fen - kept_fen - back_fen, takes


def _pay_out(
    statements: Sequence[Statement], chosen: Plan, *, seller_id: int, now: datetime
) -> tuple[list[Payout], list[Draft]]:
    """Send what each statement adds to a wallet to the bank, less what is kept: of the cooperative's own for what it
    owes to others' sessions and funds, then of everybody's for penalties and bonds, then for dues.
    """
    seller = party_of(seller_id)
    debts = _debts(statements, seller_id=seller_id, drawn_fen=chosen.drawn_fen)
    before: list[Draft] = []
    lefts: dict[str, int] = {}
    for statement in statements:
        left_fen = statement.total_fen
        if left_fen <= 0 or not is_paid_out(statement.party):
            continue
        if statement.party == seller:
            left_fen, takes = debts.keep(left_fen)
            if takes:
                before.append(_repayment(statement, takes, seller_id=seller_id, now=now))
        lefts[statement.number] = left_fen
    kept = kept_of_payouts(statements, lefts, shared=chosen.settled, now=now)
    wanted = [(one, lefts.get(one.number, 0) - kept.fen.get(one.number, 0)) for one in statements]
    payouts, drafts = paying.pay_out(wanted, seller_id=seller_id, now=now)
    return payouts, [*before, *kept.drafts, *drafts]


def _debts(statements: Sequence[Statement], *, seller_id: int, drawn_fen: int) -> _Debts:
    seller = party_of(seller_id)
    taken_fen = sum(-one.total_fen for one in statements if one.party == seller and one.total_fen < 0)
    if drawn_fen:  # all it earned in this run went into it, so there is nothing to pay back from
        return _Debts(kept_fen=taken_fen - drawn_fen, owed_fen=0, to_funds={})
    return _Debts(
        kept_fen=taken_fen,
        owed_fen=max(0, -ledger.balance(party=seller, purpose="advance").balance_fen),
        to_funds=cover.owed_to_funds(cooperative_id=seller_id),
    )


def _repayment(statement: Statement, takes: Sequence[Take], *, seller_id: int, now: datetime) -> Draft:
    return cover_operations.repay(
        cooperative_id=seller_id,
        takes=takes,
        client_id=f"repay:{statement.number}",
        reference=statement.number,
        now=now,
    )
