"""Pictures of the supervision game and of what is asked of it, in the reader's language.

Colours keep one meaning throughout: green where honesty can hold, wheat where nobody looks, persimmon where no penalty
deters.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from fieldcast.science.drawing import Axes, Picture, colours
from fieldcast.science.drawing.axes import number
from fieldcast.science.text import Text

HONESTY = Text(en="honesty", zh="诚信概率")
SUPERVISION = Text(en="supervision", zh="监督概率")
PENALTY = Text(en="penalty F", zh="罚金 F")
COST = Text(en="cost of supervision C", zh="监督成本 C")
HERE = Text(en="you are here", zh="你在这")


def regime_map(
    *,
    C: float,
    F: float,
    L: float,
    margin: float,
    start: tuple[float, float] | None = None,
    language: str = "zh",
) -> str:
    """Which regime each penalty F and cost C fall in, with this game's place.

    `margin` is H1−H2. `start` is the (F, C) from which a policy came: an arrow leads from it to this game.
    """
    xs, ys = [F, margin, *(start[:1] if start else ())], [C, F + L, *(start[1:] if start else ())]
    most_f, most_c = _round_up(max(*xs, 1e-9) * 1.6), _round_up(max(*ys, 1e-9) * 1.15)
    picture = Picture(width=420, height=360, title=_map_title(C, F, L, margin).in_(language))
    axes = Axes(picture, (0.0, most_f), (0.0, most_c), 48, 30, 352, 270)
    clip = picture.clip(axes.left, axes.top, axes.width, axes.height)
    edge = min(margin, most_f)
    _regions(axes, edge=edge, L=L, clip=clip, language=language)
    axes.frame(x_title=f"{PENALTY.in_(language)} →", y_title=f"{COST.in_(language)} ↑")
    axes.line([margin, margin], [0, most_c], clip=clip, stroke=colours.ALARM, stroke_dasharray="5 4")
    axes.line([0, most_f], [L, most_f + L], clip=clip, stroke=colours.CAUTION, stroke_dasharray="5 4")
    if start is not None and start != (F, C):
        _arrow(axes, start, (F, C))
    axes.dot(F, C, fill=colours.GOOD_DEEP, radius=8, stroke=colours.PAPER, stroke_width=2)
    side = "end" if most_f * 0.7 < F else "start"
    axes.label(
        F,
        C,
        HERE.in_(language),
        dx=-12 if side == "end" else 12,
        dy=5,
        fill=colours.GOOD_DEEP,
        text_anchor=side,
    )
    return picture.svg()


def _regions(axes: Axes, *, edge: float, L: float, clip: str, language: str) -> None:
    (_low, most_f), (_zero, most_c) = axes.x, axes.y
    axes.area([0, edge, edge, 0], [0, 0, most_c, most_c], fill=colours.ALARM_SOFT)
    if edge < most_f:
        far = most_f + L
        axes.area([edge, most_f, most_f, edge], [0, 0, far, edge + L], fill=colours.GOOD_SOFT, clip_path=clip)
        axes.area(
            [edge, most_f, most_f, edge],
            [edge + L, far, max(far, most_c), max(most_c, edge + L)],
            fill=colours.CAUTION_SOFT,
            clip_path=clip,
        )
    room = most_c * 0.93 - (edge + (most_f - edge) * 0.24 + L)  # above the line C = F+L
    places = (
        (edge / 2, most_c * 0.5, Text(en="cannot deter", zh="罚不住"), edge / most_f > 0.2),
        (
            (edge + most_f) / 2,
            most_c * 0.08,
            Text(en="each keeps the other", zh="互相制约"),
            most_f - edge > most_f * 0.3,
        ),
        (
            edge + (most_f - edge) * 0.24,
            most_c * 0.93,
            Text(en="nobody looks", zh="没人查"),
            room > most_c * 0.08,
        ),
    )
    for x, y, words, shown in places:
        if shown:
            axes.label(x, y, words.in_(language), text_anchor="middle")


def _arrow(axes: Axes, start: tuple[float, float], end: tuple[float, float]) -> None:
    """From one (F, C) to another, ending short of the dot at its point."""
    tail, head = axes.at(*start), axes.at(*end)
    way = head - tail
    length = float(np.hypot(*way))
    axes.dot(*start, fill=colours.ALARM, radius=6)
    if length < 24:
        return
    step = way / length
    tip, normal = head - step * 11, np.array([-step[1], step[0]])
    axes.picture.path([tail + step * 8, tip], stroke=colours.GOOD_DEEP, stroke_width=2.5)
    axes.picture.path(
        [tip, tip - step * 9 + normal * 5, tip - step * 9 - normal * 5], closed=True, fill=colours.GOOD_DEEP
    )


def best_responses(
    *,
    honest_below: float,
    supervised_above: float,
    equilibria: Sequence[tuple[float, float]],
    language: str = "zh",
) -> str:
    """Each side's best answer to the other, and where both hold.

    The farmer supervises while honesty is below `honest_below` (1 − C/(F+L)); the host is honest once supervision
    is above `supervised_above` ((H1−H2)/F). `equilibria` are points (honesty, supervision).
    """
    title = Text(
        en=f"Best responses: the farmer supervises while honesty is below {_share(honest_below)}, "
        f"the host is honest once supervision is above {_share(supervised_above)}.",
        zh=f"最优反应：诚信低于 {_share(honest_below)} 时农户才监督，"
        f"监督高于 {_share(supervised_above)} 时主播才诚信。",
    )
    picture = Picture(width=420, height=360, title=title.in_(language))
    axes = Axes(picture, (0.0, 1.0), (0.0, 1.0), 56, 30, 344, 270)
    axes.frame(
        x_title=f"{HONESTY.in_(language)} →", y_title=f"{SUPERVISION.in_(language)} ↑", percent=(True, True)
    )
    farmer, host = np.clip(honest_below, 0, 1), np.clip(supervised_above, 0, 1)
    wide: dict[str, Any] = {"stroke_width": 3.5, "stroke_linejoin": "round"}
    axes.line([0, farmer, farmer, 1], [1, 1, 0, 0], stroke=colours.SECOND, **wide)
    axes.line([0, 0, 1, 1], [0, host, host, 1], stroke=colours.ALARM, **wide)
    picture.text(axes.left + 10, 352, "— " + Text(en="farmer", zh="农户").in_(language), fill=colours.SECOND)
    picture.text(
        axes.left + 100, 352, "— " + Text(en="host", zh="主播").in_(language), fill=colours.ALARM_DEEP
    )
    for x, y in equilibria:
        axes.dot(x, y, fill=colours.GOOD_DEEP, radius=8, stroke=colours.PAPER, stroke_width=2)
    return picture.svg()


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
    picture = Picture(width=420, height=360, title=title.in_(language))
    axes = Axes(picture, (0.0, 1.0), (0.0, 1.0), 56, 30, 344, 270)
    axes.frame(x_title=f"{x_title} →", y_title=f"{y_title} ↑", percent=(True, True))
    _field(axes, *arrows)
    for path in paths:
        points = np.asarray(path, float)
        axes.line(points[:, 0], points[:, 1], stroke=colours.GOOD, stroke_width=1.6, opacity=0.8)
        axes.dot(*points[0], fill=colours.GOOD, radius=3)
    for x, y, words in rest:
        axes.dot(x, y, fill=colours.GOOD_DEEP, radius=6, stroke=colours.PAPER, stroke_width=2)
        left = x > 0.6
        axes.label(
            x, y, words, dx=-10 if left else 10, dy=-8, size=12, fill=colours.GOOD_DEEP,
            text_anchor="end" if left else "start",
        )  # fmt: skip
    return picture.svg()


def _field(axes: Axes, points: ArrayLike, directions: ArrayLike) -> None:
    """Short strokes in the directions of motion, the longer the faster."""
    found = np.asarray(points, float)
    ways = np.asarray(directions, float)
    speeds = np.hypot(ways[:, 0], ways[:, 1])
    scale = 0.045 / (float(speeds.max(initial=0.0)) or 1.0)
    ends = found + ways * scale
    lines = np.stack([found, ends, np.full_like(found, np.nan)], axis=1).reshape(-1, 2)
    axes.line(lines[:, 0], lines[:, 1], stroke=colours.MUTED, opacity=0.45)


def tornado(
    *, names: Sequence[str], lows: ArrayLike, highs: ArrayLike, base: float, measure: str, percent: bool = True,
    language: str = "zh",
) -> str:  # fmt: skip
    """How far `measure` moves when each parameter goes from its low to its high value, the widest first.

    `lows` and `highs`, shape (n,), are the values of the measure at the two ends; green where the measure is better.
    """
    low, high = np.asarray(lows, float), np.asarray(highs, float)
    title = Text(
        en=f"What {measure} depends on most: {', '.join(names)}.",
        zh=f"{measure}最看什么：{'、'.join(names)}。",
    )
    picture = Picture(width=520, height=44 + 34 * len(names) + 24, title=title.in_(language))
    ends = np.array([*low, *high, base])
    least, most = float(ends.min()), float(ends.max())
    room = (most - least) * 0.08 or 0.05
    axes = Axes(picture, (least - room, most + room), (0.0, 1.0), 150, 12, 350, 34 * len(names))
    for tick in (least, base, most) if most > least else (base,):
        across = axes.at(tick, 0)[0]
        picture.path([(across, 12), (across, 12 + axes.height)], stroke=colours.LINE)
        picture.text(across, axes.height + 30, number(tick, percent=percent), size=12, text_anchor="middle")
    for row, name in enumerate(names):
        top = 17 + 34 * row
        picture.text(8, top + 16, name, fill=colours.INK)
        for end, fill in ((low[row], colours.CAUTION), (high[row], colours.GOOD)):
            across, middle = axes.at(end, 0)[0], axes.at(base, 0)[0]
            left, width = min(across, middle), abs(across - middle)
            picture.add(
                "rect", x=f"{left:.1f}", y=top, width=f"{max(width, 1):.1f}", height=22, rx=3, fill=fill
            )
    picture.text(
        150, axes.height + 52, Text(en="■ value lowered", zh="■ 调低").in_(language), size=12, fill="#9a7206"
    )
    picture.text(
        270,
        axes.height + 52,
        Text(en="■ value raised", zh="■ 调高").in_(language),
        size=12,
        fill=colours.GOOD,
    )
    return picture.svg()


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
    picture = Picture(width=520, height=360, title=title.in_(language))
    axes = Axes(picture, (float(across.min()), float(across.max())), (low, high), 64, 30, 436, 260)
    axes.frame(x_title=f"{x_title} →", y_title=y_title, percent=(False, percent))
    for index, ((name, _line), value) in enumerate(zip(lines, values, strict=True)):
        stroke = colours.SERIES[index % len(colours.SERIES)]
        axes.line(across, value, stroke=stroke, stroke_width=2.5)
        picture.text(64 + 140 * index, 352, f"— {name}", fill=stroke)
    if here is not None:
        axes.line([here, here], [low, high], stroke=colours.MUTED, stroke_dasharray="3 4")
    return picture.svg()


def marginals(
    *, names: Sequence[str], chances: ArrayLike, drawn: Sequence[bool], language: str = "zh"
) -> str:
    """The chance of each target to be inspected, the highest first, and which were drawn; the first forty."""
    order = np.argsort(-np.asarray(chances, float), kind="stable")[:40]
    title = Text(
        en=f"Chances of being inspected: {len(drawn)} targets, {sum(drawn)} drawn.",
        zh=f"抽查概率：{len(drawn)} 个对象，抽中 {sum(drawn)} 个。",
    )
    picture = Picture(width=520, height=40 + 26 * len(order), title=title.in_(language))
    picture.text(10, 20, title.in_(language), fill=colours.INK)
    for row, index in enumerate(order):
        top, chance = 32 + 26 * row, float(np.asarray(chances)[index])
        fill = colours.ALARM if drawn[index] else colours.GOOD
        picture.text(10, top + 14, str(names[index])[:18], fill=colours.INK)
        picture.add("rect", x=170, y=top, width=f"{max(280 * chance, 1):.1f}", height=18, rx=3, fill=fill)
        word = Text(en=" drawn", zh=" 抽中").in_(language) if drawn[index] else ""
        picture.text(176 + 280 * chance, top + 14, f"{chance * 100:.0f}%{word}", size=12)
    return picture.svg()


def _map_title(C: float, F: float, L: float, margin: float) -> Text:
    figures = f"F={number(F)}, C={number(C)}, L={number(L)}, H1−H2={number(margin)}"
    return Text(
        en=f"Regimes by penalty and cost; here {figures}.", zh=f"罚金和监督成本落在哪个区；现在 {figures}。"
    )


def _round_up(value: float) -> float:
    """The next of 1, 1.5, 2, 3, 4, 5, 6, 8, 10 times a power of ten."""
    power = 10.0 ** np.floor(np.log10(value))
    return float(
        next(power * one for one in (1, 1.5, 2, 3, 4, 5, 6, 8, 10) if value <= power * one * (1 + 1e-9))
    )


def _share(value: float) -> str:
    return f"{np.clip(value, 0, 1) * 100:.0f}%"
