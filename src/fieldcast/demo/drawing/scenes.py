"""Where a kind of produce comes from: sky, sun, hills, a village and the field it grows in, drawn from a seed.

The same scene serves as the cover of a session and as the background of its clip, so both show one place.
"""

from dataclasses import dataclass

import numpy as np

from fieldcast.demo.drawing import plants
from fieldcast.demo.drawing.fields import FIELD, FIELDS, ridge
from fieldcast.demo.drawing.parts import STRAW, WICKER, WICKER_DARK
from fieldcast.demo.drawing.produce import KINDS
from fieldcast.demo.drawing.shapes import Group, Paint, Rect, Shape, Shapes, circle, ellipse, mix, svg

LANDSCAPE, PORTRAIT = (640, 400), (540, 960)
SKIES = (  # top, bottom, sun, far hills
    ("#bfe0ee", "#f6ecd0", "#ffe6a3", "#a8cdb9"),
    ("#a9d4ea", "#e9f1e2", "#fff0b8", "#9dc6b8"),
    ("#f3cfa2", "#fbf0d6", "#f7b25c", "#b7c8a4"),
    ("#cfe3e6", "#f7efdd", "#fbe3a4", "#b4d0c4"),
)


@dataclass(frozen=True)
class Cloud:
    """A cloud: its centre and half width."""

    x: float
    y: float
    size: float


@dataclass(frozen=True)
class Scene:
    """The layers of a place from far to near, in a box of `width` by `height`."""

    width: float
    height: float
    sky: Shapes
    clouds: tuple[Cloud, ...]
    land: Shapes
    field: Shapes
    near: tuple[Group, ...]


def scene(kind: str, seed: int, *, portrait: bool) -> Scene:
    """The place `kind` grows in. Raises `KeyError` for a kind the county does not grow."""
    width, height = PORTRAIT if portrait else LANDSCAPE
    rng = np.random.default_rng([seed, *kind.encode()])
    top, bottom, sun, far = SKIES[int(rng.integers(len(SKIES)))]
    sun_x, sun_y, sun_r = (
        width * rng.uniform(0.62, 0.84),
        height * rng.uniform(0.13, 0.2),
        min(width, height) * 0.085,
    )
    sky: Shapes = (
        Rect(0, 0, width, height, Paint(top), to=bottom),
        circle(sun_x, sun_y, sun_r * 1.7, sun, 0.28),
        circle(sun_x, sun_y, sun_r, sun),
    )
    clouds = tuple(
        Cloud(
            width * (share + rng.uniform(-0.08, 0.08)),
            height * rng.uniform(0.08, 0.26),
            width * rng.uniform(0.07, 0.13),
        )
        for share in (0.12, 0.45, 0.8)
    )
    land = _land(rng, width, height, far)
    field, near = FIELDS[kind](rng, width, height)
    return Scene(width, height, sky, clouds, land, field, near)


def cover(kind: str, seed: int, portrait: bool = False) -> str:
    """A session's cover as SVG text: 16:10, or 9:16 when `portrait`, with the produce in front."""
    place = scene(kind, seed, portrait=portrait)
    clouds = tuple(Group((plants.cloud(one.size),), x=one.x, y=one.y) for one in place.clouds)
    size = place.height * (0.24 if portrait else 0.44)
    x, y = place.width * (0.5 if portrait else 0.76), place.height * (0.83 if portrait else 0.74)
    shapes = (*place.sky, *clouds, *place.land, *place.field, *place.near, *_tray(kind, x, y, size))
    return svg(shapes, box=(place.width, place.height), width=place.width, height=place.height)


def _tray(kind: str, x: float, y: float, size: float) -> Shapes:
    """The produce on a round woven tray."""
    w = size * 0.62
    return (
        ellipse(x, y + size * 0.36, w * 1.08, size * 0.15, "#1f2d26", opacity=0.18),
        ellipse(x, y + size * 0.32, w, size * 0.16, WICKER_DARK),
        ellipse(x, y + size * 0.3, w, size * 0.15, WICKER),
        ellipse(x, y + size * 0.295, w * 0.9, size * 0.12, STRAW.base),
        ellipse(x, y + size * 0.29, w * 0.6, size * 0.07, STRAW.light, opacity=0.6),
        Group(KINDS[kind].draw(), x=x - size * 0.5, y=y - size * 0.55, scale=size / 100),
    )


def _land(rng: np.random.Generator, width: float, height: float, far: str) -> Shapes:
    near = FIELD[0]
    shapes: list[Shape] = [
        ridge(rng, width, height, level=0.4, swing=0.06, colour=mix(far, "#ffffff", 0.25)),
        ridge(rng, width, height, level=0.46, swing=0.05, colour=mix(far, near, 0.5)),
        ridge(rng, width, height, level=0.525, swing=0.025, colour=FIELD[0]),
    ]
    unit = min(width, height) / 400
    x, tree = width * rng.uniform(0.08, 0.5), plants.tree(rng, 100)
    for i in range(5):
        shapes.append(
            Group(tree, x=x + (i * 41 - 22) * unit, y=height * 0.556, scale=unit * rng.uniform(0.34, 0.46))
        )
    for i in range(4):
        at, size = x + (i * 41 + rng.uniform(-5, 5)) * unit, unit * rng.uniform(0.3, 0.4)
        shapes.append(Group(plants.house(), x=at, y=height * 0.566, scale=size, mirror=bool(i % 2)))
    pine = plants.pine(100)
    shapes += [
        Group(pine, x=width * share, y=height * 0.575, scale=unit * rng.uniform(0.36, 0.52))
        for share in rng.uniform(0, 1, 4)
    ]
    shapes.append(ridge(rng, width, height, level=0.575, swing=0.012, colour=FIELD[1]))
    return tuple(shapes)
