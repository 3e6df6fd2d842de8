"""Faces of the demo county: farmers, hosts and shoppers, each the same whenever its name and seed are."""

import zlib
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from fieldcast.demo.drawing.parts import PADDY, PADDY_DEEP, PERSIMMON, SKY, SOIL, STRAW, WHEAT, Tone
from fieldcast.demo.drawing.shapes import (
    Clip,
    Letter,
    Paint,
    Path,
    Shape,
    Shapes,
    circle,
    ellipse,
    line,
    mix,
    path,
    svg,
)

BACKS = ("#cfe3d3", "#f6dfb0", "#f8d5c4", "#cfe0ee", "#e6dcc8", "#dcd5ea", "#d3e5e0")
SKINS = (
    Tone("#fbdcbd", "#f2c79a", "#dfab79"),
    Tone("#f6d0a8", "#e9b88a", "#d19b6b"),
    Tone("#e9bd92", "#d9a273", "#be8557"),
)
HAIRS = ("#2b2724", "#3a2d26", "#4d3a2e", "#2f2b33")
GREY = ("#9a9894", "#c9c6bf")
SHIRTS = (PADDY, SKY, PERSIMMON, "#7a6aa6", "#b5503f", "#4f8c8a", "#8a7a4a", "#5b6b8f")
DISCS = (PADDY, SKY, "#b5622f", "#7a6aa6", SOIL, "#3f7f7c", "#a34a3c", PADDY_DEEP)
HERS = "兰花梅丽秀芳英娟玲红燕霞凤香莲桃菊娥芬珍琴婷娜慧敏玉淑翠巧妹姐嫂婶姨"
HIS = "国强军勇山伟刚龙虎斌涛峰海明建福贵富德根柱生铁志毅武庆祥哥叔伯爷"
INITIALS_ONE_IN = 4
Hair = tuple[Shapes, Shapes]  # behind the head, and over the brow


@dataclass(frozen=True)
class Looks:
    """What stays the same about a person from one picture to the next."""

    woman: bool
    old: bool
    skin: Tone
    hair: str
    cut: Callable[[str], Hair]
    shirt: str


def avatar(name: str, seed: int, size: int = 96, *, woman: bool | None = None) -> str:
    """A round portrait of whoever is called `name`: mostly a face, one time in four the name's initial on a disc.

    `woman` says how to draw the face; left out, the name is asked, and where it does not tell, the seed.
    """
    rng = _rng(name, seed)
    if rng.integers(INITIALS_ONE_IN) == 0:
        return initial(name, seed, size)
    return portrait(name, seed, size, woman=woman)


def portrait(name: str, seed: int, size: int = 96, *, woman: bool | None = None) -> str:
    """As `avatar`, and always a face: for hosts and farmers, whom a buyer wants to see."""
    who = looks(name, seed, woman=woman)
    return svg(_face(_rng(name, seed + 3), who), box=(100, 100), width=size, height=size)


def initial(name: str, seed: int, size: int = 96) -> str:
    """A disc with the last character of a Chinese name, as friends call each other, or the first letter of another."""
    rng = _rng(name, seed + 2)
    colour = DISCS[int(rng.integers(len(DISCS)))]
    plain = name.strip() or "·"
    letter = plain[0].upper() if plain.isascii() else plain[-1]
    shapes = (
        circle(50, 50, 50, colour),
        Clip(circle(50, 50, 50, colour), (ellipse(26, 14, 54, 40, "#ffffff", turn=-20, opacity=0.1),)),
    )
    return svg((*shapes, Letter(50, 51, 46, letter, "#fffdf8")), box=(100, 100), width=size, height=size)


def looks(name: str, seed: int, *, woman: bool | None = None) -> Looks:
    """How whoever is called `name` looks, in a portrait and in a clip alike."""
    rng = _rng(name, seed + 1)
    guess = bool(rng.random() < 0.5)
    told = _told_by(name) if woman is None else woman
    is_woman = guess if told is None else told
    old = bool(rng.random() < 0.25)
    return Looks(
        woman=is_woman,
        old=old,
        skin=SKINS[int(rng.choice(3, p=(0.5, 0.35, 0.15)))],
        hair=str(rng.choice(GREY if old else HAIRS)),
        cut=(bob, bun, tail)[int(rng.integers(3))] if is_woman else (crop, parted)[int(rng.integers(2))],
        shirt=str(rng.choice(SHIRTS)),
    )


