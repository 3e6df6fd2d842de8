"""The host of the clip: a puppet in a straw hat whose pose is a function of the moment alone.

Every movement has a whole number of swings in the clip, so the last frame leads into the first and the loop has no
seam. Coordinates are the clip's own, 540 by 960.
"""

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from fieldcast.demo.drawing import people
from fieldcast.demo.drawing.parts import PADDY, PERSIMMON, SOIL, WHEAT, Tone
from fieldcast.demo.drawing.shapes import Group, Point, Shape, Shapes, circle, ellipse, line, mix, path

NECK = (270.0, 458.0)
HEAD_SCALE = 2.9
SHOULDERS = ((184.0, 522.0), (356.0, 522.0))
INK = "#33271f"


@dataclass(frozen=True)
class Look:
    """What this host looks like."""

    skin: Tone
    hair: people.Hair
    band: str
    shirt: str
    apron: str


@dataclass(frozen=True)
class Pose:
    """Where the host is at one moment: hands in px, `tilt` in degrees, `gaze` -1 (left) to 1, the rest 0..1."""

    left: Point
    right: Point
    tilt: float
    gaze: float
    talk: float
    wave: float
    near: float


REST = Pose(left=(150, 596), right=(402, 640), tilt=0, gaze=0, talk=0.5, wave=0, near=0)
GREET = Pose(left=(150, 600), right=(440, 424), tilt=4, gaze=0, talk=0.7, wave=1, near=0)
SHOW = Pose(left=(142, 470), right=(408, 626), tilt=-4, gaze=-0.9, talk=0.9, wave=0, near=0.35)
EXPLAIN = Pose(left=(146, 548), right=(432, 548), tilt=2, gaze=0.2, talk=1, wave=0.15, near=0)
POINT = Pose(left=(150, 500), right=(424, 530), tilt=-3, gaze=-0.6, talk=1, wave=0, near=0.3)
OFFER = Pose(left=(214, 566), right=(398, 600), tilt=0, gaze=0, talk=0.25, wave=0, near=1)
STORY = (  # when, as a share of the clip, and what
    (0.0, GREET), (0.11, GREET), (0.17, EXPLAIN), (0.27, EXPLAIN), (0.32, SHOW), (0.45, SHOW), (0.5, POINT),
    (0.57, POINT), (0.63, EXPLAIN), (0.7, REST), (0.76, OFFER), (0.85, OFFER), (0.91, REST), (0.96, GREET),
    (1.0, GREET),
)  # fmt: skip
BLINKS = (0.045, 0.13, 0.215, 0.3, 0.315, 0.43, 0.52, 0.61, 0.7, 0.74, 0.83, 0.93)
BLINK = 0.006  # of the clip: about a seventh of a second


def look(name: str, seed: int) -> Look:
    """The host called `name`, recognisable from their portrait of the same seed, in working clothes."""
    who = people.looks(name, seed)
    rng = np.random.default_rng([seed, *name.encode()])
    cut = people.tail if who.cut is people.bun else who.cut  # a bun has no room under the hat
    return Look(
        skin=who.skin,
        hair=cut(who.hair),
        band=str(rng.choice((PERSIMMON, SOIL, PADDY))),
        shirt=who.shirt,
        apron=str(rng.choice([apron for apron in (PADDY, WHEAT, "#8a7a4a") if apron != who.shirt])),
    )


def pose(share: float) -> Pose:
    """The pose at `share` (0..1) of the clip, eased between the story's moments."""
    share %= 1.0
    for (start, a), (end, b) in pairwise(STORY):
        if start <= share <= end:
            t = (share - start) / (end - start)
            t = t * t * (3 - 2 * t)
            return Pose(
                left=_between(a.left, b.left, t),
                right=_between(a.right, b.right, t),
                **{
                    name: getattr(a, name) + (getattr(b, name) - getattr(a, name)) * t
                    for name in ("tilt", "gaze", "talk", "wave", "near")
                },
            )
    return GREET


def hands(share: float, seconds: float) -> tuple[Point, Point]:
    """Where the left and the right hand are, with the small movements of speech and waving."""
    now = pose(share)
    sway = 5 * math.sin(math.tau * round(seconds * 0.6) * share)
    swing = math.sin(math.tau * round(seconds * 1.5) * share) * 30 * now.wave
    lift = 7 * now.talk * math.sin(math.tau * round(seconds * 0.85) * share + 1)
    breath = math.sin(math.tau * round(seconds * 0.3) * share) * 2
    left = (now.left[0] + sway * 0.5, now.left[1] + lift * (1 - now.near * 0.7) + breath)
    right = (now.right[0] + swing + sway * 0.4, now.right[1] - abs(swing) * 0.14 - lift + breath)
    return left, right


