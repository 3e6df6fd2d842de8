"""Each picture of the laboratory shows the figures it was given, in the reader's language, wherever the game lies."""

from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldcast.science.games import pictures

SVG = "{http://www.w3.org/2000/svg}"


def words(svg: str) -> str:
    return " ".join(one.text or "" for one in ElementTree.fromstring(svg).iter(f"{SVG}text"))


amounts = st.floats(0, 1e6).map(lambda value: round(value, 3))


@settings(max_examples=40)
@given(C=amounts, F=amounts, L=amounts, margin=st.floats(0.001, 1e6))
def test_the_map_shows_where_we_are_for_every_game(C: float, F: float, L: float, margin: float) -> None:
    svg = pictures.regime_map(C=C, F=F, L=L, margin=margin, start=(F / 2, C / 2), language="zh")
    root = ElementTree.fromstring(svg)
    assert "你在这" in words(svg)
    for circle in root.iter(f"{SVG}circle"):
        assert 0 <= float(circle.attrib["cx"]) <= float(root.attrib["width"])
        assert 0 <= float(circle.attrib["cy"]) <= float(root.attrib["height"])
    assert "nan" not in svg


def test_the_map_of_a_game_for_nothing_has_readable_figures() -> None:
    assert "e-" not in words(pictures.regime_map(C=0, F=0, L=0, margin=12))


def test_the_start_of_a_policy_is_named() -> None:
    assert "扶贫基准" in words(
        pictures.regime_map(C=24, F=15, L=25, margin=12, start=(10, 30), start_name="扶贫基准")
    )


def test_who_never_does_has_no_step() -> None:
    svg = pictures.best_responses(
        honest_below=-0.5, supervised_above=float("inf"), equilibria=[(0, 0)], language="en"
    )
    root = ElementTree.fromstring(svg)
    lines = [one.attrib["d"] for one in root.iter(f"{SVG}path") if one.attrib.get("stroke-width") == "4"]
    assert [line.count("L") for line in lines] == [1, 1]
    assert "the farmer never supervises, the host is never honest" in (root.findtext(f"{SVG}title") or "")


def test_a_policy_is_an_arrow_and_without_one_there_is_none() -> None:
    with_policy = pictures.regime_map(C=24, F=15, L=25, margin=12, start=(10, 30))
    without = pictures.regime_map(C=24, F=15, L=25, margin=12)
    assert with_policy.count("<circle") == without.count("<circle") + 1


def test_best_responses_cross_at_the_equilibrium() -> None:
    svg = pictures.best_responses(
        honest_below=0.4, supervised_above=0.8, equilibria=[(0.4, 0.8)], language="en"
    )
    dot = ElementTree.fromstring(svg).find(f"{SVG}circle")
    assert dot is not None
    assert (float(dot.attrib["cx"]), float(dot.attrib["cy"])) == pytest.approx(
        (48 + 0.4 * 310, 30 + 0.2 * 250), abs=0.1
    )
    assert "honesty" in words(svg)


def test_a_tornado_names_every_parameter_even_when_nothing_matters() -> None:
    svg = pictures.tornado(names=["C", "F"], lows=[0.4, 0.4], highs=[0.4, 0.4], base=0.4, measure="honesty")
    assert {"C", "F", "40%"} <= set(words(svg).split())


def test_curves_are_interrupted_where_a_value_is_missing() -> None:
    x = np.linspace(0, 10, 5)
    svg = pictures.curves(x=x, lines=[("诚信", [0, 0.2, np.nan, 0.4, 0.5])], x_title="F")
    path = [
        one
        for one in ElementTree.fromstring(svg).iter(f"{SVG}path")
        if one.attrib.get("stroke-width") == "2.5"
    ]
    assert path[0].attrib["d"].count("M") == 2


def test_the_drawn_are_marked_beside_their_chances() -> None:
    svg = pictures.marginals(names=["甲<b>", "乙"], chances=[0.2, 0.8], drawn=[False, True], language="en")
    assert "80% drawn" in words(svg)
    assert "20% drawn" not in words(svg)


def test_a_portrait_shows_paths_rest_points_and_directions() -> None:
    points = np.array([[0.2, 0.2], [0.8, 0.8]])
    svg = pictures.phase_portrait(
        arrows=(points, np.array([[0.0, 1.0], [0.0, 0.0]])), paths=[points], rest=[(0.4, 0.8, "中心")]
    )
    assert "中心" in words(svg)
    assert "NaN" not in svg
