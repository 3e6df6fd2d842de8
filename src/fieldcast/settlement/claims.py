"""What is owed to a county's funds and for how long: each claim with its debtor, its age and where it comes from.

Two kinds are owed to a fund: dues, for what it paid meanwhile (refunds, what one party bears), and what it put in for a
guaranteed price. Of the latter the oldest is paid back first.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from fieldcast.accounts import queries as accounts
from fieldcast.agreements.cover import queries as cover
from fieldcast.settlement.dues import queries as dues
from fieldcast.settlement.shares import organisation_of, party_of


class Age(StrEnum):
    """How long something has been owed, in days."""

    TO_30 = "30"
    TO_60 = "60"
    TO_90 = "90"
    OVER = "over"


_LAST_DAYS: Final = ((30, Age.TO_30), (60, Age.TO_60), (90, Age.TO_90))


class ClaimKind(StrEnum):
    """What a fund paid: a refund or what one party bears, or what a guaranteed price costs beyond a sale."""

    REFUND = "refund"
    COVER = "cover"


@dataclass(frozen=True)
class FundClaim:
    """Money owed to a fund. `debtor_id` None: the platform or a pool, by its name in the book."""

    fund_id: int
    debtor: str
    debtor_id: int | None
    debtor_name: str
    debtor_name_en: str
    kind: ClaimKind
    amount_fen: int
    left_fen: int
    reference: str
    since: datetime
    days: int

    @property
    def age(self) -> Age:
        """Which part of the report it stands in."""
        return next((age for last, age in _LAST_DAYS if self.days <= last), Age.OVER)


@dataclass(frozen=True)
class Debtor:
    """What one party owes to the county's funds, by age."""

    party: str
    name: str
    name_en: str
    by_age: tuple[tuple[Age, int], ...]

    @property
    def total_fen(self) -> int:
        """All of it."""
        return sum(fen for _age, fen in self.by_age)


def fund_claims(*, county_id: int, now: datetime) -> tuple[FundClaim, ...]:
    """All that is owed to a county's funds at a moment, the oldest first."""
    funds = {one.party: one.id for one in cover.funds(county_id=county_id)}
    rows = [
        (
            funds[due.creditor],
            due.debtor,
            ClaimKind.REFUND,
            due.amount_fen,
            due.left_fen,
            due.reference,
            due.at,
        )
        for due in dues.open_of_county(county_id=county_id)
        if due.creditor in funds
    ]
    rows += [
        (
            one.fund_id,
            party_of(one.cooperative_id),
            ClaimKind.COVER,
            one.amount_fen,
            one.left_fen,
            one.reference,
            one.at,
        )
        for one in cover.open_draws(fund_ids=funds.values())
    ]
    ids = {party: organisation_of(party) for _fund, party, *_rest in rows}
    names = accounts.organisations_by_ids(ids={one for one in ids.values() if one is not None})
    found = []
    for fund_id, party, kind, amount_fen, left_fen, reference, at in sorted(rows, key=lambda row: row[-1]):
        who = names.get(ids[party] or 0)
        found.append(
            FundClaim(
                fund_id=fund_id,
                debtor=party,
                debtor_id=ids[party],
                debtor_name=who.name if who else "",
                debtor_name_en=who.name_en if who else "",
                kind=kind,
                amount_fen=amount_fen,
                left_fen=left_fen,
                reference=reference,
                since=at,
                days=max(0, (now - at).days),
            )
        )
    return tuple(found)


def by_debtor(claims: Iterable[FundClaim]) -> Sequence[Debtor]:
    """Claims summed by debtor and age, whoever owes most first."""
    sums: dict[str, dict[Age, int]] = {}
    who: dict[str, FundClaim] = {}
    for one in claims:
        who.setdefault(one.debtor, one)
        ages = sums.setdefault(one.debtor, dict.fromkeys(Age, 0))
        ages[one.age] += one.left_fen
    found = [
        Debtor(party, who[party].debtor_name, who[party].debtor_name_en, tuple(ages.items()))
        for party, ages in sums.items()
    ]
    return sorted(found, key=lambda one: (-one.total_fen, one.party))
