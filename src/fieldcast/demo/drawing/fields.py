"""The fields produce grows in, one way of growing each: orchard, arbour, rows, tea terraces, pond, wood, yard, bees.

Each fills the lower two fifths of a picture of any size, and names apart what stands near enough to sway in the wind.
"""

import math
from collections.abc import Callable

import numpy as np

from fieldcast.demo.drawing import fruit, larder, plants, vegetables
from fieldcast.demo.drawing.parts import Tone
from fieldcast.demo.drawing.shapes import (
    Group,
    Paint,
    Rect,
    Shape,
    Shapes,
    circle,
    ellipse,
    line,
    path,
    smooth,
)

FIELD = ("#8fb98a", "#6ba673", "#4f9161", "#3d7d50")
EARTH = Tone("#b98f63", "#9a7149", "#7d5a3a")
Near = tuple[Group, ...]
Grow = Callable[[np.random.Generator, float, float], tuple[Shapes, Near]]


def ridge(
    rng: np.random.Generator, width: float, height: float, *, level: float, swing: float, colour: str
) -> Shape:
    """A hill's line across the picture, filled to its foot; `level` and `swing` are shares of the height."""
    steps = 6
    points = [
        (
            width * i / steps,
            height
            * (level + swing * math.sin(i * 1.7 + level * 40) * 0.6 + rng.uniform(-swing, swing) * 0.5),
        )
        for i in range(-1, steps + 2)
    ]
    return path(f"{smooth(points)}L{width * 1.2:.0f} {height:.0f}L{-width * 0.2:.0f} {height:.0f}Z", colour)


def _orchard(tone: Tone) -> Grow:
    def grow(rng: np.random.Generator, width: float, height: float) -> tuple[Shapes, Near]:
        unit = min(width, height) / 400
        trees = [plants.tree(rng, 100, tone, 9) for _ in range(3)]
        shapes: list[Shape] = [ridge(rng, width, height, level=0.66, swing=0.012, colour=FIELD[2])]
        for i, share in enumerate((0.1, 0.34, 0.62, 0.9)):
            x = width * (share + rng.uniform(-0.04, 0.04))
            shapes.append(Group(trees[i % 2], x=x, y=height * 0.72, scale=1.12 * unit))
        shapes.append(ridge(rng, width, height, level=0.78, swing=0.012, colour=FIELD[3]))
        near, foot = ((-0.02, 0.3), 0.9) if width > height else ((-0.03, 1.03), 0.84)
        return (*shapes, *_grass(rng, width, height)), tuple(
            Group(trees[2], x=width * at, y=height * foot, scale=1.9 * unit) for at in near
        )

    return grow


def _arbour(tone: Tone, *, long: bool = False) -> Grow:
    def grow(rng: np.random.Generator, width: float, height: float) -> tuple[Shapes, Near]:
        unit = min(width, height) / 400
        shapes: list[Shape] = [ridge(rng, width, height, level=0.66, swing=0.01, colour=FIELD[2])]
        for level, size, colour in ((0.71, 62, FIELD[2]), (0.8, 92, FIELD[3])):
            row = plants.trellis(rng, width * 1.15, size * unit, tone, long=long)
            shapes.append(Group(row, x=width / 2, y=height * level))
            shapes.append(ridge(rng, width, height, level=level + 0.01, swing=0.006, colour=colour))
        if width > height:
            front = Group(
                plants.trellis(rng, width * 0.66, 150 * unit, tone, long=long), x=width * 0.2, y=height * 0.96
            )
        else:
            front = Group(
                plants.trellis(rng, width * 1.2, 170 * unit, tone, long=long), x=width * 0.5, y=height * 0.82
            )
        return (*shapes, *_grass(rng, width, height)), (front,)

    return grow


def _rows(sprout: str) -> Grow:
    """Ridges of earth running to one point on the horizon."""

    def grow(rng: np.random.Generator, width: float, height: float) -> tuple[Shapes, Near]:
        base = (width + height) * 0.4
        far, near, vanish_x, vanish_y = height * 0.6, height * 1.02, width * 0.5, height * 0.47
        shapes: list[Shape] = [ridge(rng, width, height, level=0.6, swing=0.004, colour=EARTH.base)]
        lanes = range(-9, 10)
        shapes += [
            _lane(
                vanish_x + lane * base * 0.26, vx=vanish_x, vy=vanish_y, far=far, near=near, half=base * 0.09
            )
            for lane in lanes
        ]
        plant = plants.sprout(sprout, 20)
        steps = 10 if width > height else 13
        for depth in (1 - (1 - k / (steps - 1)) ** 1.8 for k in range(steps - 1, -1, -1)):
            y = near - (near - far) * depth
            scale = (y - vanish_y) / (near - vanish_y)
            places = (vanish_x + lane * base * 0.26 * scale for lane in lanes)
            shapes += [
                Group(plant, x=x, y=y, scale=base * 0.0043 * scale) for x in places if -30 < x < width + 30
            ]
        return tuple(shapes), ()

    return grow


