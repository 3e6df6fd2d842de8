"""Directions within a face of the state space, and how payoffs change along them."""

import numpy as np

from fieldcast.science.games.evolution.game import FloatArray, PopulationGame

Support = tuple[tuple[int, ...], ...]
"""For each population the strategies that have a share."""
STEP = 1e-3


def face_basis(game: PopulationGame, support: Support) -> FloatArray:
    """Orthonormal directions within a face, (total, Σ (|S_k| − 1)): each population's shares keep their sum."""
    columns = []
    for part, chosen in zip(game.slices, support, strict=True):
        for count in range(1, len(chosen)):
            column = np.zeros(game.total)
            column[[part.start + i for i in chosen[:count]]] = 1.0
            column[part.start + chosen[count]] = -count
            columns.append(column / np.sqrt(count * (count + 1)))
    return np.array(columns).reshape(-1, game.total).T


def payoff_slopes(game: PopulationGame, states: FloatArray, directions: FloatArray) -> FloatArray:
    """Derivatives of all payoffs along directions (total, d) at states (m, total): (m, total, d).

    Each direction must move one population alone. Constant payoffs are linear along it, so a difference is exact. For a
    rule of the state it is the central difference of order four, exact for polynomials up to degree four.
    """
    if game.tensors and len(game.sizes) <= 2:
        same: FloatArray = np.broadcast_to(game.earning(directions), (len(states), *directions.shape))
        return same
    if game.tensors:
        moved = states[:, None] + directions.T
        return (game.payoffs(moved) - game.payoffs(states)[:, None]).transpose(0, 2, 1)
    offsets = STEP * np.array([-2.0, -1.0, 1.0, 2.0])
    moved = states[:, None, None] + offsets[:, None, None] * directions.T
    at = game.payoffs(moved)
    slopes: FloatArray = (at[:, 0] - 8 * at[:, 1] + 8 * at[:, 2] - at[:, 3]) / (12 * STEP)
    return slopes.transpose(0, 2, 1)


def payoff_slope(game: PopulationGame, state: FloatArray, directions: FloatArray) -> FloatArray:
    """The same at one state (total,): (total, d)."""
    slope: FloatArray = payoff_slopes(game, state[None], directions)[0]
    return slope
