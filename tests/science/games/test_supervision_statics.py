"""Comparative statics: every derivative in closed form agrees with finite differences, and knows where it stops."""

import numpy as np
import pytest
from hypothesis import given, settings
from numpy.typing import NDArray

from fieldcast.science.games.paper import ORDINARY, POVERTY
from fieldcast.science.games.supervision import PARAMETERS, QUANTITIES, Regime, SupervisionGame
from tests.science.games.supervision_games import GAMES

STEP = 1e-5


def outcome(game: SupervisionGame) -> NDArray[np.float64]:
    expected = game.expected()
    return np.array([game.honesty, game.supervision, expected.host, expected.farmer, game.welfare()])


def difference(game: SupervisionGame, parameter: str) -> NDArray[np.float64]:
    """Central, or to the right where the parameter cannot go below what it is."""
    value = float(game.parameters[parameter])
    lower = value if parameter in "CFL" and value == 0 else value - STEP
    ends = [outcome(game.with_(**{parameter: end})) for end in (lower, value + STEP)]
    slope: NDArray[np.float64] = (ends[1] - ends[0]) / (value + STEP - lower)
    return slope


@given(game=GAMES)
@settings(max_examples=120, deadline=None)
def test_derivatives_agree_with_finite_differences(game: SupervisionGame) -> None:
    values = game.statics().values
    assert values.shape == (len(QUANTITIES), len(PARAMETERS))
    for column, parameter in enumerate(PARAMETERS):
        if np.isnan(values[:, column]).any():
            assert game.regime in JUMPS[parameter]
        else:
            np.testing.assert_allclose(values[:, column], difference(game, parameter), rtol=1e-3, atol=1e-3)


COST = {Regime.COST_AT_STAKE, Regime.UNDETERRABLE_COST_AT_STAKE, Regime.FINE_AT_GAIN_COST_AT_STAKE}
JUMPS: dict[str, set[Regime]] = {name: set() for name in PARAMETERS}
JUMPS |= {"C": COST, "L": COST, "F": COST | {Regime.FINE_AT_GAIN}}
JUMPS |= {"H1": {Regime.FINE_AT_GAIN}, "H2": {Regime.FINE_AT_GAIN}}


@pytest.mark.parametrize("parameter", PARAMETERS)
def test_no_derivative_is_claimed_where_the_parameter_moves_the_boundary(parameter: str) -> None:
    for game in (
        POVERTY.with_(F=12, C=5),
        POVERTY.with_(C=20),
        POVERTY.with_(F=15, C=25),
        POVERTY.with_(F=12, C=22),
    ):
        column = game.statics().values[:, PARAMETERS.index(parameter)]
        assert np.isnan(column).all() == (game.regime in JUMPS[parameter])


def test_signs_where_both_mix() -> None:
    statics = ORDINARY.statics()
    signs = {
        (quantity, name): statics.sign(quantity, name) for quantity in QUANTITIES[:2] for name in PARAMETERS
    }
    assert {key: sign for key, sign in signs.items() if sign} == {
        ("honesty", "C"): -1,
        ("honesty", "F"): 1,
        ("honesty", "L"): 1,
        ("supervision", "F"): -1,
        ("supervision", "H1"): 1,
        ("supervision", "H2"): -1,
    }


def test_values_where_both_mix() -> None:
    statics = POVERTY.with_(C=24, F=15, L=25).statics()
    assert statics.value("honesty", "C") == pytest.approx(-1 / 40)
    assert statics.value("supervision", "F") == pytest.approx(-12 / 225)
    assert statics.value("host", "H1") == -1
    assert statics.value("farmer", "C") == pytest.approx(-35 / 40)
    assert statics.value("welfare", "G") == 1


def test_arrays_of_games_have_arrays_of_derivatives() -> None:
    costs = np.array([[5.0, 15.0], [24.0, 60.0]])
    games = ORDINARY.with_(C=costs)
    found = games.statics()
    assert found.values.shape == (2, 2, 5, 8)
    assert np.shape(found.value("farmer", "C")) == np.shape(found.sign("farmer", "C")) == (2, 2)
    for index in np.ndindex(2, 2):
        np.testing.assert_allclose(found.values[index], ORDINARY.with_(C=costs[index]).statics().values)
