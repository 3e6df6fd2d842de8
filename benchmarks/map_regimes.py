"""How long the regimes of 10^6 supervision games take, beside the least that numpy could do. To reach: 0.5 s.

Two ways to ask for them: `regime_map` over two parameters, 1,000 by 1,000, borders included; and a `SupervisionGame`
whose eight parameters are all arrays of 10^6, checking them included. The bare limit beside the second is one pass of
comparisons over the five arrays that decide (C, F, L, H1, H2), and how fast this machine copies memory at all.
"""

import time
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from fieldcast.science.games.paper import POVERTY
from fieldcast.science.games.sensitivity import regime_map
from fieldcast.science.games.supervision import SupervisionGame

CELLS = 1_000_000
TO_REACH_S = 0.5
REPEATS = 9


def best_of(run: Callable[[], object]) -> float:
    """The least seconds of several runs, the first of which only warms up."""
    run()
    seconds = []
    for _ in range(REPEATS):
        begun = time.perf_counter()
        run()
        seconds.append(time.perf_counter() - begun)
    return min(seconds)


def random_parameters(*, seed: int) -> dict[str, NDArray[np.float64]]:
    """Eight arrays of 10^6 that meet the assumptions of the game, spread over all four inner regimes."""
    rng = np.random.default_rng(seed)
    highest = {"R2": 100, "C": 50, "F": 40, "L": 20, "G": 60, "H2": 20}
    cells = {name: rng.uniform(0, top, CELLS) for name, top in highest.items()}
    cells["R1"] = cells["R2"] + rng.uniform(0.01, 20, CELLS)
    cells["H1"] = cells["H2"] + rng.uniform(0.01, 20, CELLS)
    return cells


def one_pass(cells: dict[str, NDArray[np.float64]]) -> Callable[[], object]:
    """One comparison over each of the arrays that decide the regime, into memory already there."""
    found = np.empty(CELLS, dtype=np.bool_)

    def run() -> None:
        for name in ("C", "F", "L", "H1", "H2"):
            np.greater(cells[name], 12.0, out=found)

    return run


def main() -> None:
    """Print the figures beside the one to reach. Raises `ValueError` when the two ways disagree."""
    side = int(CELLS**0.5)
    costs, fines = np.linspace(0, 50, side), np.linspace(0, 40, side)
    cells = random_parameters(seed=7)
    source, target = cells["C"], np.empty(CELLS)
    mapped = regime_map(POVERTY, x="C", y="F", x_values=costs, y_values=fines).codes
    if not np.array_equal(mapped, POVERTY.with_(C=costs, F=fines[:, None]).regime_codes):
        raise ValueError("the map and the games disagree")
    map_s = best_of(lambda: regime_map(POVERTY, x="C", y="F", x_values=costs, y_values=fines))
    games_s = best_of(lambda: SupervisionGame(**cells).regime_codes)
    pass_s = best_of(one_pass(cells))
    copy_s = best_of(lambda: np.copyto(target, source))
    print(f"Regime map over two parameters, {CELLS:,} cells: {map_s:.4f} s (to reach: {TO_REACH_S} s)")
    print(f"Games of eight arrays, {CELLS:,} cells: {games_s:.4f} s (to reach: {TO_REACH_S} s)")
    print(f"Bare limit, one comparison over five arrays: {pass_s:.4f} s")
    print(f"Copying memory: {2 * source.nbytes / copy_s / 1e9:.1f} GB/s")


if __name__ == "__main__":
    main()
