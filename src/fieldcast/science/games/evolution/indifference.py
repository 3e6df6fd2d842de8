"""Where several strategies of each population earn the same: the equations of a rest point with a given support.

One population, and two that mix, give linear equations, solved to rounding. Three or more that mix give multilinear
ones (`multilinear.zeros`). A rule of the state gives smooth ones, searched from many starts. Continua of solutions are
returned as one point inside with their dimension.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fieldcast.science.games.evolution.game import FloatArray, PopulationGame
from fieldcast.science.games.evolution.multilinear import distinct, zeros
from fieldcast.science.games.evolution.search import POSITIVE, searched
from fieldcast.science.games.evolution.slopes import Support, face_basis, payoff_slope

EQUAL = 1e-10  # payoffs closer than this part of the game's spread are equal
APART = 0.05  # singular zeros closer than this hang together


@dataclass(frozen=True, eq=False)
class Solution:
    """A state (total,) at which the supported strategies earn the same. `dimension` is that of the continuum it stands
    for, 0 where it is alone; `singular` says that the equations' derivative is singular there."""

    state: FloatArray
    dimension: int
    singular: bool


@dataclass(frozen=True, eq=False)
class Solutions:
    """The solutions on one support, and whether the method rules out further ones."""

    found: tuple[Solution, ...]
    complete: bool


def solve(game: PopulationGame, support: Support) -> Solutions:
    """Every state with exactly this support at which, within each population, supported strategies earn the same."""
    if game.rule is not None:
        states = distinct(searched(game, support))
        singular = np.array([bool(_nullity(game, support, state)) for state in states], dtype=np.bool_)
        alone = [Solution(state, 0, singular=False) for state in states[~singular]]
        vertex = all(len(chosen) == 1 for chosen in support)
        return Solutions((*alone, *_clusters(game, support, states[singular], True)), complete=vertex)
    if game.symmetric:
        rows = game.tensors[0][np.ix_(support[0], support[0])]
        return _linear(game, support, {0: rows[1:] - rows[:1]})
    mixing = [k for k, chosen in enumerate(support) if len(chosen) > 1]
    tensors = [tensor[np.ix_(*support)] for tensor in game.tensors]
    if len(mixing) >= 3:
        return _multilinear(game, support, mixing, tensors)
    equations: dict[int, FloatArray] = {}
    for k in mixing:
        rows = np.moveaxis(tensors[k], k, 0)
        other = next((j for j in mixing if j != k), k)
        differences = (rows[1:] - rows[:1]).reshape(len(rows) - 1, -1)
        if (
            other == k
        ):  # nobody else mixes: the differences are fixed, and must vanish for the whole face to rest
            differences = np.repeat(differences, len(rows), axis=1)
        equations[other] = differences
    return _linear(game, support, equations)


def _linear(game: PopulationGame, support: Support, equations: dict[int, FloatArray]) -> Solutions:
    """Population k's shares solve `equations[k]` @ shares = 0; without equations it plays its one strategy."""
    rows = [equations.get(k, np.zeros((0, len(chosen)))) / game.spread for k, chosen in enumerate(support)]
    systems = [np.vstack([each, np.ones(each.shape[1])]) for each in rows]
    state = np.zeros(game.total)
    dimension = 0
    # the equations with most rows first: they are the ones that have no solution
    for k in sorted(range(len(systems)), key=lambda k: systems[k].shape[1] - len(systems[k])):
        shares, free = _positive(systems[k])
        if shares is None:
            return Solutions((), complete=True)
        state[game.slices[k]][list(support[k])] = shares
        dimension += free
    return Solutions((Solution(state, dimension, singular=dimension > 0),), complete=True)


