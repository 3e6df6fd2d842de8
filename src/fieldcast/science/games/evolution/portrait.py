"""What a phase portrait is drawn from: arrows on a grid, trajectories, rest points."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from fieldcast.science.errors import BadParameter
from fieldcast.science.games.evolution.checks import number, whole
from fieldcast.science.games.evolution.game import FloatArray, PopulationGame
from fieldcast.science.games.evolution.integrate import replicate
from fieldcast.science.games.evolution.rest import RestPoints, rest_points
from fieldcast.science.text import Text


@dataclass(frozen=True, eq=False)
class Portrait:
    """A state space of two dimensions. x and y are the shares of the first strategy of each of two populations with two
    strategies, or the first two of one population's three.

    `x`, `y`, `dx`, `dy` (g, g): the velocity on a grid, row by row from y = 0; not a number outside a simplex.
    `times` (t,), `paths` (m, t, 2): trajectories. `rests`: the rest points; `rest_at` (r, 2) where they stand.
    """

    x: FloatArray
    y: FloatArray
    dx: FloatArray
    dy: FloatArray
    times: FloatArray
    paths: FloatArray
    rests: RestPoints
    rest_at: FloatArray


def phase_portrait(
    game: PopulationGame,
    *,
    starts: ArrayLike | None = None,
    horizon: float | None = None,
    points: int = 400,
    grid: int = 21,
    tolerance: float = 1e-6,
) -> Portrait:
    """The portrait of a game with two populations of two strategies or one of three.

    `starts` (m, 2) are points of the picture (default: eight spread over it), each followed until `horizon` (default:
    100/payoff spread, a few rounds of a typical cycle) and told at `points` times. Raises `BadParameter` for another
    kind of game, starts off the state space, and numbers out of range.
    """
    columns = _shown(game)
    given = _default_starts(game) if starts is None else _states(game, starts, parameter="starts")
    end = number("horizon", 100 / game.spread if horizon is None else horizon, above=0)
    times = np.linspace(0.0, end, whole("points", points, least=2, most=100_000))
    x, y = np.meshgrid(*[np.linspace(0.0, 1.0, whole("grid", grid, least=2, most=1_000))] * 2)
    inside = np.ones(x.shape, dtype=np.bool_) if len(game.sizes) == 2 else x + y <= 1 + 1e-12
    arrows = np.full((*x.shape, 2), np.nan)
    on_grid = _states(game, np.stack([x[inside], y[inside]], axis=1), parameter="grid")
    arrows[inside] = game.velocity(on_grid)[:, columns]
    rests = rest_points(game)
    paths = replicate(game, starts=given, times=times, tolerance=tolerance).states[..., columns]
    rest_at = np.array([point.state[columns] for point in rests.points])
    return Portrait(x, y, arrows[..., 0], arrows[..., 1], times, paths, rests, rest_at)


def _shown(game: PopulationGame) -> list[int]:
    """Which two shares are the picture's axes."""
    if game.sizes == (2, 2):
        return [0, 2]
    if game.sizes == (3,):
        return [0, 1]
    raise BadParameter(
        "game",
        Text(
            en="A picture has two dimensions: two populations with two strategies each, or one with three.",
            zh="相图只有两维：两个群体各两种策略，或一个群体三种策略。",
        ),
    )


def _states(game: PopulationGame, at: ArrayLike, *, parameter: str) -> FloatArray:
    first = np.atleast_2d(np.asarray(at, dtype=np.float64))
    if first.ndim != 2 or first.shape[1] != 2:
        raise BadParameter(
            parameter,
            Text(en="Give points of the picture, two numbers each.", zh="请给出图上的点，每点两个数。"),
        )
    if game.sizes == (2, 2):
        return game.states_of_first(first, parameter=parameter)
    rest = 1 - first.sum(axis=1, keepdims=True)
    rest[abs(rest) < 1e-12] = 0.0
    return game.checked_states(np.hstack([first, rest]), parameter=parameter)


def _default_starts(game: PopulationGame) -> FloatArray:
    """Eight points, evenly spread on a diagonal of the square, or towards the corners of the simplex."""
    away = np.linspace(0.06, 0.94, 8)
    if game.sizes == (2, 2):
        return game.states_of_first(np.stack([away, 1 - away], axis=1))
    turn = 2 * np.pi * np.arange(8) / 8
    return _states(game, 1 / 3 + 0.22 * np.stack([np.cos(turn), np.sin(turn)], axis=1), parameter="starts")
