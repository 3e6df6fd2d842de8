"""The fruit of the county, each drawn in a box of 100 by 100 with the ground near y = 82."""

from fieldcast.demo.drawing.parts import LEAF, YOUNG, Tone, ball, body, dots, ground, leaf, shaded, stalk
from fieldcast.demo.drawing.shapes import Clip, Group, Shapes, circle, ellipse, line, path, smooth, turned

PEACH = Tone("#ffe3a0", "#f7b64c", "#e58f33")
KIWI_SKIN = Tone("#b08a5c", "#8f6a40", "#6f4f2d")
PEAR = Tone("#fbf2bd", "#e6d36c", "#c3ae45")
ORANGE = Tone("#ffd79a", "#f3952f", "#d97618")
GRAPE = Tone("#c7a6dd", "#7b4f9e", "#573477")
STRAWBERRY = Tone("#ff9f8a", "#e0433a", "#b92c2c")
APPLE = Tone("#ff9c83", "#d8412f", "#ad2a24")
PERSIMMON = Tone("#ffc58a", "#ef7a2c", "#cf5a1c")


def yellow_peach() -> Shapes:
    """A whole peach with its blush, and a half with the stone."""
    whole = "M40 29C24 22 11 36 12 53C13 70 27 81 41 82C55 81 69 70 69 53C69 36 56 22 40 29Z"
    blush = Clip(path(whole, PEACH.base), (ellipse(62, 44, 24, 29, "#e2572b", turn=20, opacity=0.55),))
    half = "M66 47C78 46 88 55 88 66C88 77 79 84 67 84C55 84 47 76 47 66C47 55 55 47 66 47Z"
    return (
        ground(50, 84, 36),
        *body(whole, PEACH),
        blush,
        line("M40 30C33 38 31 50 34 60", "#c9702a", 1.6, opacity=0.7),
        ellipse(25, 43, 5, 3, "#fff3cf", turn=-40, opacity=0.8),
        stalk("M40 30Q40 23 44 19"),
        leaf(43, 22, 25, -14),
        path(half, "#e2832f"),
        ellipse(67, 65.5, 17.5, 16, "#ffdf85"),
        ellipse(67, 66, 11, 11.5, "#f39a4a", opacity=0.75),
        *shaded(
            ellipse(67, 66.5, 7, 9, "#8d4f2c", turn=12),
            Tone("#c08255", "#9a5a33", "#733c1f"),
            dx=-1.5,
            dy=-1.5,
        ),
        line("M65 61Q68 66 66 72", "#733c1f", 1.1),
    )


def kiwi() -> Shapes:
    """A whole kiwi behind a cut one."""
    rays = tuple(
        line(_spoke(60, 61, angle, 7.5, 18), "#c9e59b", 1.3, opacity=0.8) for angle in range(0, 360, 20)
    )  # fmt: skip
    seeds = tuple(
        Group((ellipse(9.4, 0, 1.9, 1.05, "#2a2a1c"),), x=60, y=61, turn=angle)
        for angle in range(10, 370, 20)
    )
    return (
        ground(52, 83, 36),
        *shaded(ellipse(36, 50, 25, 20, KIWI_SKIN.base, turn=-24), KIWI_SKIN, dx=-4, dy=-5),
        *dots(((22, 48), (28, 40), (37, 36), (26, 57), (34, 47), (45, 38)), 0.9, "#c9a677", 0.8),
        ellipse(15.5, 58.5, 2.6, 3.6, "#5a3e22", turn=-24),
        leaf(44, 30, 24, -32, YOUNG, wide=0.36),
        *shaded(circle(60, 61, 24, KIWI_SKIN.base), KIWI_SKIN, dx=-3, dy=-3),
        circle(60, 61, 21.6, "#8cc152"),
        circle(60, 61, 19, "#9fcf5f"),
        *rays,
        ellipse(60, 61, 6.2, 5.6, "#f4f3cf"),
        *seeds,
    )


def pear() -> Shapes:
    """Two pears, one leaning on the other."""
    one = (
        "M0 -33C6 -33 9 -27 10 -20C11 -11 22 -5 22 9C22 22 12 29 0 29"
        "C-12 29 -22 22 -22 9C-22 -5 -11 -11 -10 -20C-9 -27 -6 -33 0 -33Z"
    )
    marks = dots(
        ((-10, 6), (-4, 14), (6, 4), (-2, -2), (10, 14), (-12, 16), (2, 22), (4, -14)), 0.9, "#a78f2f", 0.7
    )
    fruit = (*body(one, PEAR), ellipse(-10, -1, 3.2, 6, PEAR.light, turn=24, opacity=0.9), *marks)
    return (
        ground(50, 83, 38),
        Group((*fruit, stalk("M0 -32Q1 -39 6 -42", 2.8)), x=67, y=58, scale=0.84, turn=16),
        Group((*fruit, stalk("M0 -32Q-1 -40 3 -45")), x=38, y=54),
        leaf(40, 13, 25, 12),
    )


def navel_orange() -> Shapes:
    """An orange showing its navel, and a half showing its segments."""
    segments = tuple(
        Group(
            (path("M2.4 0C6 -4.6 11 -5.4 14.8 -4.6Q16.6 0 14.8 4.6C11 5.4 6 4.6 2.4 0Z", "#f7a23b"),),
            x=65,
            y=64,
            turn=a,
        )
        for a in range(18, 378, 40)
    )
    pores = ((24, 44), (32, 36), (42, 33), (20, 55), (29, 52), (26, 64), (37, 44), (49, 38))
    return (
        ground(51, 83, 37),
        *ball(40, 51, 29, ORANGE, shine=False),
        ellipse(27, 36, 6, 3.6, ORANGE.light, turn=-38, opacity=0.85),
        *dots(pores, 0.9, "#c9660f", 0.55),
        path("M36 24L40 20L44 24L41 28Z", LEAF.dark),
        leaf(41, 23, 25, -22),
        circle(65, 64, 20.5, ORANGE.dark),
        circle(65, 64, 19.2, ORANGE.base),
        circle(65, 64, 17.6, "#ffeccb"),
        *segments,
        circle(65, 64, 1.9, "#fff6e3"),
    )


