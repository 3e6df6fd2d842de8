"""The corners of a best-reply polytope, found in whole numbers by the double description method.

One player's polytope is {x ≥ 0 : r_j·x ≤ 1 for every strategy j of the other}, where r_j > 0 holds what the other gets
from j against each strategy of this player. Up to scale its corners other than 0 are the mixed strategies at which the
other's best replies change (von Stengel 2002, "Computing equilibria for two-person games"). Every corner is found
once, in degenerate games too; no number is ever rounded.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from operator import mul

from fieldcast.science.games.bimatrix.payoffs import Exact, enlargement

Ray = tuple[tuple[int, ...], int]
"""A direction in whole numbers and the set, in bits, of the inequalities that hold on it with equality."""


@dataclass(frozen=True)
class Vertex:
    """A corner: the strategy it stands for; in bits, the own strategies unused and the other's that reply best."""

    strategy: Exact
    unused: int
    replies: int


def positive_rows(payoffs: Sequence[Exact]) -> list[tuple[int, tuple[int, ...]]]:
    """Each inequality r·x ≤ 1 as whole numbers (bound, row) with every entry at least 1.

    No equilibrium moves when all payoffs of a player are multiplied by one positive number or raised by one number. So
    the least payoff is brought to 1 or a little more; then each row is freed of its own denominators, which keeps the
    numbers short.
    """
    unit = enlargement(max(abs(value) for row in payoffs for value in row))
    shift = 1 - min(math.floor(value * unit) for row in payoffs for value in row)
    cleared = []
    for row in payoffs:
        raised = [value * unit + shift for value in row]
        common = math.lcm(*(value.denominator for value in raised))
        cleared.append((common, tuple(int(value * common) for value in raised)))
    return cleared


def best_reply_vertices(payoffs: Sequence[Exact]) -> list[Vertex]:
    """The corners of one player's polytope other than 0, as strategies.

    `payoffs[j][i]` is what the *other* player gets from strategy j against this player's strategy i.
    """
    own = len(payoffs[0])
    rays = [_unit(k, own + 1) for k in range(own + 1)]
    for number, (bound, row) in enumerate(positive_rows(payoffs)):
        rays = _cut(rays, (bound, *(-value for value in row)), 1 << (own + 1 + number))
    mask = (1 << own) - 1
    return [
        Vertex(
            strategy=tuple(Fraction(value, total) for value in weights),
            unused=tight >> 1 & mask,
            replies=tight >> (own + 1),
        )
        for (_, *weights), tight in rays
        if (total := sum(weights))
    ]


def _unit(k: int, size: int) -> Ray:
    """The k-th edge of the orthant {(t, x) ≥ 0} that the inequalities t·bound - row·x ≥ 0 are then cut from."""
    return tuple(int(place == k) for place in range(size)), ((1 << size) - 1) ^ (1 << k)


def _cut(rays: list[Ray], normal: tuple[int, ...], bit: int) -> list[Ray]:
    """The edges of a cone after one more inequality, normal·ray ≥ 0, whose place in the sets is `bit`."""
    kept: list[Ray] = []
    inside: list[tuple[int, Ray]] = []
    outside: list[tuple[int, Ray]] = []
    for ray in rays:
        value = sum(map(mul, normal, ray[0]))
        if value < 0:
            outside.append((-value, ray))
            continue
        kept.append(ray if value else (ray[0], ray[1] | bit))
        if value:
            inside.append((value, ray))
    sets = [tight for _, tight in rays]
    least = len(normal) - 2
    for in_value, (in_ray, in_tight) in inside:
        for out_value, (out_ray, out_tight) in outside:
            common = in_tight & out_tight
            if common.bit_count() < least or not _is_edge(common, sets):
                continue
            crossing = [in_value * b + out_value * a for a, b in zip(in_ray, out_ray, strict=True)]
            divisor = math.gcd(*crossing)
            kept.append((tuple(value // divisor for value in crossing), common | bit))
    return kept


def _is_edge(common: int, sets: list[int]) -> bool:
    """Whether no third edge lies on all the inequalities that two have in common: then the two are neighbours."""
    found = 0
    for tight in sets:
        if tight & common == common:
            found += 1
            if found > 2:
                return False
    return True
