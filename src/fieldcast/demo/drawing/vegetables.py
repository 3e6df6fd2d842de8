"""The vegetables of the county, each drawn in a box of 100 by 100 with the ground near y = 82."""

from fieldcast.demo.drawing.parts import LEAF, YOUNG, Tone, ball, body, dots, ground, leaf, shaded, stalk
from fieldcast.demo.drawing.shapes import Clip, Group, Shapes, circle, ellipse, line, path, smooth

CABBAGE = Tone("#e6f2b8", "#b9d97e", "#8dbb58")
OUTER = Tone("#a8d08a", "#6fae63", "#4a8a4b")
TOMATO = Tone("#ffab94", "#e2452f", "#b92f22")
CHILI = Tone("#ff9d86", "#d93a2b", "#a82622")
CUCUMBER = Tone("#9fd08a", "#4e9a52", "#2f7440")
RADISH = Tone("#ffffff", "#f6f5ea", "#d9dccb")
LOTUS = Tone("#fff8ea", "#f0dfc3", "#d3b993")
POTATO = Tone("#f3dca6", "#d9b06a", "#b58a48")


def cabbage() -> Shapes:
    """A round head between its outer leaves."""
    left = smooth(
        [(48, 84), (30, 82), (12, 70), (9, 52), (16, 38), (24, 41), (28, 35), (36, 42), (44, 60)], close=True
    )
    right = smooth(
        [(52, 84), (70, 82), (88, 70), (91, 52), (84, 38), (76, 41), (72, 35), (64, 42), (56, 60)], close=True
    )
    fold = "M50 22C68 24 78 40 76 56C75 70 66 79 54 81C60 66 60 42 50 22Z"
    return (
        ground(50, 84, 38),
        *body(right, OUTER, dx=-4, dy=-4),
        *body(left, OUTER, dx=-4, dy=-4),
        line("M46 80Q28 68 17 50M52 80Q72 68 83 50M34 70Q24 68 16 62M66 70Q76 68 84 62", "#dcefc6", 1.8, 0.8),
        *ball(50, 52, 30, CABBAGE, shine=False),
        path(fold, "#9cc764", 0.75),
        line("M50 22C60 42 60 66 54 81", "#f3f8d6", 2.2, 0.9),
        line(
            "M57 48Q66 45 71 38M58 60Q67 58 74 52M49 40Q38 36 32 28M53 54Q38 50 25 42M53 68Q40 66 27 60",
            "#eef6cb",
            1.5,
            0.9,
        ),
        ellipse(34, 36, 6, 3, "#f6fbdd", turn=-38, opacity=0.7),
    )


def tomato() -> Shapes:
    """Two tomatoes, the nearer one with its star."""
    star = tuple(leaf(0, 0, 17, turn, LEAF, wide=0.16) for turn in (-170, -10, 135, 45, 92))
    return (
        ground(50, 84, 38),
        *ball(68, 53, 21, TOMATO, flat=0.9),
        Group((*star, stalk("M0 0Q0 -6 3 -9", 2.8, LEAF.dark)), x=69, y=36, scale=0.72),
        *ball(40, 58, 28, TOMATO, flat=0.88, shine=False),
        ellipse(25, 47, 6, 3.6, TOMATO.light, turn=-38, opacity=0.85),
        line("M40 37Q31 44 29 54M41 37Q50 44 52 54", TOMATO.dark, 1.3, 0.4),
        Group((*star, stalk("M0 0Q0 -8 5 -12", 3.2, LEAF.dark)), x=40, y=36),
    )


def chili() -> Shapes:
    """Three red chilies, crossing."""
    pod = "M-9 -24C-3 -28 6 -28 11 -23C15 -8 12 14 -6 36C-8 38 -10 37 -9 34C-3 16 -10 0 -9 -24Z"
    cap = "M-11 -22C-11 -31 -4 -33 1 -33C7 -33 13 -30 13 -21C9 -24 6 -19 2 -23C-2 -19 -6 -24 -11 -22Z"
    one = (
        *body(pod, CHILI, dx=-4, dy=-1),
        line("M-3 -16Q-3 -2 -1 10", CHILI.light, 2.2, 0.8),
        path(cap, LEAF.base),
        stalk("M1 -32Q1 -40 7 -43", 3.4, LEAF.dark),
    )
    return (
        ground(50, 85, 34, 4.5),
        Group(one, x=71, y=49, scale=0.9, turn=30),
        Group(one, x=31, y=48, scale=0.9, turn=-4),
        Group(one, x=53, y=51, turn=14),
    )


