"""The map of regimes: penalty across, cost of supervision upwards, where we are and where we came from."""

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fieldcast.science.drawing import Axes, colours
from fieldcast.science.drawing.axes import number
from fieldcast.science.games.pictures.frames import (
    COST,
    HERE,
    PENALTY,
    START,
    WIDTH,
    arrow_head,
    sheet,
    words_width,
)
from fieldcast.science.text import Text

Floats = NDArray[np.float64]
Inside = Callable[[Floats, Floats], NDArray[np.bool_]]
SHORTEST_ARROW: Final = 24  # pixels; less than that and the two dots touch
ROUND = (1, 1.5, 2, 3, 4, 5, 6, 8, 10)


def regime_map(
    *,
    C: float,
    F: float,
    L: float,
    margin: float,
    start: tuple[float, float] | None = None,
    start_name: str | None = None,
    language: str = "zh",
) -> str:
    """Which regime each penalty F and cost C fall in, with this game's place.

    `margin` is H1−H2. `start` is the (F, C) from which a policy came, called `start_name`: an arrow leads from it here.
    """
    fines, costs = [F, margin], [C, F + L]
    if start is not None:
        fines.append(start[0])
        costs.append(start[1])
    most_f = _round_up(max(*fines, 1e-9) * 1.6)
    most_c = _round_up(max(costs) * 1.15) if max(costs) > 0 else most_f
    picture = sheet(height=330, title=_title(C, F, L, margin).in_(language))
    left = max(44.0, 16 + words_width(number(most_c), 12))
    right = WIDTH - max(18.0, words_width(number(most_f), 12) / 2 + 4)
    axes = Axes(picture, (0.0, most_f), (0.0, most_c), left, 30, right - left, 250)
    clip = picture.clip(axes.left, axes.top, axes.width, axes.height)
    _regions(axes, margin=margin, L=L, clip=clip)
    axes.frame(x_title=f"{PENALTY.in_(language)} →", y_title=f"{COST.in_(language)} ↑")
    axes.line([margin, margin], [0, most_c], clip=clip, stroke=colours.ALARM, stroke_dasharray="5 4")
    axes.line([0, most_f], [L, most_f + L], clip=clip, stroke="#b98a14", stroke_dasharray="5 4")
    taken = [axes.at(F, C)]
    if start is not None and start != (F, C):
        taken += _arrow(axes, start, (F, C))
        taken.append(_start_name(axes, start, (F, C), start_name or START.in_(language)))
    taken.append(_here(axes, F, C, start, HERE.in_(language)))
    _names(axes, margin=margin, L=L, taken=np.asarray(taken), language=language)
    return picture.svg()


def _regions(axes: Axes, *, margin: float, L: float, clip: str) -> None:
    most_f, most_c = axes.x[1], axes.y[1]
    edge, far = min(margin, most_f), most_f + L
    axes.area([0, edge, edge, 0], [0, 0, most_c, most_c], fill=colours.ALARM_SOFT)
    if edge < most_f:
        across = [edge, most_f, most_f, edge]
        top = max(far, most_c)
        axes.area(across, [0, 0, far, edge + L], fill=colours.GOOD_SOFT, clip_path=clip)
        axes.area(across, [edge + L, far, top, top], fill=colours.CAUTION_SOFT, clip_path=clip)


def _arrow(axes: Axes, start: tuple[float, float], end: tuple[float, float]) -> list[Floats]:
    """From one (F, C) to another, ending short of the dot at its point; returns points along it, in pixels."""
    tail, head = axes.at(*start), axes.at(*end)
    way = head - tail
    length = float(np.hypot(*way))
    axes.dot(*start, fill=colours.ALARM, radius=6, stroke=colours.PAPER, stroke_width=2)
    if length >= SHORTEST_ARROW:
        step = way / length
        tip = head - step * 11
        axes.picture.path([tail + step * 8, tip - step * 6], stroke=colours.GOOD_DEEP, stroke_width=2.5)
        axes.picture.path(arrow_head(tip, way, size=10), closed=True, fill=colours.GOOD_DEEP)
    return [tail + way * part for part in (0.0, 0.25, 0.5, 0.75)]


def _start_name(axes: Axes, start: tuple[float, float], end: tuple[float, float], words: str) -> Floats:
    """Beside the dot, away from the arrow: above it where the arrow goes down, else below. Returns its middle."""
    down = end[1] < start[1]
    half = words_width(words) / 2
    x, y = axes.at(*start)
    middle = float(np.clip(x, axes.left + half + 2, axes.left + axes.width - half - 2))
    baseline = y - 12 if (down and y - 26 > axes.top) or y + 24 > axes.top + axes.height else y + 22
    axes.picture.text(middle, baseline, words, fill=colours.ALARM_DEEP, text_anchor="middle")
    return np.array([middle, baseline - 4])


