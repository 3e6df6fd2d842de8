"""The phase portrait: where shares move over time, and where they rest."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from fieldcast.science.drawing import Axes, colours
from fieldcast.science.games.pictures.frames import (
    HONESTY,
    SUPERVISION,
    arrow_head,
    unit_square,
    words_width,
)
from fieldcast.science.text import Text


def phase_portrait(
    *,
    arrows: tuple[ArrayLike, ArrayLike],
    paths: Sequence[ArrayLike],
    rest: Sequence[tuple[float, float, str]],
    names: tuple[str, str] | None = None,
    language: str = "zh",
) -> str:
    """Where shares move over time. `arrows` are points and directions, each of shape (n, 2); each of `paths` has
    shape (steps, 2); `rest` are rest points with a word for each."""
    x_title, y_title = names or (HONESTY.in_(language), SUPERVISION.in_(language))
    title = Text(
        en=f"How {x_title} and {y_title} move round after round.", zh=f"{x_title}和{y_title}一轮一轮怎样变。"
    )
    axes = unit_square(title.in_(language), x_title=x_title, y_title=y_title)
    _field(axes, *arrows)
    for path in paths:
        _path(axes, np.asarray(path, float))
    for x, y, words in rest:
        axes.dot(x, y, fill=colours.GOOD_DEEP, radius=7, stroke=colours.PAPER, stroke_width=2)
        left = axes.at(x, y)[0] + 12 + words_width(words, 12) > axes.left + axes.width
        axes.label(
            x, y, words, dx=-11 if left else 11, dy=-9 if y < 0.9 else 20, size=12, fill=colours.GOOD_DEEP,
            text_anchor="end" if left else "start", font_weight=600,
            stroke=colours.PAPER, stroke_width=3, paint_order="stroke",
        )  # fmt: skip
    return axes.picture.svg()


def _path(axes: Axes, points: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> None:
    """A trajectory with a dot where it begins and a head on its way."""
    axes.line(points[:, 0], points[:, 1], stroke=colours.GOOD, stroke_width=1.8, opacity=0.8)
    axes.dot(*points[0], fill=colours.GOOD, radius=3.5)
    drawn = axes.at(points[:, 0], points[:, 1])
    gone = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(drawn, axis=0).T))])
    at = int(np.searchsorted(gone, min(gone[-1] * 0.4, 120.0)))
    if 0 < at < len(drawn) and gone[-1] > 24:
        head = arrow_head(drawn[at], drawn[at] - drawn[at - 1], size=9)
        axes.picture.path(head, closed=True, fill=colours.GOOD)


def _field(axes: Axes, points: ArrayLike, directions: ArrayLike) -> None:
    """Short strokes in the directions of motion, the longer the faster, each with a dot where it begins."""
    found = np.asarray(points, float)
    ways = np.asarray(directions, float)
    speeds = np.hypot(ways[:, 0], ways[:, 1])
    scale = 0.07 / (float(speeds.max(initial=0.0)) or 1.0)
    begin, end = axes.at(*found.T), axes.at(*(found + ways * scale).T)
    long = np.hypot(*(end - begin).T) > 2
    begin, end = begin[long], end[long]
    way = end - begin
    barb = np.stack([-way[:, 1], way[:, 0]], axis=1) * 0.25
    lift = np.full_like(begin, np.nan)
    strokes = np.stack(
        [begin, end, lift, end - way * 0.4 + barb, end, end - way * 0.4 - barb, lift], axis=1
    ).reshape(-1, 2)
    axes.picture.path(strokes, stroke=colours.MUTED, opacity=0.4)
