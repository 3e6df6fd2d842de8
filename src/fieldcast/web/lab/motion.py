"""What becomes of many hosts and farmers who copy what pays, as the laboratory draws it."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from fieldcast.science.games import evolution
from fieldcast.science.games.supervision import SupervisionGame
from fieldcast.science.text import Text

SLOPE: Final = 2.0  # a fine that follows dishonesty is three times as high where everybody cheats
MOMENTS: Final = 1500  # at which a path is known
STRIDE: Final = 0.012  # of the picture's side, between two points that are drawn
TOLERANCE: Final = 1e-4
ARROWS: Final = np.stack(np.meshgrid(*[np.linspace(0.06, 0.94, 8)] * 2), axis=-1).reshape(-1, 2)
SPREAD: Final = ((0.3, 0.9), (0.6, 0.8), (0.9, 0.6), (0.9, 0.2), (0.5, 0.3))
Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Motion:
    """Directions on a grid, three to five paths, and the places where play rests.

    Each path is (times (t,), points (t, 2)): as many points as a line needs. Each of `rests` is (honesty, supervision,
    class, whether nobody gains by leaving it). `text` says what happens.
    """

    directions: Floats
    paths: tuple[tuple[Floats, Floats], ...]
    rests: tuple[tuple[float, float, str, bool], ...]
    text: Text


@lru_cache(maxsize=256)
def motion_of(game: SupervisionGame, *, dynamic: bool) -> Motion:
    """How shares of honest hosts and supervising farmers move under a fixed fine, or one that follows dishonesty."""
    damping = evolution.damping(game, slope=SLOPE if dynamic else 0.0)
    population = (
        evolution.dynamic_penalty(game, slope=SLOPE) if dynamic else evolution.supervision_dynamics(game)
    )
    middle = None
    if damping.honesty is not None and damping.supervision is not None:
        middle = damping.honesty, damping.supervision
    starts = population.states_of_first(_starts(middle))
    times = _moments(_horizon(population, damping))
    states = evolution.replicate(population, starts=starts, times=times, tolerance=TOLERANCE).states
    if dynamic:
        rests: tuple[Any, ...] = (
            () if middle is None else ((*middle, "sink" if damping.settles else "centre", True),)
        )
    else:
        rests = tuple(
            (float(one.state[0]), float(one.state[2]), one.kind.value, one.nash)
            for one in evolution.rest_points(population).points
        )
    return Motion(
        directions=population.velocity(population.states_of_first(ARROWS))[:, [0, 2]],
        paths=tuple(_thinned(times, path) for path in states[..., [0, 2]]),
        rests=rests,
        text=damping.text,
    )


def _starts(middle: tuple[float, float] | None) -> Floats:
    """From the middle towards the corner farthest from it, so that cycles lie one inside another."""
    if middle is None:
        return np.array(SPREAD)
    centre = np.array(middle)
    corner = np.where(centre > 0.5, 0.05, 0.95)
    starts: Floats = centre + (corner - centre) * np.array([[0.25], [0.5], [0.78]])
    return starts


def _moments(end: float) -> Floats:
    """From 0 to `end`, closer together at first: where little moves at the end, much may have moved before."""
    evenly = np.linspace(0.0, end, MOMENTS * 2 // 3)
    early = np.geomspace(end * 1e-5, end, MOMENTS // 3)
    return np.unique(np.concatenate([evenly, early]))


def _thinned(times: Floats, path: Floats) -> tuple[Floats, Floats]:
    """The points of a path that lie a stride apart along it, and its last."""
    gone = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(path, axis=0).T))])
    kept = np.flatnonzero(np.diff(np.floor(gone / STRIDE), prepend=-1.0))
    kept = np.unique(np.append(kept, len(path) - 1))
    return times[kept], path[kept]


def _horizon(population: evolution.PopulationGame, damping: evolution.Damping) -> float:
    """Nearly two rounds of a small cycle; till little is left of a spiral, at most eight; else till all has moved."""
    if damping.eigenvalues is None:
        return 60 / population.spread
    decay = abs(max(one.real for one in damping.eigenvalues))
    turning = abs(damping.eigenvalues[0].imag)
    rounds = 2 * np.pi / turning if turning else np.inf
    if decay == 0:
        return 1.7 * rounds
    return float(min(5 / decay, 8 * rounds))
