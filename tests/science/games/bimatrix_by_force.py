"""Equilibria of small games straight from the definition, in fractions and by trying everything.

Nothing is taken from the library: corners come from solving one system of equations for every choice of strategies
used and replies tied, and a pair counts as an equilibrium when no pure deviation pays more.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations

Numbers = Sequence[int | Fraction | float]
Table = Sequence[Numbers]
Pair = tuple[tuple[Fraction, ...], tuple[Fraction, ...]]


def extreme_equilibria(A: Table, B: Table) -> set[Pair]:
    xs = set(corners([list(column) for column in zip(*B, strict=True)]))
    ys = set(corners(A))
    return {(x, y) for x in xs for y in ys if is_equilibrium(A, B, x, y)}


def is_equilibrium(A: Table, B: Table, x: Numbers, y: Numbers) -> bool:
    """Whether x and y are probabilities and everything played pays the most; exact for fractions."""
    rows = [dot(row, y) for row in A]
    columns = [dot(column, x) for column in zip(*B, strict=True)]
    return all(
        sum(mixed) == 1
        and min(mixed) >= 0
        and all(pay == max(pays) for pay, weight in zip(pays, mixed, strict=True) if weight)
        for mixed, pays in ((x, rows), (y, columns))
    )


def corners(replies: Table) -> Iterator[tuple[Fraction, ...]]:
    """Corners of {(x, v): x a strategy, replies[j]·x ≤ v for every j}, some of them more than once."""
    own = len(replies[0])
    for size in range(1, min(own, len(replies)) + 1):
        for used in combinations(range(own), size):
            for tied in combinations(replies, size):
                equations = [[*(Fraction(row[i]) for i in used), Fraction(-1), Fraction(0)] for row in tied]
                total = [*(Fraction(1) for _ in used), Fraction(0), Fraction(1)]
                solution = solved([*equations, total])
                if solution is None or min(solution[:-1]) < 0:
                    continue
                weights = dict(zip(used, solution, strict=False))
                x = tuple(weights.get(i, Fraction(0)) for i in range(own))
                if all(dot(row, x) <= solution[-1] for row in replies):
                    yield x


def solved(equations: list[list[Fraction]]) -> list[Fraction] | None:
    """The one solution of as many equations as unknowns, rows with their right-hand sides last; None if singular."""
    rows = [row[:] for row in equations]
    for k in range(len(rows)):
        place = next((i for i in range(k, len(rows)) if rows[i][k]), None)
        if place is None:
            return None
        rows[k], rows[place] = rows[place], rows[k]
        rows[k] = [value / rows[k][k] for value in rows[k]]
        for i, row in enumerate(rows):
            if i != k and row[k]:
                rows[i] = [a - row[k] * b for a, b in zip(row, rows[k], strict=True)]
    return [row[-1] for row in rows]


def dot(left: Numbers, right: Numbers) -> Fraction:
    return sum((Fraction(a) * Fraction(b) for a, b in zip(left, right, strict=True)), Fraction(0))
