"""What grows and stands in the scenes: trees, trellises, rows, tea, ponds, logs, hens, ducks, hives and houses.

Everything is drawn around its own foot at (0, 0), y growing downwards, and moved into place by the scene.
"""

import numpy as np

from fieldcast.demo.drawing.parts import LEAF, WICKER_DARK, YOUNG, Tone, leaf
from fieldcast.demo.drawing.shapes import Group, Shape, Shapes, circle, ellipse, line, path, smooth

BARK = Tone("#9b7350", "#7d5a3c", "#5f432c")
CROWN = Tone("#5da26a", "#3f8453", "#2b633e")
PINE = Tone("#4d8a67", "#357052", "#24543c")
WATER = Tone("#d3e9ee", "#a9cfd9", "#7fb0bf")
WALL, ROOF, EAVES = "#f5f1e6", "#6d7a78", "#4f5b5a"


def tree(rng: np.random.Generator, size: float, fruit: Tone | None = None, count: int = 9) -> Shapes:
    """A round orchard tree `size` tall, hung with `count` fruit."""
    r = size * 0.36
    top = -size * 0.62
    trunk = path(
        f"M{-size * 0.06:.1f} 0Q{-size * 0.02:.1f} {-size * 0.2:.1f} {-size * 0.05:.1f} {-size * 0.42:.1f}"
        f"L{size * 0.05:.1f} {-size * 0.42:.1f}Q{size * 0.03:.1f} {-size * 0.2:.1f} {size * 0.07:.1f} 0Z",
        BARK.base,
    )
    turns = np.linspace(0, 2 * np.pi, 7, endpoint=False) + rng.uniform(0, 0.8)
    puffs = [(np.cos(t) * r * 0.62, top + np.sin(t) * r * 0.5, r * rng.uniform(0.5, 0.62)) for t in turns]
    dark = tuple(circle(x, y, q, CROWN.dark) for x, y, q in [(0.0, top, r * 0.8), *puffs])
    base = tuple(
        circle(x - r * 0.1, y - r * 0.11, q * 0.9, CROWN.base) for x, y, q in [(0.0, top, r * 0.8), *puffs]
    )
    light = tuple(circle(x - r * 0.2, y - r * 0.24, q * 0.5, CROWN.light, 0.75) for x, y, q in puffs[2:6])
    return (trunk, *dark, *base, *light, *_hung(rng, fruit, count, r, top))


def _hung(rng: np.random.Generator, fruit: Tone | None, count: int, r: float, top: float) -> Shapes:
    if fruit is None:
        return ()
    shapes: list[Shape] = []
    golden = 2.399963  # the sunflower's angle spreads fruit evenly without a pattern
    start = rng.uniform(0, 6)
    for i in range(count):
        reach = r * 0.86 * np.sqrt((i + 0.6) / count)
        x, y = np.cos(start + i * golden) * reach, top + np.sin(start + i * golden) * reach * 0.82 + r * 0.06
        q = r * 0.115
        shapes += [circle(x, y, q, fruit.dark), circle(x - q * 0.15, y - q * 0.15, q * 0.86, fruit.base)]
        shapes.append(ellipse(x - q * 0.4, y - q * 0.4, q * 0.26, q * 0.17, fruit.light, turn=-38))
    return tuple(shapes)


def pine(size: float) -> Shapes:
    """A pine `size` tall."""
    w = size * 0.3
    tiers = tuple(
        path(f"M0 {-size * (1 - k * 0.2):.1f}L{w * (0.62 + k * 0.19):.1f} {-size * (0.56 - k * 0.2):.1f}"
             f"L{-w * (0.62 + k * 0.19):.1f} {-size * (0.56 - k * 0.2):.1f}Z", tone)
        for k, tone in ((2, PINE.dark), (1, PINE.base), (0, PINE.light))
    )  # fmt: skip
    return (line(f"M0 0L0 {-size * 0.3:.1f}", BARK.dark, size * 0.07), *tiers)


