"""Curves, grids, tornado bars and elasticities: what one parameter does to an answer."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from fieldcast.science.errors import BadParameter
from fieldcast.science.games.paper import ORDINARY, POVERTY
from fieldcast.science.games.sensitivity import (
    Model,
    elasticities,
    elasticities_of,
    one_way,
    tornado,
    two_way,
)
from fieldcast.science.games.sensitivity.model import Floats
from fieldcast.science.games.supervision import PARAMETERS, QUANTITIES, Regime, SupervisionGame
from tests.science.games.supervision_games import GAMES


def volume(p: Mapping[str, Floats]) -> Floats:
    return p["a"] ** 2 * p["b"] ** -3 + 0 * p["c"]


CUBE = Model(function=volume, base={"a": 2.0, "b": 1.0, "c": 5.0})


def test_a_curve_is_the_function_along_one_parameter() -> None:
    curve = one_way(CUBE, parameter="b", values=[1, 2, 4])
    assert curve.outcome.tolist() == [4, 0.5, 1 / 16]
    assert curve.values.tolist() == [1, 2, 4]


def test_a_grid_has_a_row_for_each_y_and_a_column_for_each_x() -> None:
    grid = two_way(CUBE, x="a", y="b", x_values=[1, 2, 3], y_values=[1, 2])
    assert grid.outcome.tolist() == [[1, 4, 9], [1 / 8, 4 / 8, 9 / 8]]


@pytest.mark.parametrize("quantity", QUANTITIES)
def test_a_game_answers_for_each_of_its_quantities(quantity: str) -> None:
    costs = [5.0, 15.0, 60.0]
    curve = one_way(Model.of_game(ORDINARY, quantity), parameter="C", values=costs)
    for cost, found in zip(costs, curve.outcome, strict=True):
        game = ORDINARY.with_(C=cost)
        whole = {
            "honesty": game.honesty,
            "supervision": game.supervision,
            "host": game.expected().host,
            "farmer": game.expected().farmer,
            "welfare": game.welfare(),
        }
        assert found == pytest.approx(whole[quantity])


def test_the_longest_bar_comes_first_and_ends_where_the_range_ends() -> None:
    found = tornado(CUBE, share=0.1, ranges={"a": (1, 3)})
    assert found.base == 4
    assert [bar.parameter for bar in found.bars] == ["a", "b", "c"]
    longest = found.bars[0]
    assert (longest.low, longest.high, longest.at_low, longest.at_high, longest.swing) == (1, 3, 1, 9, 8)
    assert (found.bars[1].low, found.bars[1].high) == (0.9, 1.1)
    assert found.bars[1].at_low == pytest.approx(4 * 0.9**-3)
    assert found.bars[2].swing == 0


def test_a_bar_sees_what_happens_between_its_ends() -> None:
    hill = Model(function=lambda p: -((p["a"] - 1) ** 2), base={"a": 1.0})
    bar = tornado(hill, share=0.5).bars[0]
    assert bar.at_low == bar.at_high == -0.25
    assert (bar.lowest, bar.highest, bar.swing) == (-0.25, 0, 0.25)


def test_bars_of_a_game_stop_at_its_assumptions() -> None:
    bars = {bar.parameter: bar for bar in tornado(Model.of_game(ORDINARY, "farmer")).bars}
    assert {name for name, bar in bars.items() if bar.limited} == {"R1", "R2"}
    assert bars["R1"].low == pytest.approx(130)
    assert bars["R1"].low > 130
    assert not bars["C"].limited


@given(game=GAMES)
@settings(max_examples=40, deadline=None)
def test_every_game_has_a_tornado(game: SupervisionGame) -> None:
    found = tornado(Model.of_game(game, "honesty"), share=3.0)
    assert {bar.parameter for bar in found.bars} == set(PARAMETERS)
    assert all(bar.lowest <= min(bar.at_low, bar.at_high) <= bar.highest <= 1 for bar in found.bars)


def test_elasticities_are_the_exponents_of_a_power() -> None:
    found = elasticities(CUBE)
    assert found.parameters == ("a", "b", "c")
    assert found.values == pytest.approx([2, -3, 0], abs=1e-6)
    assert found.of("b") == pytest.approx(-3)


@given(game=GAMES.filter(lambda game: not Regime.of(int(game.regime_codes)).is_boundary))
@settings(max_examples=60, deadline=None)
def test_elasticities_of_a_game_in_closed_form_are_those_measured(game: SupervisionGame) -> None:
    for quantity in QUANTITIES:
        measured = elasticities(Model.of_game(game, quantity), step=1e-6)
        exact = elasticities_of(game, quantity=quantity)
        assert measured.values == pytest.approx(exact.values, abs=1e-4, rel=1e-4, nan_ok=True)


def test_an_outcome_of_zero_has_no_elasticity() -> None:
    assert np.isnan(elasticities_of(POVERTY, quantity="honesty").values).all()
    assert np.isnan(elasticities(Model.of_game(POVERTY, "honesty")).values).all()


def test_an_outcome_that_is_zero_but_for_rounding_has_none_either() -> None:
    even = SupervisionGame(R1=4 / 3, R2=1, C=0, F=1 / 3, L=0, G=4 / 3, H1=3, H2=7 / 3)
    assert 0 < abs(float(even.welfare())) < 1e-15
    assert np.isnan(elasticities_of(even, quantity="welfare").values).all()
    assert np.isnan(elasticities(Model.of_game(even, "welfare")).values).all()


def test_elasticities_of_many_games_come_in_their_shape() -> None:
    found = elasticities_of(ORDINARY.with_(C=[[5.0, 15.0, 60.0]]), quantity="honesty")
    assert found.values.shape == (1, 3, 8)
    assert np.asarray(found.of("C"))[0, :2] == pytest.approx([-5 / 30, -15 / 20])
    assert np.isnan(np.asarray(found.of("C"))[0, 2])


def broken(p: Mapping[str, Floats]) -> float:
    return 1.0


@pytest.mark.parametrize(
    ("ask", "parameter"),
    [
        (lambda: one_way(CUBE, parameter="d", values=[1]), "d"),
        (lambda: one_way(CUBE, parameter="a", values=[]), "a"),
        (lambda: one_way(CUBE, parameter="a", values=[1, float("nan")]), "a"),
        (lambda: one_way(CUBE, parameter="b", values=[0]), "function"),
        (lambda: one_way(Model(function=broken, base={"a": 1.0}), parameter="a", values=[1, 2]), "function"),
        (lambda: one_way(Model.of_game(ORDINARY, "honesty"), parameter="H1", values=[1]), "H2"),
        (lambda: two_way(CUBE, x="a", y="a", x_values=[1], y_values=[1]), "y"),
        (lambda: tornado(CUBE, share=0), "share"),
        (lambda: tornado(CUBE, ranges={"z": (0, 1)}), "z"),
        (lambda: tornado(CUBE, ranges={"a": (1, 1)}), "a"),
        (lambda: tornado(Model.of_game(ORDINARY, "honesty"), ranges={"C": (-5, -1)}), "C"),
        (lambda: elasticities(CUBE, step=1), "step"),
        (lambda: elasticities_of(ORDINARY, quantity="luck"), "quantity"),
        (lambda: Model.of_game(ORDINARY, "luck"), "quantity"),
        (lambda: Model.of_game(ORDINARY.with_(C=[1, 2]), "honesty"), "game"),
    ],
)
@pytest.mark.filterwarnings("ignore:divide by zero")
def test_a_question_that_has_no_answer_is_refused(ask: Any, parameter: str) -> None:
    with pytest.raises(BadParameter) as refused:
        ask()
    assert refused.value.parameter == parameter
    assert refused.value.text.en
    assert refused.value.text.zh
