"""Where each yuan went: the shares of any number of lines, added up by role."""

from collections.abc import Iterable
from dataclasses import dataclass

from fieldcast.agreements.clauses.shapes import Share
from fieldcast.agreements.roles import ROLES
from fieldcast.kit.money import BASIS, split_fen


@dataclass(frozen=True)
class Slice:
    """One role's part. Basis points of all slices sum to 10,000; who had to put money in has none."""

    role: str
    amount_fen: int
    basis_points: int


def where_it_goes(shares: Iterable[Share]) -> tuple[Slice, ...]:
    """Each role's amount, in the order of `ROLES`, then pools; roles without a share are left out.

    Basis points are parts of all that was handed out, split by largest remainder. Where the cooperative covered a
    guarantee its amount is negative: that money was handed out too, beside the buyers'. Empty when nothing was.
    """
    sums: dict[str, int] = {}
    for share in shares:
        sums[share.role] = sums.get(share.role, 0) + share.amount_fen
    roles = [*(role for role in ROLES if role in sums), *sorted(sums.keys() - ROLES.keys())]
    weights = [max(0, sums[role]) for role in roles]
    if not any(weights):
        return ()
    parts = split_fen(BASIS, weights)
    return tuple(
        Slice(role=role, amount_fen=sums[role], basis_points=part)
        for role, part in zip(roles, parts, strict=True)
    )
