"""What many pictures share: the palette, two-tone bodies, leaves, stems and shadows.

Light always falls from the upper left, so a body's dark side is its lower right.
"""

from dataclasses import replace
from typing import NamedTuple

from fieldcast.demo.drawing.shapes import (
    Clip,
    Ellipse,
    Group,
    Paint,
    Path,
    Shape,
    Shapes,
    circle,
    ellipse,
    line,
    path,
)

PAPER, CARD, INK = "#faf7f0", "#fffdf8", "#1f2d26"
PADDY, PADDY_DEEP, PADDY_SOFT = "#2f7d4f", "#1d4f37", "#e4f0e6"
WHEAT, WHEAT_SOFT = "#e3b341", "#fbf1d5"
PERSIMMON, PERSIMMON_SOFT = "#dd5a2b", "#fde8df"
SOIL, SKY, SKY_SOFT = "#6b4f3a", "#3b6ea5", "#e5eef7"
WICKER, WICKER_DARK = "#c9863f", "#a3672c"


class Tone(NamedTuple):
    """Three shades of one colour: where light falls, the body, the side turned away."""

    light: str
    base: str
    dark: str


LEAF = Tone("#7dbb82", "#3f8a57", "#27603d")
YOUNG = Tone("#b5d98a", "#7fb55a", "#4f8a3f")
STRAW = Tone("#f6e2ae", "#e9cf8c", "#d0ac5c")


def ground(cx: float = 50, cy: float = 82, rx: float = 32, ry: float = 5.5) -> Shape:
    """The soft shadow a thing stands on."""
    return ellipse(cx, cy, rx, ry, INK, opacity=0.12)


def shaded(outline: Ellipse | Path, tone: Tone, *, dx: float, dy: float) -> Shapes:
    """A body in two tones: the lit part is the same outline moved by (dx, dy), towards the light."""
    dark, lit = replace(outline, paint=Paint(tone.dark)), replace(outline, paint=Paint(tone.base))
    return (dark, Clip(outline, (Group((lit,), x=dx, y=dy),)))


def body(d: str, tone: Tone, *, dx: float = -5, dy: float = -4) -> Shapes:
    """A two-tone body with this outline."""
    return shaded(path(d, tone.base), tone, dx=dx, dy=dy)


def ball(
    cx: float, cy: float, r: float, tone: Tone, *, flat: float = 1, turn: float = 0, shine: bool = True
) -> Shapes:
    """A two-tone ball; `flat` below 1 presses it from above."""
    shapes = shaded(ellipse(cx, cy, r, r * flat, tone.base, turn=turn), tone, dx=-0.2 * r, dy=-0.17 * r)
    if not shine:
        return shapes
    return (
        *shapes,
        ellipse(cx - 0.42 * r, cy - 0.42 * r * flat, 0.2 * r, 0.12 * r, tone.light, turn=-38, opacity=0.85),
    )


def leaf(x: float, y: float, length: float, turn: float, tone: Tone = LEAF, *, wide: float = 0.3) -> Shape:
    """A pointed leaf growing from (x, y) towards `turn` degrees (0 is right, 90 down)."""
    w = length * wide * 2
    blade = f"M0 0Q{length * 0.42:.1f} {-w:.1f} {length:.1f} 0Q{length * 0.42:.1f} {w:.1f} 0 0Z"
    under = f"M0 0L{length:.1f} 0Q{length * 0.42:.1f} {w:.1f} 0 0Z"
    rib = line(
        f"M{length * 0.08:.1f} 0L{length * 0.82:.1f} 0", tone.light, max(0.8, length * 0.04), opacity=0.75
    )
    return Group((path(blade, tone.base), path(under, tone.dark), rib), x=x, y=y, turn=turn)


def stalk(d: str, width: float = 3.2, colour: str = SOIL) -> Shape:
    """A stem."""
    return line(d, colour, width)


def dots(points: tuple[tuple[float, float], ...], r: float, fill: str, opacity: float = 1) -> Shapes:
    """Small marks: seeds, pores, lenticels."""
    return tuple(circle(x, y, r, fill, opacity) for x, y in points)
