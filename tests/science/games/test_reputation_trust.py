"""Trust with a known end: nobody gains by another move at any history, and beliefs follow Bayes' rule."""

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldcast.science.errors import BadParameter
from fieldcast.science.games.reputation import TrustGame
from fieldcast.science.games.supervision import SupervisionGame

POVERTY = SupervisionGame(R1=140, R2=130, C=30, F=10, L=10, G=50, H1=20, H2=8)
games = st.builds(
    TrustGame,
    trust_gain=st.floats(1, 20),
    trust_loss=st.floats(1, 20),
    honest_pay=st.floats(0, 30),
    gain=st.floats(1, 30),
    periods=st.integers(1, 7),
    prior=st.just(0.0) | st.floats(1e-290, 1),  # among the smallest floats Bayes' rule has no digits left
    discount=st.floats(0.3, 1),
)


class Values:
    """What both sides expect from a belief and a number of periods to go, worked out from the strategies alone."""

    def __init__(self, game: TrustGame) -> None:
        self.game = game
        self.host = cache(self._host)
        self.cooperative = cache(self._cooperative)

    def after_honesty(self, belief: float, remaining: int) -> float:
        """Bayes' rule itself."""
        sale = belief + (1 - belief) * self.game.honesty(belief=belief, remaining=remaining)
        return belief / sale if sale else 0.0

    def moves_of_host(self, belief: float, remaining: int) -> tuple[float, float]:
        """What a reckoning host who is trusted earns by honesty and by cheating."""
        game = self.game
        later = self.host(self.after_honesty(belief, remaining), remaining - 1)
        known = self.host(0.0, remaining - 1)
        return game.honest_pay + game.discount * later, game.honest_pay + game.gain + game.discount * known

    def _host(self, belief: float, remaining: int) -> float:
        if remaining == 0:
            return 0.0
        trust = self.game.trust(belief=belief, remaining=remaining)
        honesty = self.game.honesty(belief=belief, remaining=remaining)
        honest, cheat = self.moves_of_host(belief, remaining)
        kept = self.game.discount * self.host(belief, remaining - 1)
        return trust * (honesty * honest + (1 - honesty) * cheat) + (1 - trust) * kept

    def moves_of_cooperative(self, belief: float, remaining: int) -> tuple[float, float]:
        """What the cooperative expects, to the end, by trusting and by keeping its goods."""
        game = self.game
        sale = belief + (1 - belief) * game.honesty(belief=belief, remaining=remaining)
        today = sale * game.trust_gain - (1 - sale) * game.trust_loss
        after = self.cooperative(self.after_honesty(belief, remaining), remaining - 1)
        known = self.cooperative(0.0, remaining - 1)
        kept = game.discount * self.cooperative(belief, remaining - 1)
        return today + game.discount * (sale * after + (1 - sale) * known), kept

    def _cooperative(self, belief: float, remaining: int) -> float:
        if remaining == 0:
            return 0.0
        trust = self.game.trust(belief=belief, remaining=remaining)
        trusting, keeping = self.moves_of_cooperative(belief, remaining)
        return trust * trusting + (1 - trust) * keeping


def beliefs(game: TrustGame) -> list[float]:
    """Beliefs on and off the path: the thresholds themselves, between them, and the extremes."""
    edges = [game.threshold(remaining=k) for k in range(1, game.periods + 1)]
    near = [edge * factor for edge in edges for factor in (0.7, 0.99, 1.01, 1.3)]
    return [0.0, 1.0, game.prior, *edges, *(belief for belief in near if belief < 1)]


@settings(max_examples=60, deadline=None)
@given(games)
def test_the_reckoning_host_never_gains_by_another_move(game: TrustGame) -> None:
    values = Values(game)
    for remaining in range(1, game.periods + 1):
        for belief in beliefs(game):
            honesty = game.honesty(belief=belief, remaining=remaining)
            honest, cheat = values.moves_of_host(belief, remaining)
            slack = 1e-9 * (game.honest_pay + game.gain) * game.periods
            if honesty > 0 and belief > 0:
                assert honest >= cheat - slack
            if honesty < 1:
                assert cheat >= honest - slack


@settings(max_examples=60, deadline=None)
@given(games)
def test_the_cooperative_never_gains_by_another_move_be_it_one_for_ever_or_a_new_one_each_time(
    game: TrustGame,
) -> None:
    values = Values(game)
    slack = 1e-7 * (game.trust_gain + game.trust_loss)
    for remaining in range(1, game.periods + 1):
        for belief in beliefs(game):
            trust = game.trust(belief=belief, remaining=remaining)
            sale = belief + (1 - belief) * game.honesty(belief=belief, remaining=remaining)
            today = sale * game.trust_gain - (1 - sale) * game.trust_loss
            trusting, keeping = values.moves_of_cooperative(belief, remaining)
            if trust > 0:
                assert today >= -slack
                assert trusting >= keeping - slack
            if trust < 1:
                assert today <= slack
                if game.reputation_pays:
                    assert keeping >= trusting - slack