def _lane(foot: float, *, vx: float, vy: float, far: float, near: float, half: float) -> Shape:
    share = (far - vy) / (near - vy)
    at = vx + (foot - vx) * share
    return path(
        f"M{at - half * share:.1f} {far:.1f}L{at + half * share:.1f} {far:.1f}"
        f"L{foot + half:.1f} {near:.1f}L{foot - half:.1f} {near:.1f}Z",
        EARTH.light,
        0.8,
    )


def _terraces(rng: np.random.Generator, width: float, height: float) -> tuple[Shapes, Near]:
    unit = min(width, height) / 400
    shapes: list[Shape] = [ridge(rng, width, height, level=0.6, swing=0.01, colour=FIELD[1])]
    phase = rng.uniform(0, 3)
    for row in range(9):
        depth = row / 8
        r = (9 + 17 * depth) * unit
        y = height * (0.61 + 0.42 * depth**1.25)
        points = [
            (x, y + math.sin(x / width * 4 + phase + row * 0.25) * height * 0.022 * (0.6 + depth))
            for x in np.arange(-r, width + 2 * r, r * 1.15)
        ]
        shapes += plants.hedge(points, r)
    return tuple(shapes), ()


def _pond(flower: bool) -> Grow:
    def grow(rng: np.random.Generator, width: float, height: float) -> tuple[Shapes, Near]:
        unit = min(width, height) / 400
        shapes: list[Shape] = [*_water(rng, width, height)]
        pad, bloom, duck = plants.lotus(flower=False), plants.lotus(flower=True), plants.duck()
        for level in np.linspace(0.66, 0.98, 9) if flower else ():
            for _ in range(5):
                scale = unit * (0.45 + 3 * (level - 0.62)) * rng.uniform(0.9, 1.15)
                x, y = width * rng.uniform(-0.02, 1.02), height * (level + rng.uniform(-0.01, 0.01))
                shapes.append(Group(bloom if rng.random() < 0.22 else pad, x=x, y=y, scale=scale))
        places = (
            (0.72, 0.68, 26),
            (0.2, 0.69, 30),
            (0.9, 0.72, 34),
            (0.44, 0.74, 40),
            (0.12, 0.84, 58),
            (0.38, 0.93, 72),
        )
        for x, y, size in () if flower else places:
            at = width * (x + rng.uniform(-0.03, 0.03))
            shapes.append(
                Group(duck, x=at, y=height * y, scale=size * unit / 100, mirror=bool(rng.random() < 0.4))
            )
        return tuple(shapes), ()

    return grow


def _water(rng: np.random.Generator, width: float, height: float) -> Shapes:
    ripples = tuple(
        ellipse(
            width * rng.uniform(0, 1),
            height * y,
            width * rng.uniform(0.04, 0.1),
            height * 0.003,
            "#ffffff",
            opacity=0.55,
        )
        for y in np.linspace(0.65, 0.98, 16)
    )
    pool = Rect(0, height * 0.62, width, height * 0.4, Paint(plants.WATER.base), to=plants.WATER.dark)
    shore = smooth([(width * i / 6, height * (0.632 + 0.006 * math.sin(i * 2.1))) for i in range(-1, 8)])
    behind = f"L{width * 1.2:.0f} {height * 0.6:.0f}L{-width * 0.2:.0f} {height * 0.6:.0f}Z"
    bank = path(shore + behind, FIELD[2])
    return (pool, bank, *ripples)


def _wood(cap: Tone) -> Grow:
    def grow(rng: np.random.Generator, width: float, height: float) -> tuple[Shapes, Near]:
        unit = min(width, height) / 400
        pine, log = plants.pine(100), plants.log(100, cap)
        shapes: list[Shape] = [ridge(rng, width, height, level=0.64, swing=0.01, colour=FIELD[2])]
        for share in (0.05, 0.24, 0.5, 0.74, 0.95):
            shapes.append(Group(pine, x=width * share, y=height * 0.69, scale=unit * rng.uniform(1.1, 1.6)))
        for level, size, count, colour in ((0.73, 0.62, 11, FIELD[2]), (0.82, 0.96, 7, FIELD[3])):
            shapes.append(ridge(rng, width, height, level=level - 0.05, swing=0.008, colour=colour))
            rail = height * level - size * 62 * unit
            shapes.append(line(f"M0 {rail:.1f}L{width} {rail:.1f}", plants.BARK.light, size * 7 * unit))
            for i in range(count):
                x = width * ((i + 0.3) / count + rng.uniform(-0.01, 0.01))
                shapes.append(Group(log, x=x, y=height * level, scale=size * unit))
        shapes.append(ridge(rng, width, height, level=0.815, swing=0.008, colour="#346d47"))
        return (*shapes, *_grass(rng, width, height)), ()

    return grow


