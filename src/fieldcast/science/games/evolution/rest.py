"""All rest points of a population game: vertices, faces and inside, each with its eigenvalues and its class.

What is guaranteed. One or two constant populations: every rest point, to rounding. Three or more: every rest point at
which the equations are not singular (found by exclusion with proof of uniqueness, in floating point), and one point of
each singular set unless `complete` is false. Payoffs that are a rule: what a search from many starts finds; `complete`
is false. Continua are never hidden: a point inside each face's continuum is listed, marked degenerate, with the
dimension; the class may change along it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, combinations, product
from math import prod
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from fieldcast.science.errors import BadParameter
from fieldcast.science.games.evolution.game import FloatArray, PopulationGame
from fieldcast.science.games.evolution.indifference import Solution, solve
from fieldcast.science.games.evolution.slopes import Support
from fieldcast.science.games.evolution.stability import Kind, stability
from fieldcast.science.text import Text

MOST_SUPPORTS = 20_000
Where = Literal["vertex", "face", "interior"]


@dataclass(frozen=True, eq=False)
class RestPoint:
    """A state at which no share changes. `shares[k]` are population k's; `support[k]` the strategies that have any.

    `dimension` is 0 for a point that is alone, else that of the continuum it stands for. `kind`, `criterion`, `nash`
    and `ess` as in `stability.Stability`.
    """

    shares: tuple[tuple[float, ...], ...]
    support: Support
    where: Where
    dimension: int
    eigenvalues: NDArray[np.complex128]
    kind: Kind
    criterion: Text
    nash: bool
    ess: bool | None

    @property
    def state(self) -> FloatArray:
        """The shares of all populations, one after the other."""
        return np.concatenate([np.array(share) for share in self.shares])


@dataclass(frozen=True)
class RestPoints:
    """Rest points, vertices first; `complete` says whether the method rules out further ones, `note` why or why not."""

    points: tuple[RestPoint, ...]
    complete: bool
    note: Text

    def of_kind(self, kind: Kind | str) -> tuple[RestPoint, ...]:
        """The points of one class."""
        return tuple(point for point in self.points if point.kind == kind)


def rest_points(game: PopulationGame) -> RestPoints:
    """Every rest point of the replicator dynamics of `game`, classified. What is guaranteed: see the module.

    A state rests when, within each population, all strategies that have a share earn the same. Raises `BadParameter`
    for a game with more than 20,000 combinations of supports.
    """
    count = prod(2**size - 1 for size in game.sizes)
    if count > MOST_SUPPORTS:
        raise BadParameter(
            "game",
            Text(
                en=f"This game has {count:,} combinations of strategies in use; at most {MOST_SUPPORTS:,} "
                "are searched.",
                zh=f"此博弈的策略组合有 {count:,} 种；最多搜索 {MOST_SUPPORTS:,} 种。",
            ),
        )
    points, complete = [], True
    for support in _supports(game.sizes):
        solutions = solve(game, support)
        complete &= solutions.complete
        points += [_described(game, support, solution) for solution in solutions.found]
    return RestPoints(tuple(points), complete, _note(game, complete))


def _supports(sizes: tuple[int, ...]) -> Iterator[Support]:
    """Every combination of non-empty supports, small ones first."""
    each = [
        list(chain.from_iterable(combinations(range(size), count) for count in range(1, size + 1)))
        for size in sizes
    ]
    yield from sorted(product(*each), key=lambda support: sum(len(chosen) for chosen in support))


def _described(game: PopulationGame, support: Support, solution: Solution) -> RestPoint:
    found = stability(
        game,
        state=solution.state,
        support=support,
        dimension=solution.dimension,
        singular=solution.singular,
    )
    mixed = [len(chosen) for chosen in support]
    where: Where = "face"
    if max(mixed) == 1:
        where = "vertex"
    elif mixed == list(game.sizes):
        where = "interior"
    return RestPoint(
        shares=tuple(tuple(solution.state[part].tolist()) for part in game.slices),
        support=support,
        where=where,
        dimension=solution.dimension,
        eigenvalues=found.eigenvalues,
        kind=found.kind,
        criterion=found.criterion,
        nash=found.nash,
        ess=found.ess,
    )


def _note(game: PopulationGame, complete: bool) -> Text:
    if game.rule is not None:
        return Text(
            en="Payoffs are a rule of the state: these rest points were found by search, and there may be others.",
            zh="收益随状态变化：这些静止点由搜索得到，可能还有其他静止点。",
        )
    if not complete:
        return Text(
            en="The equations are singular on a large set: only one point of it is listed.",
            zh="方程在较大范围内奇异：只列出其中一个静止点。",
        )
    return Text(en="These are all rest points.", zh="静止点全部列出。")
