"""Shapes as pixels, by Pillow: for the clip, whose frames are too many to be drawn by a browser.

Pixels are drawn `OVERSAMPLE` times too large and averaged down, which is what makes edges smooth.
"""

import math
import re
from functools import lru_cache

import numpy as np
from PIL import Image, ImageDraw

from fieldcast.demo.drawing.shapes import (
    Clip,
    Ellipse,
    Group,
    Letter,
    Paint,
    Path,
    Point,
    Rect,
    Shapes,
    rgb,
)

OVERSAMPLE = 2
CURVE_STEPS = 10
TOKEN = re.compile(r"([MLHVQCZ])|(-?\d*\.?\d+(?:e-?\d+)?)")
Matrix = tuple[float, float, float, float, float, float]
Outline = np.ndarray  # points of one closed or open line, shape (n, 2)


def identity(scale: float, dx: float = 0, dy: float = 0) -> Matrix:
    """Scale about the origin, then move."""
    return (scale, 0, 0, scale, dx, dy)


def sprite(
    shapes: Shapes, width: int, height: int, *, matrix: Matrix | None = None, sharp: int = 3
) -> Image.Image:
    """The shapes on nothing (RGBA), `width` by `height` px, smoothed from `sharp` times that size."""
    big = Image.new("RGBA", (width * sharp, height * sharp))
    _layered(big, shapes, compose(identity(sharp), matrix or identity(1)))
    return big.reduce(sharp)


def background(shapes: Shapes, width: int, height: int, *, scale: float, sharp: int = 2) -> Image.Image:
    """The shapes on a full picture (RGB)."""
    big = Image.new("RGBA", (width * sharp, height * sharp), "#ffffff")
    _layered(big, shapes, identity(scale * sharp))
    return big.convert("RGB").reduce(sharp) if sharp > 1 else big.convert("RGB")


class Brush:
    """Draws on an RGB picture, fast enough for frames: `opacity` mixes; clips and letters are passed over."""

    def __init__(self, image: Image.Image, *, scale: float = 1, top: float = 0) -> None:
        self._solid = ImageDraw.Draw(image)
        self._mixing = ImageDraw.Draw(image, "RGBA")
        self._matrix = identity(scale, 0, -top * scale)

    def paint(self, shapes: Shapes) -> None:
        """Draw the shapes, in order."""
        self._paint(shapes, self._matrix)

    def _paint(self, shapes: Shapes, matrix: Matrix) -> None:
        for shape in shapes:
            if isinstance(shape, Group):
                self._paint(shape.inside, compose(matrix, _matrix(shape)))
            elif isinstance(shape, Ellipse | Path | Rect):
                solid = shape.paint.opacity == 1
                _draw(
                    self._solid if solid else self._mixing,
                    shape,
                    matrix,
                    None if solid else round(shape.paint.opacity * 255),
                )


def compose(outer: Matrix, inner: Matrix) -> Matrix:
    """The matrix that applies `inner`, then `outer`."""
    a, b, c, d, e, f = outer
    g, h, i, j, k, m = inner
    return (a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * m + e, b * k + d * m + f)


def _matrix(group: Group) -> Matrix:
    cos, sin = math.cos(math.radians(group.turn)), math.sin(math.radians(group.turn))
    sx = -group.scale if group.mirror else group.scale
    return (cos * sx, sin * sx, -sin * group.scale, cos * group.scale, group.x, group.y)


def _layered(image: Image.Image, shapes: Shapes, matrix: Matrix) -> None:
    """Draw onto an RGBA picture, blending what is see-through and cutting what is clipped."""
    draw = ImageDraw.Draw(image)
    for shape in shapes:
        match shape:
            case Group():
                _layered(image, shape.inside, compose(matrix, _matrix(shape)))
            case Clip():
                layer = Image.new("RGBA", image.size)
                _layered(layer, shape.inside, matrix)
                mask = Image.new("L", image.size)
                for points in _placed(shape.outline, matrix):
                    ImageDraw.Draw(mask).polygon(points, fill=255)
                image.paste(Image.alpha_composite(image, layer), mask=mask)
            case Rect() if shape.to:
                _gradient(image, shape, matrix)
            case Ellipse() | Path() | Rect() if shape.paint.opacity < 1:
                layer = Image.new("RGBA", image.size)
                _draw(ImageDraw.Draw(layer), shape, matrix, round(shape.paint.opacity * 255))
                image.alpha_composite(layer)
            case Ellipse() | Path() | Rect():
                _draw(draw, shape, matrix)
            case Letter():
                raise ValueError("letters are for SVG alone: a font would differ from machine to machine")


