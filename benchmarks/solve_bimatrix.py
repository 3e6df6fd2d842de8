"""How fast 2×2 games are solved and how often the answer is right, beside nashpy and QuantEcon.

To reach, on 10,000 random 2×2 games: 20 times as fast as QuantEcon's `support_enumeration` and 1,000 times as fast as
nashpy's. To reach, on 2,000 integer games with payoffs in [-3, 3], many of them degenerate: the extreme equilibria of
every game, as found by trying everything in fractions. QuantEcon comes with `requirements/bench.txt`; without it its
lines say so.
"""

import time
import warnings
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import nashpy
import numpy as np
from numpy.typing import NDArray
from tests.science.games.bimatrix_by_force import extreme_equilibria

from fieldcast.science.games.bimatrix import Equilibria2x2, equilibria, equilibria_2x2

GAMES, SAMPLED, RUNS = 10_000, 1_000, 5
SMALL = 1_000  # integer games of each shape
SHAPES = ((2, 2), (3, 3))
TO_REACH_QUANTECON, TO_REACH_NASHPY = 20, 1_000

Games = NDArray[np.int64] | NDArray[np.float64]
Found = frozenset[tuple[float, ...]]


@dataclass(frozen=True)
class Peer:
    """How a peer makes a game of two payoff matrices, and how it solves one."""

    build: Callable[[Any, Any], Any]
    solve: Callable[[Any], Iterable[Any]]


def peers() -> dict[str, Peer]:
    """The peers by their names, with QuantEcon's where it is installed."""
    found = {
        "nashpy support_enumeration": Peer(nashpy.Game, nashpy.Game.support_enumeration),
        "nashpy vertex_enumeration": Peer(nashpy.Game, nashpy.Game.vertex_enumeration),
    }
    if find_spec("quantecon"):
        theory = import_module("quantecon.game_theory")

        def build(A: Games, B: Games) -> Any:
            return theory.NormalFormGame((theory.Player(A), theory.Player(B.T)))

        found["QuantEcon support_enumeration"] = Peer(build, theory.support_enumeration)
        found["QuantEcon vertex_enumeration"] = Peer(build, theory.vertex_enumeration)
    return found


def seconds(peer: Peer, A: Games, B: Games) -> float:
    """What solving the games takes one after the other, made beforehand; the first run compiles what is compiled."""
    games = [peer.build(mine, yours) for mine, yours in zip(A, B, strict=True)]
    return best_of_runs(lambda: [list(peer.solve(game)) for game in games])


def best_of_runs(run: Callable[[], Any]) -> float:
    """The seconds of the fastest of several runs: what the machine does meanwhile only ever adds."""
    times = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        run()
        times.append(time.perf_counter() - begun)
    return min(times)


def print_speed(peers: dict[str, Peer]) -> None:
    """The times of 10,000 random games."""
    A, B = np.random.default_rng(7).normal(size=(2, GAMES, 2, 2))
    ours = best_of_runs(lambda: equilibria_2x2(A, B))
    print(f"{GAMES:,} random 2×2 games, all equilibria: {1000 * ours:.1f} ms ({GAMES / ours:,.0f} games/s)")
    for name, factor in (("nashpy", TO_REACH_NASHPY), ("QuantEcon", TO_REACH_QUANTECON)):
        peer = peers.get(f"{name} support_enumeration")
        if peer is None:
            print(f"  {name} is not installed (requirements/bench.txt): not compared")
            continue
        theirs = seconds(peer, A[:SAMPLED], B[:SAMPLED]) * GAMES / SAMPLED
        print(
            f"  {name} support_enumeration: {theirs:.2f} s (timed on {SAMPLED:,}, scaled): "
            f"{theirs / ours:,.0f} times ours (to reach: {factor:,} times)"
        )


def print_agreement(peers: dict[str, Peer]) -> None:
    """The share of integer games in which each finds exactly the extreme equilibria."""
    solvers = {"ours": Peer(equilibria, lambda game: game.extreme), **peers}
    for m, n in SHAPES:
        A, B = np.random.default_rng([m, n]).integers(-3, 4, (2, SMALL, m, n))
        right = [_rounded(extreme_equilibria(*pair)) for pair in zip(A.tolist(), B.tolist(), strict=True)]
        print(f"{SMALL:,} {m}×{n} games with whole payoffs in [-3, 3], all extreme equilibria and no other:")
        if (m, n) == (2, 2):
            games = equilibria_2x2(A, B)
            print(f"  ours, all at once: {_share(_of_arrays(games), right)} (to reach: 100 %)")
        for name, solver in solvers.items():
            found = [_solved(solver, mine, yours) for mine, yours in zip(A, B, strict=True)]
            goal = " (to reach: 100 %)" if name == "ours" else ""
            print(f"  {name}: {_share(found, right)}{goal}")


def _solved(solver: Peer, A: Games, B: Games) -> Found | None:
    """What a solver finds; nothing when it gives up."""
    try:
        return _rounded(solver.solve(solver.build(A, B)))
    except Exception:  # noqa: BLE001 — a peer that breaks on a game has not solved it, however it breaks
        return None


def _rounded(pairs: Iterable[Any]) -> Found:
    return frozenset(tuple(round(float(value), 6) + 0.0 for one in pair for value in one) for pair in pairs)


def _of_arrays(games: Equilibria2x2) -> list[Found]:
    places = (
        [[1.0, 0.0, row] for row in games.switch[:, 0]],
        [[1.0, 0.0, column] for column in games.switch[:, 1]],
    )
    return [
        _rounded(((xs[i], 1 - xs[i]), (ys[j], 1 - ys[j])) for i, j in np.argwhere(extreme))
        for xs, ys, extreme in zip(*places, games.extreme, strict=True)
    ]


def _share(found: list[Found | None] | list[Found], right: list[Found]) -> str:
    return f"{100 * np.mean([mine == true for mine, true in zip(found, right, strict=True)]):.1f} %"


def main() -> None:
    """Print each figure beside the one to reach."""
    warnings.simplefilter("ignore")  # the peers warn of every degenerate game
    installed = peers()
    print_speed(installed)
    print_agreement(installed)


if __name__ == "__main__":
    main()
