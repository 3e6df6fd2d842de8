"""What each party is paid early of a line: its share of what the line comes to now, less the reserve. Pure."""

from collections.abc import Container, Sequence
from dataclasses import dataclass

from fieldcast.agreements.roles import FARMER
from fieldcast.settlement.dues.bounds import household_bp
from fieldcast.settlement.dues.types import ALL_BP
from fieldcast.settlement.early.clauses import fast_payout_of
from fieldcast.settlement.early.formula import early_fen, within
from fieldcast.settlement.shares import Shared, is_paid_out


@dataclass(frozen=True)
class Part:
    """What one party is paid early. `most_bp`: of its later payouts, should the line come to less than that."""

    party: str
    fen: int
    most_bp: int


@dataclass(frozen=True)
class EarlyParts:
    """A line, what of it is kept, and whom it pays early."""

    shared: Shared
    reserve_bp: int
    parts: tuple[Part, ...]

    @property
    def fen(self) -> int:
        """What it pays early in all."""
        return sum(part.fen for part in self.parts)


def parts_of(shared: Shared, *, share_bp: int, owing: Container[str]) -> EarlyParts:
    """A party's shares of the line are taken together; whoever is `owing` something waits for the settlement."""
    clause = fast_payout_of(shared.version)
    assert clause is not None  # only lines of such terms are looked at
    reserve_bp = within(share_bp, least_bp=clause.least_bp, most_bp=clause.most_bp)
    sums: dict[str, int] = {}
    farmers = set()
    for share in shared.shares:
        sums[share.party] = sums.get(share.party, 0) + share.amount_fen
        if share.role == FARMER.name:
            farmers.add(share.party)
    household = household_bp(shared.version)
    parts = [
        Part(party, early_fen(fen, reserve_bp=reserve_bp), household if party in farmers else ALL_BP)
        for party, fen in sums.items()
        if is_paid_out(party) and party not in owing
    ]
    return EarlyParts(shared, reserve_bp, tuple(part for part in parts if part.fen))


def that_fit(lines: Sequence[EarlyParts], free_fen: int) -> list[EarlyParts]:
    """The first lines that a fund's free money carries together; a later one does not pass by an earlier."""
    found = []
    for one in lines:
        free_fen -= one.fen
        if free_fen < 0:
            break
        found.append(one)
    return found
