"""A lot's plot from above: fields, lanes, a stream and a hamlet, with the plot itself marked by a pin."""

import numpy as np

from fieldcast.demo.drawing import plants
from fieldcast.demo.drawing.parts import CARD, INK, PERSIMMON
from fieldcast.demo.drawing.produce import KINDS
from fieldcast.demo.drawing.shapes import (
    Clip,
    Group,
    Paint,
    Path,
    Point,
    Rect,
    Shape,
    Shapes,
    circle,
    ellipse,
    line,
    mix,
    path,
    smooth,
    svg,
)

WIDTH, HEIGHT = 640, 400
COLUMNS, ROWS = 7, 5
GREENS = ("#a8cf8e", "#8cbf82", "#74ae74", "#c3d98f", "#9fc79a")
OTHERS = ("#e6d48a", "#d9bd85", "#c9a677", "#b6d4a0")
CROPS = {  # what the marked plot is planted with: ground, plant
    "tree": ("#86b878", "#2f6b43"),
    "row": ("#a67c52", "#5f9c52"),
    "tea": ("#7fb06c", "#3d7d50"),
    "water": ("#a9cfd9", "#57a06a"),
    "wood": ("#5f8f63", "#8a633d"),
    "yard": ("#9cc77f", "#fbf6ea"),
}
PLANTED = {
    **dict.fromkeys(("cabbage", "tomato", "chili", "cucumber", "radish", "potato", "strawberry"), "row"),
    **dict.fromkeys(("green-tea", "black-tea"), "tea"),
    **dict.fromkeys(("lotus-root", "duck-eggs"), "water"),
    **dict.fromkeys(("shiitake", "wood-ear", "oyster-mushroom"), "wood"),
    **dict.fromkeys(("hen-eggs", "honey"), "yard"),
}


def plot(kind: str, seed: int) -> str:
    """The plot of a lot of `kind` among its neighbours, 16:10, as SVG text. Raises `KeyError` for an unknown kind."""
    picture = KINDS[kind]
    rng = np.random.default_rng([seed, *kind.encode()])
    corners = _corners(rng)
    own = (int(rng.integers(2, 5)), 2)  # the middle row, so that the pin above it stays in the picture
    shapes: list[Shape] = [Rect(0, 0, WIDTH, HEIGHT, Paint("#e3dcc0"))]
    for row in range(ROWS):
        for column in range(COLUMNS):
            if (column, row) != own:
                shapes += _field(rng, _cell(corners, column, row, 0.07))
    shapes += _stream(rng)
    shapes += _hamlet(rng, own)
    outline = _cell(corners, *own, -0.04)
    shapes += _own_field(PLANTED.get(kind, "tree"), outline)
    shapes += _pin(outline, picture.draw())
    return svg(shapes, box=(WIDTH, HEIGHT), width=WIDTH, height=HEIGHT)


def _corners(rng: np.random.Generator) -> np.ndarray:
    """Corners of the fields: a grid pushed about and laid aslant."""
    x, y = np.meshgrid(np.linspace(-70, WIDTH + 70, COLUMNS + 1), np.linspace(-60, HEIGHT + 60, ROWS + 1))
    x = x + rng.uniform(-15, 15, x.shape) + (y - HEIGHT / 2) * 0.22
    y = y + rng.uniform(-11, 11, y.shape) - (x - WIDTH / 2) * 0.1
    return np.stack([x, y], axis=-1)


def _cell(corners: np.ndarray, column: int, row: int, inset: float) -> list[Point]:
    around = (
        corners[row, column],
        corners[row, column + 1],
        corners[row + 1, column + 1],
        corners[row + 1, column],
    )
    middle = sum(around) / 4
    return [
        (float(point[0]), float(point[1]))
        for point in (middle + (at - middle) * (1 - inset) for at in around)
    ]


def _outline(cell: list[Point]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in cell) + "Z"


def _between(cell: list[Point], along: float, across: float) -> Point:
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = cell
    tx, ty = ax + (bx - ax) * along, ay + (by - ay) * along
    ux, uy = dx + (cx - dx) * along, dy + (cy - dy) * along
    return tx + (ux - tx) * across, ty + (uy - ty) * across


def _stripes(cell: list[Point], count: int, colour: str, width: float, opacity: float = 1) -> Shape:
    ends = [
        (_between(cell, 0.02, (i + 0.5) / count), _between(cell, 0.98, (i + 0.5) / count))
        for i in range(count)
    ]
    return line(
        "".join(f"M{a[0]:.1f} {a[1]:.1f}L{b[0]:.1f} {b[1]:.1f}" for a, b in ends), colour, width, opacity
    )


