"""What the bank answers to a batch: taken whole or not at all, and the same again changes nothing."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.access import require
from fieldcast.accounts.types import SignedIn
from fieldcast.kit.errors import Sentence
from fieldcast.settlement.banks import batches, returning
from fieldcast.settlement.banks.problems import OtherBatch, ResultDiffers
from fieldcast.settlement.banks.types import Said, Taken
from fieldcast.settlement.models import Payout, PayoutOrder
from fieldcast.settlement.types import PayoutState

WHAT: Final[Mapping[str, Sentence]] = {
    "amount": _("another sum"),
    "twice": _("two answers to one payout"),
    "returned": _("it came back before"),
}


@transaction.atomic
def take_results(*, by: SignedIn | None, batch_id: int, said: Sequence[Said], now: datetime) -> Taken:
    """Write down what the bank says of payouts of one batch.

    What was confirmed may still come back; what came back has come back. Raises `NotFound` for strangers, `OtherBatch`
    for a line about anything else, `ResultDiffers` for another sum, two words on one payout, or money that arrived
    after it came back. Then nothing is changed.
    """
    batch = batches.batch_view(batch_id=batch_id)
    if by is not None:
        require(by, "settlement.send_payouts", accounts.county(county_id=batch.county_id))
    places = dict(PayoutOrder.objects.filter(batch_id=batch_id).values_list("place", "payout_id"))
    named = {f"{batch.number}-{place}": payout_id for place, payout_id in places.items()}
    for one in said:
        if one.reference not in named:
            raise OtherBatch(line=one.line, reference=one.reference[:40], batch=batch.number)
    rows = returning.lock(named[one.reference] for one in said)
    seen: dict[str, Said] = {}
    answers, known = [], 0
    for one in said:
        row = rows[named[one.reference]]
        if not _is_new(one, row, seen):
            known += 1
            continue
        answers.append(returning.Answer(row, returned=one.returned, reason=one.reason))
    returning.write_down(answers, county_id=batch.county_id, by=by, now=now)
    returned = sum(one.returned for one in answers)
    return Taken(confirmed=len(answers) - returned, returned=returned, known=known)


def _is_new(one: Said, row: Payout, seen: dict[str, Said]) -> bool:
    """Does it say something that was not known? Raises `ResultDiffers`."""
    if one.amount_fen != row.amount_fen:
        raise _differs(one, "amount")
    before = seen.setdefault(one.reference, one)
    if before is not one:
        if before.returned != one.returned:
            raise _differs(one, "twice")
        return False
    state = PayoutState(row.state)
    if state == PayoutState.RETURNED:
        if not one.returned:
            raise _differs(one, "returned")
        return False
    return one.returned or state == PayoutState.SENT


def _differs(one: Said, what: str) -> ResultDiffers:
    return ResultDiffers(line=one.line, what=WHAT[what], reference=one.reference)
