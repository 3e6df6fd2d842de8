"""Confirming a penalty: once for a decision and a clause, out of cash, then letters, then what its payer earns next."""

import re
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.access import require
from fieldcast.accounts.types import SignedIn
from fieldcast.agreements import queries as agreements
from fieldcast.agreements.bonds import asking, moving, queries, seals, terms, told
from fieldcast.agreements.bonds.debts import letters_of
from fieldcast.agreements.bonds.locks import lock
from fieldcast.agreements.bonds.models import LetterCall, Penalty
from fieldcast.agreements.bonds.problems import BadDecision, DecisionUsed, NoPenalty
from fieldcast.agreements.bonds.types import BondKey, PenaltyView
from fieldcast.agreements.cover.problems import BadSum
from fieldcast.kit.said import must_say, said
from fieldcast.ledger import operations as ledger_operations
from fieldcast.ledger import queries as ledger

NUMBER = re.compile(r"[^\s]{2,40}")
MOST_LETTERS = 300


@transaction.atomic
def confirm_penalty(
    *,
    by: SignedIn,
    agreement_version_id: int,
    clause: int,
    decision: str,
    amount_fen: int,
    why: str,
    now: datetime,
) -> PenaltyView:
    """Confirm the penalty of a clause for a decision, once; the same again changes nothing.

    The bond's cash goes to whom the clause names, and on to its bank. What is missing is called on the party's letters,
    those that run out first at the head; what they do not carry is owed and kept of its next payouts. Raises `NotFound`
    for strangers, `NoPenalty`, `BadDecision`, `SaysNothing`, `BadSum` beyond the clause's sum, and `DecisionUsed`.
    """
    version = agreements.version(version_id=agreement_version_id)
    require(by, "agreements.confirm_penalty", accounts.county(county_id=version.county_id))
    term, number = terms.penalty_of(version, clause), said(decision)
    if not NUMBER.fullmatch(number):
        raise BadDecision
    lock(agreement_ids=[version.agreement_id])
    standing = Penalty.objects.filter(
        agreement_id=version.agreement_id, clause=clause, decision=number
    ).first()
    if standing is not None:
        return _again(standing, version_id=version.id, amount_fen=amount_fen)
    if not agreements.agreed_versions(ids=[version.id]):
        raise NoPenalty
    if not 1 <= amount_fen <= term.fen:
        raise BadSum(least_fen=1, most_fen=term.fen)
    key = BondKey(version.agreement_id, version.parties[term.role])
    row = Penalty(
        agreement_id=version.agreement_id,
        version_id=version.id,
        clause=clause,
        decision=number,
        payer_id=key.organisation_id,
        receiver_id=version.parties[term.to],
        amount_fen=amount_fen,
        cash_fen=min(amount_fen, ledger.balance(party=key.party, purpose="bond").available_fen),
        why=must_say(why, field="why")[:MOST_LETTERS],
        by_id=by.pk,
        at=now,
    )
    row.seal = seals.of_penalty(row)
    row.save()
    calls = _call(row, key, by=by, now=now)
    told.penalty_confirmed(row, version, now=now)
    drafts = moving.confirmed(row, calls)
    ledger_operations.transfer_many(drafts=drafts, county_id=version.county_id, now=now)
    return queries.penalty(penalty_id=row.pk)


def _call(row: Penalty, key: BondKey, *, by: SignedIn, now: datetime) -> list[LetterCall]:
    """Call what the bond's cash does not carry on its letters, as far as they stand for it."""
    missing_fen, today = row.amount_fen - row.cash_fen, timezone.localdate(now)
    found = []
    for letter in letters_of(agreement_ids=[key.agreement_id]).get(key, ()):
        fen = min(missing_fen, letter.room_fen(today))
        if fen:
            missing_fen -= fen
            call = LetterCall.objects.create(letter_id=letter.id, penalty=row, amount_fen=fen, at=now)
            asking.claim(call, by=by, now=now)
            found.append(call)
    return found


def _again(standing: Penalty, *, version_id: int, amount_fen: int) -> PenaltyView:
    if (standing.version_id, standing.amount_fen) != (version_id, amount_fen):
        raise DecisionUsed(decision=standing.decision, amount_fen=standing.amount_fen)
    return replace(queries.penalty(penalty_id=standing.pk), repeated=True)