def cucumber() -> Shapes:
    """A bumpy cucumber, its flower end, and two slices."""
    long = "M14 70C8 62 13 56 20 56C42 54 62 40 76 21C81 14 90 18 88 27C82 52 56 74 26 76C20 76 17 75 14 70Z"
    bumps = (
        (28, 61),
        (38, 60),
        (46, 53),
        (56, 50),
        (62, 40),
        (70, 38),
        (76, 29),
        (36, 68),
        (50, 62),
        (64, 52),
        (76, 41),
    )
    slice_: Shapes = (
        circle(0, 0, 14, CUCUMBER.dark),
        circle(0, 0, 12.2, "#dff0bd"),
        circle(0, 0, 8, "#eef8d6"),
        *(Group((ellipse(5, 0, 2, 0.95, "#b6cf86"),), turn=turn) for turn in range(0, 360, 60)),
    )
    return (
        ground(50, 86, 37, 4.5),
        *body(long, CUCUMBER, dx=-3, dy=-5),
        line("M22 62C44 60 66 44 79 26", CUCUMBER.light, 2, 0.75),
        *dots(bumps, 1.25, "#d4ecb4", 0.9),
        stalk("M84 21Q88 14 94 13", 3, LEAF.dark),
        Group(slice_, x=74, y=73),
        Group(slice_, x=55, y=78, scale=0.72),
    )


def radish() -> Shapes:
    """A white radish, green at the shoulder, with its tops."""
    root = "M-17 -22C-6 -27 10 -26 18 -20C25 -10 18 12 4 34C1 38 0 42 -3 46C-4 42 -4 38 -5 34C-17 12 -24 -10 -17 -22Z"
    green = (ellipse(0, -25, 25, 12, "#b9d99a"), ellipse(0, -28, 24, 8, "#86bb62"))
    rings = line(
        "M-17 -4Q-13 -3 -10 -4M8 2Q12 1 15 -1M-10 14Q-7 15 -5 14M-2 24Q2 24 5 22M10 -10Q15 -11 18 -12",
        "#c3c8b2",
        1.4,
    )
    one: Shapes = (
        *(leaf(0, -22, length, turn, tone, wide=0.2) for length, turn, tone in _TOPS),
        *body(root, RADISH, dx=-5, dy=-1),
        Clip(path(root, RADISH.base), green),
        rings,
    )
    return (ground(48, 86, 27, 4.5), Group(one, x=54, y=50, turn=16, scale=0.86))


_TOPS = ((26, -150, LEAF), (26, -30, LEAF), (33, -126, YOUNG), (33, -54, YOUNG), (36, -90, LEAF))


def lotus_root() -> Shapes:
    """Two joints of lotus root and a cut face with its holes."""
    holes = tuple(
        Group((ellipse(9.6, 0, 3.5, 2.7, "#9c7a52"),), x=0, y=0, turn=turn) for turn in range(0, 360, 45)
    )
    face: Shapes = (
        circle(0, 0, 19, LOTUS.dark),
        circle(0, 0, 17, "#fff6e6"),
        *holes,
        circle(0, 0, 2.6, "#9c7a52"),
    )
    joint = "M-24 -13C-14 -18 14 -18 24 -12C28 -6 28 6 24 12C14 18 -14 18 -24 13C-28 6 -28 -6 -24 -13Z"
    tube = (
        *body(joint, LOTUS, dx=-2, dy=-6),
        line("M-14 -9Q0 -12 14 -9", LOTUS.light, 2.4, 0.9),
        *dots(((-12, 4), (2, 8), (12, 0), (-4, -2)), 0.9, "#b39568", 0.8),
    )
    return (
        ground(50, 85, 38),
        leaf(60, 32, 26, -40, LEAF, wide=0.34),
        Group(tube, x=66, y=39, turn=-24, scale=0.94),
        ellipse(45, 50, 5, 12, "#8a6a44", turn=-24),
        Group(tube, x=28, y=62, turn=-24, scale=0.8),
        Group(face, x=58, y=65),
    )


def potato() -> Shapes:
    """Two potatoes and a half, golden inside."""
    one = "M-28 2C-30 -14 -14 -24 4 -22C22 -21 32 -8 30 6C28 20 12 24 -4 22C-18 21 -27 16 -28 2Z"
    eyes = line(
        "M-12 -8Q-9 -6 -6 -8M6 2Q9 4 12 2M-16 8Q-13 10 -10 8M14 -10Q17 -8 19 -10M0 13Q3 15 6 13",
        "#96703a",
        1.7,
    )
    fruit = (*body(one, POTATO), ellipse(-14, -13, 6, 3, POTATO.light, turn=-24, opacity=0.7), eyes)
    return (
        ground(50, 84, 40),
        leaf(60, 27, 18, -62, LEAF, wide=0.34),
        leaf(62, 28, 20, -20, YOUNG, wide=0.34),
        Group(fruit, x=61, y=45, scale=0.86, turn=8),
        Group(fruit, x=33, y=60, scale=0.9, turn=-14),
        *shaded(ellipse(66, 68, 21, 15, POTATO.base, turn=-12), POTATO, dx=-2, dy=-2),
        ellipse(66, 67.5, 18, 12.4, "#fbe39a", turn=-12),
        ellipse(63, 65, 9, 5, "#fff0bd", turn=-12, opacity=0.9),
    )
