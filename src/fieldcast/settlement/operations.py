"""Writes of settlement: one run settles finished lines, issues statements, moves the money and pays it out.

A run is one transaction of one county, so it is whole or not at all; a run that is killed leaves nothing behind and the
next one finds the same lines. Lock: one settlement at a time (an advisory lock of the transaction), then the ledger's
accounts, all in one call.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from fieldcast.agreements import queries as agreements
from fieldcast.agreements.calculation import LineFacts, Parties, Share, shares_of
from fieldcast.agreements.types import VersionView
from fieldcast.kit.ids import dated_number
from fieldcast.ledger import operations as ledger
from fieldcast.ledger import queries as book
from fieldcast.ledger.types import Draft, Entry
from fieldcast.settlement.models import Payout, SettledLine, Statement, StatementLine
from fieldcast.settlement.types import PayoutState, RunResult
from fieldcast.trade import queries as sales
from fieldcast.trade.types import FinishedLine

PLATFORM = "platform"
BANK = "outside:bank"
NOTHING = RunResult(orders=0, lines=0, statements=0, gross_fen=0, payout_fen=0)


@dataclass(frozen=True)
class _Shared:
    """A line with the version it was sold under and everyone's share of it."""

    line: FinishedLine
    version: VersionView
    shares: tuple[Share, ...]


def settle_due(*, now: datetime, limit: int = 5000) -> RunResult:
    """Settle up to `limit` finished order lines under the agreement version each was sold under.

    Issues one statement a party, role and session; moves the money from the sellers' escrow to everyone's wallet; pays
    wallets out to the bank. Running it again settles nothing twice; with several counties, each run takes one.
    """
    with transaction.atomic():
        _one_run_at_a_time()
        lines = _due(limit)
        if not lines:
            return NOTHING
        shared = _share(lines)
        run_key = f"{now:%Y%m%d%H%M%S}-{lines[0].order_line_id}"
        statements = _issue(shared, run_key=run_key, now=now)
        _close_lines(shared, run_key=run_key, now=now)
        payouts, payments = _pay_out(statements, now=now)
        drafts = [*_moves(shared, run_key=run_key), *payments]
        ledger.transfer_many(drafts=drafts, county_id=lines[0].county_id, now=now)
        Payout.objects.bulk_create(payouts)
    return RunResult(
        orders=len({line.order_id for line in lines}),
        lines=len(lines),
        statements=len(statements),
        gross_fen=sum(_net(one) for one in shared),
        payout_fen=sum(payout.amount_fen for payout in payouts),
    )


def _one_run_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('fieldcast.settlement'))")


def _due(limit: int) -> list[FinishedLine]:
    found = sales.finished_lines(settled=SettledLine.objects.values("order_line_id"), limit=limit)
    return [line for line in found if line.county_id == found[0].county_id]


def _share(lines: Sequence[FinishedLine]) -> list[_Shared]:
    versions = agreements.versions(ids={line.agreement_version_id for line in lines})
    return [_share_one(line, versions[line.agreement_version_id]) for line in lines]


def _share_one(line: FinishedLine, version: VersionView) -> _Shared:
    facts = LineFacts(
        order_line_id=line.order_line_id,
        product_code=line.product_code,
        packs=line.packs,
        units_per_pack=line.pack_units,
        price_fen=line.price_fen,
        refunded_fen=line.refunded_fen,
        parties=Parties(
            farmer=_party(line.farmer_id),
            cooperative=_party(line.seller_id),
            host=_party(version.host_id),
            carrier=_party(line.carrier_id),
            platform=PLATFORM,
        ),
    )
    return _Shared(line=line, version=version, shares=shares_of(line=facts, terms=version.terms))


def _party(organisation_id: int) -> str:
    return f"org:{organisation_id}"


def _net(shared: _Shared) -> int:
    return sum(share.amount_fen for share in shared.shares)


def _issue(shared: Iterable[_Shared], *, run_key: str, now: datetime) -> list[Statement]:
    """One statement for each session, party and role, with a line for every share."""
    groups: dict[tuple[int, str, str], list[tuple[_Shared, Share]]] = defaultdict(list)
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
    return statements


