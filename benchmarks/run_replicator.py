"""400 replicator trajectories of 1,000 points, ours and nashpy's, on the same starts and times. To reach: 10 times.

Two games: the supervision game between two populations (the paper's ordinary commerce), whose trajectories go round for
ever, and a rock–paper–scissors of one population that winds into its middle. How far each is off is measured against an
integrator of high order with tolerances of 1e-13: fast and wrong would be no use. Ours runs twice, at a tolerance at
which it is still closer than nashpy's default, and at its own default.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from nashpy.learning.replicator_dynamics import asymmetric_replicator_dynamics, replicator_dynamics
from numpy.typing import NDArray
from scipy.integrate import solve_ivp

from fieldcast.science.games import paper
from fieldcast.science.games.evolution import (
    PopulationGame,
    random_states,
    replicate,
    supervision_dynamics,
    symmetric_game,
)

STARTS, POINTS, TO_REACH = 400, 1_000, 10.0
TOLERANCES = (1e-6, 1e-8)
Paths = NDArray[np.float64]


@dataclass(frozen=True)
class Case:
    """A game, how nashpy runs one trajectory of it, and until when."""

    name: str
    game: PopulationGame
    theirs: Callable[[Paths, Paths], Paths]
    until: float


def cases() -> list[Case]:
    """The two games."""
    host, farmer = paper.ORDINARY.payoffs("derived")
    rock = np.array([[0.0, -1, 2], [2, 0, -1], [-1, 2, 0]])

    def supervised(start: Paths, times: Paths) -> Paths:
        return np.hstack(asymmetric_replicator_dynamics(host, farmer, start[:2], start[2:], times))

    def rocked(start: Paths, times: Paths) -> Paths:
        path: Paths = replicator_dynamics(rock, start, times)
        return path

    return [
        Case("supervision game", supervision_dynamics(paper.ORDINARY), supervised, 5.0),
        Case("rock, paper, scissors", symmetric_game(rock), rocked, 30.0),
    ]


def exact(game: PopulationGame, starts: Paths, times: Paths) -> Paths:
    """All trajectories by DOP853 with tolerances of 1e-13, (m, t, total)."""
    shape = starts.shape

    def slope(_: float, flat: Paths) -> Paths:
        return game.velocity(flat.reshape(shape)).ravel()

    done = solve_ivp(slope, times[[0, -1]], starts.ravel(), "DOP853", times, rtol=1e-13, atol=1e-15)
    path: Paths = done.y.reshape(*shape, len(times)).transpose(0, 2, 1)
    return path


def batch(game: PopulationGame, starts: Paths, times: Paths, tolerance: float) -> Paths:
    """Ours: all trajectories at once."""
    return replicate(game, starts=starts, times=times, tolerance=tolerance).states


def timed(run: Callable[[], Paths], *, best_of: int) -> tuple[float, Paths]:
    """The fewest seconds of several runs, and what the last one returned."""
    took = np.inf
    for _ in range(best_of):
        begun = time.perf_counter()
        paths = run()
        took = min(took, time.perf_counter() - begun)
    return took, paths


def measure(case: Case, *, seed: int = 7) -> None:
    """Print seconds, deviations and the ratio for one game."""
    starts = random_states(case.game, count=STARTS, rng=np.random.default_rng(seed))
    times = np.linspace(0.0, case.until, POINTS)
    truth = exact(case.game, starts, times)
    theirs, paths = timed(lambda: np.array([case.theirs(start, times) for start in starts]), best_of=1)
    print(f"{case.name}: nashpy {theirs:.2f} s, at most {abs(paths - truth).max():.1e} off")
    for tolerance in TOLERANCES:
        ours, paths = timed(partial(batch, case.game, starts, times, tolerance), best_of=3)
        print(
            f"    fieldcast at {tolerance:.0e}: {ours:.3f} s, at most {abs(paths - truth).max():.1e} off: "
            f"{theirs / ours:,.0f} times as fast (to reach: {TO_REACH:.0f})"
        )


def main() -> None:
    """Print the figures beside the one to reach."""
    print(f"{STARTS} trajectories of {POINTS:,} points")
    for case in cases():
        measure(case)


if __name__ == "__main__":
    main()
