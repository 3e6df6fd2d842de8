"""Lemke–Howson ends at an equilibrium from every label, in degenerate games too."""

from fractions import Fraction

import nashpy
import numpy as np
import pytest
from hypothesis import given, settings

from fieldcast.science.errors import BadParameter
from fieldcast.science.games.bimatrix import equilibria, lemke_howson
from tests.science.games.bimatrix_by_force import is_equilibrium
from tests.science.games.bimatrix_games import SEXES, Game, identity, pure, tied_games


@given(game=tied_games(most=6, size=1))
@settings(max_examples=80, deadline=None)
def test_every_label_leads_to_an_extreme_equilibrium(game: Game) -> None:
    extreme = set(equilibria(*game).extreme)
    m, n = len(game[0]), len(game[0][0])
    assert {lemke_howson(*game, label) for label in range(m + n)} <= extreme


@pytest.mark.filterwarnings("ignore:divide by zero")  # the peer's ratio test
@pytest.mark.parametrize("seed", range(5))
def test_it_follows_the_same_path_as_nashpy_where_nothing_ties(seed: int) -> None:
    A, B = np.random.default_rng(seed).integers(0, 90, (2, 3, 4))
    for label in range(7):  # small payoffs: the peer pivots in 64 bits
        ours = lemke_howson(A, B, label)
        for mine, theirs in zip(
            ours, nashpy.Game(A, B).lemke_howson(initial_dropped_label=label), strict=True
        ):
            np.testing.assert_allclose([float(value) for value in mine], theirs, atol=1e-9)


def test_a_game_of_24_by_24_is_solved_exactly() -> None:
    A, B = np.random.default_rng(1).integers(-9, 10, (2, 24, 24)).tolist()
    assert is_equilibrium(A, B, *lemke_howson(A, B, 30))


def test_each_label_of_a_coordination_game_finds_its_own_pure_equilibrium() -> None:
    for label in range(8):
        assert lemke_howson(identity(4), identity(4), label) == (pure(label % 4, 4), pure(label % 4, 4))


def test_floats_give_floats() -> None:
    x, y = lemke_howson([[1.0, -1.0], [-1.0, 1.0]], [[-1.0, 1.0], [1.0, -1.0]])
    assert (x, y) == ((0.5, 0.5), (0.5, 0.5))
    assert all(isinstance(value, float) for value in (*x, *y))
    assert all(isinstance(value, Fraction) for value in lemke_howson(*SEXES)[0])


@pytest.mark.parametrize("label", [-1, 4, 1.0, True, "0", None])
def test_a_label_of_no_strategy_is_refused(label: object) -> None:
    with pytest.raises(BadParameter) as refused:
        lemke_howson(*SEXES, label)  # type: ignore[arg-type]  # what a careless caller may pass
    assert refused.value.parameter == "label"
    assert "0 to 1" in refused.value.text.en
    assert "0 到 1" in refused.value.text.zh