def _statement_line(statement: Statement, one: _Shared, share: Share) -> StatementLine:
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


def _moves(shared: Sequence[_Shared], *, run_key: str) -> list[Draft]:
    """Empty each seller's escrow into the wallets of those who earned it: one transfer a session and seller.

    The sums of the transfer are those of the shares, not of the statements, so that the check which compares the book
    with the statements compares two things.
    """
    sums: dict[tuple[int, str], dict[tuple[str, str], int]] = defaultdict(lambda: defaultdict(int))
    for one in shared:
        for share in one.shares:
            sums[one.line.session_id, _party(one.line.seller_id)][share.party, share.role] += share.amount_fen
    drafts = (
        Draft(
            client_id=f"settle:{run_key}:{session_id}:{seller}",
            kind="settlement",
            entries=_entries(seller, parts),
            reference=run_key,
        )
        for (session_id, seller), parts in sums.items()
    )
    return [draft for draft in drafts if draft.entries]


def _entries(seller: str, parts: Mapping[tuple[str, str], int]) -> tuple[Entry, ...]:
    amounts: dict[tuple[str, str], int] = defaultdict(int)
    amounts[seller, "escrow"] -= sum(parts.values())
    for (party, _role), amount_fen in parts.items():
        if party == PLATFORM:
            amounts[party, "commission"] += amount_fen
        elif amount_fen < 0:  # the cooperative covers a guarantee: it owes what its wallet may not hold
            amounts[party, "advance"] += amount_fen
        else:
            amounts[party, "wallet"] += amount_fen
    return tuple(Entry(party, purpose, fen) for (party, purpose), fen in sorted(amounts.items()) if fen)


def _close_lines(shared: Sequence[_Shared], *, run_key: str, now: datetime) -> None:
    SettledLine.objects.bulk_create(
        [
            SettledLine(
                order_line_id=one.line.order_line_id, run_key=run_key, net_fen=_net(one), settled_at=now
            )
            for one in shared
        ],
        batch_size=2000,
    )


def _pay_out(statements: Sequence[Statement], *, now: datetime) -> tuple[list[Payout], list[Draft]]:
    """Send what each statement adds to a wallet to the bank, less what its party still owes."""
    drafts: list[Draft] = []
    payouts: list[Payout] = []
    owed = {party: _owed(party) for party in {one.party for one in statements}}
    for statement in statements:
        if statement.party == PLATFORM or statement.total_fen <= 0:
            continue
        back = min(owed[statement.party], statement.total_fen)
        owed[statement.party] -= back
        drafts += _repayment(statement, back)
        if amount_fen := statement.total_fen - back:
            payout = _payout(statement, amount_fen, now)
            payouts.append(payout)
            drafts.append(_payment(payout, statement))
    return payouts, drafts


def _owed(party: str) -> int:
    return max(0, -book.balance(party=party, purpose="advance").balance_fen)


def _repayment(statement: Statement, amount_fen: int) -> list[Draft]:
    if not amount_fen:
        return []
    entries = (Entry(statement.party, "wallet", -amount_fen), Entry(statement.party, "advance", amount_fen))
    return [
        Draft(
            client_id=f"repay:{statement.number}",
            kind="repayment",
            entries=entries,
            reference=statement.number,
        )
    ]


def _payout(statement: Statement, amount_fen: int, now: datetime) -> Payout:
    return Payout(
        county_id=statement.county_id,
        statement=statement,
        party=statement.party,
        amount_fen=amount_fen,
        transfer_client_id=f"payout:{statement.number}",
        state=PayoutState.SENT.value,
        sent_at=now,
    )


def _payment(payout: Payout, statement: Statement) -> Draft:
    entries = (Entry(payout.party, "wallet", -payout.amount_fen), Entry(BANK, "world", payout.amount_fen))
    return Draft(
        client_id=payout.transfer_client_id, kind="payout", entries=entries, reference=statement.number
    )
