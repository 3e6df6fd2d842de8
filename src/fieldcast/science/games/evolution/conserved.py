"""Constants of motion: why some games go round for ever instead of settling."""

import numpy as np

from fieldcast.science.games.evolution.game import PopulationGame
from fieldcast.science.games.evolution.making import constant_game, symmetric_game
from fieldcast.science.games.evolution.slopes import Support, face_basis

ZERO = 1e-8  # differences below this part of the payoff spread are none


def conserves(game: PopulationGame) -> bool:
    """Whether ∏ x_i^{p_i} (two populations: times ∏ y_j^{c q_j}) is constant along every trajectory, p (and q) at rest.

    So it is in one population where (x−p)·A(x−p) vanishes, and in two where the game is a rescaled zero-sum one:
    (x−p)·(A + cB)(y−q) vanishes for some c > 0. Hofbauer and Sigmund (1998), chs. 7 and 11. A 2×2 game with an interior
    rest point that is not a saddle always is. False for three populations and more, where no such constant is known.
    """
    if not game.tensors or len(game.sizes) > 2:
        return False
    basis = face_basis(game, tuple(tuple(range(size)) for size in game.sizes))
    if game.symmetric:
        form = basis.T @ game.tensors[0] @ basis
        return bool(abs(form + form.T).max(initial=0.0) <= ZERO * game.spread)
    first, second = game.slices
    rows = game.sizes[0] - 1
    left, right = basis[first, :rows], basis[second, rows:]
    a, b = (left.T @ tensor @ right for tensor in game.tensors)
    size = float((b * b).sum())
    weight = -float((a * b).sum()) / size if size > 0 else 0.0
    return weight > 0 and bool(abs(a + weight * b).max() <= ZERO * game.spread)


def on_face(game: PopulationGame, support: Support) -> PopulationGame | None:
    """The constant game that is left when each population keeps to its support; `None` unless one symmetric population
    or exactly two that mix are left."""
    if not game.tensors:
        return None
    if game.symmetric:
        return symmetric_game(game.tensors[0][np.ix_(support[0], support[0])])
    mixing = [k for k, chosen in enumerate(support) if len(chosen) > 1]
    if len(mixing) != 2:
        return None
    shape = [len(support[k]) for k in mixing]
    return constant_game(*(game.tensors[k][np.ix_(*support)].reshape(shape) for k in mixing))
