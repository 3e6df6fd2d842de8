"""What a chunk pays out: to the bank, less what is kept for what its parties owe."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from fieldcast.agreements.cover import operations as cover_operations
from fieldcast.agreements.cover import queries as cover
from fieldcast.agreements.cover.types import Take
from fieldcast.ledger import queries as ledger
from fieldcast.ledger.types import Draft
from fieldcast.settlement import payouts
from fieldcast.settlement.covering import Plan, pay_back
from fieldcast.settlement.early import operations as early
from fieldcast.settlement.keeping import kept_of_payouts
from fieldcast.settlement.models import Payout, Statement
from fieldcast.settlement.shares import is_paid_out, party_of


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


def pay_out(
    statements: Sequence[Statement], chosen: Plan, *, seller_id: int, now: datetime
) -> tuple[list[Payout], list[Draft]]:
    """Send what each statement adds to a wallet to the bank, less what is kept: of the cooperative's own for what it
    owes to others' sessions and funds, then of everybody's for what was paid early, penalties and bonds, then dues.
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
    before += early.give_back(chosen.settled, statements, lefts, seller_id=seller_id, now=now)
    kept = kept_of_payouts(statements, lefts, shared=chosen.settled, now=now)
    stays = {one.number: max(0, one.total_fen) for one in statements if not is_paid_out(one.party)}
    wanted = [
        (one, stays.get(one.number, lefts.get(one.number, 0)) - kept.fen.get(one.number, 0))
        for one in statements
    ]
    rows, drafts = payouts.pay_out(wanted, seller_id=seller_id, now=now)
    return rows, [*before, *kept.drafts, *drafts]


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
