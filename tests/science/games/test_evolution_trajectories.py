"""Trajectories are those of the replicator equation, for every game, and stay in the state space exactly."""

import nashpy
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nashpy.learning.replicator_dynamics import asymmetric_replicator_dynamics
from numpy.typing import NDArray
from scipy.integrate import RK45, solve_ivp

from fieldcast.science.errors import BadParameter
from fieldcast.science.games.evolution import (
    PopulationGame,
    constant_game,
    random_states,
    replicate,
    rule_game,
    symmetric_game,
    tableau,
)

TIMES = np.linspace(0.0, 6.0, 50)
NASHPY_ERROR = 1e-4  # odeint keeps absolute errors of the shares, which grow while a rare strategy spreads


def reference(game: PopulationGame, start: NDArray[np.float64]) -> NDArray[np.float64]:
    """The same trajectory by an independent method of high order on the shares themselves."""
    done = solve_ivp(
        lambda _, x: game.velocity(x), (0, TIMES[-1]), start, "DOP853", TIMES, rtol=1e-12, atol=1e-14
    )
    path: NDArray[np.float64] = done.y.T
    return path


@settings(max_examples=15, deadline=None)
@given(st.integers(2, 5), st.integers(0, 10_000))
def test_one_population_moves_as_nashpy_has_it(size: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    matrix = rng.normal(size=(size, size))
    starts = random_states(symmetric_game(matrix), count=3, rng=rng)
    ours = replicate(symmetric_game(matrix), starts=starts, times=TIMES)
    for path, start in zip(ours.states, starts, strict=True):
        theirs = nashpy.Game(matrix).replicator_dynamics(y0=start, timepoints=TIMES)
        assert abs(path - theirs).max() < NASHPY_ERROR


@settings(max_examples=15, deadline=None)
@given(st.integers(1, 4), st.integers(1, 4), st.integers(0, 10_000))
def test_two_populations_move_as_nashpy_has_it(rows: int, columns: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    a, b = rng.normal(size=(2, rows, columns))
    game = constant_game(a, b)
    starts = random_states(game, count=3, rng=rng)
    ours = replicate(game, starts=starts, times=TIMES)
    for m, start in enumerate(starts):
        first, second = asymmetric_replicator_dynamics(a, b, start[:rows], start[rows:], TIMES)
        assert abs(ours.of(0)[m] - first).max() < NASHPY_ERROR
        assert abs(ours.of(1)[m] - second).max() < NASHPY_ERROR


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 10_000))
def test_three_populations_and_rules_move_as_an_integrator_of_high_order_has_it(seed: int) -> None:
    rng = np.random.default_rng(seed)
    three = constant_game(*rng.normal(size=(3, 2, 3, 2)))
    crowded = rule_game(lambda shares: (1 / (0.2 + shares[0]),), sizes=(3,))
    for game in (three, crowded):
        start = random_states(game, count=1, rng=rng)
        path = replicate(game, starts=start, times=TIMES, tolerance=1e-9).states[0]
        assert abs(path - reference(game, start[0])).max() < 1e-7


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from([1e-4, 1e-6, 1e-8, 1e-10]))
def test_the_error_follows_the_tolerance(seed: int, tolerance: float) -> None:
    rng = np.random.default_rng(seed)
    game = constant_game(*rng.normal(size=(2, 3, 3)))
    starts = random_states(game, count=1, rng=rng)
    path = replicate(game, starts=starts, times=TIMES, tolerance=tolerance).states[0]
    assert abs(path - reference(game, starts[0])).max() < 100 * tolerance + 1e-11


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000), st.floats(1e-3, 1e3))
def test_shares_are_never_negative_and_sum_to_one_to_rounding(seed: int, scale: float) -> None:
    rng = np.random.default_rng(seed)
    game = constant_game(*scale * rng.normal(size=(3, 2, 2, 3)))
    starts = random_states(game, count=20, rng=rng)
    starts[0] = game.vertices()[0]
    done = replicate(game, starts=starts, times=np.linspace(0, 20 / scale, 30), tolerance=1e-5)
    assert (done.states >= 0).all()
    assert abs(done.states @ game.together - 1).max() < 1e-14


