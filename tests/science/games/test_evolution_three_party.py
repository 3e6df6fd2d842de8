"""Host, cooperative and platform: the table as stated, and what follows from it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldcast.science.errors import BadParameter
from fieldcast.science.games.evolution import (
    Kind,
    PlatformTerms,
    platform_game,
    random_states,
    replicate,
    rest_points,
)
from fieldcast.science.games.supervision import SupervisionGame

GAME = SupervisionGame(R1=140, R2=130, C=15, F=25, L=10, G=50, H1=20, H2=8)
TERMS = PlatformTerms(inspection_cost=8, fine=10, subsidy=3, reputation_loss=12)
amounts = st.floats(0, 50)


def test_the_table_is_the_one_stated() -> None:
    host, cooperative, platform = platform_game(GAME, terms=TERMS).tensors
    # honest, then dishonest; supervises, does not; inspects, does not
    assert host.ravel().tolist() == [30, 30, 30, 30, 42 - 25 - 10, 42 - 25, 42 - 10, 42]
    assert cooperative.ravel().tolist() == [128, 125, 140, 140, 130 - 15 + 25 + 3, 130 - 15 + 25, 130, 120]
    assert platform.ravel().tolist() == [-11, 0, -8, 0, -1, 0, 2, -12]


@given(amounts, amounts, amounts, amounts)
def test_where_the_platform_never_inspects_the_game_of_two_is_left(
    k: float, m: float, s: float, d: float
) -> None:
    terms = PlatformTerms(inspection_cost=k, fine=m, subsidy=s, reputation_loss=d)
    host, cooperative, _ = platform_game(GAME, terms=terms).tensors
    derived = GAME.payoffs("derived")
    assert (host[..., 1] == derived[0]).all()
    assert (cooperative[..., 1] == derived[1]).all()


def test_a_platform_that_gains_nothing_stays_out_and_the_cycle_of_the_other_two_attracts() -> None:
    terms = PlatformTerms(inspection_cost=8, fine=0, subsidy=0, reputation_loss=0)
    game = platform_game(GAME, terms=terms)
    (centre,) = (p for p in rest_points(game).of_kind(Kind.CENTRE) if p.nash)
    assert centre.shares[2] == (0.0, 1.0)
    assert centre.shares[0][0] == pytest.approx(1 - 15 / 35)
    assert "die out" in centre.criterion.en
    path = replicate(game, starts=game.states_of_first([0.6, 0.5, 0.5]), times=np.linspace(0, 5, 200)).states[
        0
    ]
    assert path[-1, 4] < 1e-12
    assert np.ptp(path[-40:, 0]) > 0.01


@settings(max_examples=20, deadline=None)
@given(amounts, amounts, amounts, amounts)
def test_no_mixture_of_the_three_is_ever_a_sink(k: float, m: float, s: float, d: float) -> None:
    terms = PlatformTerms(inspection_cost=k, fine=m, subsidy=s, reputation_loss=d)
    for point in rest_points(platform_game(GAME, terms=terms)).points:
        assert point.kind != Kind.SINK or point.where == "vertex"


def test_a_fine_of_the_platform_deters_where_the_farmers_own_cannot() -> None:
    """The poverty baseline: F = 10 < H1 − H2 = 12, so with two parties everybody ends up dishonest."""
    poverty = GAME.with_(C=30, F=10)
    alone = platform_game(
        poverty, terms=PlatformTerms(inspection_cost=8, fine=0, subsidy=0, reputation_loss=0)
    )
    helped = platform_game(
        poverty, terms=PlatformTerms(inspection_cost=8, fine=20, subsidy=0, reputation_loss=10)
    )
    start = random_states(alone, count=20, rng=np.random.default_rng(2))
    times = np.linspace(0, 20, 2_000)
    without, with_help = (
        replicate(g, starts=start, times=times, tolerance=1e-6).states[:, 1_000:, 0] for g in (alone, helped)
    )
    assert without.max() < 1e-9
    assert (with_help.mean(axis=1) > 0.5).all()


@pytest.mark.parametrize("name", ["inspection_cost", "fine", "subsidy", "reputation_loss"])
@pytest.mark.parametrize("value", [-1.0, np.nan, np.inf])
def test_terms_below_zero_are_refused_by_name(name: str, value: float) -> None:
    terms = {"inspection_cost": 1.0, "fine": 1.0, "subsidy": 1.0, "reputation_loss": 1.0, name: value}
    with pytest.raises(BadParameter) as caught:
        PlatformTerms(**terms)
    assert caught.value.parameter == name
