"""What a refund changes of a settled line: its shares before and after, clause by clause. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from fieldcast.agreements.calculation import Share
from fieldcast.agreements.calculation.known import BORNE, CORRECTED

Key = tuple[str, str, int, str]  # party, role, clause, kind
RELIEVED: Final = "relieved"
BEARS: Final = "bears"


@dataclass(frozen=True)
class Change:
    """What a clause gives a party more, or less (below zero), than it did."""

    party: str
    role: str
    clause: int
    kind: str
    formula: str
    inputs: Mapping[str, Any]
    amount_fen: int


def changes(before: Sequence[Share], after: Sequence[Share]) -> list[Change]:
    """The differences of a line's shares, clause by clause; they sum to what its net lost.

    `before` are all shares that the line has had, earlier corrections among them.
    """
    was = _sums(before)
    now = {_key(share): share for share in after}
    found = []
    for key in dict.fromkeys([*was, *(_key(share) for share in after)]):
        share, was_fen = now.get(key), was.get(key, 0)
        amount_fen = (share.amount_fen if share else 0) - was_fen
        if amount_fen:
            inputs: dict[str, Any] = {"was_fen": was_fen}
            if share is not None:
                inputs |= {"of": share.formula, "inputs": dict(share.inputs)}
            found.append(Change(*key, CORRECTED, inputs, amount_fen))
    return found


def borne(found: Iterable[Change], *, bearer: tuple[str, str], decision: str) -> list[Change]:
    """What makes one party (its name and role) bear a loss alone: everyone else gets back what they lost."""
    lost: dict[tuple[str, str], int] = {}
    for one in found:
        lost[one.party, one.role] = lost.get((one.party, one.role), 0) + one.amount_fen
    others = {who: fen for who, fen in lost.items() if who[0] != bearer[0] and fen}
    given = [
        Change(party, role, 0, BORNE, BORNE, {"decision": decision, "fen": -fen, "who": RELIEVED}, -fen)
        for (party, role), fen in others.items()
    ]
    whole = sum(others.values())
    if whole:
        inputs = {"decision": decision, "fen": whole, "who": BEARS}
        given.append(Change(*bearer, 0, BORNE, BORNE, inputs, whole))
    return given


def _key(share: Share) -> Key:
    return share.party, share.role, share.clause, share.kind


def _sums(shares: Iterable[Share]) -> dict[Key, int]:
    found: dict[Key, int] = {}
    for share in shares:
        if share.kind != BORNE:  # what was decided before stays decided
            found[_key(share)] = found.get(_key(share), 0) + share.amount_fen
    return found
