"""The house as layers: each import contract a row a layer, with what the page of rooms says each room is for."""

import re
import tomllib
from itertools import pairwise

from fieldcast.science.drawing import Picture, colours
from tests.docs import pages

WIDTH = 960
MARGIN = 16
GAP = 8
SMALL = 12
LETTER = 0.56  # the mean width of a letter, in letters' heights
LINE = 16
LEAST_HEIGHT = 34


def layers_of(container: str) -> list[list[str]]:
    """The layers of `container` in the import contract, the highest first."""
    contracts = tomllib.loads((pages.ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    for contract in contracts["tool"]["importlinter"]["contracts"]:
        if contract["type"] == "layers" and contract["containers"] == [container]:
            return [re.split(r" *\| *", layer) for layer in contract["layers"]]
    raise KeyError(container)


def purposes() -> dict[str, str]:
    """What each room is for, from the table of the page of rooms."""
    text = (pages.DOCS / "reference" / "rooms.md").read_text(encoding="utf-8")
    said: dict[str, str] = {}
    for names, what in re.findall(r"^\| ((?:`[a-z_]+`(?: · )?)+) \| ([^|]+) \|", text, re.MULTILINE):
        said |= dict(
            zip(re.findall(r"`([a-z_]+)`", names), what.replace("`", "").strip().split(" · "), strict=True)
        )
    return said


def house() -> Picture:
    """Every room of the house."""
    title = "The rooms of Fieldcast: each may import what stands below it"
    return _stacked("fieldcast", title, purposes())


def faces_of_the_web() -> Picture:
    """Every folder of the web."""
    title = "The folders of fieldcast/web: each may import what stands below it, the ground floor last"
    return _stacked("fieldcast.web", title, {})


def _stacked(container: str, title: str, said: dict[str, str]) -> Picture:
    rows = [[(name, said.get(name, "")) for name in layer] for layer in layers_of(container)]
    heights = [_height(row) for row in rows]
    picture = Picture(width=WIDTH, height=sum(heights) + (len(rows) + 1) * GAP, title=title)
    picture.add("rect", width=WIDTH, height=picture.height, fill=colours.PAPER)
    top = float(GAP)
    for row, height in zip(rows, heights, strict=True):
        for (name, what), (left, right) in zip(row, _columns(len(row)), strict=True):
            _room(picture, name, what, (left, top, right - left - GAP, height))
        top += height + GAP
    return picture


def _columns(count: int) -> list[tuple[float, float]]:
    step = (WIDTH - 2 * MARGIN + GAP) / count
    return list(pairwise(MARGIN + step * number for number in range(count + 1)))


def _room(picture: Picture, name: str, what: str, box: tuple[float, float, float, float]) -> None:
    left, top, width, height = box
    fill, line = colours.GOOD_SOFT, colours.GOOD
    picture.add(
        "rect", x=f"{left:.1f}", y=top, width=f"{width:.1f}", height=height, rx=6, fill=fill, stroke=line
    )
    picture.text(
        left + width / 2, top + 21, name, size=14, fill=colours.INK, text_anchor="middle", font_weight="bold"
    )
    for number, line in enumerate(_wrapped(what, width)):
        picture.text(left + width / 2, top + 39 + LINE * number, line, size=SMALL, text_anchor="middle")


def _height(row: list[tuple[str, str]]) -> int:
    width = _columns(len(row))[0][1] - MARGIN - GAP
    lines = max(len(_wrapped(what, width)) for _name, what in row)
    return LEAST_HEIGHT + LINE * lines


def _wrapped(words: str, width: float) -> list[str]:
    most = int((width - 12) / (SMALL * LETTER))
    lines: list[str] = []
    for word in words.split():
        if lines and len(lines[-1]) + 1 + len(word) <= most:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
