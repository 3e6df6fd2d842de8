"""Honesty and supervision chase each other for ever under a constant penalty, and settle under a rising one."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from fieldcast.science.errors import BadParameter
from fieldcast.science.games.evolution import (
    Kind,
    cycle_constant,
    damping,
    dynamic_penalty,
    jacobian,
    random_states,
    replicate,
    rest_points,
    supervision_cycle,
    supervision_dynamics,
)
from fieldcast.science.games.supervision import SupervisionGame

ORDINARY = SupervisionGame(R1=140, R2=130, C=15, F=25, L=10, G=50, H1=20, H2=8)
POVERTY = ORDINARY.with_(C=30, F=10)

parameters = st.fixed_dictionaries(
    {"C": st.floats(1, 60), "F": st.floats(1, 60), "L": st.floats(0, 40), "H1": st.floats(9, 40)}
)


def is_mixed(game: SupervisionGame) -> bool:
    """Well inside the mixed regime."""
    p = game.floats
    honesty, supervision = 1 - p["C"] / (p["F"] + p["L"]), (p["H1"] - p["H2"]) / p["F"]
    return bool(0.05 < honesty < 0.95 and 0.05 < supervision < 0.95)


mixed: st.SearchStrategy[SupervisionGame] = parameters.map(lambda p: ORDINARY.with_(**p)).filter(is_mixed)


@settings(max_examples=15, deadline=None)
@given(mixed, st.integers(0, 10_000))
def test_the_constant_of_motion_holds_along_every_trajectory(game: SupervisionGame, seed: int) -> None:
    cycle = supervision_cycle(game)
    assert cycle is not None
    dynamics = supervision_dynamics(game)
    starts = random_states(dynamics, count=5, rng=np.random.default_rng(seed))
    path = replicate(dynamics, starts=starts, times=np.linspace(0, 3 * cycle.period, 50), tolerance=1e-10)
    constant = cycle_constant(game, path.states)
    assert np.ptp(constant, axis=1).max() < 1e-5 * abs(constant).max()
    centre = dynamics.states_of_first([cycle.honesty, cycle.supervision])
    assert (constant[:, 0] < cycle_constant(game, centre)).all()


@settings(max_examples=15, deadline=None)
@given(mixed)
def test_the_mixed_equilibrium_is_a_centre_whose_small_cycles_take_the_stated_time(
    game: SupervisionGame,
) -> None:
    cycle = supervision_cycle(game)
    assert cycle is not None
    dynamics = supervision_dynamics(game)
    (centre,) = rest_points(dynamics).of_kind(Kind.CENTRE)
    assert centre.shares[0][0] == pytest.approx(cycle.honesty)
    assert centre.shares[1][0] == pytest.approx(cycle.supervision)
    assert centre.nash
    assert not centre.ess
    start = dynamics.states_of_first([cycle.honesty + 1e-4, cycle.supervision])
    end = replicate(dynamics, starts=start, times=[0, cycle.period], tolerance=1e-11).states[0, -1]
    assert np.allclose(end, start, atol=2e-6)


def test_the_time_average_over_a_cycle_is_the_equilibrium_however_wide_the_cycle() -> None:
    dynamics, cycle = supervision_dynamics(ORDINARY), supervision_cycle(ORDINARY)
    assert cycle is not None
    times = np.linspace(0, 200 * cycle.period, 40_001)
    path = replicate(
        dynamics, starts=dynamics.states_of_first([0.9, 0.2]), times=times, tolerance=1e-7
    ).states[0]
    assert np.ptp(path[:, 0]) > 0.7
    assert path[:, 0].mean() == pytest.approx(cycle.honesty, abs=0.005)
    assert path[:, 2].mean() == pytest.approx(cycle.supervision, abs=0.005)


def test_where_no_supervision_deters_there_is_no_cycle_and_everybody_cheats() -> None:
    assert supervision_cycle(POVERTY) is None
    points = rest_points(supervision_dynamics(POVERTY))
    (sink,) = points.of_kind(Kind.SINK)
    assert sink.shares == ((0.0, 1.0), (0.0, 1.0))
    assert sink.ess


@settings(max_examples=40, deadline=None)
@given(parameters, st.floats(0.01, 20))
def test_a_rising_penalty_makes_a_sink_exactly_above_the_stated_slope(
    changes: dict[str, float], slope: float
) -> None:
    game = ORDINARY.with_(**changes)
    found = damping(game, slope=slope)
    assume(abs(slope - found.least_slope) > 1e-3 * slope)
    dynamics = dynamic_penalty(game, slope=slope)
    inner = [point for point in rest_points(dynamics).points if point.where == "interior"]
    if slope < found.least_slope:
        assert not found.settles
        assert inner == []
        return
    assert found.settles
    assert found.honesty is not None
    assert found.supervision is not None
    assert found.eigenvalues is not None
    state = dynamics.states_of_first([found.honesty, found.supervision])[0]
    assert abs(dynamics.velocity(state)).max() < 1e-9 * dynamics.spread
    numeric = np.linalg.eigvals(jacobian(dynamics, state))
    for stated in found.eigenvalues:
        assert stated.real < 0
        assert abs(numeric - stated).min() < 1e-5 * abs(stated)
    for point in inner:  # a search may miss a point at the very border, but what it finds is this one
        assert np.allclose(point.state, state, atol=1e-6)
        assert point.kind == Kind.SINK


def test_every_mixed_start_settles_under_a_rising_penalty_and_none_without() -> None:
    found = damping(POVERTY, slope=2)
    starts = dynamic_penalty(POVERTY, slope=2).states_of_first([[0.01, 0.99], [0.99, 0.01], [0.5, 0.01]])
    times = np.linspace(0, 40, 400)
    damped = replicate(dynamic_penalty(POVERTY, slope=2), starts=starts, times=times).states[:, -1]
    assert damped[:, 0] == pytest.approx(found.honesty, abs=1e-6)
    assert damped[:, 2] == pytest.approx(found.supervision, abs=1e-6)
    still = replicate(supervision_dynamics(ORDINARY), starts=starts[2], times=times).states[0]
    assert np.ptp(still[-100:, 0]) > 0.5


def test_a_slope_of_zero_is_the_constant_penalty() -> None:
    dynamics = supervision_dynamics(ORDINARY)
    states = random_states(dynamics, count=20, rng=np.random.default_rng(1))
    assert np.allclose(dynamic_penalty(ORDINARY, slope=0).velocity(states), dynamics.velocity(states))
    found = damping(ORDINARY, slope=0)
    assert not found.settles
    assert found.honesty == pytest.approx(20 / 35)
    assert "circle" in found.text.en
    assert "循环" in found.text.zh


def test_the_sentence_says_which_slope_it_takes() -> None:
    found = damping(POVERTY, slope=0.5)
    assert found.least_slope == pytest.approx(1)
    assert "above 1" in found.text.en
    assert "大于 1" in found.text.zh
    assert damping(POVERTY.with_(C=0), slope=5).least_slope == np.inf


@pytest.mark.parametrize("slope", [-0.1, np.nan, np.inf])
def test_a_slope_below_zero_is_refused(slope: float) -> None:
    for ask in (dynamic_penalty, damping):
        with pytest.raises(BadParameter) as caught:
            ask(ORDINARY, slope=slope)
        assert caught.value.parameter == "slope"


def test_a_game_of_arrays_is_refused() -> None:
    many = ORDINARY.with_(C=np.array([1.0, 2.0]))
    with pytest.raises(BadParameter, match="one game"):
        supervision_dynamics(many)