def _positive(system: FloatArray) -> tuple[FloatArray | None, int]:
    """Positive shares with `system` @ shares = (0, …, 0, 1), if there are any, and how many directions stay free."""
    target = np.append(np.zeros(len(system) - 1), 1.0)
    shares, _, rank, _ = np.linalg.lstsq(system, target, rcond=EQUAL)
    if abs(system @ shares - target).max() > EQUAL * 10:
        return None, 0
    free = len(shares) - int(rank)
    if free and shares.min() <= POSITIVE:
        shares = _most_inner(system, target)
    return (shares if shares.min() > POSITIVE else None), free


def _most_inner(system: FloatArray, target: FloatArray) -> FloatArray:
    """The solution whose smallest share is largest."""
    from scipy.optimize import linprog  # noqa: PLC0415 — slow to load, and only degenerate games need it

    size = system.shape[1]
    best = linprog(
        np.append(np.zeros(size), -1.0),
        A_ub=np.hstack([-np.eye(size), np.ones((size, 1))]),
        b_ub=np.zeros(size),
        A_eq=np.hstack([system, np.zeros((len(system), 1))]),
        b_eq=target,
        bounds=[(0, 1)] * size + [(None, 1)],
    )
    shares: FloatArray = best.x[:size] if best.success else np.zeros(size)
    return shares


def _multilinear(
    game: PopulationGame, support: Support, mixing: list[int], tensors: list[FloatArray]
) -> Solutions:
    sizes = [len(support[k]) for k in mixing]
    equations = []
    for axis, k in enumerate(mixing):
        rows = np.moveaxis(tensors[k], k, 0)
        differences = (rows[1:] - rows[:1]).reshape(-1, *(size for j, size in enumerate(sizes) if j != axis))
        wide = np.broadcast_to(np.expand_dims(differences, axis + 1), (len(differences), *sizes))
        equations.append(np.where(abs(wide) > EQUAL * game.spread, wide, 0.0))
    answer = zeros(np.concatenate(equations))
    states = [_placed(game, support, mixing, rows) for rows in (answer.regular, answer.singular)]
    regular = [Solution(state, 0, singular=False) for state in states[0]]
    return Solutions((*regular, *_clusters(game, support, states[1], answer.complete)), answer.complete)


def _placed(game: PopulationGame, support: Support, mixing: list[int], rows: FloatArray) -> FloatArray:
    """Shares of the mixing populations put into whole states; those with a share of zero are left to other supports."""
    rows = rows[(rows > POSITIVE).all(axis=1)]
    states = np.zeros((len(rows), game.total))
    columns = [game.slices[k].start + i for k in mixing for i in support[k]]
    states[:, columns] = rows
    for k, chosen in enumerate(support):
        if len(chosen) == 1:
            states[:, game.slices[k].start + chosen[0]] = 1.0
    return states


def _clusters(
    game: PopulationGame, support: Support, states: FloatArray, complete: bool
) -> Iterator[Solution]:
    """One solution for each set of singular points that hang together, the innermost; one for all of a mere sample."""
    if not len(states):
        return
    label = _hanging_together(states) if complete else np.zeros(len(states), dtype=np.int64)
    for group in (states[label == name] for name in np.unique(label)):
        inner = group[np.where(group > 0, group, 1.0).min(axis=1).argmax()]
        apart = abs(group - inner).max() > APART / 50
        yield Solution(inner, _nullity(game, support, inner) if apart else 0, singular=True)


def _hanging_together(states: FloatArray) -> NDArray[np.int64]:
    """A label for each state, the same where steps below `APART` lead from one to the other."""
    near = np.linalg.norm(states[:, None] - states[None], axis=-1) < APART
    label = np.arange(len(states))
    while True:  # labels spread to neighbours until none changes
        lowest = np.where(near, label, len(states)).min(axis=1)
        if (lowest == label).all():
            return label
        label = lowest


def _nullity(game: PopulationGame, support: Support, state: FloatArray) -> int:
    """In how many directions inside the face payoff differences do not change."""
    basis = face_basis(game, support)
    slopes = basis.T @ payoff_slope(game, state, basis)
    return int((np.linalg.svd(slopes, compute_uv=False) < 1e-6 * game.spread).sum())
