"""Every rest point is found, and a continuum of them is shown as one."""

import nashpy
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.optimize import root

from fieldcast.science.errors import BadParameter
from fieldcast.science.games.bimatrix import equilibria
from fieldcast.science.games.evolution import (
    Kind,
    PopulationGame,
    RestPoints,
    constant_game,
    random_states,
    rest_points,
    rule_game,
    symmetric_game,
)


def found(points: RestPoints, state: NDArray[np.float64]) -> bool:
    return any(abs(point.state - state).max() < 1e-6 for point in points.points)


@settings(max_examples=12, deadline=None)
@given(st.lists(st.integers(1, 3), min_size=2, max_size=3), st.integers(0, 10_000))
def test_what_is_listed_rests(sizes: list[int], seed: int) -> None:
    rng = np.random.default_rng(seed)
    game = constant_game(*rng.integers(-3, 4, (len(sizes), *sizes)))
    points = rest_points(game).points
    for point in points:
        assert abs(game.velocity(point.state)).max() < 1e-9 * game.spread
        assert point.state.min() >= 0
        assert [set(np.flatnonzero(point.state[part])) for part in game.slices] == [
            set(s) for s in point.support
        ]
    assert sum(point.where == "vertex" for point in points) == np.prod(sizes)


@settings(max_examples=20, deadline=None)
@given(st.integers(2, 4), st.integers(2, 4), st.integers(0, 10_000))
def test_the_nash_points_of_two_populations_are_the_equilibria_of_the_game(
    rows: int, columns: int, seed: int
) -> None:
    a, b = np.random.default_rng(seed).integers(-99, 100, (2, rows, columns))
    exact = equilibria(a.tolist(), b.tolist())
    assume(len(exact.components) == len(exact.extreme))  # no two of them span a continuum
    expected = {tuple(np.round([float(p) for p in (*x, *y)], 9)) for x, y in exact.extreme}
    ours = {
        tuple(np.round(point.state, 9)) for point in rest_points(constant_game(a, b)).points if point.nash
    }
    assert ours == expected


@settings(max_examples=20, deadline=None)
@given(st.integers(2, 4), st.integers(2, 4), st.integers(0, 10_000))
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_every_equilibrium_nashpy_lists_is_among_the_rest_points(rows: int, columns: int, seed: int) -> None:
    a, b = np.random.default_rng(seed).normal(size=(2, rows, columns))
    points = rest_points(constant_game(a, b))
    for pair in nashpy.Game(a, b).support_enumeration():
        assert found(points, np.concatenate(pair))


@settings(max_examples=25, deadline=None)
@given(st.integers(2, 5), st.integers(0, 10_000))
def test_a_symmetric_game_rests_where_every_supported_strategy_earns_the_same(size: int, seed: int) -> None:
    matrix = np.random.default_rng(seed).normal(size=(size, size))
    points = rest_points(symmetric_game(matrix))
    for mask in range(1, 2**size):
        support = [i for i in range(size) if mask >> i & 1]
        shares = np.linalg.solve(matrix[np.ix_(support, support)], np.ones(len(support)))
        shares /= shares.sum()
        state = np.zeros(size)
        state[support] = shares
        assert found(points, state) == (shares.min() > 1e-8)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000))
def test_three_populations_of_two_have_the_mixed_points_of_a_quadratic_equation(seed: int) -> None:
    """Indifference of three populations: y from z and x from z by Möbius maps, z from a quadratic."""
    rng = np.random.default_rng(seed)
    tensors = rng.integers(-4, 5, (3, 2, 2, 2)).astype(float)
    lead = [np.moveaxis(tensor, k, 0)[0] - np.moveaxis(tensor, k, 0)[1] for k, tensor in enumerate(tensors)]

    def coefficients(d: NDArray[np.float64]) -> tuple[float, float, float, float]:
        """Constant, first, second and product of the shares of the first strategies."""
        return d[1, 1], d[0, 1] - d[1, 1], d[1, 0] - d[1, 1], d[0, 0] - d[0, 1] - d[1, 0] + d[1, 1]

    a, b, c = (coefficients(d) for d in lead)  # in (y, z), (x, z), (x, y)
    z = np.polynomial.Polynomial([0, 1])
    y_top, y_low = -(a[0] + a[2] * z), a[1] + a[3] * z
    x_top, x_low = -(b[0] + b[2] * z), b[1] + b[3] * z
    quadratic = c[0] * x_low * y_low + c[1] * x_top * y_low + c[2] * y_top * x_low + c[3] * x_top * y_top
    expected = []
    for at in quadratic.roots():
        if abs(at.imag) > 1e-9 or min(abs(x_low(at.real)), abs(y_low(at.real))) < 1e-9:
            continue
        first = [
            float(x_top(at.real) / x_low(at.real)),
            float(y_top(at.real) / y_low(at.real)),
            float(at.real),
        ]
        # the square of the slope is the discriminant, a whole number: less than 1 is a double root, split by rounding
        slope = quadratic.deriv()(at.real)
        if min(first) > 1e-6 and max(first) < 1 - 1e-6 and abs(slope) > 0.5:
            expected.append(first)
    game = constant_game(*tensors)
    points = rest_points(game)
    inner = [point for point in points.points if point.where == "interior" and point.dimension == 0]
    for first in expected:
        assert found(points, game.states_of_first([first])[0])
    if len(expected) == 2:
        assert len(inner) == 2


