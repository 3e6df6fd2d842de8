"""Pixels follow the shapes that SVG shows."""

import math

import numpy as np
import pytest

from fieldcast.demo.drawing.raster import Brush, background, identity, sprite
from fieldcast.demo.drawing.shapes import (
    Clip,
    Group,
    Letter,
    Paint,
    Rect,
    Shapes,
    circle,
    ellipse,
    line,
    mix,
    path,
    smooth,
)


def area(shapes: Shapes) -> float:
    """How many px of a 100 by 100 picture the shapes cover."""
    return float(np.asarray(sprite(shapes, 100, 100, sharp=4))[:, :, 3].sum() / 255)


def test_a_circle_covers_its_area() -> None:
    assert area((circle(50, 50, 30, "#000000"),)) == pytest.approx(math.pi * 900, rel=0.02)


def test_a_turned_and_scaled_ellipse_keeps_its_area() -> None:
    shape = Group((ellipse(0, 0, 20, 5, "#000000", turn=30),), x=50, y=50, scale=1.5, turn=77, mirror=True)
    assert area((shape,)) == pytest.approx(math.pi * 30 * 7.5, rel=0.03)


def test_curves_bend_as_their_formula_says() -> None:
    assert area((path("M0 0Q50 100 100 0Z", "#000000"),)) == pytest.approx(100 * 50 * 2 / 3, rel=0.02)
    assert area((path("M0 0C0 100 100 100 100 0Z", "#000000"),)) == pytest.approx(6000, rel=0.02)
    assert area((path("M10 10H90V60H10Z", "#000000"),)) == pytest.approx(4000, rel=0.03)


def test_a_line_covers_its_width() -> None:
    assert area((line("M20 50L80 50", "#000000", 10),)) == pytest.approx(600 + math.pi * 25, rel=0.05)


def test_a_smooth_line_passes_through_its_points() -> None:
    points = [(0.0, 0.0), (10.0, 20.0), (30.0, 5.0)]
    text = smooth(points)
    assert text.startswith("M0 0C")
    assert " 10 20C" in text
    assert text.endswith(" 30 5")


def test_what_is_clipped_is_seen_within_the_outline_alone() -> None:
    seen = Clip(circle(50, 50, 20, "#000000"), (Rect(0, 0, 50, 100, Paint("#ff0000")),))
    assert area((seen,)) == pytest.approx(math.pi * 400 / 2, rel=0.03)


def test_what_is_seen_through_mixes_with_what_is_behind() -> None:
    shapes = (Rect(0, 0, 10, 10, Paint("#000000")), Rect(0, 0, 10, 10, Paint("#ffffff", opacity=0.5)))
    still = background(shapes, 10, 10, scale=1)
    moving = background((), 10, 10, scale=1)
    Brush(moving).paint(shapes)
    for picture in (still, moving):
        assert picture.getpixel((5, 5)) == pytest.approx((128, 128, 128), abs=1)


def test_a_gradient_runs_from_its_colour_to_the_other() -> None:
    picture = background((Rect(0, 0, 10, 100, Paint("#000000"), to="#c8c8c8"),), 10, 100, scale=1)
    assert [int(np.asarray(picture)[y, 5, 0]) for y in (0, 50, 99)] == pytest.approx([0, 100, 199], abs=3)


def test_a_letter_is_not_drawn_as_pixels() -> None:
    with pytest.raises(ValueError, match="letters"):
        sprite((Letter(0, 0, 10, "兰", "#000000"),), 10, 10, matrix=identity(1))


def test_colours_mix_by_share() -> None:
    assert mix("#000000", "#ffffff", 0.5) == "#808080"
    assert mix("#102030", "#ffffff", 0) == "#102030"