def _face(rng: np.random.Generator, who: Looks) -> Shapes:
    """Head and shoulders on a disc, in a box of 100 by 100."""
    back, front = who.cut(who.hair)
    hat = HATS[int(rng.choice(len(HATS), p=(0.38, 0.12, 0.1, 0.4)))]
    ground = str(rng.choice(BACKS))
    inside: Shapes = (
        circle(50, 50, 50, ground),
        ellipse(50, 104, 60, 34, mix(ground, "#ffffff", 0.35)),
        *back,
        *_shoulders(rng, who.shirt, who.skin),
        *head(who.skin),
        *_features(rng, who),
        *(front if hat is not _kerchief else ()),
        *hat(rng),
    )
    return (Clip(circle(50, 50, 50, ground), inside),)


def _told_by(name: str) -> bool | None:
    """Many given names tell; a name with no sign, or with both, does not."""
    she, he = any(sign in name for sign in HERS), any(sign in name for sign in HIS)
    return None if she == he else she


def _rng(name: str, seed: int) -> np.random.Generator:
    return np.random.default_rng([seed % 2**32, zlib.crc32(name.encode())])


def head(skin: Tone) -> Shapes:
    """Neck, ears and face without features, in the box of 100; the neck's foot is at (50, 76)."""
    return (
        path("M43 60V74Q50 80 57 74V60Z", skin.dark),
        circle(29.5, 51, 4.6, skin.dark),
        circle(70.5, 51, 4.6, skin.dark),
        path("M30 44C30 28 38 22 50 22C62 22 70 28 70 44C70 60 62 71 50 71C38 71 30 60 30 44Z", skin.base),
    )


def _shoulders(rng: np.random.Generator, shirt: str, skin: Tone) -> Shapes:
    coat = path("M12 104C12 84 26 77 40 75Q50 82 60 75C74 77 88 84 88 104Z", shirt)
    neck = path("M42 72L50 84L58 72Z", skin.dark)
    if rng.random() < 0.5:
        straps = line("M33 77L36 104M67 77L64 104", mix(shirt, "#000000", 0.25), 5)
        return (coat, neck, straps)
    collar = path("M40 74L50 85L44 90L36 77ZM60 74L50 85L56 90L64 77Z", mix(shirt, "#ffffff", 0.35))
    return (coat, neck, collar)


def _features(rng: np.random.Generator, who: Looks) -> Shapes:
    ink = "#33271f"
    smiling = rng.random() < 0.45
    eyes: Shapes = (
        (line("M38 48Q41 44.5 44 48M56 48Q59 44.5 62 48", ink, 2.2),)
        if smiling
        else (
            circle(41, 48, 2.4, ink),
            circle(59, 48, 2.4, ink),
            circle(41.8, 47.2, 0.7, "#ffffff"),
            circle(59.8, 47.2, 0.7, "#ffffff"),
        )
    )
    brow = line(
        "M36.5 41.5Q41 39 45 41.3M55 41.3Q59 39 63.5 41.5",
        mix(who.hair, ink, 0.4),
        1.5 if who.woman else 2.1,
        0.85,
    )
    mouth: Shapes = (
        (
            path("M43 58.5Q50 60 57 58.5Q55 66 50 66Q45 66 43 58.5Z", "#9a3f35"),
            path("M45 59.2Q50 60.4 55 59.2L54.4 61.4H45.6Z", "#ffffff"),
        )
        if rng.random() < 0.5
        else (line("M43.5 60Q50 65.5 56.5 60", "#9a4a3b", 2.2),)
    )
    cheeks = (
        ellipse(37, 56, 4.4, 2.8, PERSIMMON, opacity=0.22),
        ellipse(63, 56, 4.4, 2.8, PERSIMMON, opacity=0.22),
    )
    nose = line("M50 49Q52 53 49.5 54.4", who.skin.dark, 1.6)
    extra: list[Shape] = []
    if who.old:
        extra.append(
            line(
                "M34.5 51.5L32.5 53M65.5 51.5L67.5 53M40 66Q38 62 39 60M60 66Q62 62 61 60",
                who.skin.dark,
                1,
                0.9,
            )
        )
    if rng.random() < 0.18:
        extra.append(_outline("M35 44H47V52H35ZM53 44H65V52H53ZM47 46.5H53", "#3d3a32", 1.6))
    if not who.woman and who.old and rng.random() < 0.5:
        extra.append(path("M42 57Q50 53.5 58 57Q54 57.6 50 56.8Q46 57.6 42 57Z", who.hair))
    return (*cheeks, *eyes, brow, nose, *mouth, *extra)


