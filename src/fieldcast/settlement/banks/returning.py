"""What the bank confirms or returns: each once, and what came back is in the wallet again in the same transaction.

Lock: payouts in id order, then the ledger's accounts, all in one call.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from fieldcast.accounts.types import SignedIn
from fieldcast.ledger import operations as ledger_operations
from fieldcast.ledger import queries as ledger
from fieldcast.ledger.types import Draft, Entry
from fieldcast.settlement import told
from fieldcast.settlement.banking import BANK, payment, payout
from fieldcast.settlement.banks import asking
from fieldcast.settlement.models import Payout, PayoutOrder, PayoutResult
from fieldcast.settlement.shares import party_of
from fieldcast.settlement.types import PayoutState


@dataclass(frozen=True)
class Answer:
    """What becomes of a payout that was locked."""

    row: Payout
    returned: bool
    reason: str = ""


def lock(payout_ids: Iterable[int]) -> dict[int, Payout]:
    """Payouts until the transaction ends."""
    rows = Payout.objects.select_for_update(no_key=True, of=("self",)).filter(id__in=set(payout_ids))
    return {row.pk: row for row in rows.order_by("id")}


def write_down(answers: Sequence[Answer], *, county_id: int, by: SignedIn | None, now: datetime) -> None:
    """Keep what the bank said of locked payouts of which that was not known, and bring back what it returned."""
    back: list[Draft] = []
    for one in answers:
        state = PayoutState.RETURNED if one.returned else PayoutState.CONFIRMED
        one.row.state = state.value
        one.row.save(update_fields=["state"])
        if one.returned:
            back.append(_back(one.row))
    PayoutResult.objects.bulk_create(
        PayoutResult(
            payout=one.row,
            state=one.row.state,
            reason=one.reason[:100],
            by_id=by.pk if by else None,
            at=now,
        )
        for one in answers
    )
    if not back:
        return
    ledger_operations.transfer_many(drafts=back, county_id=county_id, now=now)
    returned = [one for one in answers if one.returned]
    orders = PayoutOrder.objects.filter(payout__in=[one.row for one in returned]).select_related("account")
    accounts = {order.payout_id: order.account for order in orders}
    for one in returned:
        asking.ask_for_account(one.row, accounts[one.row.pk], now=now)
    told.payouts_returned(
        [(one.row, accounts[one.row.pk].organisation_id, one.reason) for one in returned], now=now
    )


def send_again(*, organisation_id: int, county_id: int, now: datetime) -> int:
    """What the bank had returned leaves the wallet once more, as far as it is still there; gives how many payouts.

    What was owed meanwhile was taken of it, as of any money in a wallet.
    """
    party = party_of(organisation_id)
    ids = Payout.objects.filter(party=party, state=PayoutState.RETURNED.value, again=None)
    rows = lock(ids.values_list("id", flat=True)).values()
    done = set(Payout.objects.filter(again_of__in=list(rows)).values_list("again_of_id", flat=True))
    left_fen = ledger.balance(party=party, purpose="wallet").available_fen
    sent = []
    for old in rows:
        fen = min(old.amount_fen, left_fen)
        if old.pk in done or fen <= 0:
            continue
        left_fen -= fen
        row = payout(
            county_id=old.county_id,  # it goes out through the bank of the county whose buyers paid it
            seller_id=_seller_of(old),
            party=party,
            amount_fen=fen,
            client_id=f"payout:again:{old.pk}",
            now=now,
        )
        row.again_of = old
        sent.append(row)
    Payout.objects.bulk_create(sent)
    drafts = [payment(row, reference=row.transfer_client_id) for row in sent]
    ledger_operations.transfer_many(drafts=drafts, county_id=county_id, now=now)
    return len(sent)


def _back(row: Payout) -> Draft:
    entries = (Entry(BANK, "world", -row.amount_fen), Entry(row.party, "wallet", row.amount_fen))
    client_id = f"payout-back:{row.pk}"
    return Draft(client_id=client_id, kind="payout_back", entries=entries, reference=row.transfer_client_id)


def _seller_of(row: Payout) -> int | None:
    """Whose sales a payout comes from."""
    if row.statement is None:
        return row.seller_id
    if row.statement.session is not None:
        return row.statement.session.cooperative_id
    return row.statement.sheet.seller_id if row.statement.sheet else None
