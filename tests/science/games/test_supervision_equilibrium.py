"""The equilibrium of the supervision game: nobody gains by deviating, and it is the one the exact solver finds."""

from fractions import Fraction

import nashpy
import numpy as np
import pytest
from hypothesis import given, settings

from fieldcast.science.games import paper
from fieldcast.science.games.supervision import PARAMETERS, Regime, SupervisionGame
from tests.science.games.supervision_games import GAMES


def as_arrays(games: list[SupervisionGame]) -> SupervisionGame:
    return SupervisionGame(
        **{name: np.array([float(game.parameters[name]) for game in games]) for name in PARAMETERS}
    )


@given(game=GAMES)
@settings(max_examples=150, deadline=None)
def test_neither_player_gains_by_deviating(game: SupervisionGame) -> None:
    host, farmer = game.payoffs()
    mine, yours = (
        np.array([game.honesty, 1 - game.honesty]),
        np.array([game.supervision, 1 - game.supervision]),
    )
    assert (host @ yours).max() <= mine @ host @ yours + 1e-9
    assert (mine @ farmer).max() <= mine @ farmer @ yours + 1e-9


@given(game=GAMES)
@settings(max_examples=150, deadline=None)
def test_it_is_the_equilibrium_worst_for_honesty_and_then_for_supervision(game: SupervisionGame) -> None:
    everything = game.equilibria()
    honesty, supervision = min((x[0], y[0]) for x, y in everything.extreme)
    assert everything.exact
    assert (game.honesty, game.supervision) == pytest.approx((float(honesty), float(supervision)))


@given(game=GAMES)
@settings(max_examples=150, deadline=None)
def test_a_regime_inside_has_one_equilibrium_and_a_boundary_that_matters_has_many(
    game: SupervisionGame,
) -> None:
    unique = len(game.equilibria().extreme) == 1
    regime = game.regime
    assert isinstance(regime, Regime)
    if regime is not Regime.FINE_AT_GAIN_UNSUPERVISED:
        assert unique is not regime.is_boundary
    else:
        assert unique


@given(game=GAMES)
@settings(max_examples=60, deadline=None)
def test_arrays_give_cell_by_cell_what_single_games_give(game: SupervisionGame) -> None:
    games = [game, paper.COMBINED, paper.POVERTY, game.with_(C=0), game.with_(F=0, L=0)]
    together = as_arrays(games)
    assert together.shape == (5,)
    for name in ("honesty", "supervision", "regime_codes"):
        assert getattr(together, name) == pytest.approx([float(getattr(one, name)) for one in games])
    assert together.welfare() == pytest.approx([one.welfare() for one in games])
    for form in ("derived", "printed"):
        for player, ours in enumerate(together.payoffs(form)):
            np.testing.assert_allclose(ours, [one.payoffs(form)[player] for one in games])


@given(game=GAMES.filter(lambda game: game.regime in (Regime.MIXED, Regime.UNSUPERVISED)))
@settings(max_examples=40, deadline=None)
def test_nashpy_finds_the_same_where_there_is_one(game: SupervisionGame) -> None:
    found = list(nashpy.Game(*game.payoffs()).support_enumeration())
    assert len(found) == 1
    assert (found[0][0][0], found[0][1][0]) == pytest.approx((game.honesty, game.supervision))


def test_the_example_of_the_target_picture() -> None:
    game = paper.POVERTY.with_(C=24, F=15, L=25)
    assert game.regime is Regime.MIXED
    assert (game.honesty, game.supervision) == (0.4, 0.8)
    assert game.equilibria().extreme == (
        ((Fraction(2, 5), Fraction(3, 5)), (Fraction(4, 5), Fraction(1, 5))),
    )


def test_payoffs_as_derived_charge_honesty_its_cost_whoever_watches() -> None:
    host, farmer = paper.COMBINED.payoffs()
    assert host.tolist() == [[30, 30], [27, 42]]
    assert farmer.tolist() == [[116, 140], [121, 120]]


def test_payoffs_as_printed_are_table_1() -> None:
    host, farmer = paper.COMBINED.payoffs("printed")
    assert host.tolist() == [[50 - 20, 50 - 8], [50 - 20 - 15, 50 - 8]]
    assert farmer.tolist() == paper.COMBINED.payoffs()[1].tolist()


@given(game=GAMES.filter(lambda game: game.C > 0))
@settings(max_examples=60, deadline=None)
def test_as_printed_no_farmer_ever_supervises_at_a_cost(game: SupervisionGame) -> None:
    found = game.with_(F=game.F + 1).equilibria("printed")
    assert {y[0] for _, y in found.extreme} == {0}
    assert max(x[0] for x, _ in found.extreme) == 1


@given(game=GAMES)
@settings(max_examples=60, deadline=None)
def test_expected_payoffs_are_the_weighted_sum_of_the_four_cells(game: SupervisionGame) -> None:
    p, q = 0.3, 0.85
    weights = np.array([[p * q, p * (1 - q)], [(1 - p) * q, (1 - p) * (1 - q)]])
    for form in ("derived", "printed"):
        expected = game.expected(honesty=p, supervision=q, form=form)
        host, farmer = ((weights * matrix).sum() for matrix in game.payoffs(form))
        assert (expected.host, expected.farmer) == pytest.approx((host, farmer))


def test_where_both_mix_each_is_indifferent() -> None:
    game = paper.ORDINARY
    for choice in (0.0, 1.0):
        assert game.expected(honesty=choice).host == pytest.approx(game.expected().host)
        assert game.expected(supervision=choice).farmer == pytest.approx(game.expected().farmer)


def test_decimals_are_solved_as_the_decimals_they_are_written_as() -> None:
    game = paper.POVERTY.with_(H1=2.3, H2=1.1, F=1.2, C=0.3, L=0.1)
    assert game.regime is Regime.FINE_AT_GAIN
    found = game.equilibria()
    assert found.exact
    assert {x[0] for x, _ in found.extreme} == {0, Fraction(10, 13)}


def test_a_boundary_met_only_within_rounding_is_solved_on_it() -> None:
    game = paper.POVERTY.with_(F=0.1 + 0.2, H1=0.4, H2=0.1, C=0.7 + 0.1, L=0.5)
    assert game.regime is Regime.FINE_AT_GAIN_COST_AT_STAKE
    assert {(x[0], y[0]) for x, y in game.equilibria().extreme} == {(0, 0), (0, 1)}