@settings(max_examples=60, deadline=None)
@given(games)
def test_beliefs_follow_bayes_and_the_path_holds_together(game: TrustGame) -> None:
    path = game.play()
    assert path.remaining == tuple(range(game.periods, 0, -1))
    assert path.belief[0] == game.prior
    for t in range(game.periods - 1):
        sale = path.belief[t] + (1 - path.belief[t]) * path.honesty[t]
        assert path.honest_sale[t] == pytest.approx(sale)
        if path.trust[t] == 0:  # nothing is seen
            assert path.belief[t + 1] == path.belief[t]
            assert path.trust[t + 1] == path.reached[t + 1] == 0
            continue
        assert path.belief[t + 1] * sale == pytest.approx(path.belief[t])
        assert path.belief[t + 1] >= path.belief[t] - 1e-12
        assert path.reached[t + 1] == pytest.approx(path.reached[t] * path.trust[t] * sale)
        if path.honesty[t] < 1 and game.reputation_pays and path.belief[t] > 0:
            assert path.belief[t + 1] == pytest.approx(game.threshold(remaining=path.remaining[t + 1]))
    assert path.honesty[-1] == 0


def test_a_chance_of_one_in_ten_buys_four_honest_sessions_of_eight() -> None:
    """τ = 1/2: a reckoning host is honest for sure while 1/10 ≥ 2^−(k−1), that is down to five sessions to go."""
    game = TrustGame.of(POVERTY, keeps=130, periods=8, prior=0.1)
    path = game.play()
    assert game.needed_honesty == 0.5
    assert path.threshold == tuple(0.5**k for k in range(8, 0, -1))
    assert path.honesty[:4] == (1.0, 1.0, 1.0, 1.0)
    assert path.honesty[4] == pytest.approx(0.1 * (1 - 1 / 8) / (0.9 / 8))
    assert path.belief[5:] == pytest.approx((1 / 8, 1 / 4, 1 / 2))
    assert path.trust[5:] == pytest.approx([12 / 42] * 3)
    assert "first 4 of 8" in game.sentence.en
    assert "前 4 场" in game.sentence.zh


def test_more_sessions_to_come_need_less_faith() -> None:
    least = [TrustGame.of(POVERTY, keeps=130, periods=n, prior=0.1).least_prior for n in (1, 3, 10)]
    assert least == pytest.approx([0.5, 0.125, 0.5**10])
    short = TrustGame.of(POVERTY, keeps=130, periods=3, prior=0.1)
    assert set(short.play().trust) == {0.0}
    assert "No trust" in short.sentence.en


def test_an_impatient_host_has_no_reputation_to_keep() -> None:
    game = TrustGame(trust_gain=10, trust_loss=10, honest_pay=5, gain=12, periods=5, prior=0.6, discount=0.5)
    assert not game.reputation_pays
    assert game.play().honesty == (0.0,) * 5
    assert game.least_prior == 0.5
    assert "no reputation" in game.sentence.en


def test_without_any_committed_host_nothing_is_sold_however_long_the_horizon() -> None:
    game = TrustGame(trust_gain=1, trust_loss=1, honest_pay=5, gain=1, periods=5_000, prior=0)
    assert set(game.play().trust) == {0.0}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("trust_gain", 0.0),
        ("trust_loss", -1.0),
        ("honest_pay", -0.1),
        ("gain", float("nan")),
        ("discount", 0.0),
        ("discount", 1.1),
        ("prior", 1.1),
        ("periods", 0),
        ("periods", 2.5),
        ("periods", float("inf")),
    ],
)
def test_values_out_of_range_are_refused_by_name(name: str, value: float) -> None:
    sound = {"trust_gain": 1.0, "trust_loss": 1.0, "honest_pay": 1.0, "gain": 1.0, "periods": 2, "prior": 0.5}
    with pytest.raises(BadParameter) as caught:
        TrustGame(**{**sound, name: value})  # type: ignore[arg-type] # deliberately wrong values
    assert caught.value.parameter == name


def test_goods_that_are_always_or_never_better_kept_make_no_game() -> None:
    for keeps in (120, 140):
        with pytest.raises(BadParameter) as caught:
            TrustGame.of(POVERTY, keeps=keeps, periods=3, prior=0.1)
        assert caught.value.parameter == "keeps"
