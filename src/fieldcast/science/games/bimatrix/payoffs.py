"""Two payoff matrices, read and checked. What leaves here has one shape, is exact, and is small enough to be solved."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from numbers import Integral, Rational, Real
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fieldcast.science.errors import BadParameter
from fieldcast.science.text import Text

Payoffs = Sequence[Sequence[int | float | Fraction]] | NDArray[Any]
Strategy = tuple[Fraction | float, ...]
Exact = tuple[Fraction, ...]

TOLERANCE = 1e-12
"""A float payoff is read as the simplest fraction within this times the largest payoff of its matrix, in size."""

LARGEST = 10**100
"""Numerators and denominators stay below this, so that no input can keep a solver busy for ever."""


@dataclass(frozen=True)
class Bimatrix:
    """A game of two players in exact payoffs; `exact` tells whether they were given exactly or as floats."""

    A: tuple[Exact, ...]
    B: tuple[Exact, ...]
    exact: bool

    @property
    def shape(self) -> tuple[int, int]:
        """Numbers of rows and of columns."""
        return len(self.A), len(self.A[0])

    def spoken(self, strategy: Exact) -> Strategy:
        """A strategy in the numbers in which the payoffs were given."""
        return strategy if self.exact else tuple(map(float, strategy))


def read(A: Payoffs, B: Payoffs, *, most: int = 8) -> Bimatrix:
    """The game of two matrices of shape (m, n), 1 ≤ m, n ≤ `most`.

    Raises `BadParameter` naming `A` or `B` when one is empty, ragged, too large or of another shape than its partner,
    or holds anything but finite numbers.
    """
    given = {"A": _numbers("A", A, most), "B": _numbers("B", B, most)}
    shapes = {name: (len(table), len(table[0])) for name, table in given.items()}
    if shapes["A"] != shapes["B"]:
        (m, n), (rows, columns) = shapes["A"], shapes["B"]
        raise BadParameter(
            "B",
            Text(
                en=f"A is {m}×{n} but B is {rows}×{columns}: both must have the same numbers of rows and columns.",
                zh=f"矩阵 A 是 {m}×{n}，矩阵 B 是 {rows}×{columns}：两者的行数和列数必须相同。",
            ),
        )
    exact = not any(isinstance(value, float) for table in given.values() for row in table for value in row)
    return Bimatrix(A=_exact(given["A"]), B=_exact(given["B"]), exact=exact)


def enlargement(largest: Fraction) -> int:
    """The power of ten that makes a size below 1 at least 1; 1 for others.

    Very small payoffs are multiplied by it before they meet a 1, lest their denominators grow to hundreds of digits.
    """
    return int(10 ** len(str(largest.denominator // largest.numerator))) if 0 < largest < 1 else 1


def simplest_fraction(exact: Fraction, within: Fraction) -> Fraction:
    """The first convergent of a continued fraction that is within `within` of the whole of it."""
    rest = exact
    before, now = (0, 1), (1, 0)
    while True:
        whole = math.floor(rest)
        before, now = now, (whole * now[0] + before[0], whole * now[1] + before[1])
        near = Fraction(*now)
        if abs(near - exact) <= within:
            return near
        rest = 1 / (rest - whole)


def _exact(rows: list[list[Fraction | float]]) -> tuple[Exact, ...]:
    largest = max(abs(Fraction(value)) for row in rows for value in row)
    unit = enlargement(largest)
    within = largest * unit * Fraction(TOLERANCE)
    return tuple(
        tuple(
            simplest_fraction(Fraction(value) * unit, within) / unit if isinstance(value, float) else value
            for value in row
        )
        for row in rows
    )


def _numbers(name: str, payoffs: Payoffs, most: int) -> list[list[Fraction | float]]:
    count = _length(payoffs)
    widths = [_length(row) for row in payoffs] if 1 <= count <= most else []
    if not widths or not all(1 <= width <= most for width in widths):
        raise BadParameter(
            name,
            Text(
                en=f"{name} must be a table of 1 to {most} rows and 1 to {most} columns of numbers.",
                zh=f"矩阵 {name} 应为数字表格，行数和列数都在 1 到 {most} 之间。",
            ),
        )
    if len(set(widths)) > 1:
        raise BadParameter(
            name,
            Text(
                en=f"The rows of {name} have different lengths ({min(widths)} to {max(widths)}); they must be equal.",
                zh=f"矩阵 {name} 各行长短不一（{min(widths)} 到 {max(widths)} 个数）；每行的个数必须相同。",
            ),
        )
    return [[_number(name, i, j, value) for j, value in enumerate(row)] for i, row in enumerate(payoffs)]


def _length(thing: object) -> int:
    """How many entries a sequence or array has; 0 for anything else."""
    if isinstance(thing, np.ndarray):
        return len(thing) if thing.ndim else 0
    return len(thing) if isinstance(thing, Sequence) and not isinstance(thing, str | bytes) else 0


def _number(name: str, row: int, column: int, value: object) -> Fraction | float:
    if isinstance(value, Rational):
        # numpy's integers wrap around; Python's do not
        fraction = Fraction(int(value)) if isinstance(value, Integral) else Fraction(value)
        if max(abs(fraction.numerator), fraction.denominator) < LARGEST:
            return fraction
    elif isinstance(value, Real) and math.isfinite(float(value)):
        return float(value)
    raise BadParameter(
        name,
        Text(
            en=f"Row {row + 1}, column {column + 1} of {name} must be a finite number; whole numbers and fractions may "
            "have up to 100 digits.",
            zh=f"矩阵 {name} 第 {row + 1} 行第 {column + 1} 列应为有限的数；整数和分数不超过 100 位。",
        ),
    )
