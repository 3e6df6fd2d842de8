"""Rest points of payoffs that are a rule of the state: Newton's method from a lattice of starts on one face.

What it finds are rest points; that it finds all of them is not guaranteed.
"""

from collections.abc import Iterator
from itertools import product

import numpy as np

from fieldcast.science.games.evolution.game import FloatArray, PopulationGame
from fieldcast.science.games.evolution.slopes import Support, face_basis, payoff_slopes

POSITIVE = 1e-8  # smaller shares belong to a smaller support
MOST_STARTS = 2_401
NEWTON_STEPS = 40


def searched(game: PopulationGame, support: Support) -> FloatArray:
    """States (m, total) with this support whose strategies earn the same; repeated ones are not yet removed."""
    basis = face_basis(game, support)
    states = np.array(list(_lattice(game, support)))
    if not basis.shape[1]:
        return states
    for _ in range(NEWTON_STEPS):
        gaps = game.payoffs(states) @ basis
        slopes = basis.T @ payoff_slopes(game, states, basis)
        moves = np.einsum("cij,cj->ci", np.linalg.pinv(slopes, rcond=1e-9), gaps) @ basis.T
        states = states - moves
        states = states[np.isfinite(states).all(axis=1) & (states > -0.5).all(axis=1)]
        if not len(states) or abs(moves).max() < 1e-14:
            break
    supported = [part.start + i for part, chosen in zip(game.slices, support, strict=True) for i in chosen]
    rests = abs(game.payoffs(states) @ basis).max(axis=1, initial=0.0) < 1e-9 * game.spread
    found: FloatArray = states[rests & (states[:, supported] > POSITIVE).all(axis=1)]
    return found


def _lattice(game: PopulationGame, support: Support) -> Iterator[FloatArray]:
    """States spread over the inside of a face, finer where it has few dimensions."""
    dimension = max(1, sum(len(chosen) - 1 for chosen in support))
    grains = min(12, max(2, int(MOST_STARTS ** (1 / (dimension + 1)))))
    for shares in product(*(_compositions(grains, len(chosen)) for chosen in support)):
        state = np.zeros(game.total)
        for part, chosen, share in zip(game.slices, support, shares, strict=True):
            state[part][list(chosen)] = share
        yield state


def _compositions(grains: int, parts: int) -> list[FloatArray]:
    """Ways to share out one whole among `parts`, in steps of 1/grains, each getting some."""
    cuts = [np.array(cut) for cut in product(range(grains), repeat=parts) if sum(cut) == grains - 1]
    return [(cut + 1 / parts) / grains for cut in cuts]