def _outline(d: str, colour: str, width: float) -> Path:
    return Path(d, Paint(stroke=colour, width=width))


def crop(hair: str) -> Hair:
    """Cut short."""
    return (
        (),
        (
            path(
                "M29 45C27 28 36 17 51 17C65 17 73 28 71 45C69 38 66 33 62 31C54 35 42 34 37 32C33 35 30 40 29 45Z",
                hair,
            ),
        ),
    )


def parted(hair: str) -> Hair:
    """Short, parted at the side."""
    return (
        (),
        (
            path(
                "M28.5 47C26 27 37 16 50 16C64 16 74 27 71.5 47C70 39 66 32 58 29Q50 35 36 35C32 38 30 42 28.5 47Z",
                hair,
            ),
        ),
    )


def bob(hair: str) -> Hair:
    """To the chin."""
    behind = path(
        "M25 66C21 34 31 15 50 15C69 15 79 34 75 66C75 70 70 72 66 70L34 70C30 72 25 70 25 66Z", hair
    )
    return (
        (behind,),
        (
            path(
                "M29 50C28 34 36 25 47 25C45 32 36 38 29 50ZM71 50C72 34 64 25 46 25C50 33 64 37 71 50Z", hair
            ),
        ),
    )


def bun(hair: str) -> Hair:
    """Tied up."""
    behind = (circle(50, 13, 9, hair), path("M27 50C24 30 34 17 50 17C66 17 76 30 73 50Z", hair))
    return (
        behind,
        (path("M29 48C28 33 37 24 50 24C63 24 72 33 71 48C66 37 58 32 50 32C42 32 34 37 29 48Z", hair),),
    )


def tail(hair: str) -> Hair:
    """Two tails over the shoulders."""
    behind = (
        path("M27 52C24 30 34 16 50 16C66 16 76 30 73 52Z", hair),
        ellipse(74, 68, 8, 20, hair, turn=-10),
        ellipse(26, 68, 8, 20, hair, turn=10),
    )
    return (
        behind,
        (
            path(
                "M29 49C28 34 37 24 48 24C50 32 37 37 29 49ZM71 49C72 34 63 24 48 24C49 32 63 37 71 49Z", hair
            ),
        ),
    )


def straw_hat(band: str) -> Shapes:
    """A farmer's straw hat with a band of this colour."""
    crown = path("M31 31C32 13 40 6 50 6C60 6 68 13 69 31Z", STRAW.base)
    return (
        ellipse(50, 33, 43, 9.5, STRAW.dark),
        ellipse(50, 31, 43, 8.6, STRAW.base),
        ellipse(50, 30.4, 38, 6.4, STRAW.light, opacity=0.45),
        crown,
        path("M58 7.6C64 10.5 68 18 69 31H58Z", STRAW.dark, 0.5),
        path("M31.5 24.5Q50 31 68.5 24.5L69 31Q50 36.5 31 31Z", band),
        line("M38 14Q44 10 52 10M37 19Q42 16 47 15", STRAW.light, 1.3, 0.9),
    )


def _straw(rng: np.random.Generator) -> Shapes:
    return straw_hat(str(rng.choice((PERSIMMON, PADDY, SKY, SOIL))))


def _kerchief(rng: np.random.Generator) -> Shapes:
    cloth = str(rng.choice(("#c9523b", "#3b6ea5", "#7d9b4e")))
    shape = path("M27 44C24 26 34 15 50 15C66 15 76 26 73 44C66 33 58 30 50 30C42 30 34 33 27 44Z", cloth)
    spots = tuple(
        circle(x, y, 1.3, "#fff6e3", 0.9)
        for x, y in ((36, 27), (44, 21), (52, 25), (60, 20), (65, 29), (31, 35), (69, 36))
    )
    return (shape, *spots, path("M69 42L80 50L74 54L68 46Z", cloth))


def _cap(rng: np.random.Generator) -> Shapes:
    cloth = str(rng.choice((PADDY, "#4b5a6b", WHEAT)))
    return (
        path("M29 33C29 18 38 12 50 12C62 12 71 18 71 33Q50 28 29 33Z", cloth),
        path("M30 33Q50 26 70 33Q80 35 84 40Q66 35 50 35Q36 35 29 38Z", mix(cloth, "#000000", 0.22)),
    )


def _bareheaded(rng: np.random.Generator) -> Shapes:
    return ()


HATS: tuple[Callable[[np.random.Generator], Shapes], ...] = (_straw, _kerchief, _cap, _bareheaded)
