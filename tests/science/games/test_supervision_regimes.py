"""Every combination of parameters has one named regime, the same for a number and within an array."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldcast.science.games.paper import POVERTY
from fieldcast.science.games.supervision import Regime, SupervisionGame
from tests.science.games.supervision_games import GAMES

GAIN = 12
CASES = [
    # F, C, L, regime, honesty, supervision; the host saves 12 by being dishonest
    (10, 5, 10, "undeterrable_supervised", 0, 1),
    (10, 0, 10, "undeterrable_supervised", 0, 1),
    (10, 20, 10, "undeterrable_cost_at_stake", 0, 0),
    (0, 0, 0, "undeterrable_cost_at_stake", 0, 0),
    (10, 30, 10, "undeterrable_unsupervised", 0, 0),
    (0, 1, 0, "undeterrable_unsupervised", 0, 0),
    (0, 1, 10, "undeterrable_supervised", 0, 1),
    (12, 5, 10, "fine_at_gain", 0, 1),
    (12, 0, 0, "fine_at_gain", 0, 1),
    (12, 22, 10, "fine_at_gain_cost_at_stake", 0, 0),
    (12, 30, 10, "fine_at_gain_unsupervised", 0, 0),
    (15, 24, 25, "mixed", 0.4, 0.8),
    (15, 25, 10, "cost_at_stake", 0, 0),
    (15, 30, 10, "unsupervised", 0, 0),
    (15, 0, 10, "free_supervision", 1, 0.8),
    (15, 0, 0, "free_supervision", 1, 0.8),
]


@pytest.mark.parametrize(("F", "C", "L", "name", "honesty", "supervision"), CASES)
def test_the_regime_and_its_equilibrium(
    F: int, C: int, L: int, name: str, honesty: float, supervision: float
) -> None:
    game = POVERTY.with_(F=F, C=C, L=L)
    assert game.regime is Regime(name)
    assert (game.honesty, game.supervision) == (honesty, supervision)


def test_the_cases_above_cover_every_regime() -> None:
    assert {name for _, _, _, name, _, _ in CASES} == {regime.value for regime in Regime}


def test_codes_name_their_regimes_both_ways() -> None:
    assert [Regime.of(regime.code) for regime in Regime] == list(Regime)
    games = POVERTY.with_(
        F=[case[0] for case in CASES], C=[case[1] for case in CASES], L=[case[2] for case in CASES]
    )
    codes = games.regime
    assert isinstance(codes, np.ndarray)
    assert codes.dtype == np.int8
    assert [Regime.of(code).value for code in codes] == [case[3] for case in CASES]


def test_every_regime_has_its_own_label_in_both_languages() -> None:
    assert (
        len({regime.label.en for regime in Regime})
        == len({regime.label.zh for regime in Regime})
        == len(Regime)
    )


@given(game=GAMES, unit=st.sampled_from((0.1, 0.01, 0.7, 1e6)))
@settings(max_examples=150, deadline=None)
def test_floats_find_the_boundaries_that_exact_numbers_find(game: SupervisionGame, unit: float) -> None:
    floats = game.with_(**{name: float(value) * unit for name, value in game.parameters.items()})
    assert floats.regime is game.regime


def test_exact_numbers_tell_apart_what_floats_cannot() -> None:
    hair = Fraction(1, 10**30)
    game = POVERTY.with_(C=5)
    assert game.with_(F=GAIN + hair).regime is Regime.MIXED
    assert game.with_(F=GAIN - hair).regime is Regime.UNDETERRABLE_SUPERVISED
    assert game.with_(F=float(GAIN + hair)).regime is Regime.FINE_AT_GAIN


def test_a_fine_below_the_gain_deters_at_no_cost_of_supervision() -> None:
    game = POVERTY.with_(F=np.linspace(0, 11.999, 50), C=np.linspace(0, 40, 60)[:, None])
    assert not np.asarray(game.honesty).any()
    cell = game.floats
    np.testing.assert_array_equal(game.supervision, cell["C"] < cell["F"] + cell["L"])


def test_codes_have_the_shape_of_the_game_whichever_parameter_varies() -> None:
    game = POVERTY.with_(G=[1, 2, 3])
    assert game.shape == game.regime_codes.shape == np.shape(game.honesty) == np.shape(game.welfare()) == (3,)