def _here(axes: Axes, F: float, C: float, start: tuple[float, float] | None, words: str) -> Floats:
    """Our own dot and its name, on the side from which no arrow comes. Returns the middle of the name."""
    axes.dot(F, C, fill=colours.GOOD_DEEP, radius=8, stroke=colours.PAPER, stroke_width=2)
    x, y = axes.at(F, C)
    wide = words_width(words)
    from_right = start is not None and start[0] > F
    fits_right = x + 14 + wide < axes.left + axes.width
    fits_left = x - 14 - wide > axes.left
    right = fits_right and (not from_right or not fits_left)
    anchor, dx = ("start", 13.0) if right else ("end", -13.0)
    axes.picture.text(x + dx, y + 5, words, fill=colours.GOOD_DEEP, text_anchor=anchor, font_weight=600)
    return np.array([x + dx + (wide / 2 if right else -wide / 2), y])


def _names(axes: Axes, *, margin: float, L: float, taken: Floats, language: str) -> None:
    """Each region's name where it has room, as far as possible from what is drawn already."""
    regions: tuple[tuple[Text, str, Inside], ...] = (
        (Text(en="cannot deter", zh="罚不住"), "F ≤ H₁−H₂", lambda f, c: f < margin),
        (Text(en="nobody looks", zh="没人查"), "C ≥ F+L", lambda f, c: (f > margin) & (c > f + L)),
        (
            Text(en="each keeps the other", zh="互相制约"),
            "C < F+L",
            lambda f, c: (f > margin) & (c < f + L),
        ),
    )
    for words, rule, inside in regions:
        name = words.in_(language)
        half = np.array([max(words_width(name), words_width(rule, 11)) / 2 + 4, 18.0])
        place = _roomy(axes, inside, half, taken, L=L)
        if place is not None:
            x, y = place
            axes.picture.text(x, y - 2, name, text_anchor="middle", fill=colours.INK)
            axes.picture.text(x, y + 14, rule, size=11, text_anchor="middle")
            taken = np.vstack([taken, place])


def _roomy(axes: Axes, inside: Inside, half: Floats, taken: Floats, *, L: float) -> Floats | None:
    """The middle, in pixels, of a box of half-size `half` that lies in a region, far from the points taken."""
    xs = np.linspace(axes.left + half[0], axes.left + axes.width - half[0], 24)
    ys = np.linspace(axes.top + half[1], axes.top + axes.height - half[1], 20)
    middles = np.stack(np.meshgrid(xs, ys), axis=-1).reshape(-1, 2)
    corners = middles[:, None, :] + half * np.array([[-1, -1], [-1, 1], [1, -1], [1, 1]])
    fines = axes.x[0] + (corners[..., 0] - axes.left) / axes.width * (axes.x[1] - axes.x[0])
    costs = axes.y[0] + (axes.top + axes.height - corners[..., 1]) / axes.height * (axes.y[1] - axes.y[0])
    free = inside(fines, costs).all(axis=1)
    above = costs > fines + L
    clear = free & (above.all(axis=1) | ~above.any(axis=1))  # no line runs through the words
    free = clear if clear.any() else free
    gaps = np.abs(middles[:, None, :] - taken) - half  # outside the box where either is positive
    near = gaps.max(axis=-1).min(axis=1)
    if not (free & (near > 8)).any():
        return None
    middle = middles[free].mean(axis=0)
    homely = -np.hypot(*(middles - middle).T) * 0.15
    best: Floats = middles[int(np.argmax(np.where(free, np.minimum(near, 40) + homely, -np.inf)))]
    return best


def _title(C: float, F: float, L: float, margin: float) -> Text:
    figures = f"F={number(F)}, C={number(C)}, L={number(L)}, H1−H2={number(margin)}"
    return Text(
        en=f"Regimes by penalty and cost; here {figures}.", zh=f"罚金和监督成本落在哪个区；现在 {figures}。"
    )


def _round_up(value: float) -> float:
    """The next of 1, 1.5, 2, 3, 4, 5, 6, 8, 10 times a power of ten."""
    power = 10.0 ** np.floor(np.log10(value))
    return float(next(power * one for one in ROUND if value <= power * one * (1 + 1e-9)))
