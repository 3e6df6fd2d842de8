"""Writes of dues: what is owed is written down, and paid from the debtor's payouts.

Both give transfers that the caller applies in its own order and in its own transaction. A party's dues are locked while
some of them are paid: two runs that pay out to one party at once do not pay a due twice. Lock: the
seller's cover before, the ledger's accounts after.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from django.db import connection

from fieldcast.ledger.types import Draft, Entry
from fieldcast.settlement.banking import payment, payout
from fieldcast.settlement.dues import queries
from fieldcast.settlement.dues.keeping import keep
from fieldcast.settlement.dues.types import Cause, DueView, Kept, Owed
from fieldcast.settlement.models import Due, DuePart, Payout
from fieldcast.settlement.shares import is_paid_out, purpose_of


def write_down(
    owed: Iterable[Owed],
    *,
    county_id: int,
    seller_id: int,
    cause: Cause,
    reference: str,
    client_id: str,
    now: datetime,
) -> tuple[Entry, ...]:
    """Write down what is owed, and give the sides of the transfer `client_id` that say so in the book."""
    rows = [
        Due(
            county_id=county_id,
            seller_id=seller_id,
            debtor=one.debtor,
            creditor=one.creditor,
            amount_fen=one.amount_fen,
            cause=cause.value,
            reference=reference,
            most_bp=one.most_bp,
            order_line_id=one.order_line_id,
            transfer_client_id=client_id,
            at=now,
        )
        for one in owed
    ]
    Due.objects.bulk_create(rows)
    sides: dict[tuple[str, str], int] = defaultdict(int)
    for row in rows:
        sides[row.debtor, "debt"] -= row.amount_fen
        sides[row.creditor, "credit"] += row.amount_fen
    return tuple(Entry(party, purpose, fen) for (party, purpose), fen in sorted(sides.items()))


def pay_from(
    payouts: Mapping[str, Sequence[tuple[str, int]]], *, seller_id: int, county_id: int, now: datetime
) -> tuple[dict[str, int], list[Draft], list[Payout]]:
    """Keep of payouts what their parties owe: by party, (reference, fen) of each payout in order.

    Gives what is kept by reference, the transfers that bring it to the creditors and on to their banks, and the rows of
    those payouts; `seller_id` is whose sales the money comes from. Where nobody owes anything it costs one statement.
    """
    owing = queries.open_of_debtors(parties=payouts)
    if not owing:
        return {}, [], []
    # what was read without a lock may be paid by another run meanwhile: read again, locked
    _lock(owing)
    owing = queries.open_of_debtors(parties=owing)
    kept: dict[str, int] = {}
    drafts: list[Draft] = []
    parts: list[DuePart] = []
    paid: list[Payout] = []
    for party, theirs in payouts.items():
        left = {due.id: due for due in owing.get(party, ())}
        for reference, amount_fen in theirs:
            found = keep(amount_fen, tuple(left.values()))
            if not found.amount_fen:
                continue
            kept[reference] = found.amount_fen
            client_id = f"due:{reference}"
            drafts.append(moved(party, found, client_id, reference))
            for due, fen in found.parts:
                parts.append(
                    DuePart(
                        due_id=due.id,
                        amount_fen=fen,
                        seller_id=seller_id,
                        transfer_client_id=client_id,
                        at=now,
                    )
                )
                if is_paid_out(due.creditor):  # the platform's, a pool's and a fund's stay
                    row = payout(
                        county_id=county_id,
                        seller_id=seller_id,
                        party=due.creditor,
                        amount_fen=fen,
                        client_id=f"payout:due:{due.id}:{reference}",
                        now=now,
                    )
                    paid.append(row)
                    drafts.append(payment(row, reference=reference))
            left = _less(left, found)
    DuePart.objects.bulk_create(parts)
    return kept, drafts, paid


def _lock(parties: Iterable[str]) -> None:
    """Take the dues of parties until the transaction ends, in the order of their names.

    An advisory lock, because the platform's user may not lock rows that it may never change.
    """
    with connection.cursor() as cursor:
        for party in sorted(parties):
            name = f"fieldcast.dues:{party}"
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])


def moved(debtor: str, found: Kept, client_id: str, reference: str) -> Draft:
    """The transfer that brings what was kept of a payout to those it is owed to."""
    sides: dict[tuple[str, str], int] = defaultdict(int)
    for due, fen in found.parts:
        sides[debtor, purpose_of(debtor)] -= fen
        sides[debtor, "debt"] += fen
        sides[due.creditor, "credit"] -= fen
        sides[due.creditor, purpose_of(due.creditor)] += fen
    entries = tuple(Entry(party, purpose, fen) for (party, purpose), fen in sorted(sides.items()) if fen)
    return Draft(client_id=client_id, kind="due", entries=entries, reference=reference)


def _less(left: Mapping[int, DueView], found: Kept) -> dict[int, DueView]:
    paid = {due.id: fen for due, fen in found.parts}
    after = {
        number: replace(due, left_fen=due.left_fen - paid.get(number, 0)) for number, due in left.items()
    }
    return {number: due for number, due in after.items() if due.left_fen > 0}