@settings(max_examples=6, deadline=None)
@given(st.sampled_from([(2, 2, 2, 2), (2, 2, 3), (3, 3, 2)]), st.integers(0, 10_000))
def test_a_search_from_many_starts_finds_no_mixed_point_that_is_not_listed(
    sizes: tuple[int, ...], seed: int
) -> None:
    rng = np.random.default_rng(seed)
    game = constant_game(*rng.normal(size=(len(sizes), *sizes)))
    points = rest_points(game)
    assert points.complete
    for start in random_states(game, count=20, rng=rng):
        state = solved(game, start)
        if state is not None:
            assert found(points, state)


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 3), st.integers(0, 10_000))
def test_where_one_of_four_populations_keeps_to_a_strategy_the_game_of_the_other_three_rests(
    k: int, seed: int
) -> None:
    tensors = np.random.default_rng(seed).normal(size=(4, 2, 2, 2, 2))
    whole = rest_points(constant_game(*tensors))
    rest = [j for j in range(4) if j != k]
    of_three = rest_points(constant_game(*(tensors[j].take(0, axis=k) for j in rest)))
    faces = [[p.shares[j] for j in rest] for p in whole.points if p.support[k] == (0,)]
    assert np.allclose(sorted(faces), sorted([list(p.shares) for p in of_three.points]), atol=1e-9)


def solved(game: PopulationGame, start: NDArray[np.float64]) -> NDArray[np.float64] | None:
    """A mixed state with equal payoffs, by a general solver from `start`, if it gets to one."""

    def gaps(x: NDArray[np.float64]) -> NDArray[np.float64]:
        f = game.payoffs(x)
        parts = [np.append(f[part][1:] - f[part][0], x[part].sum() - 1) for part in game.slices]
        return np.concatenate(parts)

    done = root(gaps, start, tol=1e-13)
    state: NDArray[np.float64] = done.x
    return state if done.success and abs(gaps(state)).max() < 1e-10 and state.min() > 1e-6 else None


def test_a_mixed_point_planted_in_a_game_of_three_by_three_is_found() -> None:
    rng = np.random.default_rng(11)
    tensors = rng.normal(size=(3, 3, 3, 3))
    planted = np.concatenate([rng.dirichlet(np.full(3, 5.0)) for _ in range(3)])
    earned = constant_game(*tensors).payoffs(planted)
    for k in range(3):
        np.moveaxis(tensors[k], k, 0)[:] -= earned[3 * k : 3 * k + 3, None, None]
    points = rest_points(constant_game(*tensors))
    assert found(points, planted)
    assert points.complete


def test_where_nothing_matters_every_face_is_a_continuum() -> None:
    points = rest_points(symmetric_game(np.ones((3, 3))))
    assert sorted(point.dimension for point in points.points) == [0, 0, 0, 1, 1, 1, 2]
    assert {point.kind for point in points.points} == {Kind.DEGENERATE}


def test_a_line_of_rest_points_between_two_populations_is_one_point_with_a_dimension() -> None:
    game = constant_game([[0, 0], [0, 1]], [[1, 0], [0, 0]])
    lines = [point for point in rest_points(game).points if point.dimension]
    assert {point.support for point in lines} == {((0, 1), (0,)), ((1,), (0, 1))}
    assert all(point.kind == Kind.DEGENERATE and point.dimension == 1 for point in lines)


def test_a_curve_of_mixed_rest_points_of_three_populations_is_shown() -> None:
    """Population 1 leads by y − z, 2 by z − x, 3 by x − y: at rest on the whole diagonal x = y = z."""
    x, y, z = np.meshgrid([1, 0], [1, 0], [1, 0], indexing="ij")
    zero = np.zeros((2, 2))
    tensors = (
        np.stack([(y - z)[0], zero], axis=0),
        np.stack([(z - x)[:, 0], zero], axis=1),
        np.stack([(x - y)[:, :, 0], zero], axis=2),
    )
    inner = [point for point in rest_points(constant_game(*tensors)).points if point.where == "interior"]
    assert [point.dimension for point in inner] == [1]
    first = [shares[0] for shares in inner[0].shares]
    assert np.allclose(first, first[0], atol=1e-6)


def test_a_double_mixed_point_of_three_populations_is_shown_as_degenerate() -> None:
    """x = y, y = z and (2x − 1)(2z − 1) = 0 meet only at a half, twice."""
    x, y, z = np.meshgrid([1, 0], [1, 0], [1, 0], indexing="ij")
    zero = np.zeros((2, 2))
    tensors = (
        np.stack([(y - z)[0], zero], axis=0),
        np.stack([((2 * x - 1) * (2 * z - 1))[:, 0], zero], axis=1),
        np.stack([(x - y)[:, :, 0], zero], axis=2),
    )
    inner = [point for point in rest_points(constant_game(*tensors)).points if point.where == "interior"]
    assert [point.dimension for point in inner] == [0]
    assert inner[0].kind == Kind.DEGENERATE
    assert np.allclose(inner[0].state, 0.5, atol=1e-4)


def test_a_rule_of_the_state_is_searched_and_does_not_claim_to_be_complete() -> None:
    """x' = x(1−x)(x − 0.2)(0.7 − x): two mixed points."""

    def rule(shares: tuple[NDArray[np.float64], ...]) -> tuple[NDArray[np.float64], ...]:
        x = shares[0][:, 0]
        return (np.stack([(x - 0.2) * (0.7 - x), 0 * x], axis=1),)

    points = rest_points(rule_game(rule, sizes=(2,)))
    inner = sorted((point for point in points.points if point.where == "interior"), key=lambda p: p.shares)
    assert [point.shares[0][0] for point in inner] == pytest.approx([0.2, 0.7])
    assert [point.kind for point in inner] == [Kind.SOURCE, Kind.SINK]
    assert not points.complete
    assert all(point.ess is None for point in points.points)


def test_too_many_supports_are_refused() -> None:
    with pytest.raises(BadParameter, match="combinations"):
        rest_points(symmetric_game(np.eye(15)))
