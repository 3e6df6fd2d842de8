"""Tea, mushrooms, eggs and honey, each drawn in a box of 100 by 100 with the ground near y = 82."""

from fieldcast.demo.drawing.parts import (
    LEAF,
    STRAW,
    WICKER,
    WICKER_DARK,
    YOUNG,
    Tone,
    body,
    dots,
    ground,
    leaf,
    shaded,
)
from fieldcast.demo.drawing.shapes import Clip, Group, Shapes, circle, ellipse, line, path, smooth

CUP = Tone("#ffffff", "#fbf8f0", "#dcd9cb")
SHIITAKE = Tone("#c39a6d", "#8d5f3a", "#68432a")
STEM = Tone("#fffaf0", "#f3e6cd", "#d6c19c")
EAR = Tone("#8a6a63", "#5b403c", "#3b2826")
OYSTER = Tone("#f2ece2", "#cfc4b6", "#a79a8c")
HEN_EGG = Tone("#fbe3cb", "#e6b98e", "#c99468")
DUCK_EGG = Tone("#f4fbf6", "#cfe3da", "#a6c4ba")
HONEY = Tone("#ffdf8f", "#f0a92e", "#cf8117")


def green_tea() -> Shapes:
    """Two leaves and a bud above a cup of clear tea."""
    return (*_cup("#c6cf6a", "#dfe48f"), *_sprig(YOUNG, LEAF))


def black_tea() -> Shapes:
    """A red cup and twisted dark leaves."""
    twist = "M-9 1C-5 -4 4 -5 10 -2C5 0 -3 4 -9 1Z"
    places = (
        (20, 80, -20),
        (28, 84, 14),
        (36, 81, -34),
        (71, 83, 20),
        (80, 80, -28),
        (63, 86, -6),
        (47, 87, 8),
    )
    leaves = tuple(
        Group((path(twist, "#3d2a22" if i % 2 else "#5b3b2a"),), x=x, y=y, turn=t)
        for i, (x, y, t) in enumerate(places)
    )
    steam = line(
        "M42 30Q37 24 42 18Q47 12 42 6M56 32Q51 26 56 20Q61 14 56 8",
        "#ffffff",
        3,
        0.75,
    )
    return (*_cup("#a8412a", "#c9643f"), steam, *leaves)


def _cup(tea: str, light: str) -> Shapes:
    bowl = "M20 46C20 68 32 80 50 80C68 80 80 68 80 46Z"
    return (
        ground(50, 84, 33, 5),
        ellipse(50, 80, 17, 4.4, CUP.dark),
        *body(bowl, CUP, dx=-8, dy=-3),
        line("M25 58C29 68 37 74 47 75", "#3b6ea5", 1.6, 0.35),
        line("M23.5 54C25 60 28 65 32 69", "#3b6ea5", 1.2, 0.35),
        ellipse(50, 46, 30, 9.4, CUP.light),
        ellipse(50, 46.8, 26.5, 7.4, tea),
        ellipse(43, 45.6, 14, 3, light, turn=0, opacity=0.9),
    )


def _sprig(bud: Tone, old: Tone) -> Shapes:
    return (
        line("M52 44Q51 34 50 24", old.dark, 2.4),
        leaf(51, 35, 28, -158, old, wide=0.24),
        leaf(51, 31, 28, -26, old, wide=0.24),
        leaf(50, 27, 22, -96, bud, wide=0.2),
        leaf(50, 27, 16, -66, bud, wide=0.16),
    )


