"""The picture of a sweep over two parameters: which regime each pair of values falls in."""

import itertools
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fieldcast.science.drawing import Axes, Picture, colours
from fieldcast.science.games.supervision import Regime
from fieldcast.science.text import Text

Floats = NDArray[np.float64]
WIDTH, HEIGHT = 380, 372
KINDS: Final = (
    (Text(en="each keeps the other", zh="互相制约"), colours.GOOD_SOFT, "#8fbf9d"),
    (Text(en="nobody looks", zh="没人查"), colours.CAUTION_SOFT, "#d9b95f"),
    (Text(en="cannot deter", zh="罚不住"), colours.ALARM_SOFT, "#e2a084"),
)
NOBODY: Final = (Regime.UNSUPERVISED, Regime.COST_AT_STAKE)
HELD: Final = (Regime.MIXED, Regime.FREE_SUPERVISION)
KIND_OF_CODE: Final = np.array(
    [0 if Regime.of(code) in HELD else 1 if Regime.of(code) in NOBODY else 2 for code in range(len(Regime))]
)


def draw_map(
    *,
    x: Floats,
    y: Floats,
    codes: NDArray[np.int8],
    names: tuple[str, str],
    lines: Sequence[Floats],
    here: tuple[float, float] | None,
    language: str,
) -> str:
    """The map as SVG: `codes` (len(y), len(x)) are regimes, `names` those of the parameters, `here` the game itself.

    `lines` are the exact borders between regimes, each from one point (x, y) to another.
    """
    title = Text(en=f"Regimes by {names[0]} and {names[1]}.", zh=f"{names[0]} 和 {names[1]} 落在哪种情形。")
    picture = Picture(width=WIDTH, height=HEIGHT, title=title.in_(language))
    picture.add("rect", width=WIDTH, height=HEIGHT, fill=colours.PAPER)
    edges_x, edges_y = _edges(x), _edges(y)
    axes = Axes(picture, (edges_x[0], edges_x[-1]), (edges_y[0], edges_y[-1]), 56, 30, 304, 250)
    kinds = KIND_OF_CODE[codes]
    for row, kind_row in enumerate(kinds):
        for first, last in _runs(kind_row):
            across, top = axes.at(edges_x[first], edges_y[row + 1])
            right, bottom = axes.at(edges_x[last], edges_y[row])
            picture.add(
                "rect",
                x=f"{across:.2f}",
                y=f"{top:.2f}",
                width=f"{right - across + 0.3:.2f}",
                height=f"{bottom - top + 0.3:.2f}",
                fill=KINDS[kind_row[first]][1],
            )
    axes.frame(x_title=f"{names[0]} →", y_title=f"{names[1]} ↑")
    for line in lines:
        axes.line(*line.T, stroke=colours.MUTED, stroke_dasharray="5 4")
    if here is not None and axes.x[0] <= here[0] <= axes.x[1] and axes.y[0] <= here[1] <= axes.y[1]:
        axes.dot(*here, fill=colours.GOOD_DEEP, radius=7, stroke=colours.PAPER, stroke_width=2)
    for place, kind in enumerate(sorted(set(kinds.flat))):
        words, fill, stroke = KINDS[kind]
        left = 12 + 124 * place
        picture.add("rect", x=left, y=HEIGHT - 26, width=14, height=14, rx=2, fill=fill, stroke=stroke)
        picture.text(left + 20, HEIGHT - 14, words.in_(language), size=12)
    return picture.svg()


def _edges(values: Floats) -> Floats:
    """Where one cell ends and the next begins: half-way between values, the outer ones as wide as their neighbours."""
    middle = (values[1:] + values[:-1]) / 2
    edges: Floats = np.concatenate(([2 * values[0] - middle[0]], middle, [2 * values[-1] - middle[-1]]))
    return edges


def _runs(row: NDArray[np.int_]) -> Iterator[tuple[int, int]]:
    """Stretches of equal entries as (first, one past the last)."""
    breaks = np.flatnonzero(np.diff(row)) + 1
    ends = [0, *breaks.tolist(), len(row)]
    yield from itertools.pairwise(ends)
