"""Which part of all starts ends at which sink, estimated from starts drawn evenly over the state space."""

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from fieldcast.science.games.evolution.checks import number, whole
from fieldcast.science.games.evolution.game import FloatArray, PopulationGame
from fieldcast.science.games.evolution.integrate import replicate
from fieldcast.science.games.evolution.rest import RestPoint, rest_points
from fieldcast.science.games.evolution.stability import Kind

ARRIVED = 1e-3
ROUNDS = 12


@dataclass(frozen=True)
class Basin:
    """One sink, the share of starts that arrive there, and the interval in which the true share lies."""

    sink: RestPoint
    share: float
    low: float
    high: float


@dataclass(frozen=True)
class Basins:
    """Basins in the order of `rest_points`; `undecided` is the share of starts that reached no sink.

    They go round for ever, approach something that is not a sink, or needed longer than `horizon`.
    """

    basins: tuple[Basin, ...]
    undecided: float
    starts: int
    horizon: float
    confidence: float


def basins(
    game: PopulationGame,
    *,
    seed: int,
    starts: int = 1_000,
    horizon: float | None = None,
    confidence: float = 0.95,
) -> Basins:
    """The share of starts that arrives within 0.001 of each sink before `horizon` (default: 1,000/payoff spread).

    Starts are drawn evenly over the product of simplices from `seed`. The interval is Wilson's (1927) for a proportion,
    one basin at a time. Raises `BadParameter` for no starts or more than 1,000,000, a horizon that is not above 0, and
    a confidence outside (0, 1).
    """
    count = whole("starts", starts, least=1, most=1_000_000)
    end = number("horizon", 1_000 / game.spread if horizon is None else horizon, above=0)
    z = NormalDist().inv_cdf((1 + number("confidence", confidence, above=0, below=1)) / 2)
    sinks = rest_points(game).of_kind(Kind.SINK)
    reached = _arrivals(game, random_states(game, count=count, rng=np.random.default_rng(seed)), sinks, end)
    counts = [int((reached == k).sum()) for k in range(len(sinks))]
    return Basins(
        basins=tuple(
            Basin(sink, hits / count, *wilson(hits, count, z))
            for sink, hits in zip(sinks, counts, strict=True)
        ),
        undecided=1 - sum(counts) / count,
        starts=count,
        horizon=end,
        confidence=confidence,
    )


def random_states(game: PopulationGame, *, count: int, rng: np.random.Generator) -> FloatArray:
    """States drawn evenly over the product of simplices, (count, total)."""
    return np.hstack([rng.dirichlet(np.ones(size), count) for size in game.sizes])


def wilson(hits: int, count: int, z: float) -> tuple[float, float]:
    """Wilson's score interval for a proportion, z standard deviations wide on each side."""
    share, weight = hits / count, z * z / count
    middle = (share + weight / 2) / (1 + weight)
    half = z * np.sqrt(share * (1 - share) / count + weight / (4 * count)) / (1 + weight)
    return max(0.0, float(middle - half)), min(1.0, float(middle + half))


def _arrivals(
    game: PopulationGame, states: FloatArray, sinks: tuple[RestPoint, ...], horizon: float
) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """For each start the number of the sink it reached, −1 for none. Spans double; starts that arrived are dropped."""
    reached = np.full(len(states), -1)
    if not sinks:
        return reached
    ends = np.array([sink.state for sink in sinks])
    spans = horizon * 2.0 ** np.arange(-ROUNDS + 1, 1)
    for begun, until in zip([0.0, *spans[:-1]], spans, strict=True):
        moving = np.flatnonzero(reached < 0)
        if not len(moving):
            break
        states[moving] = replicate(game, starts=states[moving], times=[begun, until], tolerance=1e-6).states[
            :, -1
        ]
        distance = abs(states[moving, None] - ends).max(axis=2)
        nearest = distance.argmin(axis=1)
        there = distance[np.arange(len(moving)), nearest] < ARRIVED
        reached[moving[there]] = nearest[there]
    return reached