def shiitake() -> Shapes:
    """Two thick caps with their star of cracks."""
    cap = "M-32 6C-34 -16 -16 -28 0 -28C16 -28 34 -16 32 6C30 12 -30 12 -32 6Z"
    cracks = line(
        "M0 -24L-2 -12L-9 -6M-2 -12L5 -5M-18 -17L-14 -8L-20 -2M18 -17L14 -8L20 -2M-6 1L-4 6M10 -1L9 6",
        "#f0dcb8",
        2,
        0.95,
    )
    one = (
        *body("M-9 4C-8 16 -11 24 -9 30C-4 34 6 34 10 30C12 22 8 14 9 4Z", STEM, dx=-4, dy=0),
        ellipse(0, 7.5, 29, 6.5, "#ead7b4"),
        line("M-20 8L-12 10M-8 9L-4 12M8 9L4 12M20 8L12 10", "#c7ab7d", 1.1),
        *body(cap, SHIITAKE, dx=-5, dy=-3),
        cracks,
    )
    return (
        ground(50, 84, 36),
        Group(one, x=70, y=54, scale=0.72, turn=10),
        Group(one, x=40, y=53, scale=0.98, turn=-6),
    )


def wood_ear() -> Shapes:
    """Frilled dark ears on a piece of wood."""
    ear = smooth(
        [(2, 20), (-14, 21), (-27, 12), (-30, -4), (-24, -17), (-14, -16), (-6, -24), (5, -18), (16, -23), (25, -14),
         (29, -1), (22, 13)], close=True,
    )  # fmt: skip
    hollow = smooth(
        [
            (1, 15),
            (-13, 13),
            (-22, 5),
            (-23, -6),
            (-15, -9),
            (-6, -15),
            (4, -10),
            (14, -14),
            (21, -5),
            (17, 8),
        ],
        close=True,
    )
    one = (
        *body(ear, EAR, dx=-3, dy=-3),
        path(hollow, "#7d5c54"),
        path(
            smooth([(2, 14), (-9, 10), (-14, 1), (-6, -4), (4, -2), (12, -5), (14, 4)], close=True), "#4a3431"
        ),
        line("M-24 -8Q-22 -14 -15 -13M-4 -20Q3 -15 12 -19", "#a98880", 1.6, 0.8),
    )
    log = "M10 75C10 69 14 67 20 67L82 65C88 65 91 69 91 75C91 81 88 85 82 85L20 87C14 87 10 81 10 75Z"
    return (
        ground(50, 88, 40, 4),
        *body(log, Tone("#b08a5c", "#8a633d", "#694628"), dx=0, dy=-7),
        line("M26 72Q44 70 62 72M40 79Q58 77 74 79", "#5b3d22", 1.4, 0.7),
        ellipse(85, 75, 6, 10, "#d8b98a"),
        ellipse(85, 75, 3.4, 6, "#c19c69"),
        Group(one, x=66, y=37, scale=0.62, turn=10),
        Group(one, x=69, y=58, scale=0.6, turn=-4),
        Group(one, x=36, y=49, scale=0.98, turn=-8),
    )


def oyster_mushroom() -> Shapes:
    """A bunch of fans from one foot."""
    fan = "M-2 14C-18 12 -30 2 -26 -8C-20 -17 16 -19 26 -9C31 0 18 13 2 14Z"
    stem = "M-6 10C-4 22 -4 30 -2 40L8 40C8 30 6 20 6 10Z"
    one = (
        *body(stem, STEM, dx=-3, dy=0),
        *body(fan, OYSTER, dx=-4, dy=-5),
        ellipse(-11, -6, 8, 3, OYSTER.light, turn=-10, opacity=0.9),
    )
    return (
        ground(50, 85, 26),
        Group(one, x=70, y=46, turn=26, scale=0.84),
        Group(one, x=29, y=48, turn=-24, scale=0.86),
        Group(one, x=51, y=36, turn=2),
        Group(one, x=63, y=60, turn=14, scale=0.62),
        Group(one, x=38, y=62, turn=-12, scale=0.66),
        *shaded(ellipse(50, 80, 15, 6, STEM.base), STEM, dx=-3, dy=-2),
    )


def hen_eggs() -> Shapes:
    """Brown eggs in a straw nest."""
    return _nest(HEN_EGG, "#c4875a")


def duck_eggs() -> Shapes:
    """Pale blue-green eggs among reeds."""
    reeds = tuple(
        leaf(x, 76, length, turn, LEAF if i % 2 else YOUNG, wide=0.1)
        for i, (x, length, turn) in enumerate(_REEDS)
    )
    return (*reeds, *_nest(DUCK_EGG, "#8fb0a6"))


