"""What a population game is, and what is refused as one."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldcast.science.errors import BadParameter
from fieldcast.science.games.evolution import constant_game, random_states, rule_game, symmetric_game
from fieldcast.science.text import Text


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(1, 4), min_size=2, max_size=4), st.integers(0, 10_000))
def test_payoffs_are_the_mean_over_the_strategies_of_everybody_else(sizes: list[int], seed: int) -> None:
    rng = np.random.default_rng(seed)
    tensors = rng.normal(size=(len(sizes), *sizes))
    game = constant_game(*tensors)
    state = random_states(game, count=3, rng=rng)
    earned = game.payoffs(state)
    for row, shares in zip(earned, state, strict=True):
        parts = [shares[part] for part in game.slices]
        for k, tensor in enumerate(tensors):
            weights = np.ones(())
            for j, part in enumerate(parts):
                weights = np.multiply.outer(weights, np.ones(len(part)) if j == k else part)
            others = tuple(j for j in range(len(sizes)) if j != k)
            assert np.allclose(row[game.slices[k]], (tensor * weights).sum(axis=others))


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000))
def test_velocities_keep_every_population_whole_and_every_absent_strategy_absent(seed: int) -> None:
    rng = np.random.default_rng(seed)
    game = constant_game(*rng.normal(size=(3, 2, 3, 2)))
    states = random_states(game, count=5, rng=rng)
    states[:, 0], states[:, 1] = 0.0, 1.0
    velocity = game.velocity(states)
    assert np.allclose(velocity @ game.together, 0.0, atol=1e-14)
    assert (velocity[:, 0] == 0).all()


def test_a_rule_that_restates_constant_payoffs_is_the_same_game() -> None:
    rng = np.random.default_rng(3)
    a, b = rng.normal(size=(2, 3, 2))
    constant = constant_game(a, b)
    ruled = rule_game(lambda shares: (shares[1] @ a.T, shares[0] @ b), sizes=(3, 2))
    states = random_states(constant, count=10, rng=rng)
    assert np.allclose(constant.velocity(states), ruled.velocity(states))


def test_names_are_given_or_numbered() -> None:
    game = symmetric_game([[0, 1], [1, 0]], population=Text(en="hosts", zh="主播"))
    assert game.populations == (Text(en="hosts", zh="主播"),)
    assert game.strategies[0][1] == Text(en="strategy 2", zh="策略2")


@pytest.mark.parametrize(
    ("make", "parameter"),
    [
        (lambda: constant_game([[1, 2]]), "tensors"),
        (lambda: constant_game(np.ones((1, 2)), np.ones((2, 1))), "tensors"),
        (lambda: constant_game(np.full((2, 2), np.nan), np.zeros((2, 2))), "tensors"),
        (lambda: constant_game(np.zeros((2, 0)), np.zeros((2, 0))), "tensors"),
        (lambda: symmetric_game([[1, 2, 3], [4, 5, 6]]), "matrix"),
        (lambda: symmetric_game([[np.inf]]), "matrix"),
        (lambda: rule_game(lambda shares: shares, sizes=()), "sizes"),
        (lambda: rule_game(lambda shares: (shares[0][:, :1],), sizes=(2,)), "rule"),
        (lambda: symmetric_game([[1]]).state([1], [1]), "shares"),
        (lambda: symmetric_game(np.eye(2), strategies=[Text("a", "a")]), "strategies"),
        (lambda: symmetric_game(np.eye(3)).states_of_first([[0.5]]), "first"),
        (lambda: symmetric_game(np.eye(2)).state([0.5, 0.6]), "shares"),
        (lambda: symmetric_game(np.eye(2)).state([-0.1, 1.1]), "shares"),
        (lambda: symmetric_game(np.eye(2)).state([np.nan, 1.0]), "shares"),
    ],
)
def test_what_is_no_game_or_no_state_is_refused_by_name(make: Callable[[], object], parameter: str) -> None:
    with pytest.raises(BadParameter) as caught:
        make()
    assert caught.value.parameter == parameter
    assert caught.value.text.en != caught.value.text.zh