def test_an_absent_strategy_stays_absent_even_where_it_would_pay_best() -> None:
    game = symmetric_game([[1, 1, 1], [2, 2, 2], [500, 500, 500]])
    done = replicate(game, starts=[0.5, 0.5, 0.0], times=[0, 1, 10])
    assert (done.states[..., 2] == 0).all()
    assert done.states[0, -1, 1] == pytest.approx(1 / (1 + np.exp(-10)), abs=1e-8)


def test_a_strategy_that_nearly_died_out_comes_back_in_time() -> None:
    """x' = x(1−x)·(payoff that turns its sign at time 300): down to e^−300 and back to a half at time 600."""

    def rule(shares: tuple[NDArray[np.float64], ...]) -> tuple[NDArray[np.float64], ...]:
        clock = shares[1][:, 0] / shares[1][:, 1]  # grows as e^{t/100} from e^{-3}: one at time 300
        lead = np.where(clock < 1, -1.0, 1.0)
        return np.stack([lead, 0 * lead], axis=1), np.stack([0 * lead + 0.01, 0 * lead], axis=1)

    game = rule_game(rule, sizes=(2, 2))
    start = game.state([0.5, 0.5], [np.exp(-3) / (1 + np.exp(-3)), 1 / (1 + np.exp(-3))])
    path = replicate(game, starts=start, times=[0, 300, 600], tolerance=1e-6).states[0, :, 0]
    assert np.log(path[1]) == pytest.approx(-300, abs=1e-3)
    assert path[2] == pytest.approx(0.5, abs=1e-3)


def test_constant_payoffs_have_the_closed_form_of_selection() -> None:
    payoffs = np.array([0.3, -1.0, 2.0])
    start = np.array([0.7, 0.2, 0.1])
    done = replicate(symmetric_game(payoffs[:, None] + np.zeros(3)), starts=start, times=TIMES)
    weights = start * np.exp(payoffs * TIMES[:, None])
    assert np.allclose(done.states[0], weights / weights.sum(axis=1, keepdims=True), atol=1e-12)


def test_the_tableau_is_the_published_one() -> None:
    assert np.allclose(tableau.STAGES, RK45.A, rtol=1e-15)
    assert np.allclose(tableau.WEIGHTS, RK45.B, rtol=1e-15)
    assert np.allclose(tableau.ERROR, RK45.E, rtol=1e-15)
    assert np.allclose(tableau.DENSE, RK45.P, rtol=1e-13, atol=1e-14)


def test_times_asked_for_do_not_change_the_trajectory() -> None:
    game = symmetric_game([[0, -1, 2], [2, 0, -1], [-1, 2, 0]])
    fine = replicate(game, starts=[0.6, 0.3, 0.1], times=np.linspace(3, 23, 4001))
    coarse = replicate(game, starts=[0.6, 0.3, 0.1], times=[3, 13, 23])
    assert np.allclose(fine.states[:, [0, 2000, 4000]], coarse.states, atol=1e-13)
    assert np.allclose(fine.states[0, 0], [0.6, 0.3, 0.1], atol=1e-15)


@pytest.mark.parametrize(
    ("changed", "parameter"),
    [
        ({"times": [0]}, "times"),
        ({"times": [0, 0]}, "times"),
        ({"times": [0, np.inf]}, "times"),
        ({"times": [0, 1e6]}, "times"),
        ({"tolerance": 0.0}, "tolerance"),
        ({"tolerance": np.nan}, "tolerance"),
        ({"starts": [0.5, 0.6, 0.0]}, "starts"),
        ({"starts": [[0.5, 0.5]]}, "starts"),
    ],
)
def test_bad_numbers_are_refused_by_name(changed: dict[str, object], parameter: str) -> None:
    game = symmetric_game([[0, -1, 1], [1, 0, -1], [-1, 1, 0]])
    asked = {"starts": [0.5, 0.3, 0.2], "times": [0, 1], "tolerance": 1e-3, **changed}
    with pytest.raises(BadParameter) as caught:
        replicate(game, **asked)  # type: ignore[arg-type] # deliberately wrong values
    assert caught.value.parameter == parameter