def trellis(
    rng: np.random.Generator, width: float, height: float, fruit: Tone, *, long: bool = False
) -> Shapes:
    """Posts and a beam under leaves, with fruit hanging: bunches, or single `long` fruit."""
    posts = tuple(
        line(f"M{x:.1f} 0L{x:.1f} {-height:.1f}", BARK.base, height * 0.045)
        for x in (-width * 0.45, 0, width * 0.45)
    )
    count = max(3, round(width / (height * 0.34)))
    hanging: list[Shape] = []
    for i in range(count):
        x = (i + 0.5) / count * width - width / 2 + rng.uniform(-0.04, 0.04) * height
        hanging.append(
            Group(_bunch(height * 0.06, fruit, long=long), x=x, y=-height * rng.uniform(0.76, 0.84))
        )
    step = height * 0.17
    tops = [
        (x, -height * (0.96 + rng.uniform(-0.03, 0.03))) for x in np.arange(-width / 2, width / 2 + step, step)
    ]  # fmt: skip
    return (*posts, *hanging, *hedge(tops, height * 0.14))


def _bunch(q: float, fruit: Tone, *, long: bool) -> Shapes:
    if long:
        return (
            ellipse(0, q * 2.2, q * 0.75, q * 2.7, fruit.dark),
            ellipse(-q * 0.15, q * 2.1, q * 0.5, q * 2.4, fruit.base),
        )
    places = ((0, 2.9), (-0.55, 1.6), (0.55, 1.6), (-1, 0.2), (1, 0.2), (0, 0.4))
    return tuple(
        shape
        for x, y in places
        for shape in (
            circle(x * q, y * q, q * 0.84, fruit.dark),
            circle((x - 0.12) * q, (y - 0.12) * q, q * 0.7, fruit.base),
            circle((x - 0.35) * q, (y - 0.35) * q, q * 0.16, fruit.light),
        )
    )


def sprout(kind: str, q: float) -> Shapes:
    """One plant of a row, about `2q` wide: a cabbage, a strawberry, a potato or radish, a tomato or chili bush."""
    if kind == "cabbage":
        return (
            ellipse(0, -q * 0.35, q * 1.2, q * 0.62, "#5c9c58"),
            circle(-q * 0.1, -q * 0.62, q * 0.72, "#93c266"),
            circle(-q * 0.2, -q * 0.74, q * 0.46, "#c3df8e"),
        )
    berry = {"strawberry": "#e0433a", "tomato": "#e2452f", "chili": "#d93a2b"}.get(kind)
    tall = 1.5 if kind in {"tomato", "chili"} else 0.8
    blades = tuple(
        leaf(
            0,
            -q * 0.1,
            q * 1.25 * (tall if 60 < -turn < 120 else 1),
            turn,
            YOUNG if i % 2 else LEAF,
            wide=0.24,
        )
        for i, turn in enumerate((-165, -15, -130, -50, -90))
    )
    if berry is None:
        return blades
    where = (
        ((-0.55, -0.5), (0.5, -0.35), (0.05, -1.05 * tall))
        if kind != "strawberry"
        else ((-0.7, 0), (0.65, 0.05), (0, 0.12))
    )
    return (*blades, *(circle(x * q, y * q, q * 0.27, berry) for x, y in where))


def hedge(points: list[tuple[float, float]], r: float) -> Shapes:
    """A tea hedge along `points`: rounded tops in three greens."""
    dark = tuple(circle(x, y + r * 0.28, r, "#2f6b43") for x, y in points)
    base = tuple(circle(x, y, r * 0.94, "#4b8f51") for x, y in points)
    light = tuple(
        ellipse(x - r * 0.15, y - r * 0.42, r * 0.62, r * 0.36, "#84bb68", opacity=0.85) for x, y in points
    )
    return (*dark, *base, *light)


def lotus(*, flower: bool) -> Shapes:
    """A lotus leaf on its stalk, 50 wide, or a flower."""
    if flower:
        petals = tuple(leaf(0, -30, 19, turn, PETAL, wide=0.3) for turn in (-160, -20, -128, -52, -90))
        return (line("M0 0L0 -30", "#3f7d50", 2), *petals)
    pad = (ellipse(0, -20, 25, 10.4, "#2f6b43"), ellipse(-1, -21.2, 23, 8.6, "#57a06a"))
    veins = line("M0 -20L-18 -24M0 -20L18 -18M0 -20L0 -28", "#8fc79a", 1)
    return (line("M0 0L0 -20", "#3f7d50", 2.4), *pad, veins)


PETAL = Tone("#fff1f3", "#f3b9c4", "#e394a6")


