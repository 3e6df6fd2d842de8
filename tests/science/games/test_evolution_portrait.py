"""A phase portrait holds the arrows, paths and rest points of the game it is drawn from."""

import numpy as np
import pytest

from fieldcast.science.errors import BadParameter
from fieldcast.science.games.evolution import (
    constant_game,
    phase_portrait,
    replicate,
    rest_points,
    supervision_dynamics,
    symmetric_game,
)
from fieldcast.science.games.supervision import SupervisionGame

ORDINARY = supervision_dynamics(SupervisionGame(R1=140, R2=130, C=15, F=25, L=10, G=50, H1=20, H2=8))
ROCK = symmetric_game([[0, -1, 2], [2, 0, -1], [-1, 2, 0]])


def test_arrows_on_the_square_are_the_equations_of_the_supervision_game() -> None:
    drawn = phase_portrait(ORDINARY, grid=11)
    assert np.allclose(drawn.dx, drawn.x * (1 - drawn.x) * (25 * drawn.y - 12))
    assert np.allclose(drawn.dy, drawn.y * (1 - drawn.y) * (35 * (1 - drawn.x) - 15))


def test_paths_begin_where_asked_and_are_trajectories_of_the_game() -> None:
    drawn = phase_portrait(ORDINARY, starts=[[0.2, 0.7], [0.5, 0.5]], points=50)
    assert drawn.paths.shape == (2, 50, 2)
    assert np.allclose(drawn.paths[:, 0], [[0.2, 0.7], [0.5, 0.5]])
    exact = replicate(ORDINARY, starts=ORDINARY.states_of_first([[0.2, 0.7], [0.5, 0.5]]), times=drawn.times)
    assert np.allclose(drawn.paths, exact.states[..., [0, 2]], atol=1e-4)


def test_rest_points_stand_where_their_shares_say() -> None:
    drawn = phase_portrait(ORDINARY)
    assert np.allclose(
        drawn.rest_at, [[p.shares[0][0], p.shares[1][0]] for p in rest_points(ORDINARY).points]
    )


def test_outside_the_simplex_there_are_no_arrows_and_inside_there_are() -> None:
    drawn = phase_portrait(ROCK, grid=9)
    outside = drawn.x + drawn.y > 1 + 1e-9
    assert np.isnan(drawn.dx[outside]).all()
    assert np.isfinite(drawn.dx[~outside]).all()
    assert drawn.paths.min() >= 0
    assert drawn.paths.sum(axis=2).max() <= 1 + 1e-12


@pytest.mark.parametrize(
    ("changed", "parameter"),
    [
        ({"starts": [[0.5, 1.2]]}, "starts"),
        ({"starts": [[0.5, 0.2, 0.3]]}, "starts"),
        ({"horizon": -1}, "horizon"),
        ({"points": 1}, "points"),
        ({"grid": 1}, "grid"),
    ],
)
def test_bad_numbers_are_refused_by_name(changed: dict[str, object], parameter: str) -> None:
    with pytest.raises(BadParameter) as caught:
        phase_portrait(ORDINARY, **changed)  # type: ignore[arg-type] # deliberately wrong values
    assert caught.value.parameter == parameter


def test_a_game_of_more_dimensions_has_no_picture() -> None:
    with pytest.raises(BadParameter, match="two dimensions"):
        phase_portrait(constant_game(*np.zeros((2, 3, 3))))
