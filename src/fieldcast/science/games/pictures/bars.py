"""Bars: what an answer depends on most, and who is inspected how often."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from fieldcast.science.drawing import Axes, Picture, colours
from fieldcast.science.drawing.axes import number
from fieldcast.science.games.pictures.frames import WIDTH, sheet
from fieldcast.science.text import Text

ROW, BAR = 58, 28


def tornado(
    *, names: Sequence[str], lows: ArrayLike, highs: ArrayLike, base: float, measure: str, percent: bool = True,
    language: str = "zh",
) -> str:  # fmt: skip
    """How far `measure` moves when each parameter goes from its low to its high value, in the order given.

    `lows` and `highs`, shape (n,), are the values of the measure at the two ends; NaN where there is none.
    """
    low, high = np.asarray(lows, float), np.asarray(highs, float)
    title = Text(
        en=f"What {measure} depends on most: {', '.join(names)}.",
        zh=f"{measure}最看什么：{'、'.join(names)}。",
    )
    picture = sheet(height=ROW * len(names) + 64, title=title.in_(language))
    ends = np.array([*low, *high, base])
    least, most = float(np.nanmin(ends)), float(np.nanmax(ends))
    room = (most - least) * 0.06 or 0.05
    axes = Axes(picture, (least - room, most + room), (0.0, 1.0), 12, 6, WIDTH - 24, ROW * len(names) + 4)
    _scale(axes, least=least, base=base, most=most, percent=percent)
    for row, name in enumerate(names):
        top = axes.top + ROW * row
        picture.text(axes.left, top + 16, name, fill=colours.INK)
        for end, fill in ((low[row], colours.CAUTION), (high[row], colours.GOOD)):
            _bar(axes, base, end, top=top + 23, fill=fill)
    foot = axes.top + axes.height + 42
    said = (
        (Text(en="lowered", zh="调低"), colours.CAUTION),
        (Text(en="raised", zh="调高"), colours.GOOD),
    )
    for place, (words, fill) in enumerate(said):
        left = axes.left + 110 * place
        picture.add("rect", x=left, y=foot - 10, width=12, height=12, rx=2, fill=fill)
        picture.text(left + 18, foot, words.in_(language), size=12)
    return picture.svg()


def _scale(axes: Axes, *, least: float, base: float, most: float, percent: bool) -> None:
    """Lines at the base and at both ends; an end too near the base keeps its line and gives up its figure."""
    bottom = axes.top + axes.height
    middle = float(axes.at(base, 0)[0])
    for value in sorted({least, base, most}):
        across = float(axes.at(value, 0)[0])
        dash = None if value == base else "2 4"
        axes.picture.path([(across, axes.top), (across, bottom)], stroke=colours.LINE, stroke_dasharray=dash)
        if value == base or abs(across - middle) > 34:
            fill = colours.INK if value == base else colours.MUTED
            axes.picture.text(
                across, bottom + 18, number(value, percent=percent), size=12, text_anchor="middle", fill=fill
            )


def _bar(axes: Axes, base: float, end: float, *, top: float, fill: str) -> None:
    if not np.isfinite(end):
        return
    across, middle = float(axes.at(end, 0)[0]), float(axes.at(base, 0)[0])
    left, width = min(across, middle), max(abs(across - middle), 1)
    axes.picture.add(
        "rect", x=f"{left:.1f}", y=f"{top:.1f}", width=f"{width:.1f}", height=BAR, rx=3, fill=fill
    )


def marginals(
    *, names: Sequence[str], chances: ArrayLike, drawn: Sequence[bool], language: str = "zh"
) -> str:
    """The chance of each target to be inspected, the highest first, and which were drawn; the first forty."""
    order = np.argsort(-np.asarray(chances, float), kind="stable")[:40]
    title = Text(
        en=f"Chances of being inspected: {len(drawn)} targets, {sum(drawn)} drawn.",
        zh=f"抽查概率：{len(drawn)} 个对象，抽中 {sum(drawn)} 个。",
    )
    picture: Picture = sheet(width=520, height=40 + 26 * len(order), title=title.in_(language))
    picture.text(10, 20, title.in_(language), fill=colours.INK)
    for row, index in enumerate(order):
        top, chance = 32 + 26 * row, float(np.asarray(chances)[index])
        fill = colours.ALARM if drawn[index] else colours.GOOD
        picture.text(10, top + 14, str(names[index])[:18], fill=colours.INK)
        picture.add("rect", x=170, y=top, width=f"{max(280 * chance, 1):.1f}", height=18, rx=3, fill=fill)
        word = Text(en=" drawn", zh=" 抽中").in_(language) if drawn[index] else ""
        picture.text(176 + 280 * chance, top + 14, f"{chance * 100:.0f}%{word}", size=12)
    return picture.svg()