def grape() -> Shapes:
    """A bunch under a vine leaf."""
    rows = ((40, 5), (51, 4), (61, 3), (71, 2), (80, 1))
    berries = [
        berry
        for y, count in rows
        for i in range(count)
        for berry in ball(50 + (i - (count - 1) / 2) * 13.4, y, 8, GRAPE)
    ]
    vine = smooth(
        [(50, 33), (38, 37), (26, 34), (29, 26), (22, 19), (33, 17), (38, 9), (47, 14), (58, 8), (62, 16), (73, 18),
         (68, 26), (72, 34), (61, 36)], close=True,
    )  # fmt: skip
    return (
        ground(50, 88, 16, 3.5),
        *berries,
        *body(vine, LEAF, dx=-3, dy=-4),
        line("M50 34L48 15M49 28L34 20M50 28L65 19M50 33L36 31M51 33L64 31", LEAF.light, 1.2, opacity=0.7),
        stalk("M50 20Q52 12 60 6", 3),
    )


def strawberry() -> Shapes:
    """Two strawberries with their crowns."""
    heart = "M0 -20C14 -28 27 -20 25 -4C23 12 10 26 0 29C-10 26 -23 12 -25 -4C-27 -20 -14 -28 0 -20Z"
    places = (
        (-14, -8), (-4, -11), (7, -11), (16, -7), (-9, 1), (1, -1), (11, 1), (-15, 6), (-4, 10), (6, 10), (-8, 17),
        (1, 19), (18, 4),
    )  # fmt: skip
    seeds = tuple(ellipse(x, y, 1.1, 1.8, "#ffd98a") for x, y in places)
    crown = tuple(leaf(0, -20, 19, turn, YOUNG, wide=0.24) for turn in (-168, 12, 150, 30, 90))
    fruit = (
        *body(heart, STRAWBERRY),
        ellipse(-15, -14, 4, 2.6, STRAWBERRY.light, turn=-40, opacity=0.9),
        *seeds,
        *crown,
        stalk("M0 -20Q0 -28 5 -32", 2.6, YOUNG.dark),
    )
    return (
        ground(50, 83, 36),
        Group(fruit, x=68, y=59, scale=0.8, turn=18),
        Group(fruit, x=38, y=52, scale=1.02, turn=-8),
    )


def apple() -> Shapes:
    """One red apple with a golden shoulder, and its leaf."""
    one = (
        "M50 35C44 27 30 26 23 34C14 44 17 64 27 76C34 84 43 85 50 81"
        "C57 85 66 84 73 76C83 64 86 44 77 34C70 26 56 27 50 35Z"
    )
    streaks = line(
        "M36 40Q32 52 35 64M45 46Q44 56 45 66M58 46Q60 56 58 66M67 40Q71 52 67 62", "#f2a24b", 1.4, 0.4
    )
    return (
        ground(50, 84, 30),
        *body(one, APPLE, dx=-6, dy=-4),
        Clip(path(one, APPLE.base), (ellipse(50, 33, 13, 6.5, "#f2b04d", opacity=0.6), streaks)),
        path("M41 33Q50 45 59 33Q54 32 50 35Q46 32 41 33Z", "#8f2620"),
        ellipse(28, 46, 4, 8, APPLE.light, turn=18, opacity=0.85),
        stalk("M50 38Q49 25 55 17"),
        leaf(52, 26, 27, -18),
    )


def persimmon() -> Shapes:
    """A persimmon under its four-lobed cap, and a smaller one behind."""
    one = "M0 -21C18 -24 33 -16 33 2C33 18 18 27 0 27C-18 27 -33 18 -33 2C-33 -16 -18 -24 0 -21Z"
    lobe = "M0 0C-9 -1 -15 -8 -11 -14C-7 -15 -3 -15 0 -10C3 -15 7 -15 11 -14C15 -8 9 -1 0 0Z"
    cap = tuple(Group((path(lobe, tone),), y=-17, turn=turn) for tone, turn in _LOBES)
    fruit = (
        *body(one, PERSIMMON, dx=-6, dy=-4),
        line("M-3 -10Q-20 4 -15 22M4 -10Q20 4 15 22", PERSIMMON.dark, 1.3, opacity=0.5),
        ellipse(-21, -4, 3.6, 7, PERSIMMON.light, turn=26, opacity=0.85),
        *cap,
        ellipse(0, -17, 3.4, 2.6, "#8a6a3c"),
        stalk("M0 -17Q0 -26 4 -30", 3.4),
    )
    return (
        ground(50, 84, 38),
        Group(fruit, x=68, y=50, scale=0.72, turn=10),
        Group(fruit, x=42, y=57),
    )


_LOBES = ((LEAF.dark, 70), (LEAF.dark, -70), (LEAF.base, 128), (LEAF.base, -128), (LEAF.base, 0))


def _spoke(cx: float, cy: float, angle: float, start: float, end: float) -> str:
    ax, ay = turned(start, 0, angle)
    bx, by = turned(end, 0, angle)
    return f"M{cx + ax:.1f} {cy + ay:.1f}L{cx + bx:.1f} {cy + by:.1f}"
