"""The class of a rest point is what its Jacobian, its constant of motion or its evolutionary stability says."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from fieldcast.science.games.evolution import (
    Kind,
    PopulationGame,
    RestPoint,
    constant_game,
    jacobian,
    random_states,
    replicate,
    rest_points,
    rule_game,
    symmetric_game,
)
from fieldcast.science.games.evolution.conserved import conserves
from fieldcast.science.games.evolution.ess import is_ess


def interior(game: PopulationGame) -> RestPoint:
    (point,) = (point for point in rest_points(game).points if point.where == "interior")
    return point


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(2, 3), min_size=2, max_size=4), st.integers(0, 10_000))
def test_the_jacobian_is_the_derivative_of_the_velocity_within_the_state_space(
    sizes: list[int], seed: int
) -> None:
    rng = np.random.default_rng(seed)
    game = constant_game(*rng.normal(size=(len(sizes), *sizes)))
    state = random_states(game, count=1, rng=rng)[0]
    step = 1e-6
    full = np.array(
        [
            (game.velocity(state + step * e) - game.velocity(state - step * e)) / (2 * step)
            for e in np.eye(game.total)
        ]
    ).T
    within = jacobian(game, state)
    u = tangent(game)
    other = np.linalg.pinv(u) @ full @ u  # the same map in other coordinates: traces of powers agree
    for power in (1, 2, 3):
        traces = [np.trace(np.linalg.matrix_power(each, power)) for each in (within, other)]
        assert traces[0] == pytest.approx(traces[1], abs=1e-5)


def tangent(game: PopulationGame) -> NDArray[np.float64]:
    """Differences of unit vectors within each population, (total, d)."""
    columns = []
    for part in game.slices:
        for i in range(part.start + 1, part.stop):
            column = np.zeros(game.total)
            column[i], column[part.start] = 1.0, -1.0
            columns.append(column)
    return np.array(columns).T


@pytest.mark.parametrize(
    ("matrix", "kind", "ess"),
    [
        ([[-1, 4], [0, 2]], Kind.SINK, True),  # hawks and doves
        ([[3, 0], [2, 1]], Kind.SOURCE, False),  # coordination
        ([[0, -1, 1], [1, 0, -1], [-1, 1, 0]], Kind.CENTRE, False),  # rock, paper, scissors
        ([[0, -1, 2], [2, 0, -1], [-1, 2, 0]], Kind.SINK, True),  # winning pays more than losing costs
        ([[0, -2, 1], [1, 0, -2], [-2, 1, 0]], Kind.SOURCE, False),
        ([[1, 0, 0], [0, 1, 0], [0, 0, 1]], Kind.SOURCE, False),
        ([[0, 6, -4], [-3, 0, 5], [-1, 3, 0]], Kind.SINK, False),  # Zeeman: a sink that is no ESS
    ],
)
def test_the_mixed_points_of_known_games_have_their_known_class(
    matrix: list[list[float]], kind: Kind, ess: bool
) -> None:
    point = interior(symmetric_game(matrix))
    assert point.kind == kind
    assert point.ess is ess


def test_an_evolutionarily_stable_strategy_is_a_sink_even_with_an_eigenvalue_of_zero() -> None:
    game = symmetric_game([[1, 1], [1, 0]])
    first = rest_points(game).points[0]
    assert first.eigenvalues[0] == 0
    assert (first.kind, first.ess) == (Kind.SINK, True)
    end = replicate(game, starts=[0.5, 0.5], times=[0, 1e4]).states[0, -1]
    assert end[0] > 0.999


def test_a_strategy_that_only_ties_is_degenerate() -> None:
    first = rest_points(symmetric_game([[1, 0], [1, 0]])).points[0]
    assert (first.kind, first.ess, first.nash) == (Kind.DEGENERATE, False, True)


@settings(max_examples=60, deadline=None)
@given(st.integers(2, 4), st.integers(0, 10_000))
def test_an_ess_beats_every_other_best_reply_and_nothing_else_is_called_one(size: int, seed: int) -> None:
    """The definition itself on random small games, whose ties are many: p·Ax > x·Ax near p exactly for an ESS."""
    rng = np.random.default_rng(seed)
    matrix = rng.integers(-2, 3, (size, size)).astype(float)
    game = symmetric_game(matrix)
    for point in rest_points(game).points:
        if point.dimension:
            continue
        p = point.state
        others = random_states(game, count=3_000, rng=rng) ** rng.choice([1, 4], size=(3_000, 1))
        others /= others.sum(axis=1, keepdims=True)
        faces = rng.random((3_000, size)) < 0.6
        others = np.vstack([others, others * faces + 1e-300, np.eye(size)])
        others /= others.sum(axis=1, keepdims=True)
        near = p + 1e-3 * (others - p)
        near = near[abs(others - p).max(axis=1) > 1e-2]
        lead = ((p - near) * (near @ matrix.T)).sum(axis=1)
        if point.ess:
            assert lead.min() > 0
        elif point.nash:
            assert lead.min() < 1e-9
        else:
            assert lead.min() < 0


@settings(max_examples=150, deadline=None)
@given(st.integers(3, 4), st.integers(1, 3), st.integers(0, 100_000))
def test_where_every_strategy_ties_an_ess_is_told_by_all_mixtures_of_them(
    size: int, used: int, seed: int
) -> None:
    """Taking A − (Ap)1ᵀ for A makes everything earn the same at p, so that only the quadratic form decides."""
    rng = np.random.default_rng(seed)
    p = np.zeros(size)
    p[:used] = 1 / used
    matrix = rng.integers(-3, 2, (size, size)) - 2.0 * np.eye(size)
    matrix -= (matrix @ p)[:, None]
    others = random_states(symmetric_game(matrix), count=6_000, rng=rng)
    others[::2] *= rng.random((3_000, size)) < 0.5
    others = np.vstack([others[others.sum(axis=1) > 0], np.eye(size)])
    others /= others.sum(axis=1, keepdims=True)
    others = others[abs(others - p).max(axis=1) > 0.01]
    away = others - p
    least = (-(away * (others @ matrix.T)).sum(axis=1) / (away**2).sum(axis=1)).min()
    assume(abs(least) > 0.05)
    assert is_ess(matrix, p) == (least > 0)


@settings(max_examples=25, deadline=None)
@given(st.sampled_from([(2, 2), (3, 2), (2, 2, 2)]), st.integers(0, 10_000))
def test_between_populations_sinks_and_ess_are_the_strict_equilibria(
    sizes: tuple[int, ...], seed: int
) -> None:
    """Selten (1980): nothing mixed is evolutionarily stable in an asymmetric contest."""
    tensors = np.random.default_rng(seed).integers(-3, 4, (len(sizes), *sizes)).astype(float)
    for point in rest_points(constant_game(*tensors)).points:
        chosen = [np.argmax(shares) for shares in point.shares]
        lines = [np.moveaxis(tensor, k, -1)[tuple(np.delete(chosen, k))] for k, tensor in enumerate(tensors)]
        strict = point.where == "vertex" and all(
            (np.delete(line, own) < line[own]).all() for line, own in zip(lines, chosen, strict=True)
        )
        assert point.ess is bool(strict)
        assert (point.kind == Kind.SINK) == strict


@settings(max_examples=20, deadline=None)
@given(st.sampled_from([(2, 2), (3, 2), (2, 2, 2), (2, 3, 2)]), st.integers(0, 10_000))
def test_after_a_change_of_velocity_constant_games_between_populations_keep_volume(
    sizes: tuple[int, ...], seed: int
) -> None:
    rng = np.random.default_rng(seed)
    game = constant_game(*rng.normal(size=(len(sizes), *sizes)))
    state = 0.5 * random_states(game, count=1, rng=rng)[0] + 0.5 * np.repeat(1 / np.array(sizes), sizes)
    step, basis = 1e-5, np.linalg.qr(tangent(game))[0]

    def slowed(x: NDArray[np.float64]) -> NDArray[np.float64]:
        velocity: NDArray[np.float64] = game.velocity(x) / x.prod()
        return velocity

    divergence = sum(u @ (slowed(state + step * u) - slowed(state - step * u)) / (2 * step) for u in basis.T)
    assert abs(divergence) < 1e-4 * abs(slowed(state)).max() + 1e-4


def test_a_rescaled_zero_sum_game_has_a_centre_and_its_constant_of_motion_holds() -> None:
    rng = np.random.default_rng(5)
    a = np.array([[0.0, -1, 1], [1, 0, -1], [-1, 1, 0]])
    b = -2.5 * a + rng.normal(size=(3, 1))  # what depends only on the others' play changes nothing
    game = constant_game(a, b)
    point = interior(game)
    assert point.kind == Kind.CENTRE
    path = replicate(
        game, starts=random_states(game, count=5, rng=rng), times=np.linspace(0, 30, 100), tolerance=1e-10
    )
    constant = np.log(path.of(0)) @ point.shares[0] + np.log(path.of(1)) @ point.shares[1] / 2.5
    assert np.ptp(constant, axis=1).max() < 1e-7


def test_a_partnership_game_keeps_no_such_constant_and_is_a_saddle() -> None:
    game = constant_game(np.eye(2), np.eye(2))
    assert not conserves(game)
    assert interior(game).kind == Kind.SADDLE


def test_imaginary_eigenvalues_without_a_constant_of_motion_are_not_called_a_centre() -> None:
    """Turning about the middle, drawn in by a force of third order: a sink, but not by its eigenvalues."""

    def rule(shares: tuple[NDArray[np.float64], ...]) -> tuple[NDArray[np.float64], ...]:
        x, y = shares[0][:, 0] - 0.5, shares[1][:, 0] - 0.5
        size = x * x + y * y
        return np.stack([y - x * size, 0 * x], axis=1), np.stack([-x - y * size, 0 * x], axis=1)

    game = rule_game(rule, sizes=(2, 2))
    point = interior(game)
    assert np.allclose(point.eigenvalues.real, 0, atol=1e-9)
    assert point.kind == Kind.DEGENERATE
    assert "no constant of motion" in point.criterion.en


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000))
def test_what_is_called_a_sink_draws_in_its_neighbours_and_a_source_sends_them_away(seed: int) -> None:
    rng = np.random.default_rng(seed)
    game = symmetric_game(rng.normal(size=(3, 3)))
    for point in rest_points(game).points:
        slowest = abs(point.eigenvalues.real).min() / game.spread
        assume(slowest > 0.02)
        near = 0.999 * point.state + 0.001 * random_states(game, count=5, rng=rng)
        done = replicate(game, starts=near, times=[0, 5 / slowest / game.spread]).states
        moved = abs(done - point.state).max(axis=2)
        if point.kind == Kind.SINK:
            assert (moved[:, -1] < moved[:, 0]).all()
        if point.kind == Kind.SOURCE:
            assert (moved[:, -1] > moved[:, 0]).all()
