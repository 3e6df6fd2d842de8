"""Money set aside: it stays on its account, and cannot be moved until it is released or taken."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from fieldcast.ledger.models import Hold
from fieldcast.ledger.operations import accounts
from fieldcast.ledger.operations.problems import ClientIdReused, HoldNotFound, HoldReleased, InsufficientFunds
from fieldcast.ledger.operations.transfers import applied, write
from fieldcast.ledger.types import Draft, Entry, HoldResult, TransferResult


def hold(
    *,
    client_id: str,
    party: str,
    purpose: str,
    amount_fen: int,
    county_id: int,
    reason: str = "",
    now: datetime,
) -> HoldResult:
    """Set `amount_fen` (above zero) aside on an account.

    The same `client_id` for the same account and amount returns the first hold, whatever became of it; for another it
    raises `ClientIdReused`. Raises `InsufficientFunds` when there is less to use.
    """
    if amount_fen <= 0:
        raise ValueError(f"{client_id}: a hold sets aside more than zero, not {amount_fen} fen")
    problem: ClientIdReused | InsufficientFunds | None = None
    row: Hold | None = None
    created = False
    with transaction.atomic(savepoint=False):
        account = accounts.lock(keys=[(party, purpose)], county_id=county_id)[party, purpose]
        row = Hold.objects.filter(client_id=client_id).first()
        if row is not None:
            if (row.account_id, row.amount_fen) != (account.id, amount_fen):
                problem = ClientIdReused(client_id=client_id)
        elif not account.may_go_negative and account.available_fen < amount_fen:
            problem = InsufficientFunds(
                party=party, purpose=purpose, available_fen=account.available_fen, wanted_fen=amount_fen
            )
        else:
            row, created = Hold.objects.get_or_create(
                client_id=client_id,
                defaults={
                    "account_id": account.id,
                    "amount_fen": amount_fen,
                    "reason": reason,
                    "created_at": now,
                },
            )
            if not created:  # taken, since we looked, by a hold on another account
                problem = ClientIdReused(client_id=client_id)
    if problem is not None or row is None:
        raise problem or ClientIdReused(client_id=client_id)
    return _result(row, repeated=not created)


def release_hold(*, client_id: str, now: datetime) -> HoldResult:
    """Give the money set aside back to its account. Releasing again changes nothing and returns `repeated`.

    Raises `HoldNotFound`.
    """
    row = _found(client_id)
    with transaction.atomic(savepoint=False):
        accounts.lock(keys=[(row.account.party, row.account.purpose)], county_id=row.account.county_id)
        released = Hold.objects.filter(id=row.id, released_at=None).update(released_at=now)
    row.refresh_from_db()
    return _result(row, repeated=not released)


def capture_hold(
    *,
    hold_client_id: str,
    client_id: str,
    kind: str,
    entries: Sequence[Entry],
    county_id: int,
    memo: str = "",
    reference: str = "",
    now: datetime,
) -> TransferResult:
    """Release a hold and move the money with it, in one step. What the transfer leaves of the hold is free again.

    The transfer takes money from the account of the hold (else `ValueError`). Asked again with the same `client_id` it
    returns the first transfer. Raises `HoldNotFound`, `HoldReleased`, and as `transfer` does.
    """
    draft = Draft(client_id=client_id, kind=kind, entries=tuple(entries), memo=memo, reference=reference)
    accounts.check_draft(draft)
    row = _found(hold_client_id)
    key = (row.account.party, row.account.purpose)
    if accounts.net(draft.entries).get(key, 0) >= 0:
        raise ValueError(f"{client_id} takes nothing from {row.account}, on which {hold_client_id} is held")
    problem: HoldReleased | InsufficientFunds | None = None
    done = applied([draft]).get(client_id)
    if done is not None:
        return done
    with transaction.atomic(savepoint=False):
        locks = accounts.lock(keys=accounts.net(draft.entries), county_id=county_id)
        row.refresh_from_db()
        if row.released_at is not None:
            problem = HoldReleased(client_id=hold_client_id)
        else:
            locks[key].available_fen += row.amount_fen
            problem = accounts.shortage(locks=locks, entries=draft.entries)
        if problem is None:
            # Released first, because the account may hold no more than it has left after the transfer.
            Hold.objects.filter(id=row.id).update(released_at=now)
            done = write(draft=draft, locks=locks, now=now)
            if done is None:
                raise ClientIdReused(client_id=client_id)  # taken since we looked; this undoes the release
            Hold.objects.filter(id=row.id).update(captured_by=done.id)
    done = done or applied([draft]).get(client_id)
    if done is None:
        raise problem or HoldReleased(client_id=hold_client_id)
    return done


def _found(client_id: str) -> Hold:
    row = Hold.objects.select_related("account").filter(client_id=client_id).first()
    if row is None:
        raise HoldNotFound(client_id=client_id)
    return row


def _result(row: Hold, *, repeated: bool) -> HoldResult:
    return HoldResult(
        id=row.id,
        client_id=row.client_id,
        amount_fen=row.amount_fen,
        created_at=row.created_at,
        released_at=row.released_at,
        repeated=repeated,
    )
