"""Every extreme equilibrium is found, exactly, in every game up to 8×8, however degenerate."""

from fractions import Fraction
from itertools import combinations
from random import Random

import nashpy
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldcast.science.games.bimatrix import equilibria
from tests.science.games.bimatrix_by_force import dot, extreme_equilibria, is_equilibrium
from tests.science.games.bimatrix_games import PENNIES, PRISONERS, SEXES, Game, identity, pure, tied_games

half = Fraction(1, 2)


@given(game=tied_games())
@settings(max_examples=120, deadline=None)
def test_they_are_those_that_trying_everything_finds(game: Game) -> None:
    found = equilibria(*game).extreme
    assert len(set(found)) == len(found)
    assert set(found) == extreme_equilibria(*game)


@pytest.mark.parametrize("shape", [(8, 8), (8, 3), (2, 8), (7, 6)])
@pytest.mark.parametrize("size", [1, 3, 1000])
def test_in_large_games_no_deviation_gains_anything(shape: tuple[int, int], size: int) -> None:
    rng = np.random.default_rng(size)
    A, B = (rng.integers(-size, size, shape, endpoint=True).tolist() for _ in range(2))
    found = equilibria(A, B).extreme
    assert found
    assert all(is_equilibrium(A, B, x, y) for x, y in found)


@pytest.mark.filterwarnings("ignore::RuntimeWarning")  # the peer misses some by supports and warns
@pytest.mark.parametrize("shape", [(3, 3), (2, 5), (4, 4)])
@pytest.mark.parametrize("seed", range(6))
def test_they_are_those_of_nashpy_where_nothing_ties(shape: tuple[int, int], seed: int) -> None:
    rng = np.random.default_rng([seed, *shape])
    A, B = (rng.integers(-999, 999, shape) for _ in range(2))
    ours = sorted([float(value) for one in pair for value in one] for pair in equilibria(A, B).extreme)
    peer = nashpy.Game(A, B)
    by_corners = sorted((np.concatenate(pair).round(9) + 0.0).tolist() for pair in peer.vertex_enumeration())
    np.testing.assert_allclose(ours, by_corners, atol=2e-9)
    for pair in peer.support_enumeration():
        assert any(np.allclose(np.concatenate(pair), one, atol=1e-9) for one in ours)


@pytest.mark.parametrize("shape", [(8, 8), (4, 7), (6, 6), (1, 5)])
@pytest.mark.parametrize("seed", range(3))
def test_their_number_is_odd_where_nothing_ties(shape: tuple[int, int], seed: int) -> None:
    rng = np.random.default_rng([seed, *shape])
    A, B = (rng.integers(-(10**9), 10**9, shape) for _ in range(2))
    found = equilibria(A, B)
    assert len(found.extreme) % 2 == 1
    assert all(one.isolated for one in found.components)
    assert len(found.connected) == len(found.extreme)


@pytest.mark.parametrize("n", range(1, 9))
def test_coordination_has_one_for_every_set_of_strategies(n: int) -> None:
    expected = {
        tuple(Fraction(int(k in some), size) for k in range(n))
        for size in range(1, n + 1)
        for some in combinations(range(n), size)
    }
    found = equilibria(identity(n), identity(n)).extreme
    assert len(found) == 2**n - 1
    assert {x for x, y in found if x == y} == expected


@pytest.mark.parametrize(
    ("game", "expected"),
    [
        (PRISONERS, ((pure(1, 2), pure(1, 2)),)),
        (PENNIES, (((half, half), (half, half)),)),
        (
            SEXES,
            (
                (pure(0, 2), pure(0, 2)),
                ((Fraction(2, 3), Fraction(1, 3)), (Fraction(1, 3), Fraction(2, 3))),
                (pure(1, 2), pure(1, 2)),
            ),
        ),
        (([[7]], [[-7]]), ((pure(0, 1), pure(0, 1)),)),
        (([[0, 1, 2]], [[4, 4, 3]]), ((pure(0, 1), pure(0, 3)), (pure(0, 1), pure(1, 3)))),
        (([[1], [1], [0]], [[5], [6], [7]]), ((pure(0, 3), pure(0, 1)), (pure(1, 3), pure(0, 1)))),
    ],
)
def test_textbook_games_have_the_known_ones_in_order(game: Game, expected: tuple[object, ...]) -> None:
    assert equilibria(*game).extreme == expected


@given(game=tied_games(most=6))
@settings(max_examples=40, deadline=None)
def test_in_a_zero_sum_game_any_two_equilibria_can_trade_strategies_and_pay_alike(game: Game) -> None:
    A, _ = game
    found = equilibria(A, [[-value for value in row] for row in A])
    assert len(found.components) == 1
    assert len({dot(x, [dot(row, y) for row in A]) for x, y in found.extreme}) == 1


@given(game=tied_games(), add=st.integers(-50, 50), times=st.fractions(min_value=Fraction(1, 9), max_value=9))
@settings(max_examples=40, deadline=None)
def test_raising_or_stretching_payoffs_moves_nothing(game: Game, add: int, times: Fraction) -> None:
    A, B = game
    changed = equilibria(
        [[value * times + add for value in row] for row in A], [[value - add for value in row] for row in B]
    )
    assert changed == equilibria(A, B)


@given(game=tied_games(), seed=st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_another_order_of_strategies_reorders_the_answer(game: Game, seed: Random) -> None:
    rows, columns = list(range(len(game[0]))), list(range(len(game[0][0])))
    seed.shuffle(rows)
    seed.shuffle(columns)
    moved = equilibria(*([[payoffs[i][j] for j in columns] for i in rows] for payoffs in game))
    back = {
        (tuple(x[rows.index(i)] for i in range(len(x))), tuple(y[columns.index(j)] for j in range(len(y))))
        for x, y in moved.extreme
    }
    assert back == set(equilibria(*game).extreme)


@given(game=tied_games())
@settings(max_examples=40, deadline=None)
def test_players_who_trade_places_trade_strategies(game: Game) -> None:
    A, B = ([list(column) for column in zip(*given, strict=True)] for given in game)
    assert {(x, y) for y, x in equilibria(B, A).extreme} == set(equilibria(*game).extreme)


def test_whole_numbers_give_fractions_and_floats_give_floats() -> None:
    exact, rounded = equilibria(*SEXES), equilibria([[2.0, 0], [0, 1]], SEXES[1])
    assert exact.exact
    assert not rounded.exact
    assert all(isinstance(value, Fraction) for pair in exact.extreme for one in pair for value in one)
    assert all(isinstance(value, float) for pair in rounded.extreme for one in pair for value in one)
    assert rounded.extreme == tuple(tuple(tuple(map(float, one)) for one in pair) for pair in exact.extreme)


def test_floats_that_differ_by_rounding_alone_tie() -> None:
    by_sum = equilibria([[0.1 + 0.2, 1 / 3], [0.3, 1 - 2 / 3]], [[0.7, 0.7], [0.6 + 0.1, 0.7]])
    assert len(by_sum.components) == 1
    assert len(by_sum.extreme) == 4
    by_little = equilibria([[0.3 + 1e-9, 1 / 3], [0.3, 1 / 3]], [[0.7, 0.7], [0.7, 0.7]])
    assert len(by_little.extreme) == 3


@pytest.mark.parametrize("unit", [1e-300, 1e-9, 1.0, 1e9, 1e300])
def test_the_unit_of_money_does_not_matter(unit: float) -> None:
    found = equilibria([[2 * unit, 0], [0, unit]], [[unit, 0], [0, 2 * unit]])
    assert found.extreme == equilibria([[2.0, 0], [0, 1]], SEXES[1]).extreme
