"""Every kind of produce the demo county sells: its picture and its tile. Kinds are names such as `yellow-peach`."""

from collections.abc import Callable
from dataclasses import dataclass

from fieldcast.demo.drawing import fruit, larder, vegetables
from fieldcast.demo.drawing.shapes import Clip, Paint, Rect, Shapes, ellipse, path, svg

Draw = Callable[[], Shapes]
WARM, ROSE, STRAW, GREEN, MINT, LILAC, SKY, OAT = (
    "#fbe5cf", "#fbe0d8", "#faefcf", "#e3efd6", "#dcece0", "#ece3f2", "#e2ecf4", "#efe6d8",
)  # fmt: skip


@dataclass(frozen=True)
class Kind:
    """A kind of produce: what draws it and the colour it stands on."""

    draw: Draw
    tile: str


KINDS: dict[str, Kind] = {
    "yellow-peach": Kind(fruit.yellow_peach, WARM),
    "kiwi": Kind(fruit.kiwi, GREEN),
    "pear": Kind(fruit.pear, MINT),
    "navel-orange": Kind(fruit.navel_orange, WARM),
    "grape": Kind(fruit.grape, LILAC),
    "strawberry": Kind(fruit.strawberry, ROSE),
    "apple": Kind(fruit.apple, STRAW),
    "persimmon": Kind(fruit.persimmon, STRAW),
    "cabbage": Kind(vegetables.cabbage, MINT),
    "tomato": Kind(vegetables.tomato, ROSE),
    "chili": Kind(vegetables.chili, STRAW),
    "cucumber": Kind(vegetables.cucumber, GREEN),
    "radish": Kind(vegetables.radish, SKY),
    "lotus-root": Kind(vegetables.lotus_root, SKY),
    "potato": Kind(vegetables.potato, OAT),
    "green-tea": Kind(larder.green_tea, GREEN),
    "black-tea": Kind(larder.black_tea, WARM),
    "shiitake": Kind(larder.shiitake, OAT),
    "wood-ear": Kind(larder.wood_ear, GREEN),
    "oyster-mushroom": Kind(larder.oyster_mushroom, MINT),
    "hen-eggs": Kind(larder.hen_eggs, STRAW),
    "duck-eggs": Kind(larder.duck_eggs, SKY),
    "honey": Kind(larder.honey, WARM),
}


def product_picture(kind: str, size: int = 400) -> str:
    """The tile of a kind as SVG text, `size` px square. Raises `KeyError` for a kind the county does not grow."""
    known = KINDS[kind]
    tile = Rect(0, 0, 100, 100, Paint(known.tile), radius=15)
    floor = Clip(
        path("M15 0H85Q100 0 100 15V85Q100 100 85 100H15Q0 100 0 85V15Q0 0 15 0Z", known.tile),
        (
            path("M-2 66Q26 54 54 64Q80 72 102 60V102H-2Z", "#ffffff", 0.4),
            ellipse(24, 20, 26, 20, "#ffffff", turn=0, opacity=0.28),
        ),
    )
    return svg((tile, floor, *known.draw()), box=(100, 100), width=size, height=size)
