"""One transfer: two statements when its accounts exist, whatever else the caller's transaction does.

The accounts are locked first and the money is checked after the lock, so nothing is written that must be undone: a
caller who catches the problem may go on with its transaction.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from fieldcast.ledger.operations import accounts
from fieldcast.ledger.operations.problems import ClientIdReused
from fieldcast.ledger.types import Draft, Entry, TransferResult

_WRITE = """
WITH moved AS (
  INSERT INTO ledger_transfer (client_id, kind, memo, reference, created_at)
  VALUES (%(client_id)s, %(kind)s, %(memo)s, %(reference)s, %(now)s)
  ON CONFLICT (client_id) DO NOTHING RETURNING id
), posted AS (
  INSERT INTO ledger_posting (transfer_id, account_id, amount_fen)
  SELECT moved.id, p.account_id, p.amount_fen
  FROM moved, unnest(%(accounts)s::bigint[], %(amounts)s::bigint[]) AS p (account_id, amount_fen)
)
SELECT id FROM moved
"""
_APPLIED = """
SELECT t.client_id, t.id, t.created_at, a.party, a.purpose, p.amount_fen
FROM ledger_transfer t
JOIN ledger_posting p ON p.transfer_id = t.id
JOIN ledger_account a ON a.id = p.account_id
WHERE t.client_id = ANY (%(client_ids)s)
"""


def transfer(
    *,
    client_id: str,
    kind: str,
    entries: Sequence[Entry],
    county_id: int,
    memo: str = "",
    reference: str = "",
    now: datetime,
) -> TransferResult:
    """Move money between accounts, making those that do not exist yet. The entries sum to zero.

    The same `client_id` with the same entries moves nothing more and returns the first transfer; with other entries it
    raises `ClientIdReused`. Raises `InsufficientFunds` when an account that must not go below zero would, and
    `ValueError` for entries that are no transfer.
    """
    draft = Draft(client_id=client_id, kind=kind, entries=tuple(entries), memo=memo, reference=reference)
    accounts.check_draft(draft)
    with transaction.atomic(savepoint=False):
        locks = accounts.lock(keys=accounts.net(draft.entries), county_id=county_id)
        problem = accounts.shortage(locks=locks, entries=draft.entries)
        done = None if problem else write(draft=draft, locks=locks, now=now)
    # Raised outside the block above, so that a caller who expects it keeps its own transaction.
    done = done or applied([draft]).get(client_id)
    if done is None:
        raise problem or ClientIdReused(client_id=client_id)
    return done


def write(*, draft: Draft, locks: accounts.Locks, now: datetime) -> TransferResult | None:
    """Write a checked draft on locked accounts. None when its client id is in the book already."""
    parameters: dict[str, Any] = {
        "client_id": draft.client_id,
        "kind": draft.kind,
        "memo": draft.memo,
        "reference": draft.reference,
        "now": now,
        "accounts": [locks[entry.party, entry.purpose].id for entry in draft.entries],
        "amounts": [entry.amount_fen for entry in draft.entries],
    }
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, parameters)
        row = cursor.fetchone()
    return (
        TransferResult(id=row[0], client_id=draft.client_id, created_at=now, repeated=False) if row else None
    )


def applied(drafts: Sequence[Draft]) -> dict[str, TransferResult]:
    """Those of the drafts that are in the book already, by client id.

    Raises `ClientIdReused` when one of them moved other money than its draft.
    """
    results: dict[str, TransferResult] = {}
    sides: dict[str, list[Entry]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_APPLIED, {"client_ids": [draft.client_id for draft in drafts]})
        for client_id, id_, created_at, party, purpose, amount_fen in cursor.fetchall():
            results[client_id] = TransferResult(
                id=id_, client_id=client_id, created_at=created_at, repeated=True
            )
            sides.setdefault(client_id, []).append(Entry(party, purpose, amount_fen))
    for draft in drafts:
        if draft.client_id in sides and not same(draft.entries, sides[draft.client_id]):
            raise ClientIdReused(client_id=draft.client_id)
    return results


def same(one: Sequence[Entry], other: Sequence[Entry]) -> bool:
    """Whether two lists of entries are the same postings; their order does not matter."""
    return Counter(one) == Counter(other)
