"""What is kept of payouts: first what their party owes by penalties, then what fills its bond.

However many payouts there are, it takes as many statements as for one, and none where what was earned is of agreements
whose terms name neither bond nor penalty.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from fieldcast.agreements.bonds import moving, terms
from fieldcast.agreements.bonds.debts import debts_of, letters_of
from fieldcast.agreements.bonds.locks import lock
from fieldcast.agreements.bonds.models import BondKept, Penalty, PenaltyPaid
from fieldcast.agreements.bonds.types import BondKey, Debt, Earned, Kept
from fieldcast.agreements.types import VersionView
from fieldcast.kit.money import share_fen
from fieldcast.ledger import queries as ledger
from fieldcast.ledger.types import Draft

NOTHING = Kept({}, ())


@dataclass
class Account:
    """A bond while payouts are gone through: its open debts, and what it still takes."""

    room_fen: int
    debts: list[Debt]

    def pay(self, amount_fen: int) -> list[Debt]:
        """What of an amount pays which debts, the oldest first."""
        found: list[Debt] = []
        while amount_fen and self.debts:
            first = self.debts.pop(0)
            fen = min(amount_fen, first.owed_fen)
            found.append(Debt(first.penalty_id, first.receiver_id, fen))
            amount_fen -= fen
            if fen < first.owed_fen:
                self.debts.insert(0, Debt(first.penalty_id, first.receiver_id, first.owed_fen - fen))
        return found

    def fill(self, wanted_fen: int) -> int:
        """What of an amount the bond takes, once nothing is owed."""
        fen = 0 if self.debts else max(0, min(wanted_fen, self.room_fen))
        self.room_fen -= fen
        return fen


@dataclass
class Plan:
    """What is kept of each payout: what pays which debt, and what fills which bond."""

    paid: list[tuple[Earned, Debt]] = field(default_factory=list)
    filled: dict[tuple[str, BondKey], int] = field(default_factory=lambda: defaultdict(int))
    fen: dict[str, int] = field(default_factory=lambda: defaultdict(int))


def plan(
    *,
    left_fen: Mapping[str, int],
    earned: Sequence[Earned],
    accounts: Mapping[BondKey, Account],
    rates: Mapping[tuple[int, str], int],
) -> Plan:
    """Work through payouts in their order. `rates`: basis points by agreement and role. Pure.

    Never more is kept than is left of a payout, nor than the agreement's own part of it.
    """
    found = Plan()
    for one in earned:
        account = accounts[one.bond]
        part_fen = min(one.fen, left_fen.get(one.reference, 0) - found.fen[one.reference])
        if part_fen <= 0:
            continue
        debts = account.pay(part_fen)
        found.paid += [(one, debt) for debt in debts]
        paid_fen = sum(debt.owed_fen for debt in debts)
        rate = rates.get((one.bond.agreement_id, one.role), 0)
        fen = account.fill(min(part_fen - paid_fen, share_fen(part_fen, rate)))
        if fen:
            found.filled[one.reference, one.bond] += fen
        found.fen[one.reference] += paid_fen + fen
    return found


def concerns(version: VersionView) -> bool:
    """Do these terms name a bond or a penalty? Asked without a statement."""
    return bool(terms.keys_of(version))


def keep_from_payouts(
    *,
    left_fen: Mapping[str, int],
    earned: Sequence[Earned],
    versions: Iterable[VersionView],
    now: datetime,
) -> Kept:
    """Keep what is owed or agreed of payouts (`left_fen`, by reference), within the caller's transaction.

    `versions` are those that it was earned under; of several of one agreement the newest says sum and part. The caller
    moves the drafts after those that earned the money, and pays out so much less.
    """
    said = {one.agreement_id: one for one in sorted(versions, key=lambda one: one.id) if concerns(one)}
    theirs = [one for one in earned if one.bond.agreement_id in said]
    if not theirs:
        return NOTHING
    lock(agreement_ids=said)
    accounts = _accounts({one.bond for one in theirs}, said, now=now)
    rates = {
        (one.bond.agreement_id, one.role): terms.payout_bp(said[one.bond.agreement_id], one.role)
        for one in theirs
    }
    found = plan(left_fen=left_fen, earned=theirs, accounts=accounts, rates=rates)
    return Kept(found.fen, tuple(_write(found, now=now)))


def pay_from_bond(*, key: BondKey, amount_fen: int, reference: str, now: datetime) -> list[PenaltyPaid]:
    """Money that came into a bond pays what its party owes, as far as it goes. Under the bond's lock."""
    account = Account(0, debts_of(agreement_ids=[key.agreement_id]).get(key, []))
    return write_paid([(debt, reference) for debt in account.pay(amount_fen)], from_wallet=False, now=now)


def write_paid(paid: Sequence[tuple[Debt, str]], *, from_wallet: bool, now: datetime) -> list[PenaltyPaid]:
    """Write down what pays debts, each with its reference."""
    penalties = Penalty.objects.in_bulk({debt.penalty_id for debt, _reference in paid})
    rows = [
        PenaltyPaid(
            penalty=penalties[debt.penalty_id],
            from_wallet=from_wallet,
            amount_fen=debt.owed_fen,
            reference=reference,
            at=now,
        )
        for debt, reference in paid
    ]
    return PenaltyPaid.objects.bulk_create(rows)


def _accounts(
    keys: Iterable[BondKey], said: Mapping[int, VersionView], *, now: datetime
) -> dict[BondKey, Account]:
    wanted, today = list(keys), timezone.localdate(now)
    money = ledger.balances_of(parties=[key.party for key in wanted], purposes=("bond",))
    letters, debts = letters_of(agreement_ids=said), debts_of(agreement_ids=said)
    return {
        key: Account(
            room_fen=terms.agreed_fen(said[key.agreement_id], key.organisation_id)
            - money[key.party, "bond"].balance_fen
            - sum(one.room_fen(today) for one in letters.get(key, ())),
            debts=debts.get(key, []),
        )
        for key in wanted
    }


def _write(found: Plan, *, now: datetime) -> list[Draft]:
    together: dict[tuple[str, int], Debt] = {}
    for one, debt in found.paid:
        before = together.get((one.reference, debt.penalty_id))
        fen = debt.owed_fen + (before.owed_fen if before else 0)
        together[one.reference, debt.penalty_id] = Debt(debt.penalty_id, debt.receiver_id, fen)
    paid = [(debt, reference) for (reference, _penalty_id), debt in together.items()]
    filled = [
        BondKept(
            agreement_id=key.agreement_id,
            organisation_id=key.organisation_id,
            amount_fen=fen,
            reference=reference,
            at=now,
        )
        for (reference, key), fen in found.filled.items()
    ]
    drafts = moving.paid(write_paid(paid, from_wallet=True, now=now)) if paid else []
    return [*drafts, *moving.kept(BondKept.objects.bulk_create(filled))]
