"""Writes of corrections: a refund after settlement is one transaction, from the fund's money to the buyer's refund.

Lock: the seller's cover, then the county's funds in id order, then the order with its offers, then the ledger's
accounts.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.access import require
from fieldcast.accounts.types import SignedIn
from fieldcast.agreements.calculation import Share
from fieldcast.agreements.cover import operations as cover_operations
from fieldcast.agreements.cover import queries as cover
from fieldcast.agreements.cover.types import Take
from fieldcast.agreements.types import VersionView
from fieldcast.kit.errors import NotFound
from fieldcast.kit.ids import dated_number
from fieldcast.kit.said import must_say
from fieldcast.ledger import operations as ledger_operations
from fieldcast.ledger.types import Draft, Entry
from fieldcast.settlement import payouts, told
from fieldcast.settlement.advancing import advance, has_of_its_own
from fieldcast.settlement.corrections.problems import NobodyBears, NotSettledYet
from fieldcast.settlement.corrections.working import borne, changes
from fieldcast.settlement.dues.bounds import household_bp
from fieldcast.settlement.funds import floors as funds
from fieldcast.settlement.models import Correction, SettledLine, Statement, StatementLine
from fieldcast.settlement.shares import (
    bearer_of,
    clause_shares,
    party_of,
    purpose_of,
    versions_of,
)
from fieldcast.settlement.statements import Item, issue
from fieldcast.trade import operations as trade_operations
from fieldcast.trade import queries as trade
from fieldcast.trade.types import FinishedLine, RefundView


@dataclass(frozen=True)
class _Found:
    """A line, what changes of it, and the version it was sold under."""

    line: FinishedLine
    version: VersionView
    changes: tuple[Share, ...]


@transaction.atomic
def refund_settled(
    *,
    by: SignedIn,
    amounts: Mapping[int, int],
    why: str,
    now: datetime,
    borne_by: str = "",
    approved: bool = False,
) -> RefundView:
    """Give money of an order's settled lines back to its buyer: fen by order line. The county decides it.

    `borne_by`: the role of the sale that bears the loss alone; without one it follows the clauses. `approved`: a person
    has decided that a fund may go below its floor for it. Raises `NotFound` for strangers, `NotSettledYet`,
    `NobodyBears`, `FundEmpty`, `BelowFloor`, `SaysNothing`, and as `trade.give_of_settled` does.
    """
    plain = must_say(why, field="why")[:200]
    first = _lines(amounts)[0]
    require(by, "agreements.keep_cover", accounts.county(county_id=first.county_id))
    cover_operations.lock(cooperative_id=first.seller_id)
    lines = _lines(amounts)  # what went back of them meanwhile is seen only now
    if SettledLine.objects.filter(order_line_id__in=amounts).count() != len(amounts):
        raise NotSettledYet
    run_key = dated_number("C", now)
    found = [_found(line, version, amounts, borne_by, run_key) for line, version in _with_versions(lines)]
    statements = issue(
        [Item(share, one.version.id, one.line.order_line_id) for one in found for share in one.changes],
        county_id=first.county_id,
        session_id=first.session_id,
        run_key=run_key,
        now=now,
    )
    _move(found, statements, run_key=run_key, now=now, approved=approved)
    refund = trade_operations.give_of_settled(
        order_id=first.order_id, amounts=amounts, by_id=by.pk, reason=plain, now=now
    )
    Correction.objects.bulk_create(
        Correction(
            order_line_id=line_id,
            refund_reference=refund.reference,
            run_key=run_key,
            amount_fen=fen,
            borne_by=borne_by,
            why=plain,
            by_id=by.pk,
            at=now,
        )
        for line_id, fen in sorted(amounts.items())
    )
    told.statements_issued(statements, now=now)
    return refund


def _lines(amounts: Mapping[int, int]) -> tuple[FinishedLine, ...]:
    """The lines, all of one order. Raises `NotFound`."""
    lines = trade.finished_lines_by_ids(order_line_ids=amounts)
    if len({line.order_id for line in lines}) != 1 or len(lines) != len(amounts):
        raise NotFound("order")
    return lines


def _with_versions(lines: Sequence[FinishedLine]) -> list[tuple[FinishedLine, VersionView]]:
    versions = versions_of(lines)
    return [(line, versions[line.agreement_version_id]) for line in lines]


def _found(
    line: FinishedLine, version: VersionView, amounts: Mapping[int, int], borne_by: str, decision: str
) -> _Found:
    """Raises `NobodyBears`, and `AmountTooLarge` before anything is worked out of an impossible line."""
    trade.check_left(line, amounts[line.order_line_id])
    after = replace(line, refunded_fen=line.refunded_fen + amounts[line.order_line_id])
    found = changes(_kept_shares(line.order_line_id), clause_shares(after, version))
    if borne_by:
        bearer = bearer_of(borne_by, line, version)
        if bearer is None:
            raise NobodyBears(role=borne_by)
        found += borne(found, bearer=bearer, decision=decision)
    return _Found(line, version, tuple(found))


def _kept_shares(order_line_id: int) -> list[Share]:
    rows = StatementLine.objects.filter(order_line_id=order_line_id).select_related("statement")
    return [
        Share(
            party=row.statement.party,
            role=row.statement.role,
            clause=row.clause,
            kind=row.kind,
            formula=row.formula,
            inputs=row.inputs,
            amount_fen=row.amount_fen,
        )
        for row in rows.order_by("id")
    ]


def _move(
    found: Sequence[_Found],
    statements: Sequence[Statement],
    *,
    run_key: str,
    now: datetime,
    approved: bool,
) -> None:
    """What was paid out too much comes from a fund, which is owed it; then the escrow has what goes back."""
    line, seller = found[0].line, party_of(found[0].line.seller_id)
    totals: dict[str, int] = defaultdict(int)
    for statement in statements:
        totals[statement.party] += statement.total_fen
    sides = [(party, purpose_of(party), fen) for party, fen in sorted(totals.items()) if fen]
    sides.append((seller, "escrow", -sum(totals.values())))
    moved = Draft(
        client_id=f"settle:{run_key}:{line.session_id}:{seller}",
        kind="settlement",
        entries=tuple(Entry(*side) for side in sides if side[2]),
        reference=run_key,
    )
    advanced = _advance(found, totals, run_key=run_key, now=now, approved=approved)
    wanted = [(one, max(0, one.total_fen)) for one in statements if totals[one.party] > 0]
    rows, payments = payouts.pay_out(wanted, seller_id=line.seller_id, now=now)
    payouts.keep(rows)
    ledger_operations.transfer_many(drafts=[*advanced, moved, *payments], county_id=line.county_id, now=now)


def _advance(
    found: Sequence[_Found], totals: Mapping[str, int], *, run_key: str, now: datetime, approved: bool
) -> list[Draft]:
    """What the losers lack, from a fund that has it free. Raises `FundEmpty`, `BelowFloor`."""
    line = found[0].line
    lacks = {party: -fen - has_of_its_own(party) for party, fen in totals.items() if fen < 0}
    lacks = {party: fen for party, fen in sorted(lacks.items()) if fen > 0}
    drafts = _of_deposit(line.seller_id, lacks, run_key=run_key, now=now)
    need_fen = sum(lacks.values())
    if not need_fen:
        return drafts
    fund_id = funds.lock_fund(county_id=line.county_id, amount_fen=need_fen, approved=approved)
    farmers = {change.party for one in found for change in one.changes if change.role == "farmer"}
    return drafts + advance(
        lacks,
        fund_id=fund_id,
        households=farmers,
        household_bp=min(household_bp(one.version) for one in found),
        county_id=line.county_id,
        seller_id=line.seller_id,
        run_key=run_key,
        now=now,
    )


def _of_deposit(seller_id: int, lacks: dict[str, int], *, run_key: str, now: datetime) -> list[Draft]:
    """What the seller lacks comes from its own deposit first, as far as nothing is pledged with it; `lacks` shrinks."""
    seller = party_of(seller_id)
    behind = cover.cover_of(cooperative_id=seller_id)
    free_fen = trade.pledges_of(cooperative_ids=[seller_id])[seller_id].free_deposit_fen(behind)
    fen = min(lacks.get(seller, 0), free_fen)
    if fen <= 0:
        return []
    lacks[seller] -= fen
    if not lacks[seller]:
        del lacks[seller]
    client_id = f"draw:{run_key}:{seller}"
    takes = [Take(fund_id=None, amount_fen=fen)]
    return [cover_operations.draw(cooperative_id=seller_id, takes=takes, client_id=client_id, now=now)]
