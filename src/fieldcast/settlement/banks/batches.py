"""Batches: payouts that go to the bank together, each once, to the account that its party has named by then."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Count, Q

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.access import require
from fieldcast.accounts.types import SignedIn
from fieldcast.kit.errors import NotFound
from fieldcast.kit.ids import dated_number
from fieldcast.settlement import seals
from fieldcast.settlement.banks.problems import NothingToSend
from fieldcast.settlement.banks.types import BatchView, Instruction, OrderedView, Way
from fieldcast.settlement.models import BankAccount, Payout, PayoutBatch, PayoutOrder, PayoutResult
from fieldcast.settlement.shares import organisation_of, party_of
from fieldcast.settlement.types import PayoutState

MOST: Final = 2000  # payouts in a batch: what a bank's corporate upload takes


@transaction.atomic
def make_batch(
    *, by: SignedIn | None, county_id: int, now: datetime, way: Way = Way.FILE, limit: int = MOST
) -> BatchView:
    """Put the payouts that wait and have an account into a batch, the oldest first, up to `limit`.

    Two at once share them out between themselves: none is in both. An account from which money came back is left out.
    Raises `NotFound` for strangers, `NothingToSend`.
    """
    if by is not None:
        require(by, "settlement.send_payouts", accounts.county(county_id=county_id))
    waiting = Payout.objects.filter(county_id=county_id, state=PayoutState.SENT.value, ordered=None)
    # those without an account wait for years, and would fill the batch before the others had their turn
    usable = _usable({organisation_of(one) for one in waiting.values_list("party", flat=True).distinct()})
    waiting = waiting.filter(party__in=[party_of(one) for one in usable])
    rows = list(
        waiting.select_for_update(no_key=True, of=("self",), skip_locked=True).order_by("id")[: limit * 2]
    )
    # looked at again under the lock: one that another batch took meanwhile is in it by now
    taken = set(PayoutOrder.objects.filter(payout__in=rows).values_list("payout_id", flat=True))
    # and so are the accounts: one from which money came back meanwhile, or a newer one
    usable = _usable({organisation_of(row.party) for row in rows})
    chosen = [
        (row, usable[one])
        for row in rows
        if row.pk not in taken and (one := organisation_of(row.party)) in usable
    ][:limit]
    if not chosen:
        raise NothingToSend
    batch = PayoutBatch.objects.create(
        county_id=county_id,
        number=dated_number("B", now),
        way=way.value,
        payouts=len(chosen),
        total_fen=sum(row.amount_fen for row, _account in chosen),
        by_id=by.pk if by else None,
        at=now,
    )
    PayoutOrder.objects.bulk_create(
        PayoutOrder(batch=batch, payout=row, account_id=account_id, place=place)
        for place, (row, account_id) in enumerate(chosen, 1)
    )
    return batch_view(batch_id=batch.pk)


def batch_view(*, batch_id: int) -> BatchView:
    """A batch. Raises `NotFound`."""
    found = _views(PayoutBatch.objects.filter(id=batch_id))
    if not found:
        raise NotFound("batch")
    return found[0]


def batches(*, county_id: int, limit: int = 20) -> tuple[BatchView, ...]:
    """A county's newest batches."""
    return _views(PayoutBatch.objects.filter(county_id=county_id).order_by("-id")[:limit])


def instructions(*, batch_id: int) -> tuple[Instruction, ...]:
    """What the bank is told of each payout of a batch, in order, with whole numbers: for the file alone."""
    rows = PayoutOrder.objects.filter(batch_id=batch_id).select_related("batch", "payout", "account")
    return tuple(
        Instruction(
            payout_id=row.payout_id,
            place=row.place,
            batch=row.batch.number,
            holder=row.account.holder,
            number=row.account.number,
            bank=row.account.bank,
            amount_fen=row.payout.amount_fen,
        )
        for row in rows.order_by("place")
    )


def orders_of(*, batch_id: int) -> tuple[OrderedView, ...]:
    """The payouts of a batch in order, masked: no account number is opened."""
    rows = PayoutOrder.objects.filter(batch_id=batch_id).select_related("batch", "payout", "account")
    rows = rows.defer("account__holder", "account__number").order_by("place")
    said = PayoutResult.objects.filter(payout__ordered__batch_id=batch_id, state=PayoutState.RETURNED.value)
    reasons = dict(said.values_list("payout_id", "reason"))
    return tuple(
        OrderedView(
            reference=f"{row.batch.number}-{row.place}",
            party=row.payout.party,
            bank=row.account.bank,
            number_end=row.account.number_end,
            state=row.payout.state,
            reason=reasons.get(row.payout_id, ""),
            amount_fen=row.payout.amount_fen,
        )
        for row in rows
    )


def _usable(organisation_ids: "set[int | None]") -> dict[int, int]:
    """Each organisation's newest account, without those from which the bank returned money.

    Where the newest was written by hand into the database, nothing goes anywhere until somebody has looked at it.
    """
    rows = BankAccount.objects.filter(organisation_id__in=[one for one in organisation_ids if one])
    ids = rows.order_by("organisation_id", "-id").distinct("organisation_id").values("id")
    newest = {
        row.organisation_id: row.pk
        for row in BankAccount.objects.filter(id__in=ids)
        if row.seal == seals.of_account(row)
    }
    returned = PayoutOrder.objects.filter(
        account_id__in=newest.values(), payout__state=PayoutState.RETURNED.value
    )
    refused = set(returned.values_list("account_id", flat=True))
    return {one: account for one, account in newest.items() if account not in refused}


def _views(rows: "Iterable[PayoutBatch]") -> tuple[BatchView, ...]:
    shown = list(rows)
    ids = [row.pk for row in shown]
    counts = PayoutOrder.objects.filter(batch_id__in=ids).order_by().values_list("batch_id")
    states = {
        batch: (confirmed, returned)
        for batch, confirmed, returned in counts.annotate(
            confirmed=Count("id", filter=Q(payout__state=PayoutState.CONFIRMED.value)),
            returned=Count("id", filter=Q(payout__state=PayoutState.RETURNED.value)),
        )
    }
    return tuple(
        BatchView(
            id=row.pk,
            county_id=row.county_id,
            number=row.number,
            way=row.way,
            payouts=row.payouts,
            total_fen=row.total_fen,
            confirmed=states[row.pk][0],
            returned=states[row.pk][1],
            at=row.at,
        )
        for row in shown
    )
