"""What a refund changes of a settled line: its shares before and after, clause by clause. Pure."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from fieldcast.agreements.calculation import Share
from fieldcast.agreements.calculation.known import BORNE, CORRECTED

Key = tuple[str, str, int, str]  # party, role, clause, kind
RELIEVED: Final = "relieved"
BEARS: Final = "bears"


def changes(before: Sequence[Share], after: Sequence[Share]) -> list[Share]:
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
            party, role, clause, kind = key
            found.append(
                Share(
                    party=party,
                    role=role,
                    clause=clause,
                    kind=kind,
                    formula=CORRECTED,
                    inputs=inputs,
                    amount_fen=amount_fen,
                )
            )
    return found


def borne(found: Iterable[Share], *, bearer: tuple[str, str], decision: str) -> list[Share]:
    """What makes one party (its name and role) bear a loss alone: everyone else gets back what they lost."""
    lost: dict[tuple[str, str], int] = {}
    for one in found:
        lost[one.party, one.role] = lost.get((one.party, one.role), 0) + one.amount_fen
    others = {who: fen for who, fen in lost.items() if who[0] != bearer[0] and fen}
    given = [_borne(who, -fen, RELIEVED, decision) for who, fen in others.items()]
    whole = sum(others.values())
    return [*given, _borne(bearer, whole, BEARS, decision)] if whole else given


def _borne(who: tuple[str, str], amount_fen: int, part: str, decision: str) -> Share:
    party, role = who
    return Share(
        party=party,
        role=role,
        clause=0,
        kind=BORNE,
        formula=BORNE,
        inputs={"decision": decision, "fen": amount_fen, "who": part},
        amount_fen=amount_fen,
    )


def _key(share: Share) -> Key:
    return share.party, share.role, share.clause, share.kind


def _sums(shares: Iterable[Share]) -> dict[Key, int]:
    found: dict[Key, int] = {}
    for share in shares:
        if share.kind != BORNE:  # what was decided before stays decided
            found[_key(share)] = found.get(_key(share), 0) + share.amount_fen
    return found
