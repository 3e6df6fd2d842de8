"""Paying out: what a statement adds to a wallet goes to the bank, less what its party owes others (`dues`)."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from fieldcast.ledger.types import Draft
from fieldcast.settlement.banking import payment, payout
from fieldcast.settlement.dues import operations as dues
from fieldcast.settlement.models import Payout, Statement
from fieldcast.settlement.shares import is_paid_out


def pay_out(
    wanted: Sequence[tuple[Statement, int]], *, seller_id: int, now: datetime
) -> tuple[list[Payout], list[Draft]]:
    """Rows and transfers of payouts: of each statement so much at most. The caller moves the money, keeps the rows.

    What the platform and pools get stays; what they owe is kept of it all the same.
    """
    found = [(statement, fen) for statement, fen in wanted if fen > 0]
    if not found:
        return [], []
    by_party: dict[str, list[tuple[str, int]]] = {}
    for statement, fen in found:
        by_party.setdefault(statement.party, []).append((statement.number, fen))
    county_id = found[0][0].county_id
    kept, drafts, payouts = dues.pay_from(by_party, seller_id=seller_id, county_id=county_id, now=now)
    for statement, fen in found:
        left_fen = fen - kept.get(statement.number, 0)
        if left_fen and is_paid_out(statement.party):
            row = payout(
                county_id=county_id,
                statement=statement,
                party=statement.party,
                amount_fen=left_fen,
                client_id=f"payout:{statement.number}",
                now=now,
            )
            payouts.append(row)
            drafts.append(payment(row, reference=statement.number))
    return payouts, drafts


def keep(payouts: Iterable[Payout]) -> None:
    """Write the rows down."""
    Payout.objects.bulk_create(payouts)