def log(q: float, cap: Tone) -> Shapes:
    """A leaning log `q` long with mushrooms on it."""
    wood = line(f"M0 0L{q * 0.5:.1f} {-q * 0.86:.1f}", BARK.dark, q * 0.17)
    lit = line(f"M{-q * 0.02:.1f} {-q * 0.02:.1f}L{q * 0.47:.1f} {-q * 0.85:.1f}", BARK.base, q * 0.1)
    caps: list[Shape] = []
    for share, side in ((0.2, -1), (0.42, 1), (0.62, -1), (0.82, 1)):
        x, y = q * 0.5 * share + side * q * 0.09, -q * 0.86 * share
        caps += [
            ellipse(x, y, q * 0.12, q * 0.075, cap.dark),
            ellipse(x - q * 0.015, y - q * 0.02, q * 0.105, q * 0.055, cap.base),
        ]
    return (wood, lit, *caps)


def hen(tone: Tone) -> Shapes:
    """A hen 100 tall, facing left."""
    comb = path("M-42 -86Q-42 -104 -33 -94Q-27 -105 -22 -86Z", "#d8412f")
    form = path(
        "M-46 -78C-44 -95 -18 -95 -14 -70C-5 -55 20 -60 50 -85C56 -40 30 -16 0 -16C-32 -16 -46 -40 -46 -78Z",
        tone.base,
    )
    return (
        line(
            "M-8 -20L-10 0M10 -20L10 0",
            "#d79a3b",
            5,
        ),
        comb,
        form,
        ellipse(10, -42, 24, 15, tone.dark, turn=-14),
        path(
            "M-44 -80L-60 -74L-44 -70Z",
            "#e3a33b",
        ),
        ellipse(-41, -64, 4.5, 8, "#d8412f"),
        circle(-34, -79, 3.5, "#2a2a1c"),
    )


def duck() -> Shapes:
    """A white duck 100 tall afloat, facing left."""
    form = path(
        "M-50 -80C-48 -100 -16 -100 -16 -75C-16 -60 -18 -52 0 -50L68 -60"
        "C62 -10 30 0 0 0C-40 0 -60 -20 -42 -50C-46 -60 -50 -70 -50 -80Z",
        "#fdfbf3",
    )
    return (
        ellipse(5, 0, 75, 10, "#ffffff", opacity=0.5),
        form,
        ellipse(16, -28, 30, 14, "#e2dfd0", turn=-12),
        ellipse(-57, -74, 13, 5, "#eda13a", turn=-6),
        circle(-36, -83, 3.5, "#2a2a1c"),
    )


def hive(colour: str) -> Shapes:
    """A bee box 100 wide."""
    box = path("M-50 -70H50V-10H-50Z", colour)
    lid = path("M-56 -84H56V-68H-56Z", WICKER_DARK)
    feet = line(
        "M-40 -8L-40 0M40 -8L40 0",
        BARK.dark,
        7,
    )
    door = line("M-16 -20L16 -20", "#3d2a22", 7)
    return (
        feet,
        box,
        path("M20 -70H50V-10H20Z", "#000000", 0.1),
        lid,
        door,
    )


def house() -> Shapes:
    """A white-walled house with a grey tiled roof, 100 wide."""
    walls = path("M-46 0V-46H46V0Z", WALL)
    shade = path("M12 0V-46H46V0Z", "#e2dccb")
    roof = path("M-56 -43.2Q-40 -46 -30 -74.5H30Q40 -46 56 -43.2Z", ROOF)
    ridge = line("M-32 -74.5H32", EAVES, 5)
    door = path("M-10 0V-28.5H4V0Z", BARK.base)
    windows = tuple(path(f"M{x} -32.2H{x + 12}V-18.4H{x}Z", "#8fa6a4") for x in (-34, 20))
    return (walls, shade, roof, ridge, door, *windows)


def cloud(q: float, colour: str = "#ffffff", opacity: float = 0.85) -> Shape:
    """A flat-bottomed cloud about `2q` wide, one outline so that nothing shows through twice."""
    points = (
        (-1, 0.16), (-1.02, -0.06), (-0.74, -0.2), (-0.62, -0.42), (-0.34, -0.42), (-0.12, -0.66), (0.2, -0.6),
        (0.34, -0.38), (0.62, -0.4), (0.76, -0.16), (1.04, -0.08), (1, 0.16), (0, 0.2),
    )  # fmt: skip
    return path(smooth([(x * q, y * q) for x, y in points], close=True), colour, opacity)
