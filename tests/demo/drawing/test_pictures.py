"""Every picture is well-formed, stands alone, is safe to show and is the same whenever it is drawn."""

import re
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from fieldcast.demo.drawing.files import write_all
from fieldcast.demo.drawing.people import avatar, initial, portrait
from fieldcast.demo.drawing.plots import plot
from fieldcast.demo.drawing.produce import KINDS, product_picture
from fieldcast.demo.drawing.scenes import cover

SVG = "{http://www.w3.org/2000/svg}"
ALLOWED = {
    "svg",
    "defs",
    "g",
    "use",
    "path",
    "circle",
    "ellipse",
    "rect",
    "clipPath",
    "linearGradient",
    "stop",
    "text",
    "title",
}
DRAWN: dict[str, Callable[[str], str]] = {
    "product": product_picture,
    "cover": lambda kind: cover(kind, 5),
    "portrait cover": lambda kind: cover(kind, 5, portrait=True),
    "plot": lambda kind: plot(kind, 5),
}
HEAVIEST = {"product": 9_000, "cover": 90_000, "portrait cover": 90_000, "plot": 40_000}  # bytes


def elements(picture: str) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(picture).iter())


def check_safe(picture: str) -> None:
    parts = elements(picture)
    assert {part.tag.removeprefix(SVG) for part in parts} <= ALLOWED
    names = [part.get("id") for part in parts if part.get("id")]
    assert len(names) == len(set(names))
    for part in parts:
        for attribute, value in part.attrib.items():
            assert not attribute.startswith("on")
            assert attribute != "style"
            for target in re.findall(r"url\(#(\w+)\)", value) + ([value[1:]] if attribute == "href" else []):
                assert target in names
    assert not re.search(r"\bnan\b", picture)
    assert "http" not in picture.replace('xmlns="http://www.w3.org/2000/svg"', "")


@pytest.mark.parametrize("what", DRAWN)
@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_stands_alone_and_is_light(kind: str, what: str) -> None:
    picture = DRAWN[what](kind)
    check_safe(picture)
    assert len(picture) < HEAVIEST[what]


@pytest.mark.parametrize("what", DRAWN)
def test_a_picture_is_the_same_whenever_it_is_drawn(what: str) -> None:
    assert DRAWN[what]("persimmon") == DRAWN[what]("persimmon")


@pytest.mark.parametrize("what", DRAWN)
def test_no_two_kinds_look_the_same(what: str) -> None:
    assert len({DRAWN[what](kind) for kind in KINDS}) == len(KINDS)


def test_another_seed_is_another_place() -> None:
    assert cover("pear", 1) != cover("pear", 2)
    assert plot("pear", 1) != plot("pear", 2)


def test_a_picture_says_how_large_it_is() -> None:
    head = elements(product_picture("kiwi", 76))[0].attrib
    assert (head["width"], head["height"], head["viewBox"]) == ("76", "76", "0 0 100 100")
    assert elements(cover("kiwi", 1))[0].get("viewBox") == "0 0 640 400"
    assert elements(cover("kiwi", 1, portrait=True))[0].get("viewBox") == "0 0 540 960"


def test_a_kind_the_county_does_not_grow_is_an_error() -> None:
    for draw in DRAWN.values():
        with pytest.raises(KeyError):
            draw("pineapple")


@pytest.mark.parametrize("name", ["王秀兰", "Ana Lopez", "<script>alert(1)</script>", "&", "", '"'])
@pytest.mark.parametrize("draw", [avatar, initial, portrait])
def test_a_face_is_safe_whatever_the_name(draw: Callable[[str, int], str], name: str) -> None:
    check_safe(draw(name, 7))
    assert draw(name, 7) == draw(name, 7)


def test_a_chinese_name_shows_its_last_character_and_another_its_first() -> None:
    shown = [elements(initial(name, 1))[-1].text for name in ("王秀兰", "ana")]
    assert shown == ["兰", "A"]


def test_people_look_different() -> None:
    assert len({portrait("李建国", seed) for seed in range(40)}) == 40
    kinds = {"text" in avatar("李建国", seed) for seed in range(40)}
    assert kinds == {True, False}


def test_a_name_that_tells_decides_the_face() -> None:
    assert all(portrait("王秀兰", seed) == portrait("王秀兰", seed, woman=True) for seed in range(20))
    assert all(portrait("张建国", seed) == portrait("张建国", seed, woman=False) for seed in range(20))


def test_everything_is_written_once(tmp_path: Path) -> None:
    paths = write_all(tmp_path)
    assert len(paths) == len(set(paths)) == 4 * len(KINDS)
    assert (tmp_path / "yellow-peach.svg").read_text(encoding="utf-8") == product_picture("yellow-peach")
    written = {path: path.stat().st_mtime_ns for path in paths}
    write_all(tmp_path)
    assert {path: path.stat().st_mtime_ns for path in paths} == written
