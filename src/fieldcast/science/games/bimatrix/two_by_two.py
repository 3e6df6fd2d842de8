"""All equilibria of any number of 2×2 games at once, in arrays.

In a 2×2 game a player's best reply changes at most once, at one mixture of the other. So each player has at most three
strategies that can take part in an extreme equilibrium: either pure one, and the mixture at which the other is
indifferent. The nine pairs of them are tried in every game together.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from fieldcast.science.errors import BadParameter
from fieldcast.science.games.bimatrix.payoffs import TOLERANCE
from fieldcast.science.text import Text

EXACT_UP_TO = 2**51
"""Sums of four whole numbers up to this are whole numbers a float64 holds."""

LARGEST = 1e300


@dataclass(frozen=True, eq=False)
class Equilibria2x2:
    """Equilibria of 2×2 games, one for each place of the leading shape `...` of the payoffs.

    `pure` (..., 2, 2) bool: whether row i and column j form an equilibrium.
    `mix` (..., 2) float: probabilities of the first row and of the first column in the isolated equilibrium in which
    both players mix; NaN where there is none.
    `degenerate` (...) bool: some pure strategy has two best replies, so there may be whole segments of equilibria.
    `switch` (..., 2) float: the probability of the first row at which the column player is indifferent, and that of the
    first column at which the row player is; NaN where a player's preference never turns.
    `extreme` (..., 3, 3) bool: the complete answer. Places 0 and 1 stand for the pure strategies and 2 for the mixture
    in `switch`. These pairs are the extreme equilibria; two that share a strategy are the ends of a segment of them,
    and four at the corners of a rectangle span it.
    """

    pure: NDArray[np.bool_]
    mix: NDArray[np.float64]
    degenerate: NDArray[np.bool_]
    switch: NDArray[np.float64]
    extreme: NDArray[np.bool_]


def equilibria_2x2(A: ArrayLike, B: ArrayLike) -> Equilibria2x2:
    """All equilibria of the games with payoffs A[..., i, j] to the row player and B[..., i, j] to the column player.

    A and B have one shape (..., 2, 2), for instance (n, 2, 2). Whole numbers (integer arrays) up to 2**51 in size are
    compared exactly and mixtures are the quotients correctly rounded. In float arrays two payoffs count as equal when
    they differ by no more than `TOLERANCE` times the largest payoff of that matrix, in size; whole numbers in a float
    array are therefore exact up to 1e12.

    Raises `BadParameter` naming `A` or `B` for another shape or for anything but finite numbers up to 1e300.
    """
    row_payoffs, row_tolerance = _read("A", A)
    column_payoffs, column_tolerance = _read("B", B)
    if row_payoffs.shape != column_payoffs.shape:
        raise BadParameter(
            "B",
            Text(
                en=f"A has shape {np.shape(A)} but B has {np.shape(B)}: both must have the same shape.",
                zh=f"数组 A 的形状是 {np.shape(A)}，B 的形状是 {np.shape(B)}：两者必须相同。",
            ),
        )
    # what the first row gains over the second at each column, and the first column over the second at each row
    row_gain = _settled(row_payoffs[0] - row_payoffs[1], row_tolerance)
    column_gain = _settled(column_payoffs[:, 0] - column_payoffs[:, 1], column_tolerance)
    switch = np.stack([_turning_point(column_gain), _turning_point(row_gain)])
    mixes = ~np.isnan(switch)
    extreme = _replies(row_gain) & np.swapaxes(_replies(column_gain), 0, 1)
    extreme[2] &= mixes[0]
    extreme[:, 2] &= mixes[1]
    return Equilibria2x2(
        pure=np.moveaxis(extreme[:2, :2], (0, 1), (-2, -1)),
        mix=np.moveaxis(np.where(extreme[2, 2], switch, np.nan), 0, -1),
        degenerate=np.asarray((row_gain == 0).any(axis=0) | (column_gain == 0).any(axis=0)),
        switch=np.moveaxis(switch, 0, -1),
        extreme=np.moveaxis(extreme, (0, 1), (-2, -1)),
    )


def _read(name: str, payoffs: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Payoffs as floats of shape (2, 2, ...), and the difference in each game that counts as none.

    Everything here is computed with the places of the games last: numpy is slow along short last axes.
    """
    problem = Text(
        en=f"{name} must be an array of shape (..., 2, 2) of finite numbers up to 1e300 in size.",
        zh=f"{name} 应为形状 (..., 2, 2) 的数组，各数有限，绝对值不超过 1e300。",
    )
    try:
        array = np.asarray(payoffs)
        floats = array.astype(np.float64) if array.dtype.kind in "biufO" else np.empty(0)
    except (TypeError, ValueError, OverflowError) as error:
        raise BadParameter(name, problem) from error
    if floats.ndim < 2 or floats.shape[-2:] != (2, 2):
        raise BadParameter(name, problem)
    floats = np.ascontiguousarray(np.moveaxis(floats, (-2, -1), (0, 1)))
    largest = np.abs(floats).max(axis=(0, 1))
    if not (largest <= LARGEST).all():
        raise BadParameter(name, problem)
    if array.dtype.kind in "biu" and (largest <= EXACT_UP_TO).all():
        return floats, np.zeros_like(largest)
    return floats, largest * TOLERANCE


def _settled(gain: NDArray[np.float64], tolerance: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.where(np.abs(gain) <= tolerance, 0.0, gain)


def _turning_point(gain: NDArray[np.float64]) -> NDArray[np.float64]:
    """The weight on the first of two gains (2, ...) of opposite signs that makes their average zero; else NaN."""
    first, second = gain
    share = np.full(first.shape, np.nan)
    np.divide(
        second, second - first, out=share, where=(first < 0) & (second > 0) | (first > 0) & (second < 0)
    )
    return share


def _replies(gain: NDArray[np.float64]) -> NDArray[np.bool_]:
    """(3, 3, ...): whether the own first, second or mixed strategy replies best to each of the other's three.

    `gain` (2, ...) is what the first gains over the second against the other's pure strategies. Against the other's
    mixture, which is where the gain turns, both do equally well.
    """
    best = np.ones((3, 3, *gain.shape[1:]), dtype=np.bool_)
    best[0, :2], best[1, :2], best[2, :2] = gain >= 0, gain <= 0, gain == 0
    return best
