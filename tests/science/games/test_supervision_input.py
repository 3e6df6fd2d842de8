"""What the game refuses, saying which parameter, which values are allowed and which assumption would break."""

from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from fieldcast.science.errors import BadParameter
from fieldcast.science.games.paper import POVERTY
from fieldcast.science.games.supervision import PARAMETERS


@pytest.mark.parametrize("parameter", PARAMETERS)
@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf"), 1e16, "ten", None, True, 1j])
def test_only_finite_real_numbers_are_taken(parameter: str, value: Any) -> None:
    for given in (value, [1.0, value]) if not isinstance(value, bool) else (value,):
        with pytest.raises(BadParameter) as refused:
            POVERTY.with_(**{parameter: given})
        assert refused.value.parameter == parameter
        assert parameter in refused.value.text.en
        assert parameter in refused.value.text.zh


@pytest.mark.parametrize(
    ("change", "parameter", "assumption"),
    [
        ({"R2": 140}, "R2", "R2 < R1"),
        ({"R1": [150, 120]}, "R2", "R2 < R1"),
        ({"H2": 20.0}, "H2", "H2 < H1"),
        ({"H1": Fraction(1, 3), "H2": Fraction(1, 3)}, "H2", "H2 < H1"),
        ({"C": -1}, "C", "cost"),
        ({"F": [[3], [-0.5]]}, "F", "fine"),
        ({"L": Fraction(-1, 9)}, "L", "loss"),
    ],
)
def test_a_broken_assumption_of_the_paper_is_named(
    change: dict[str, Any], parameter: str, assumption: str
) -> None:
    with pytest.raises(BadParameter, match=assumption) as refused:
        POVERTY.with_(**change)
    assert refused.value.parameter == parameter
    assert "§2.2" in refused.value.text.zh


def test_the_figures_that_break_an_assumption_are_said_in_both_languages() -> None:
    with pytest.raises(BadParameter) as refused:
        POVERTY.with_(R1=[150, 120.5])
    assert "130 is not below 120.5" in refused.value.text.en
    assert "130 不小于 120.5" in refused.value.text.zh


def test_arrays_that_do_not_fit_together_are_refused() -> None:
    with pytest.raises(BadParameter) as refused:
        POVERTY.with_(C=[1, 2, 3], F=[1, 2])
    assert refused.value.parameter == "F"


def test_a_name_that_is_no_parameter_is_refused() -> None:
    with pytest.raises(BadParameter, match="penalty is not a parameter"):
        POVERTY.with_(penalty=3)


@pytest.mark.parametrize("name", ["honesty", "supervision"])
@pytest.mark.parametrize("value", [-0.1, 1.1, float("nan")])
def test_expected_payoffs_take_probabilities_only(name: str, value: float) -> None:
    given: dict[str, Any] = {name: value}
    with pytest.raises(BadParameter) as refused:
        POVERTY.expected(**given)
    assert refused.value.parameter == name


def test_whole_numbers_and_fractions_stay_what_they_are() -> None:
    game = POVERTY.with_(C=Fraction(1, 3), F=np.int64(7), L=np.float64(2.5), G=np.array(4.0))
    kept = [game.parameters[name] for name in "CFLG"]
    assert kept == [Fraction(1, 3), 7, 2.5, 4.0]
    assert [type(value) for value in kept] == [Fraction, int, float, float]


def test_a_game_of_arrays_does_not_change_with_the_array_it_was_given() -> None:
    costs = np.array([10.0, 20.0])
    game = POVERTY.with_(C=costs, F=Fraction(31, 2))
    costs[:] = 0
    assert np.asarray(game.C).tolist() == [10, 20]
    assert game.F == 15.5
    with pytest.raises(ValueError, match="read-only"):
        np.asarray(game.C)[0] = 5
