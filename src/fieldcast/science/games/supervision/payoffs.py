"""The payoff matrices of the game, in whatever kind of number the parameters are: floats, arrays or exact fractions."""

from collections.abc import Mapping
from typing import Literal, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

Form = Literal["derived", "printed"]


class _Number(Protocol):
    def __add__(self: "T", other: "T", /) -> "T": ...
    def __sub__(self: "T", other: "T", /) -> "T": ...


T = TypeVar("T", bound=_Number)
Matrix = tuple[tuple[T, T], tuple[T, T]]


def matrices(p: Mapping[str, T], form: Form) -> tuple[Matrix[T], Matrix[T]]:
    """Host and farmer; rows honest, dishonest; columns supervised, not. The forms differ in the host's cost."""
    honest, dishonest = p["G"] - p["H1"], p["G"] - p["H2"]
    if form == "printed":
        host = ((honest, dishonest), (honest - p["F"], dishonest))
    else:
        host = ((honest, honest), (dishonest - p["F"], dishonest))
    farmer = ((p["R1"] - p["C"], p["R1"]), (p["R2"] - p["C"] + p["F"], p["R2"] - p["L"]))
    return host, farmer


def mean(
    matrix: Matrix[NDArray[np.float64]], p: NDArray[np.float64], q: NDArray[np.float64]
) -> NDArray[np.float64]:
    """The expected payoff when the first row is played with probability p and the first column with q."""
    (a, b), (c, d) = matrix
    first, second = b + q * (a - b), d + q * (c - d)
    return second + p * (first - second)


def stack(matrix: Matrix[NDArray[np.float64]], shape: tuple[int, ...]) -> NDArray[np.float64]:
    """The four cells, each broadcast to `shape`, as one array of the shape (..., 2, 2)."""
    rows = [np.stack([np.broadcast_to(cell, shape) for cell in row], axis=-1) for row in matrix]
    return np.stack(rows, axis=-2)
