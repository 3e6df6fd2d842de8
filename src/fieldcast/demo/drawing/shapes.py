"""A small drawing language: flat shapes that become SVG text or, through `raster`, pixels.

A picture is a tuple of shapes, painted in order. Shapes are values: the same call gives the same text on every machine,
and nothing in it can run (no script, no style sheet, no reference to another file).
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from html import escape

Point = tuple[float, float]
SHARED = 120  # a group longer than this many characters is written once and used by name

LETTERS = (
    'font-weight="700" text-anchor="middle" dominant-baseline="central" '
    'font-family="PingFang SC,Noto Sans CJK SC,Noto Sans SC,Microsoft YaHei,sans-serif"'
)


@dataclass(frozen=True)
class Paint:
    """How a shape is coloured. Colours are `#rrggbb`; `width` is of the stroke, in the picture's own units."""

    fill: str = ""
    stroke: str = ""
    width: float = 0
    opacity: float = 1


@dataclass(frozen=True)
class Ellipse:
    """An ellipse turned by `turn` degrees, clockwise, about its centre."""

    cx: float
    cy: float
    rx: float
    ry: float
    paint: Paint
    turn: float = 0


@dataclass(frozen=True)
class Path:
    """An outline in SVG path language, absolute commands M L H V Q C Z only."""

    d: str
    paint: Paint


@dataclass(frozen=True)
class Rect:
    """A rectangle with round corners; `to` makes the fill a gradient from top (`paint.fill`) to bottom."""

    x: float
    y: float
    width: float
    height: float
    paint: Paint
    radius: float = 0
    to: str = ""


@dataclass(frozen=True)
class Letter:
    """One line of text centred on (x, y); only in SVG, never in the clip."""

    x: float
    y: float
    size: float
    text: str
    fill: str


@dataclass(frozen=True)
class Clip:
    """What is inside, seen only within the outline."""

    outline: "Ellipse | Path"
    inside: "Shapes"


@dataclass(frozen=True)
class Group:
    """Shapes moved, scaled and turned (degrees, clockwise, about their own origin) together."""

    inside: "Shapes"
    x: float = 0
    y: float = 0
    scale: float = 1
    turn: float = 0
    mirror: bool = False


Shape = Ellipse | Path | Rect | Letter | Clip | Group
Shapes = tuple[Shape, ...]


def circle(cx: float, cy: float, r: float, fill: str, opacity: float = 1) -> Ellipse:
    """A filled circle."""
    return Ellipse(cx, cy, r, r, Paint(fill, opacity=opacity))


def ellipse(
    cx: float, cy: float, rx: float, ry: float, fill: str, *, turn: float = 0, opacity: float = 1
) -> Ellipse:
    """A filled ellipse."""
    return Ellipse(cx, cy, rx, ry, Paint(fill, opacity=opacity), turn)


def path(d: str, fill: str, opacity: float = 1) -> Path:
    """A filled outline."""
    return Path(d, Paint(fill, opacity=opacity))


def line(d: str, stroke: str, width: float, opacity: float = 1) -> Path:
    """An open line with round ends."""
    return Path(d, Paint(stroke=stroke, width=width, opacity=opacity))


def smooth(points: Sequence[Point], close: bool = False) -> str:
    """Path text of a smooth curve through `points` (Catmull-Rom as cubic Béziers)."""
    count = len(points)

    def at(i: int) -> Point:
        return points[i % count] if close else points[min(max(i, 0), count - 1)]

    parts = [f"M{_n(points[0][0])} {_n(points[0][1])}"]
    for i in range(count if close else count - 1):
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = at(i - 1), at(i), at(i + 1), at(i + 2)
        numbers = (bx + (cx - ax) / 6, by + (cy - ay) / 6, cx - (dx - bx) / 6, cy - (dy - by) / 6, cx, cy)
        parts.append("C" + " ".join(_n(number) for number in numbers))
    return "".join(parts) + ("Z" if close else "")


def mix(a: str, b: str, share: float) -> str:
    """The colour `share` of the way (0..1) from `a` to `b`."""
    pairs = zip(rgb(a), rgb(b), strict=True)
    return "#" + "".join(f"{round(x + (y - x) * share):02x}" for x, y in pairs)


