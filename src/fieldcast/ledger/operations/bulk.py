"""Many transfers in one go, for settlement and for demonstration data: the same guarantees, five statements in all.

The transfers are applied in the order given. Money is checked at every step of that order, so that no account dips
below zero between two of them; either all are written or none.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction

from fieldcast.ledger.operations import accounts
from fieldcast.ledger.operations.problems import ClientIdReused, InsufficientFunds
from fieldcast.ledger.operations.transfers import applied, same
from fieldcast.ledger.types import Draft, TransferResult

_TRANSFERS = """
INSERT INTO ledger_transfer (client_id, kind, memo, reference, created_at)
SELECT client_id, kind, memo, reference, %(now)s
FROM unnest(%(client_ids)s::text[], %(kinds)s::text[], %(memos)s::text[], %(references)s::text[])
  WITH ORDINALITY AS w (client_id, kind, memo, reference, place)
ORDER BY place
ON CONFLICT (client_id) DO NOTHING RETURNING client_id, id
"""
_POSTINGS = """
INSERT INTO ledger_posting (transfer_id, account_id, amount_fen)
SELECT transfer_id, account_id, amount_fen
FROM unnest(%(transfers)s::bigint[], %(accounts)s::bigint[], %(amounts)s::bigint[])
  WITH ORDINALITY AS w (transfer_id, account_id, amount_fen, place)
ORDER BY place
"""


def transfer_many(*, drafts: Sequence[Draft], county_id: int, now: datetime) -> tuple[TransferResult, ...]:
    """Apply the drafts in their order, all or none; the results come in the same order.

    A draft whose client id is in the book, or earlier in the list, moves nothing and its result is `repeated`. Raises
    as `transfer` does.
    """
    first = _once(drafts)
    if not first:
        return ()
    problem: ClientIdReused | InsufficientFunds | None = None
    with transaction.atomic(savepoint=False):
        keys = {(entry.party, entry.purpose) for draft in first.values() for entry in draft.entries}
        locks = accounts.lock(keys=keys, county_id=county_id)
        try:
            done = applied(list(first.values()))
            new = [draft for client_id, draft in first.items() if client_id not in done]
            _spend(locks, new)
        except (ClientIdReused, InsufficientFunds) as refused:
            # Nothing is written yet: raised outside this block, it leaves the caller's transaction usable.
            problem = refused
        else:
            done |= _write(new, locks, now)
    if problem:
        raise problem
    return _in_order(drafts, done)


def _once(drafts: Sequence[Draft]) -> dict[str, Draft]:
    """Each client id's draft. Raises `ClientIdReused` when two drafts of one list differ under one id."""
    first: dict[str, Draft] = {}
    for draft in drafts:
        accounts.check_draft(draft)
        earlier = first.setdefault(draft.client_id, draft)
        if earlier is not draft and not same(earlier.entries, draft.entries):
            raise ClientIdReused(client_id=draft.client_id)
    return first


def _spend(locks: accounts.Locks, drafts: Sequence[Draft]) -> None:
    for draft in drafts:
        problem = accounts.shortage(locks=locks, entries=draft.entries)
        if problem:
            raise problem
        for entry in draft.entries:
            locks[entry.party, entry.purpose].available_fen += entry.amount_fen


def _write(drafts: Sequence[Draft], locks: accounts.Locks, now: datetime) -> dict[str, TransferResult]:
    if not drafts:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            _TRANSFERS,
            {
                "now": now,
                "client_ids": [draft.client_id for draft in drafts],
                "kinds": [draft.kind for draft in drafts],
                "memos": [draft.memo for draft in drafts],
                "references": [draft.reference for draft in drafts],
            },
        )
        ids: dict[str, int] = dict(cursor.fetchall())
        for draft in drafts:
            if draft.client_id not in ids:  # taken, since we looked, by a transfer between other accounts
                raise ClientIdReused(client_id=draft.client_id)
        sides = [(ids[draft.client_id], entry) for draft in drafts for entry in draft.entries]
        cursor.execute(
            _POSTINGS,
            {
                "transfers": [transfer_id for transfer_id, _ in sides],
                "accounts": [locks[entry.party, entry.purpose].id for _, entry in sides],
                "amounts": [entry.amount_fen for _, entry in sides],
            },
        )
    return {
        client_id: TransferResult(id=id_, client_id=client_id, created_at=now, repeated=False)
        for client_id, id_ in ids.items()
    }


def _in_order(drafts: Sequence[Draft], done: dict[str, TransferResult]) -> tuple[TransferResult, ...]:
    results = []
    for draft in drafts:
        result = done[draft.client_id]
        results.append(result)
        if not result.repeated:  # a second draft with this id, later in the list, repeats this one
            done[draft.client_id] = TransferResult(
                result.id, result.client_id, result.created_at, repeated=True
            )
    return tuple(results)