def body(who: Look, share: float, seconds: float) -> Shapes:
    """Everything behind the table: shoulders, apron, head."""
    breath = math.sin(math.tau * round(seconds * 0.3) * share) * 2.4
    now = pose(share)
    lean = 4 * math.sin(math.tau * round(seconds * 0.25) * share)
    nod = now.talk * 2.2 * math.sin(math.tau * round(seconds * 1.1) * share)
    coat = path(
        "M158 760C150 640 158 548 186 512C210 492 240 484 270 484C300 484 330 492 354 512C382 548 390 640 382 760Z",
        who.shirt,
    )
    shade = path(
        "M330 498C372 520 390 640 382 760H340C352 660 348 560 330 498Z", mix(who.shirt, "#000000", 0.14)
    )
    bib = path("M212 566C236 574 304 574 328 566L346 760H194Z", who.apron)
    straps = line("M222 572Q222 520 236 490M318 572Q318 520 304 490", mix(who.apron, "#000000", 0.12), 13)
    pocket = path("M236 632H304V664Q304 676 292 676H248Q236 676 236 664Z", mix(who.apron, "#000000", 0.12))
    tilt = now.tilt + 1.6 * math.sin(math.tau * round(seconds * 0.4) * share)
    top = Group(
        (Group(_head(who, now, share, seconds), x=-50, y=-76),),
        x=NECK[0] + lean,
        y=NECK[1] + 28 + breath + nod,
        scale=HEAD_SCALE,
        turn=tilt,
    )
    return (Group((coat, shade, straps, bib, pocket), x=lean * 0.4, y=breath), top)


def _head(who: Look, now: Pose, share: float, seconds: float) -> Shapes:
    back, front = who.hair
    return (
        *back,
        *people.head(who.skin),
        ellipse(37, 57, 5, 3, PERSIMMON, opacity=0.24),
        ellipse(63, 57, 5, 3, PERSIMMON, opacity=0.24),
        *_eyes(now, share),
        line("M50 49Q52 53 49.5 54.6", who.skin.dark, 1.5),
        *_mouth(now, share, seconds),
        *front,
        *people.straw_hat(who.band),
    )


def _eyes(now: Pose, share: float) -> Shapes:
    closed = any(abs(share - at) < BLINK for at in BLINKS)
    if closed or now.near > 0.9:
        return (line("M37.5 49Q41 46 44.5 49M55.5 49Q59 46 62.5 49", INK, 2),)
    shift = round(now.gaze * 1.3, 1)
    eyes = (ellipse(41 + shift, 48.8, 2.5, 2.9, INK), ellipse(59 + shift, 48.8, 2.5, 2.9, INK))
    return (*eyes, circle(41.9 + shift, 47.7, 0.8, "#ffffff"), circle(59.9 + shift, 47.7, 0.8, "#ffffff"))


def _mouth(now: Pose, share: float, seconds: float) -> Shapes:
    """Open and shut as in speech: three rhythms that never line up, in eight steps."""
    rhythm = sum(math.sin(math.tau * round(seconds * pace) * share + pace) for pace in (2.3, 3.1, 1.3)) / 3
    height = round(max(0.0, rhythm + 0.25) * now.talk * 7)
    if height == 0:
        return (line("M43 60Q50 66 57 60", "#9a4a3b", 2.1),)
    low = 60.5 + height * 1.15
    lips = path(f"M43.5 59.4Q50 61 56.5 59.4Q56 {low:.1f} 50 {low:.1f}Q44 {low:.1f} 43.5 59.4Z", "#93382f")
    teeth = path("M44.6 59.9Q50 61.2 55.4 59.9L54.8 61.6H45.2Z", "#ffffff")
    return (lips, teeth) if height > 2 else (lips,)


def arm(who: Look, side: int, hand: Point) -> Shapes:
    """The arm of `side` (0 left, 1 right as one sees it) to `hand`: a sleeve, a forearm and a hand with its thumb."""
    (sx, sy), (hx, hy) = SHOULDERS[side], hand
    out = 1 if side else -1
    bend = ((sx + hx) / 2 + out * 40, (sy + hy) / 2 + 44)
    points = [_curve((sx, sy), bend, hand, t / 20) for t in range(21)]
    sleeve, fore = points[:11], points[10:]
    (ax, ay), (bx, by) = sleeve[-2:]
    far = math.hypot(bx - ax, by - ay) or 1
    px, py = -(by - ay) / far * 22, (bx - ax) / far * 22
    shapes: list[Shape] = [
        line(_polyline(fore), who.skin.base, 31),
        line(_polyline(sleeve), who.shirt, 52),
        line(f"M{bx + px:.1f} {by + py:.1f}L{bx - px:.1f} {by - py:.1f}", mix(who.shirt, "#ffffff", 0.28), 8),
    ]
    shapes += [
        circle(hx, hy, 20, who.skin.base),
        ellipse(hx - out * 12, hy - 15, 8, 12, who.skin.base, turn=-out * 34),
    ]
    return tuple(shapes)


def palm(who: Look, hand: Point) -> Shapes:
    """An open, waving hand: four fingers above the palm."""
    hx, hy = hand
    fingers = tuple(
        line(f"M{hx + dx:.1f} {hy - 8:.1f}L{hx + dx * 1.7:.1f} {hy - length:.1f}", who.skin.base, 11)
        for dx, length in ((-13, 34), (-4.5, 40), (4.5, 39), (13, 32))
    )
    return (*fingers, ellipse(hx + 2, hy + 2, 11, 9, who.skin.dark, opacity=0.35))


def thumb(who: Look, hand: Point) -> Shapes:
    """The thumb over what the left hand holds."""
    return (
        ellipse(hand[0] + 20, hand[1] - 8, 9, 17, who.skin.base, turn=28),
        ellipse(hand[0] - 22, hand[1] - 6, 9, 15, who.skin.dark, turn=-26),
    )


def _between(a: Point, b: Point, t: float) -> Point:
    return a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t


def _curve(a: Point, b: Point, c: Point, t: float) -> Point:
    return _between(_between(a, b, t), _between(b, c, t), t)


def _polyline(points: list[Point]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