_REEDS = ((20, 50, -106), (27, 60, -88), (74, 58, -96), (81, 46, -80), (69, 46, -84))


def _nest(tone: Tone, freckle: str) -> Shapes:
    egg = "M0 -22C11 -22 18 -6 18 5C18 16 10 22 0 22C-10 22 -18 16 -18 5C-18 -6 -11 -22 0 -22Z"
    marks = dots(((-5, 2), (4, -6), (7, 6), (-9, 10), (1, 12)), 0.9, freckle, 0.6)
    one = (*body(egg, tone, dx=-4, dy=-3), ellipse(-7, -8, 3, 6, tone.light, turn=20, opacity=0.9), *marks)
    bowl = "M10 60C14 80 30 88 50 88C70 88 86 80 90 60C70 70 30 70 10 60Z"
    weave = line("M18 70Q50 82 82 70M26 78Q50 87 74 78", WICKER_DARK, 1.6, 0.7)
    straws = line(
        "M10 61Q4 57 3 52M16 64Q9 66 5 66M90 61Q96 57 97 52M84 64Q92 66 95 65"
        "M30 66L24 73M70 66L77 73M46 69L42 75M56 69L60 75",
        STRAW.base,
        2,
    )
    return (
        ground(50, 88, 38, 4.5),
        ellipse(50, 60, 40, 9, WICKER_DARK),
        Group(one, x=34, y=49, scale=0.92, turn=-14),
        Group(one, x=67, y=49, scale=0.92, turn=14),
        Group(one, x=50, y=51),
        *body(bowl, Tone(STRAW.light, "#d9ad5c", WICKER), dx=-6, dy=-4),
        weave,
        straws,
    )


def honey() -> Shapes:
    """A jar of honey, a dipper and a bee."""
    jar = "M26 38C20 42 19 46 19 52L19 76C19 83 23 86 30 86L62 86C69 86 73 83 73 76L73 52C73 46 72 42 66 38Z"
    inside = Clip(
        path(jar, HONEY.base),
        (
            path("M10 50Q28 46 46 50Q64 54 84 49L84 90L10 90Z", HONEY.base),
            ellipse(70, 74, 12, 26, HONEY.dark),
        ),
    )
    cell = "M0 -6L5.2 -3L5.2 3L0 6L-5.2 3L-5.2 -3Z"
    comb = tuple(Group((path(cell, fill),), x=x, y=y) for x, y, fill in _CELLS)
    wings = (
        ellipse(-3, -6, 5, 3.2, "#ffffff", turn=-28, opacity=0.9),
        ellipse(5, -6, 5, 3.2, "#ffffff", turn=24, opacity=0.8),
    )
    bee = (
        *wings,
        ellipse(0, 0, 8, 5.4, "#f0b93c"),
        line("M-2 -4.6L-2 4.6M3 -4.4L3 4.4", "#3d2a22", 2.4),
        circle(-7, -0.6, 3.2, "#3d2a22"),
    )
    return (
        ground(50, 87, 36, 5),
        path(jar, "#fff6de"),
        inside,
        *comb,
        line("M26 46L26 74", "#ffffff", 3.2, 0.6),
        *body("M23 28C23 25 25 24 28 24L64 24C67 24 69 25 69 28L69 37C69 39 67 40 64 40L28 40C25 40 23 39 23 37Z",
              Tone("#e6c08c", WICKER, WICKER_DARK), dx=-5, dy=-3),
        Group(bee, x=83, y=26, turn=-14, scale=1.1),
        *dots(((90, 40), (85, 48), (79, 53)), 1, "#a3672c", 0.6),
    )  # fmt: skip


_CELLS = (
    (46, 65, "#fff1cd"),
    (40.6, 74.2, "#ffe3a0"),
    (51.4, 74.2, "#fff1cd"),
    (35.2, 65, "#ffe3a0"),
    (56.8, 65, "#ffe3a0"),
)
