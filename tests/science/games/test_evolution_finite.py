"""Finite populations: exact formulas in one population, and replicator dynamics where populations are large."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.special import expit

from fieldcast.science.errors import BadParameter
from fieldcast.science.games.evolution import (
    fixation_probability,
    imitate,
    replicate,
    stationary_distribution,
    supervision_dynamics,
    symmetric_game,
)
from fieldcast.science.games.supervision import SupervisionGame

payoff = st.floats(-3, 3)
matrices = st.tuples(payoff, payoff, payoff, payoff).map(lambda p: np.array(p).reshape(2, 2))


def transition(matrix: NDArray[np.float64], size: int, w: float, mu: float) -> NDArray[np.float64]:
    """The chain of how many of `size` play the first strategy, written down from the rule itself."""
    chain = np.zeros((size + 1, size + 1))
    for i in range(size + 1):
        up = down = 0.0
        if 0 < i < size:
            first = (matrix[0, 0] * (i - 1) + matrix[0, 1] * (size - i)) / (size - 1)
            second = (matrix[1, 0] * i + matrix[1, 1] * (size - i - 1)) / (size - 1)
            up = (size - i) / size * i / (size - 1) * expit(w * (first - second))
            down = i / size * (size - i) / (size - 1) * expit(w * (second - first))
        up, down = (1 - mu) * up + mu / 2 * (size - i) / size, (1 - mu) * down + mu / 2 * i / size
        if i < size:
            chain[i, i + 1] = up
        if i:
            chain[i, i - 1] = down
        chain[i, i] = 1 - up - down
    return chain


@settings(max_examples=40, deadline=None)
@given(matrices, st.integers(2, 12), st.floats(0, 2))
def test_the_fixation_probability_solves_the_chain(matrix: NDArray[np.float64], size: int, w: float) -> None:
    chain = transition(matrix, size, w, 0.0)
    inner = np.eye(size - 1) - chain[1:-1, 1:-1]
    solved = np.linalg.solve(inner, chain[1:-1, -1])
    for start in range(1, size):
        assert fixation_probability(matrix, size=size, intensity=w, start=start) == pytest.approx(
            solved[start - 1], rel=1e-6, abs=1e-12
        )


@settings(max_examples=40, deadline=None)
@given(matrices, st.integers(2, 12), st.floats(0, 2), st.floats(0.001, 1))
def test_the_stationary_distribution_is_left_alone_by_the_chain(
    matrix: NDArray[np.float64], size: int, w: float, mu: float
) -> None:
    shares = stationary_distribution(matrix, size=size, intensity=w, mutation=mu)
    assert shares.sum() == pytest.approx(1)
    assert np.allclose(shares @ transition(matrix, size, w, mu), shares, atol=1e-12)


def test_neutral_and_constant_selection_have_their_known_fixation_probabilities() -> None:
    assert fixation_probability(np.zeros((2, 2)), size=50, intensity=1, start=3) == pytest.approx(3 / 50)
    r = 1.1
    known = (1 - 1 / r) / (1 - r**-30)
    assert fixation_probability([[1, 1], [0, 0]], size=30, intensity=np.log(r)) == pytest.approx(known)
    assert fixation_probability([[1, 1], [0, 0]], size=30, intensity=1, start=0) == 0
    assert fixation_probability([[0, 0], [1, 1]], size=30, intensity=1, start=30) == 1


def test_large_populations_do_not_overflow() -> None:
    assert fixation_probability([[0, 0], [100, 100]], size=100_000, intensity=10) == 0
    shares = stationary_distribution([[0, 3], [1, 0]], size=100_000, intensity=5, mutation=1e-3)
    assert shares.sum() == pytest.approx(1)


def test_simulated_takeovers_are_as_frequent_as_the_formula_says() -> None:
    matrix, size, start, w, runs = np.array([[3.0, 0.0], [2.0, 1.0]]), 12, 5, 0.3, 1_500
    done = imitate(
        symmetric_game(matrix), sizes=[size], starts=[start], generations=150, intensity=w, runs=runs, seed=8
    ).shares[:, -1, 0]
    assert set(done) == {0.0, 1.0}
    expected = fixation_probability(matrix, size=size, intensity=w, start=start)
    assert abs(done.mean() - expected) < 4 * np.sqrt(expected * (1 - expected) / runs)


def test_simulated_shares_with_mutation_are_distributed_as_the_formula_says() -> None:
    matrix, size, w, mu, runs = np.array([[0.0, 3.0], [1.0, 0.0]]), 6, 1.0, 0.2, 1_500
    done = imitate(
        symmetric_game(matrix),
        sizes=[size],
        starts=[1],
        generations=60,
        intensity=w,
        runs=runs,
        seed=5,
        mutation=mu,
    ).shares[:, -1, 0]
    counts = np.bincount(np.round(done * size).astype(int), minlength=size + 1) / runs
    expected = stationary_distribution(matrix, size=size, intensity=w, mutation=mu)
    assert abs(counts - expected).max() < 4 * np.sqrt(0.25 / runs)


def test_two_large_populations_follow_the_replicator_dynamics_at_half_the_intensity() -> None:
    game = supervision_dynamics(SupervisionGame(R1=140, R2=130, C=15, F=25, L=10, G=50, H1=20, H2=8))
    sizes, w, generations, runs = [1_000, 500], 0.02, 8, 60
    done = imitate(
        game, sizes=sizes, starts=[400, 350], generations=generations, intensity=w, runs=runs, seed=3
    )
    smooth = replicate(game, starts=game.states_of_first([0.4, 0.7]), times=done.times * w / 2).states[0][
        :, [0, 2]
    ]
    spread = done.shares.std(axis=0) / np.sqrt(runs)
    assert (abs(done.shares.mean(axis=0) - smooth) < 4 * spread + 0.003).all()
    assert abs(smooth[-1] - smooth[0]).max() > 0.05


def test_the_same_seed_gives_the_same_runs() -> None:
    game = symmetric_game([[0, 3], [1, 0]])
    asked = {"sizes": [10], "starts": [5], "generations": 3, "intensity": 1.0, "runs": 4}
    first, again, other = (imitate(game, **asked, seed=seed).shares for seed in (1, 1, 2))  # type: ignore[arg-type] # a bag
    assert (first == again).all()
    assert (first != other).any()


@pytest.mark.parametrize(
    ("changed", "parameter"),
    [
        ({"sizes": [1]}, "sizes"),
        ({"sizes": [10, 10]}, "sizes"),
        ({"starts": [11]}, "starts"),
        ({"starts": [1, 2]}, "starts"),
        ({"generations": 0}, "generations"),
        ({"runs": 10**9}, "runs"),
        ({"intensity": -1.0}, "intensity"),
        ({"mutation": 1.5}, "mutation"),
    ],
)
def test_bad_numbers_are_refused_by_name(changed: dict[str, object], parameter: str) -> None:
    asked = {
        "sizes": [10],
        "starts": [5],
        "generations": 1,
        "intensity": 1.0,
        "runs": 1,
        "seed": 1,
        **changed,
    }
    with pytest.raises(BadParameter) as caught:
        imitate(symmetric_game([[0, 3], [1, 0]]), **asked)  # type: ignore[arg-type] # deliberately wrong values
    assert caught.value.parameter == parameter


def test_games_of_three_strategies_are_refused() -> None:
    with pytest.raises(BadParameter, match="two strategies"):
        fixation_probability(np.eye(3), size=10, intensity=1)
