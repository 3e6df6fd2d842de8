"""Best responses that cross at the equilibrium, and curves over one parameter."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from fieldcast.science.drawing import Axes, colours
from fieldcast.science.games.pictures.frames import HONESTY, SUPERVISION, legend, share, sheet, unit_square
from fieldcast.science.text import Text

FARMER = Text(en="farmer", zh="农户")
HOST = Text(en="host", zh="主播")


def best_responses(
    *,
    honest_below: float,
    supervised_above: float,
    equilibria: Sequence[tuple[float, float]],
    language: str = "zh",
) -> str:
    """Each side's best answer to the other, and where both hold.

    The farmer supervises while honesty is below `honest_below` (1 − C/(F+L); below 0 never, NaN: indifferent always);
    the host is honest once supervision is above `supervised_above` ((H1−H2)/F; above 1 never). `equilibria` are points
    (honesty, supervision); several on one edge are the ends of a segment of equilibria.
    """
    axes = unit_square(
        _title(honest_below, supervised_above).in_(language),
        x_title=HONESTY.in_(language),
        y_title=SUPERVISION.in_(language),
    )
    wide: dict[str, Any] = {"stroke_width": 4, "stroke_linejoin": "round", "stroke_linecap": "round"}
    axes.line(*_farmer(honest_below), stroke=colours.SECOND, **wide)
    axes.line(*_host(supervised_above), stroke=colours.ALARM, **wide)
    names = [
        (FARMER.in_(language), colours.SECOND, "#27507c"),
        (HOST.in_(language), colours.ALARM, colours.ALARM_DEEP),
    ]
    legend(axes.picture, names, right=axes.left + axes.width, y=axes.top - 12)
    if len(equilibria) > 1:
        axes.line(*np.transpose(equilibria), stroke=colours.GOOD_DEEP, stroke_width=7, opacity=0.5)
    for x, y in equilibria:
        axes.dot(x, y, fill=colours.GOOD_DEEP, radius=8, stroke=colours.PAPER, stroke_width=2)
    if len(equilibria) == 1:
        _name_of(axes, *equilibria[0])
    return axes.picture.svg()


def _title(honest_below: float, supervised_above: float) -> Text:
    farmer = (
        Text(
            en=f"the farmer supervises while honesty is below {share(honest_below)}",
            zh=f"诚信低于 {share(honest_below)} 时农户才监督",
        )
        if honest_below >= 0
        else Text(en="the farmer never supervises", zh="农户怎么都不监督")
    )
    host = (
        Text(
            en=f"the host is honest once supervision is above {share(supervised_above)}",
            zh=f"监督高于 {share(supervised_above)} 时主播才诚信",
        )
        if supervised_above <= 1
        else Text(en="the host is never honest", zh="主播怎么都不诚信")
    )
    return Text(en=f"Best responses: {farmer.en}, {host.en}.", zh=f"最优反应：{farmer.zh}，{host.zh}。")


def _farmer(below: float) -> tuple[list[float], list[float]]:
    if np.isnan(below):
        return [np.nan], [np.nan]
    edge = min(below, 1.0)
    return ([0, edge, edge, 1], [1, 1, 0, 0]) if below >= 0 else ([0, 1], [0, 0])


def _host(above: float) -> tuple[list[float], list[float]]:
    edge = max(above, 0.0)
    return ([0, 0, 1, 1], [0, edge, edge, 1]) if above <= 1 else ([0, 0], [0, 1])


def _name_of(axes: Axes, x: float, y: float) -> None:
    """The equilibrium's figures, inside the frame and off the lines that cross there."""
    right, above = x < 0.62, y < 0.85
    axes.label(
        x, y, f"({share(x)}, {share(y)})", dx=14 if right else -14, dy=-10 if above else 22,
        fill=colours.GOOD_DEEP, text_anchor="start" if right else "end", font_weight=600,
    )  # fmt: skip


def curves(
    *,
    x: ArrayLike,
    lines: Sequence[tuple[str, ArrayLike]],
    x_title: str,
    y_title: str = "",
    here: float | None = None,
    percent: bool = True,
    language: str = "zh",
) -> str:
    """Named lines over one parameter, with a mark where we are. NaN interrupts a line."""
    across = np.asarray(x, float)
    values = [np.asarray(line, float) for _name, line in lines]
    every = np.concatenate(values) if values else np.zeros(1)
    every = every[np.isfinite(every)]
    low, high = (0.0, 1.0) if percent else (float(every.min(initial=0.0)), float(every.max(initial=0.0)))
    names = [name for name, _line in lines]
    title = Text(en=f"{', '.join(names)} over {x_title}.", zh=f"{'、'.join(names)}随{x_title}怎样变。")
    picture = sheet(height=344, title=title.in_(language))
    axes = Axes(picture, (float(across.min()), float(across.max())), (low, high), 48, 30, 310, 240)
    axes.frame(x_title=f"{x_title} →", y_title=y_title, percent=(False, percent))
    for index, ((name, _line), value) in enumerate(zip(lines, values, strict=True)):
        stroke = colours.SERIES[index % len(colours.SERIES)]
        axes.line(across, value, stroke=stroke, stroke_width=2.5)
        picture.text(50 + 110 * index, 336, f"— {name}", fill=stroke)
    if here is not None:
        axes.line([here, here], [low, high], stroke=colours.MUTED, stroke_dasharray="3 4")
    return picture.svg()