def rgb(colour: str) -> tuple[int, int, int]:
    """`#rrggbb` as three numbers of 0..255."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def turned(x: float, y: float, degrees: float) -> Point:
    """The point turned clockwise (as the screen sees it) about the origin."""
    angle = math.radians(degrees)
    return x * math.cos(angle) - y * math.sin(angle), x * math.sin(angle) + y * math.cos(angle)


def faded(shape: Ellipse | Path, opacity: float) -> Ellipse | Path:
    """The same shape, seen through."""
    return replace(shape, paint=replace(shape.paint, opacity=opacity))


def svg(
    shapes: Iterable[Shape], *, box: tuple[float, float], width: float, height: float, title: str = ""
) -> str:
    """A whole SVG file: `box` is the drawing's own width and height, `width` and `height` its size in px."""
    writer = _Writer(1 if max(box) > 200 else 2)
    body = "".join(writer.text(shape) for shape in shapes)
    label = f"<title>{escape(title)}</title>" if title else ""
    known = "".join(text.replace("$", f'"{name}"', 1) for text, name in writer.defs.items())
    defs = f"<defs>{known}</defs>" if known else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_n(width)}" height="{_n(height)}" '
        f'viewBox="0 0 {_n(box[0])} {_n(box[1])}" role="img">{label}{defs}{body}</svg>'
    )


@dataclass
class _Writer:
    """Turns shapes into text and gathers the clip outlines and gradients they refer to."""

    places: int = 2
    defs: dict[str, str] = field(default_factory=dict)

    def n(self, number: float) -> str:
        return _n(number, self.places)

    def text(self, shape: Shape) -> str:
        match shape:
            case Ellipse():
                return self._ellipse(shape)
            case Path():
                return f'<path d="{shape.d}"{self._attributes(shape.paint)}/>'
            case Rect():
                return self._rect(shape)
            case Letter():
                return self._letter(shape)
            case Clip():
                name = self._define(f"<clipPath id=$>{self.text(shape.outline)}</clipPath>")
                return f'<g clip-path="url(#{name})">{self._all(shape.inside)}</g>'
            case Group():
                return self._group(shape)

    def _letter(self, shape: Letter) -> str:
        where = f'x="{self.n(shape.x)}" y="{self.n(shape.y)}" font-size="{self.n(shape.size)}" fill="{shape.fill}"'
        return f"<text {where} {LETTERS}>{escape(shape.text)}</text>"

    def _group(self, group: Group) -> str:
        text = self._all(group.inside)
        if len(text) < SHARED:
            return f"<g{self._transform(group)}>{text}</g>"
        return f'<use href="#{self._define(f"<g id=$>{text}</g>")}"{self._transform(group)}/>'

    def _all(self, shapes: Shapes) -> str:
        return "".join(self.text(shape) for shape in shapes)

    def _define(self, text: str) -> str:
        """The name of this definition, which is written once however often it is used."""
        return self.defs.setdefault(text, f"d{len(self.defs)}")

    def _ellipse(self, shape: Ellipse) -> str:
        turn = (
            f' transform="rotate({self.n(shape.turn)} {self.n(shape.cx)} {self.n(shape.cy)})"'
            if shape.turn
            else ""
        )
        where = f'cx="{self.n(shape.cx)}" cy="{self.n(shape.cy)}"'
        if shape.rx == shape.ry:
            return f'<circle {where} r="{self.n(shape.rx)}"{self._attributes(shape.paint)}/>'
        radii = f'rx="{self.n(shape.rx)}" ry="{self.n(shape.ry)}"'
        return f"<ellipse {where} {radii}{turn}{self._attributes(shape.paint)}/>"

    def _rect(self, shape: Rect) -> str:
        paint = shape.paint
        if shape.to:
            stops = f'<stop stop-color="{paint.fill}"/><stop offset="1" stop-color="{shape.to}"/>'
            name = self._define(f'<linearGradient id=$ x2="0" y2="1">{stops}</linearGradient>')
            paint = replace(paint, fill=f"url(#{name})")
        radius = f' rx="{self.n(shape.radius)}"' if shape.radius else ""
        where = f'x="{self.n(shape.x)}" y="{self.n(shape.y)}"'
        size = f'width="{self.n(shape.width)}" height="{self.n(shape.height)}"'
        return f"<rect {where} {size}{radius}{self._attributes(paint)}/>"

    def _attributes(self, paint: Paint) -> str:
        text = f' fill="{paint.fill or "none"}"'
        if paint.stroke:
            text += f' stroke="{paint.stroke}" stroke-width="{_n(paint.width)}"'
            text += ' stroke-linecap="round" stroke-linejoin="round"'
        return text + (f' opacity="{_n(paint.opacity)}"' if paint.opacity < 1 else "")

    def _transform(self, group: Group) -> str:
        parts = [f"translate({self.n(group.x)} {self.n(group.y)})"] if group.x or group.y else []
        if group.turn:
            parts.append(f"rotate({_n(group.turn)})")
        if group.mirror:
            parts.append(f"scale({_n(-group.scale, 3)} {_n(group.scale, 3)})")
        elif group.scale != 1:
            parts.append(f"scale({_n(group.scale, 3)})")
        return f' transform="{" ".join(parts)}"' if parts else ""


def _n(number: float, places: int = 2) -> str:
    """A number as short as it can be written with so many decimals."""
    text = f"{number:.{places}f}".rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text
