"""The regime map: every cell is the regime of its game, and the lines are exactly where regimes meet."""

from itertools import pairwise, permutations
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldcast.science.errors import BadParameter
from fieldcast.science.games.paper import COMBINED, ORDINARY
from fieldcast.science.games.sensitivity import OUTSIDE, regime_map, thresholds
from fieldcast.science.games.supervision import PARAMETERS, Regime, SupervisionGame
from tests.science.games.supervision_games import GAMES

ACROSS = np.linspace(-3, 45, 17)
PAIRS = list(permutations(PARAMETERS, 2))


@given(game=GAMES, pair=st.sampled_from(PAIRS))
@settings(max_examples=25, deadline=None)
def test_each_cell_is_the_regime_of_its_game(game: SupervisionGame, pair: tuple[str, str]) -> None:
    x, y = pair
    found = regime_map(game, x=x, y=y, x_values=ACROSS, y_values=ACROSS[:9])
    assert found.codes.shape == (9, 17)
    for (row, column), code in np.ndenumerate(found.codes):
        change = {x: float(ACROSS[column]), y: float(ACROSS[row])}
        try:
            expected = int(game.with_(**change).regime_codes)
        except BadParameter:
            expected = OUTSIDE
        assert code == expected


@given(game=GAMES, pair=st.sampled_from(PAIRS))
@settings(max_examples=80, deadline=None)
def test_on_a_line_its_equation_holds_and_its_ends_are_within_the_map(
    game: SupervisionGame, pair: tuple[str, str]
) -> None:
    x, y = pair
    for line in regime_map(game, x=x, y=y, x_values=ACROSS, y_values=ACROSS).lines:
        assert line.points.shape == (2, 2)
        assert (line.points >= ACROSS[0] - 1e-9).all()
        assert (line.points <= ACROSS[-1] + 1e-9).all()
        for point in line.points:
            at = {name: float(value) for name, value in game.parameters.items()} | dict(
                zip(pair, point, strict=True)
            )
            zero = {
                "fine_at_gain": at["F"] - (at["H1"] - at["H2"]),
                "cost_at_stake": at["C"] - (at["F"] + at["L"]),
                "R1_at_R2": at["R1"] - at["R2"],
                "H1_at_H2": at["H1"] - at["H2"],
            }[line.name]
            assert zero == pytest.approx(0, abs=1e-9)
            assert min(at["C"], at["F"], at["L"], at["H1"] - at["H2"], at["R1"] - at["R2"]) >= -1e-9


@given(game=GAMES, pair=st.sampled_from([pair for pair in PAIRS if set(pair) & set("CFL")]))
@settings(max_examples=60, deadline=None)
def test_neighbouring_cells_of_other_regimes_have_a_line_between_them(
    game: SupervisionGame, pair: tuple[str, str]
) -> None:
    x, y = pair
    values, heights = ACROSS + 0.0137, ACROSS + 0.0071  # off every border, so that no cell stands on one
    found = regime_map(game, x=x, y=y, x_values=values, y_values=heights)
    left, right = found.codes[:, :-1], found.codes[:, 1:]
    for row, column in np.argwhere((left != right) & (left != OUTSIDE) & (right != OUTSIDE)):
        crossed = [
            line
            for line in found.lines
            if crosses(line.points, height=heights[row], between=(values[column], values[column + 1]))
        ]
        assert crossed


def crosses(points: np.ndarray[Any, Any], *, height: float, between: tuple[float, float]) -> bool:
    (x0, y0), (x1, y1) = points
    if not min(y0, y1) - 1e-9 <= height <= max(y0, y1) + 1e-9:
        return False
    at = x0 if y0 == y1 else x0 + (height - y0) / (y1 - y0) * (x1 - x0)
    return bool(between[0] <= at <= between[1])


def test_the_map_of_cost_and_fine_has_its_two_borders() -> None:
    found = regime_map(COMBINED, x="C", y="F", x_values=[0, 50], y_values=[0, 40])
    ends = {line.name: sorted(line.points.tolist()) for line in found.lines}
    assert ends == {"fine_at_gain": [[0, 12], [50, 12]], "cost_at_stake": [[10, 0], [50, 40]]}
    assert found.here == (24, 15)
    assert all(line.label.en and line.label.zh for line in found.lines)


def test_a_map_over_both_costs_shows_where_the_model_ends() -> None:
    found = regime_map(ORDINARY, x="H1", y="H2", x_values=[0, 10, 60], y_values=[0, 20])
    assert found.codes.tolist() == [
        [OUTSIDE, Regime.MIXED.code, Regime.UNDETERRABLE_SUPERVISED.code],
        [OUTSIDE, OUTSIDE, Regime.UNDETERRABLE_SUPERVISED.code],
    ]
    assert {line.name for line in found.lines} == {"fine_at_gain", "H1_at_H2"}


def test_a_map_over_what_decides_nothing_has_one_regime_and_no_border() -> None:
    found = regime_map(ORDINARY, x="G", y="R1", x_values=[0, 100], y_values=[131, 200])
    assert set(found.codes.ravel().tolist()) == {Regime.MIXED.code}
    assert found.lines == ()


@given(game=GAMES, parameter=st.sampled_from(PARAMETERS))
@settings(max_examples=80, deadline=None)
def test_a_regime_changes_at_its_thresholds_and_nowhere_else(game: SupervisionGame, parameter: str) -> None:
    found = thresholds(game, parameter=parameter)
    assert list(found) == sorted(found)
    edges = [-200.0, *found, 200.0]
    for low, high in pairwise(edges):
        regimes = set()
        for share in (0.01, 0.3, 0.6, 0.99):
            try:
                regimes.add(game.with_(**{parameter: low + share * (high - low)}).regime)
            except BadParameter:
                continue
        assert len(regimes) <= 1


@pytest.mark.parametrize(
    ("parameter", "values"),
    [("C", (35,)), ("F", (5, 12)), ("H1", (33,)), ("H2", (-5,)), ("L", ()), ("G", ())],
)
def test_the_thresholds_of_ordinary_commerce(parameter: str, values: tuple[float, ...]) -> None:
    assert thresholds(ORDINARY, parameter=parameter) == values


@pytest.mark.parametrize(
    ("change", "parameter"),
    [
        ({"x": "P"}, "P"),
        ({"y": "C"}, "y"),
        ({"x_values": [0, float("inf")]}, "C"),
        ({"y_values": [[1, 2]]}, "F"),
        ({"game": ORDINARY.with_(C=[1, 2])}, "game"),
    ],
)
def test_a_map_that_cannot_be_drawn_is_refused(change: dict[str, Any], parameter: str) -> None:
    arguments = {"game": ORDINARY, "x": "C", "y": "F", "x_values": [0, 1], "y_values": [0, 1], **change}
    with pytest.raises(BadParameter) as refused:
        regime_map(arguments.pop("game"), **arguments)
    assert refused.value.parameter == parameter