def _field(rng: np.random.Generator, cell: list[Point]) -> Shapes:
    colour = str(rng.choice(GREENS if rng.random() < 0.72 else OTHERS))
    shape = Path(_outline(cell), Paint(colour, stroke=colour, width=7))
    style = rng.random()
    if style < 0.5:
        return (shape, _stripes(cell, int(rng.integers(6, 11)), mix(colour, "#1d4f37", 0.2), 2.2, 0.7))
    if style < 0.72:
        return (shape, *_crowns(cell, 5, 4, mix(colour, "#1d4f37", 0.5), 6.2))
    return (shape,)


def _crowns(cell: list[Point], columns: int, rows: int, colour: str, r: float) -> Shapes:
    crown = (
        ellipse(r * 0.35, r * 0.45, r, r * 0.9, INK, opacity=0.14),
        circle(0, 0, r, colour),
        circle(-r * 0.25, -r * 0.3, r * 0.5, mix(colour, "#ffffff", 0.22)),
    )
    at = [_between(cell, (i + 0.5) / columns, (j + 0.5) / rows) for j in range(rows) for i in range(columns)]
    return tuple(Group(crown, x=x, y=y) for x, y in at)


def _own_field(planted: str, cell: list[Point]) -> Shapes:
    ground, plant = CROPS[planted]
    d = _outline(cell)
    shapes: list[Shape] = [
        Path(d, Paint(ground, stroke="#fffdf8", width=13)),
        Path(d, Paint(ground, stroke=PERSIMMON, width=5)),
    ]
    if planted in {"row", "tea"}:
        inside: Shapes = (_stripes(cell, 8, mix(plant, "#1d4f37", 0.3), 7), _stripes(cell, 8, plant, 4.4))
    elif planted == "water":
        inside = _crowns(cell, 6, 4, plant, 6)
    else:
        inside = _crowns(cell, 6, 4, plant, 7.4 if planted == "tree" else 4.5)
    return (*shapes, Clip(path(d, ground), inside))


def _stream(rng: np.random.Generator) -> Shapes:
    """A stream and a lane, above or below the plot."""
    level = 0.87 if rng.random() < 0.5 else 0.13
    water = [(WIDTH * i / 5, HEIGHT * (level + rng.uniform(-0.05, 0.05))) for i in range(-1, 7)]
    lane = [(x, y + (-34 if level > 0.5 else 34) + rng.uniform(-5, 5)) for x, y in water]
    return (
        line(smooth(lane), "#efe7cf", 9),
        line(smooth(water), "#7fb0bf", 32),
        line(smooth(water), "#a9cfd9", 26),
        line(smooth([(x + 12, y - 4) for x, y in water]), "#ffffff", 2, 0.5),
    )


def _hamlet(rng: np.random.Generator, own: tuple[int, int]) -> Shapes:
    x, y = WIDTH * (0.16 if own[0] > 2 else 0.86), HEIGHT * rng.uniform(0.42, 0.58)
    shapes: list[Shape] = [ellipse(x, y + 6, 82, 44, "#d9d2b2")]
    for dx, dy in ((-44, -14), (4, -22), (46, -8), (-22, 18), (28, 24)):
        size = rng.uniform(0.36, 0.46)
        shapes.append(ellipse(x + dx + 4, y + dy, 25, 6, INK, opacity=0.14))
        shapes.append(Group(plants.house(), x=x + dx, y=y + dy, scale=size))
    trees = ((-70, 4), (70, 18), (0, 36), (-52, 34), (22, -44))
    return (*shapes, *(shape for dx, dy in trees for shape in _bush(x + dx, y + dy)))


def _bush(x: float, y: float) -> Shapes:
    return (
        ellipse(x + 3, y + 4, 10, 8, INK, opacity=0.14),
        circle(x, y, 10, "#2f6b43"),
        circle(x - 2, y - 3, 6, "#4f9161"),
    )


def _pin(cell: list[Point], produce: Shapes) -> Shapes:
    x, y = _between(cell, 0.5, 0.5)
    drop = "M0 0C-8 -18 -38 -30 -38 -62C-38 -84 -21 -100 0 -100C21 -100 38 -84 38 -62C38 -30 8 -18 0 0Z"
    return (
        ellipse(x, y, 15, 5, INK, opacity=0.25),
        Group(
            (path(drop, PERSIMMON), circle(0, -62, 31, CARD), Group(produce, x=-24, y=-87, scale=0.48)),
            x=x,
            y=y,
        ),
    )
