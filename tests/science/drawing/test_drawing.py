"""Pictures are whole SVG files whatever they are told to show, and put numbers where they belong."""

import math
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldcast.science.drawing import Axes, Picture, nice_ticks
from fieldcast.science.drawing.axes import number

SVG = "{http://www.w3.org/2000/svg}"


def drawn(picture: Picture) -> ElementTree.Element:
    return ElementTree.fromstring(picture.svg())


def test_words_cannot_break_out_of_a_picture() -> None:
    picture = Picture(width=10, height=10, title='</title><script>alert("1")</script>')
    picture.text(1, 1, "<b>&", fill='"><script>')
    root = drawn(picture)
    assert root.find(f"{SVG}title").text == '</title><script>alert("1")</script>'  # type: ignore[union-attr]
    assert [one.tag for one in root.iter()] == [f"{SVG}svg", f"{SVG}title", f"{SVG}text"]


def test_a_picture_says_what_it_shows_and_needs_no_style_sheet() -> None:
    picture = Picture(width=10, height=10, title="诚信")
    Axes(picture, (0, 1), (0, 1), 0, 0, 10, 10).frame(x_title="x", y_title="y")
    assert drawn(picture).attrib["role"] == "img"
    assert "style" not in picture.svg()
    assert "<script" not in picture.svg()


def test_data_points_fall_where_the_axes_say() -> None:
    axes = Axes(Picture(width=100, height=100, title=""), (0, 10), (0, 2), 10, 20, 80, 60)
    assert axes.at([0, 10, 5], [0, 2, 1]).tolist() == [[10, 80], [90, 20], [50, 50]]


def test_a_missing_value_lifts_the_pen() -> None:
    picture = Picture(width=100, height=100, title="")
    picture.path([(0, 0), (1, 1), (math.nan, 1), (2, 2), (3, math.inf), (4, 4)])
    path = drawn(picture).find(f"{SVG}path")
    assert path is not None
    assert path.attrib["d"] == "M0.0 0.0L1.0 1.0M2.0 2.0M4.0 4.0"


@given(st.floats(-1e6, 1e6), st.floats(0.01, 1e9))
def test_ticks_are_round_numbers_inside_the_range(low: float, span: float) -> None:
    high = low + span
    ticks = nice_ticks(low, high)
    assert 1 <= len(ticks) <= 11
    assert all(low - span * 1e-6 <= tick <= high + span * 1e-6 for tick in ticks)
    if len(ticks) > 2:
        assert np.allclose(np.diff(ticks), ticks[1] - ticks[0], rtol=1e-4)


@pytest.mark.parametrize(
    ("value", "percent", "words"),
    [(0.4, True, "40%"), (1500, False, "1,500"), (0.30000000000000004, False, "0.3"), (-0.0, False, "0")],
)
def test_numbers_are_written_as_people_write_them(value: float, percent: bool, words: str) -> None:
    assert number(value, percent=percent) == words
