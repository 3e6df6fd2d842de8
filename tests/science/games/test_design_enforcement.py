"""The supervision game with penalties half collected, cheats half found and others reporting."""

import nashpy
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from fieldcast.science.errors import BadParameter
from fieldcast.science.games.design import Enforcement, outcome, payoffs
from fieldcast.science.games.paper import COMBINED, ORDINARY, POVERTY
from fieldcast.science.games.supervision import SupervisionGame

money = st.floats(0.1, 50)
share = st.floats(0, 1)


@st.composite
def games(draw: st.DrawFn) -> SupervisionGame:
    return SupervisionGame(
        R1=100.0, R2=80.0, C=draw(money), F=draw(money), L=draw(money), G=50.0, H1=draw(money) + 5, H2=5.0
    )


enforcements = st.builds(
    Enforcement, collection=share, deposit=st.floats(0, 60), detection=st.floats(0.05, 1), reporting=share
)


@given(games(), enforcements)
@settings(max_examples=150, deadline=None)
def test_neither_side_gains_by_answering_the_outcome_otherwise(
    game: SupervisionGame, enforcement: Enforcement
) -> None:
    host, farmer = payoffs(game, enforcement)
    found = outcome(game, enforcement)
    p = np.array([found.honesty, 1 - found.honesty])
    q = np.array([found.supervision, 1 - found.supervision])

    assert np.all((p >= 0) & (q >= 0))
    assert p @ host @ q >= (host @ q).max() - 1e-8
    assert p @ farmer @ q >= (p @ farmer).max() - 1e-8


@given(games(), enforcements)
@settings(max_examples=60, deadline=None)
def test_nashpy_finds_the_same_equilibrium(game: SupervisionGame, enforcement: Enforcement) -> None:
    host, farmer = payoffs(game, enforcement)
    # Away from ties there is one equilibrium only; on them nashpy lists some of many.
    assume(np.abs(np.diff(host, axis=0)).min() > 1e-3)
    assume(np.abs(np.diff(farmer, axis=1)).min() > 1e-3)
    ((p, q),) = nashpy.Game(host, farmer).support_enumeration()
    found = outcome(game, enforcement)

    assert found.honesty == pytest.approx(p[0], abs=1e-7)
    assert found.supervision == pytest.approx(q[0], abs=1e-7)


@pytest.mark.parametrize("game", [POVERTY, ORDINARY, COMBINED])
def test_perfect_enforcement_is_the_papers_game(game: SupervisionGame) -> None:
    found = outcome(game, Enforcement())
    host, farmer = payoffs(game, Enforcement())

    assert (found.honesty, found.supervision) == pytest.approx((game.honesty, game.supervision))
    assert np.allclose(host, game.payoffs()[0])
    assert np.allclose(farmer, game.payoffs()[1])


def test_a_deposit_is_collected_for_certain_and_the_rest_in_part() -> None:
    assert Enforcement(collection=0.5, deposit=6.0).collected(10.0) == 8.0
    assert Enforcement(collection=0.5, deposit=60.0).collected(10.0) == 10.0
    assert Enforcement(collection=0.0).collected(10.0) == 0.0


def test_reports_that_outweigh_the_gain_make_supervision_needless() -> None:
    # H1 − H2 = 12 against 0.5·25.
    found = outcome(ORDINARY, Enforcement(reporting=0.5))
    assert (found.honesty, found.supervision) == (1.0, 0.0)


def test_reports_that_do_not_outweigh_it_lessen_supervision_and_honesty_alike() -> None:
    before, after = outcome(ORDINARY, Enforcement()), outcome(ORDINARY, Enforcement(reporting=0.2))
    assert after.supervision < before.supervision
    assert after.honesty < before.honesty  # the farmer has less to win by looking


@pytest.mark.parametrize(
    ("changes", "parameter"),
    [
        ({"collection": 1.1}, "collection"),
        ({"deposit": -1.0}, "deposit"),
        ({"detection": 0.0}, "detection"),
        ({"detection": 1.5}, "detection"),
        ({"reporting": float("nan")}, "reporting"),
        ({"deposit": float("inf")}, "deposit"),
    ],
)
def test_an_enforcement_out_of_range_is_refused_by_name(changes: dict[str, float], parameter: str) -> None:
    with pytest.raises(BadParameter) as refused:
        Enforcement(**changes)
    assert refused.value.parameter == parameter


def test_a_game_of_arrays_is_refused() -> None:
    with pytest.raises(BadParameter, match="C must be one number"):
        outcome(POVERTY.with_(C=np.array([1.0, 2.0])), Enforcement())
