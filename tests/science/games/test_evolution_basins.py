"""Basins: the share of starts that ends at each sink, with the interval it lies in."""

import numpy as np
import pytest

from fieldcast.science.errors import BadParameter
from fieldcast.science.games.evolution import basins, constant_game, symmetric_game
from fieldcast.science.games.evolution.basins import wilson


def test_two_conventions_share_the_line_at_their_threshold() -> None:
    """[[3, 0], [2, 1]]: the first wins above one half; [[2, 0], [0, 8]]: above 0.8."""
    for matrix, expected in (([[3, 0], [2, 1]], 0.5), ([[2, 0], [0, 8]], 0.2)):
        done = basins(symmetric_game(matrix), seed=4, starts=4_000)
        first = next(basin for basin in done.basins if basin.sink.shares[0][0] == 1)
        assert first.low < expected < first.high
        assert first.high - first.low < 0.04
        assert sum(basin.share for basin in done.basins) == pytest.approx(1)
        assert done.undecided == pytest.approx(0)


def test_coordination_of_two_populations_divides_the_square_evenly() -> None:
    done = basins(constant_game(np.eye(2), np.eye(2)), seed=1, starts=2_000)
    assert len(done.basins) == 2
    assert all(basin.low < 0.5 < basin.high for basin in done.basins)


def test_starts_that_go_round_for_ever_are_undecided() -> None:
    done = basins(symmetric_game([[0, -1, 1], [1, 0, -1], [-1, 1, 0]]), seed=1, starts=50, horizon=20)
    assert done.basins == ()
    assert done.undecided == 1


def test_the_same_seed_gives_the_same_answer_and_another_seed_another() -> None:
    game = symmetric_game([[3, 0], [2, 1]])
    share = [basins(game, seed=seed, starts=300).basins[0].share for seed in (1, 1, 2)]
    assert share[0] == share[1] != share[2]


def test_the_interval_is_wilsons() -> None:
    """Wilson's interval for 7 of 20 at 95%: 0.1812 to 0.5671."""
    assert wilson(7, 20, 1.959964) == pytest.approx((0.18119, 0.56713), abs=1e-4)
    assert wilson(0, 10, 1.96)[0] == 0
    assert wilson(10, 10, 1.96)[1] == 1


@pytest.mark.parametrize(
    ("changed", "parameter"),
    [({"starts": 0}, "starts"), ({"horizon": 0.0}, "horizon"), ({"confidence": 1.0}, "confidence")],
)
def test_bad_numbers_are_refused_by_name(changed: dict[str, float], parameter: str) -> None:
    with pytest.raises(BadParameter) as caught:
        basins(symmetric_game([[3, 0], [2, 1]]), seed=1, **changed)  # type: ignore[arg-type] # deliberately wrong
    assert caught.value.parameter == parameter