def _yard(rng: np.random.Generator, width: float, height: float) -> tuple[Shapes, Near]:
    unit = min(width, height) / 400
    shapes: list[Shape] = [ridge(rng, width, height, level=0.63, swing=0.01, colour=FIELD[2])]
    tree = plants.tree(rng, 100)
    shapes += [Group(tree, x=width * share, y=height * 0.7, scale=1.2 * unit) for share in (0.06, 0.8)]
    shapes.append(ridge(rng, width, height, level=0.7, swing=0.01, colour=FIELD[2]))
    for x, y, size in (
        (0.3, 0.72, 44),
        (0.56, 0.7, 40),
        (0.14, 0.84, 66),
        (0.42, 0.9, 84),
        (0.88, 0.74, 42),
        (0.06, 0.99, 90),
    ):
        tone = _HENS[int(rng.integers(len(_HENS)))]
        shapes.append(
            Group(
                plants.hen(tone),
                scale=size * unit / 100,
                x=width * x,
                y=height * y,
                mirror=bool(rng.random() < 0.5),
            )
        )
    return (*shapes, *_grass(rng, width, height)), ()


_HENS = (
    Tone("#fff", "#b8693a", "#94502a"),
    Tone("#fff", "#fbf6ea", "#ddd5c2"),
    Tone("#fff", "#d9a25a", "#b57f3c"),
)


def _apiary(rng: np.random.Generator, width: float, height: float) -> tuple[Shapes, Near]:
    unit = min(width, height) / 400
    shapes: list[Shape] = [
        ridge(rng, width, height, level=0.63, swing=0.01, colour="#d9c34f"),
        ridge(rng, width, height, level=0.68, swing=0.01, colour="#e6cf5a"),
    ]
    for level, size, count in ((0.72, 34, 7), (0.83, 54, 5)):
        for i in range(count):
            colour = ("#8fb7d1", "#f3e3b3", "#e7b07a", "#a9c99a")[i % 4]
            shapes.append(
                Group(
                    plants.hive(colour),
                    x=width * ((i + 0.4) / count),
                    y=height * level,
                    scale=size * unit / 100,
                )
            )
        shapes.append(
            ridge(
                rng,
                width,
                height,
                level=level + 0.01,
                swing=0.008,
                colour=FIELD[2] if level < 0.8 else FIELD[3],
            )
        )
    for _ in range(130):
        x, y = width * rng.random(), height * rng.uniform(0.74, 1.0)
        r = unit * (2 + 9 * (y / height - 0.72))
        shapes += [
            circle(x, y, r, "#f3d24f" if rng.random() < 0.75 else "#fdf3c4"),
            circle(x, y, r * 0.35, "#c98b1e"),
        ]
    return tuple(shapes), ()


def _grass(rng: np.random.Generator, width: float, height: float) -> Shapes:
    """Tufts in the foreground."""
    unit = min(width, height) / 400
    blades = []
    for _ in range(26):
        x, y, h = width * rng.random(), height * rng.uniform(0.86, 1.0), unit * rng.uniform(6, 13)
        blades.append(
            line(
                f"M{x - h * 0.4:.1f} {y - h:.1f}L{x:.1f} {y:.1f}L{x + h * 0.35:.1f} {y - h * 1.1:.1f}",
                "#6fb07c",
                unit * 1.5,
                0.8,
            )
        )
    return tuple(blades)


FIELDS: dict[str, Grow] = {
    "yellow-peach": _orchard(fruit.PEACH),
    "kiwi": _arbour(fruit.KIWI_SKIN),
    "pear": _orchard(fruit.PEAR),
    "navel-orange": _orchard(fruit.ORANGE),
    "grape": _arbour(fruit.GRAPE),
    "strawberry": _rows("strawberry"),
    "apple": _orchard(fruit.APPLE),
    "persimmon": _orchard(fruit.PERSIMMON),
    "cabbage": _rows("cabbage"),
    "tomato": _rows("tomato"),
    "chili": _rows("chili"),
    "cucumber": _arbour(vegetables.CUCUMBER, long=True),
    "radish": _rows("radish"),
    "lotus-root": _pond(flower=True),
    "potato": _rows("potato"),
    "green-tea": _terraces,
    "black-tea": _terraces,
    "shiitake": _wood(larder.SHIITAKE),
    "wood-ear": _wood(larder.EAR),
    "oyster-mushroom": _wood(larder.OYSTER),
    "hen-eggs": _yard,
    "duck-eggs": _pond(flower=False),
    "honey": _apiary,
}