def _gradient(image: Image.Image, shape: Rect, matrix: Matrix) -> None:
    left, top = _at(matrix, shape.x, shape.y)
    right, bottom = _at(matrix, shape.x + shape.width, shape.y + shape.height)
    box = (
        max(0, round(left)),
        max(0, round(top)),
        min(image.width, round(right)),
        min(image.height, round(bottom)),
    )
    share = (np.arange(box[1], box[3]) - top)[:, None, None] / max(1, bottom - top)
    column = np.array(rgb(shape.paint.fill)) * (1 - share) + np.array(rgb(shape.to)) * share
    pixels = np.broadcast_to(np.round(column), (box[3] - box[1], box[2] - box[0], 3)).astype(np.uint8)
    image.paste(Image.fromarray(np.ascontiguousarray(pixels)), box[:2])


def _draw(
    draw: ImageDraw.ImageDraw, shape: Ellipse | Path | Rect, matrix: Matrix, alpha: int | None = None
) -> None:
    through = () if alpha is None else (alpha,)
    style: Paint = shape.paint
    lines = _placed(shape, matrix)
    if style.fill:
        for points in lines:
            if len(points) > 2:
                draw.polygon(points, fill=(*rgb(style.fill), *through))
    if style.stroke:
        width = style.width * math.sqrt(abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]))
        colour = (*rgb(style.stroke), *through)
        for points in lines:
            draw.line(points, fill=colour, width=max(1, round(width)), joint="curve")
            for x, y in (points[0], points[-1]) if width > 2 else ():
                draw.ellipse((x - width / 2, y - width / 2, x + width / 2, y + width / 2), fill=colour)


def _at(matrix: Matrix, x: float, y: float) -> Point:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _placed(shape: Ellipse | Path | Rect, matrix: Matrix) -> list[list[Point]]:
    a, b, c, d, e, f = matrix
    turn = np.array([[a, b], [c, d]])
    return [[(x, y) for x, y in (points @ turn + (e, f)).tolist()] for points in _outlines(shape)]


@lru_cache(maxsize=4096)
def _outlines(shape: Ellipse | Path | Rect) -> tuple[Outline, ...]:
    match shape:
        case Ellipse():
            angle = np.linspace(0, 2 * np.pi, 40, endpoint=False)
            points = np.stack([np.cos(angle) * shape.rx, np.sin(angle) * shape.ry], axis=1)
            cos, sin = math.cos(math.radians(shape.turn)), math.sin(math.radians(shape.turn))
            return (points @ np.array([[cos, sin], [-sin, cos]]) + (shape.cx, shape.cy),)
        case Rect():
            x, y, w, h = shape.x, shape.y, shape.width, shape.height
            return (np.array([(x, y), (x + w, y), (x + w, y + h), (x, y + h)], dtype=float),)
        case Path():
            return _flattened(shape.d)


def _flattened(d: str) -> tuple[Outline, ...]:
    """The lines of a path, curves cut into `CURVE_STEPS` straight pieces."""
    tokens = [(letter, number) for letter, number in TOKEN.findall(d)]
    lines: list[list[Point]] = []
    command, i = "", 0
    while i < len(tokens):
        if tokens[i][0]:
            command, i = tokens[i][0], i + 1
        if command == "Z":
            lines[-1].append(lines[-1][0])
            continue
        count = {"H": 1, "V": 1, "M": 2, "L": 2, "Q": 4, "C": 6}[command]
        numbers = [float(number) for _, number in tokens[i : i + count]]
        i += count
        if command == "M":
            lines.append([(numbers[0], numbers[1])])
            command = "L"
        else:
            lines[-1].extend(_piece(command, lines[-1][-1], numbers))
    return tuple(np.array(points) for points in lines)


def _piece(command: str, start: Point, numbers: list[float]) -> list[Point]:
    if command == "H":
        return [(numbers[0], start[1])]
    if command == "V":
        return [(start[0], numbers[0])]
    if command == "L":
        return [(numbers[0], numbers[1])]
    t = np.linspace(0, 1, CURVE_STEPS + 1)[1:, None, None]
    knots = np.broadcast_to(
        np.array([start, *zip(numbers[::2], numbers[1::2], strict=True)]),
        (CURVE_STEPS, len(numbers) // 2 + 1, 2),
    )
    while knots.shape[1] > 1:  # de Casteljau, for all steps at once
        knots = knots[:, :-1] * (1 - t) + knots[:, 1:] * t
    return [(x, y) for x, y in knots[:, 0].tolist()]
