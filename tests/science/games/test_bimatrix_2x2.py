"""Any number of 2×2 games at once give what each gives alone."""

from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldcast.science.errors import BadParameter
from fieldcast.science.games.bimatrix import Equilibria2x2, equilibria, equilibria_2x2
from tests.science.games.bimatrix_by_force import extreme_equilibria

ONE, NONE = Fraction(1), Fraction(0)


def pairs(games: Equilibria2x2, place: int) -> set[tuple[float, float]]:
    """The extreme equilibria of one game as probabilities of the first row and column."""
    first_row, first_column = games.switch[place]
    xs, ys = (1.0, 0.0, first_row), (1.0, 0.0, first_column)
    return {(float(xs[i]), float(ys[j])) for i, j in np.argwhere(games.extreme[place])}


def test_every_pattern_of_better_worse_and_equal_is_right() -> None:
    gains = list(product((-2, -1, 0, 1, 2), repeat=4))
    A = np.array([[[a, b], [0, 0]] for a, b, _, _ in gains])
    B = np.array([[[c, 0], [d, 0]] for _, _, c, d in gains])
    games = equilibria_2x2(A, B)
    for place in range(len(gains)):
        expected = extreme_equilibria(A[place].tolist(), B[place].tolist())
        assert pairs(games, place) == {(float(x[0]), float(y[0])) for x, y in expected}


def test_the_flags_say_what_they_promise() -> None:
    rng = np.random.default_rng(3)
    A, B = rng.integers(-3, 4, (2, 600, 2, 2))
    games = equilibria_2x2(A, B)
    for place in range(len(A)):
        found = equilibria(A[place], B[place])
        pure = {(x, y) for x, y in found.extreme if {*x, *y} == {NONE, ONE}}
        assert games.pure[place].sum() == len(pure)
        assert all(games.pure[place, x.index(ONE), y.index(ONE)] for x, y in pure)
        inside = [(x[0], y[0]) for x, y in found.extreme if not {*x, *y} & {NONE, ONE}]
        expected = [float(value) for value in inside[0]] if inside else [np.nan, np.nan]
        np.testing.assert_array_equal(games.mix[place], expected)
        if not all(one.isolated for one in found.components):
            assert games.degenerate[place]
        ties = any(len(set(column)) == 1 for column in A[place].T.tolist()) or any(
            len(set(row)) == 1 for row in B[place].tolist()
        )
        assert games.degenerate[place] == ties


whole = st.integers(-(2**51), 2**51)


@given(values=st.lists(whole, min_size=8, max_size=8), near=st.booleans())
@settings(max_examples=100, deadline=None)
def test_large_whole_numbers_stay_exact(values: list[int], near: bool) -> None:
    if near:  # payoffs that differ in their last digit alone
        values = [2**51 - abs(value) % 3 for value in values]
    A, B = np.array(values).reshape(2, 1, 2, 2)
    found = extreme_equilibria(A[0].tolist(), B[0].tolist())
    assert pairs(equilibria_2x2(A, B), 0) == {(float(x[0]), float(y[0])) for x, y in found}


def test_floats_that_differ_by_rounding_alone_tie() -> None:
    games = equilibria_2x2([[[0.1 + 0.2, 1.0], [0.3, 1.0]]], [[[1.0, 0.0], [0.0, 1e-9]]])
    assert games.degenerate.tolist() == [True]
    assert games.pure[0].tolist() == [[True, False], [False, True]]
    assert not equilibria_2x2([[[0.3 + 1e-9, 1.0], [0.3, 0.0]]], [[[1.0, 0.0], [1.0, 0.0]]]).degenerate.any()


def test_the_leading_shape_is_kept() -> None:
    A = np.random.default_rng(5).normal(size=(4, 3, 2, 2))
    games = equilibria_2x2(A, -A)
    shapes = (
        games.pure.shape,
        games.mix.shape,
        games.degenerate.shape,
        games.switch.shape,
        games.extreme.shape,
    )
    assert shapes == ((4, 3, 2, 2), (4, 3, 2), (4, 3), (4, 3, 2), (4, 3, 3, 3))
    one = equilibria_2x2(A[1, 2], -A[1, 2])
    np.testing.assert_array_equal(one.extreme, games.extreme[1, 2])
    assert equilibria_2x2(np.zeros((0, 2, 2)), np.zeros((0, 2, 2))).pure.shape == (0, 2, 2)


@pytest.mark.parametrize(
    ("A", "B", "parameter"),
    [
        ([[1, 2, 3], [4, 5, 6]], [[1, 2], [3, 4]], "A"),
        ([[1, 2], [3, 4]], [1, 2], "B"),
        ([[1, 2], [3, float("nan")]], [[1, 2], [3, 4]], "A"),
        ([[1, 2], [3, 4]], [[1, 2], [3, float("inf")]], "B"),
        ([[1, 2], [3, 1e301]], [[1, 2], [3, 4]], "A"),
        ([[1, 2], [3, 4j]], [[1, 2], [3, 4]], "A"),
        ([[1, 2], [3]], [[1, 2], [3, 4]], "A"),
        ([["a", "b"], ["c", "d"]], [[1, 2], [3, 4]], "A"),
        ([["1", "2"], ["3", "4"]], [[1, 2], [3, 4]], "A"),
        (None, [[1, 2], [3, 4]], "A"),
        ([[[1, 2], [3, 4]]] * 3, [[[1, 2], [3, 4]]] * 2, "B"),
    ],
)
def test_anything_but_finite_2x2_games_of_one_number_is_refused(A: object, B: object, parameter: str) -> None:
    with pytest.raises(BadParameter) as refused:
        equilibria_2x2(A, B)  # type: ignore[arg-type]  # what a careless caller may pass
    assert refused.value.parameter == parameter
