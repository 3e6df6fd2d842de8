"""Writes of bonds: money against bank slips, guarantee letters, and what goes back; penalties are in `confirming`.

Each takes the bond's lock before it reads what it decides on; what settlement keeps of payouts is in `keeping`.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.access import require
from fieldcast.accounts.types import SignedIn
from fieldcast.agreements.bonds import asking, moving, queries, seals
from fieldcast.agreements.bonds.confirming import confirm_penalty
from fieldcast.agreements.bonds.debts import open_calls
from fieldcast.agreements.bonds.keeping import pay_from_bond
from fieldcast.agreements.bonds.locks import lock
from fieldcast.agreements.bonds.models import GuaranteeLetter, LetterCall, PenaltyPaid
from fieldcast.agreements.bonds.problems import BadLetter, BondBound, LetterKnown, LetterOver, NoBond
from fieldcast.agreements.bonds.types import BondKey, BondView, LetterView
from fieldcast.agreements.cover import operations as cover_operations
from fieldcast.agreements.cover import queries as cover
from fieldcast.agreements.cover.models import MoneyReceived
from fieldcast.agreements.cover.operations import MOST_FEN
from fieldcast.agreements.cover.problems import BadSum
from fieldcast.agreements.cover.types import MoneyKind, MoneyView
from fieldcast.agreements.models import Agreement
from fieldcast.files import operations as files_operations
from fieldcast.files.sent import DrawnPhoto
from fieldcast.files.types import FileKind, Retention
from fieldcast.kit.errors import NotFound
from fieldcast.kit.said import said
from fieldcast.ledger import operations as ledger_operations

__all__ = [
    "confirm_penalty",
    "lodge_guarantee_letter",
    "receive_bond",
    "receive_from_bank",
    "release_bond",
]
NUMBER = re.compile(r"[^\s]{2,40}")


@transaction.atomic
def receive_bond(
    *,
    by: SignedIn,
    agreement_id: int,
    organisation_id: int,
    amount_fen: int,
    slip: str,
    now: datetime,
    note: str = "",
) -> MoneyView:
    """Write down money that came from a party as its bond. The same slip again changes nothing.

    It pays what the party owes by penalties first. All that came is written down: what passes the agreed sum is free to
    go back. Raises `NotFound` for strangers, `NoBond`, and as `cover.operations.write_down` does.
    """
    key, county_id = BondKey(agreement_id, organisation_id), _kept_by(by, agreement_id)
    lock(agreement_ids=[agreement_id])
    if not cover.slip_in_county(county_id=county_id, slip=slip):
        _bond(key, now=now, agreed=True)
    written = _write_down(key, MoneyKind.BOND, county_id, by, amount_fen, slip, note, now)
    if not written.repeated:
        paid = pay_from_bond(key=key, amount_fen=amount_fen, reference=written.slip, now=now)
        ledger_operations.transfer_many(drafts=moving.paid(paid), county_id=county_id, now=now)
    return written


@transaction.atomic
def receive_from_bank(
    *, by: SignedIn, letter_id: int, amount_fen: int, slip: str, now: datetime, note: str = ""
) -> MoneyView:
    """Write down what a bank paid by its guarantee letter: it goes on to whom the penalties name, the oldest first.

    Raises `NotFound` for strangers, `BadSum` for more than was called, and as `cover.operations.write_down` does.
    """
    key = queries.letter(letter_id=letter_id).bond
    county_id = _kept_by(by, key.agreement_id)
    lock(agreement_ids=[key.agreement_id])
    paid: list[PenaltyPaid] = []
    if not cover.slip_in_county(county_id=county_id, slip=slip):
        calls = open_calls(letter_id=letter_id)
        if amount_fen > sum(fen for _call, fen in calls):
            raise BadSum(least_fen=1, most_fen=sum(fen for _call, fen in calls))
        paid = _paid_by_bank(calls, amount_fen, said(slip).upper(), by=by, now=now)
    written = _write_down(key, MoneyKind.LETTER_PAID, county_id, by, amount_fen, slip, note, now)
    ledger_operations.transfer_many(drafts=moving.paid(paid), county_id=county_id, now=now)
    return written


@transaction.atomic
def release_bond(
    *,
    by: SignedIn,
    agreement_id: int,
    organisation_id: int,
    amount_fen: int,
    slip: str,
    now: datetime,
    note: str = "",
) -> MoneyView:
    """Write down that so much of a bond went back to its party, against a bank slip: at most what is free.

    Raises `NotFound` for strangers, `BondBound`, and as `cover.operations.write_down` does.
    """
    key, county_id = BondKey(agreement_id, organisation_id), _kept_by(by, agreement_id)
    lock(agreement_ids=[agreement_id])
    if not cover.slip_in_county(county_id=county_id, slip=slip):
        free_fen = _bond(key, now=now).free_fen
        if amount_fen > free_fen:
            raise BondBound(free_fen=free_fen)
    return _write_down(key, MoneyKind.BOND_BACK, county_id, by, amount_fen, slip, note, now)


@transaction.atomic
def lodge_guarantee_letter(
    *,
    by: SignedIn,
    agreement_id: int,
    organisation_id: int,
    bank: str,
    number: str,
    amount_fen: int,
    valid_until: date,
    picture: DrawnPhoto,
    now: datetime,
) -> LetterView:
    """Write down a bank's guarantee letter, which counts as cash does until it runs out. The same again: once.

    Raises `NotFound` for strangers, `NoBond`, `BadLetter`, `BadSum`, `LetterOver` and `LetterKnown`.
    """
    key, county_id = BondKey(agreement_id, organisation_id), _kept_by(by, agreement_id)
    of_bank, of_number = said(bank), said(number).upper()
    if not 2 <= len(of_bank) <= 60 or not NUMBER.fullmatch(of_number):
        raise BadLetter
    if not 1 <= amount_fen <= MOST_FEN:
        raise BadSum(least_fen=1, most_fen=MOST_FEN)
    lock(agreement_ids=[agreement_id])
    standing = GuaranteeLetter.objects.filter(bank=of_bank, number=of_number).first()
    if standing is not None:
        same = (standing.agreement_id, standing.organisation_id, standing.amount_fen, standing.valid_until)
        if same != (agreement_id, organisation_id, amount_fen, valid_until):
            raise LetterKnown(number=of_number, amount_fen=standing.amount_fen)
        return queries.letter(letter_id=standing.pk)
    _bond(key, now=now, agreed=True)
    if valid_until < timezone.localdate(now):
        raise LetterOver
    row = GuaranteeLetter(
        agreement_id=agreement_id,
        organisation_id=organisation_id,
        bank=of_bank,
        number=of_number,
        amount_fen=amount_fen,
        valid_until=valid_until,
        file_id=_keep(picture, by=by, county_id=county_id, now=now),
        by_id=by.pk,
        at=now,
    )
    row.seal = seals.of_letter(row)
    row.save()
    asking.letter_lodged(row, by=by, now=now)
    return queries.letter(letter_id=row.pk)


def _kept_by(by: SignedIn, agreement_id: int) -> int:
    """The county of an agreement, for whoever keeps its money; else `NotFound`."""
    agreement = Agreement.objects.filter(id=agreement_id).first()
    if agreement is None:
        raise NotFound("agreement")
    require(by, "agreements.keep_cover", accounts.county(county_id=agreement.county_id))
    return agreement.county_id


def _bond(key: BondKey, *, now: datetime, agreed: bool = False) -> BondView:
    """The bond, under its lock. Raises `NoBond` where no terms name one, or (`agreed`) those in force do not."""
    try:
        found = queries.bond(key=key, today=timezone.localdate(now))
    except NotFound:
        raise NoBond from None
    if agreed and not found.agreed_fen and not found.owed_fen:
        raise NoBond
    return found


def _write_down(
    key: BondKey,
    kind: MoneyKind,
    county_id: int,
    by: SignedIn,
    amount_fen: int,
    slip: str,
    note: str,
    now: datetime,
) -> MoneyView:
    row = MoneyReceived(
        county_id=county_id,
        kind=kind.value,
        party=key.party,
        purpose="bond",
        organisation_id=key.organisation_id,
    )
    return cover_operations.write_down(row, by=by, amount_fen=amount_fen, slip=slip, note=note, now=now)


def _paid_by_bank(
    calls: Sequence[tuple[LetterCall, int]], amount_fen: int, reference: str, *, by: SignedIn, now: datetime
) -> list[PenaltyPaid]:
    """What of an amount pays which calls, the oldest first; those that are paid whole leave the desk."""
    rows = []
    for call, owed_fen in calls:
        fen = min(amount_fen, owed_fen)
        amount_fen -= fen
        if fen:
            rows.append(
                PenaltyPaid(
                    penalty=call.penalty,
                    call=call,
                    from_wallet=False,
                    amount_fen=fen,
                    reference=reference,
                    at=now,
                )
            )
        if fen == owed_fen:
            asking.claimed(call_id=call.pk, by=by, now=now)
    return PenaltyPaid.objects.bulk_create(rows)


def _keep(picture: DrawnPhoto, *, by: SignedIn, county_id: int, now: datetime) -> int:
    kept = files_operations.keep_drawn(
        by=by,
        county_id=county_id,
        organisation_id=None,
        kind=FileKind.DOCUMENT,
        retention=Retention.TRADE,
        name=picture.name,
        drawn=picture.drawn,
        now=now,
    )
    return kept.id
