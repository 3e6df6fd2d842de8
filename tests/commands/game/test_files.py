"""What the laboratory writes: complete pictures and tables, or nothing."""

from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image, ImageFont

from tests.commands.game.laboratory import answer, really, refusal

SWEEP = ("sweep", "--preset", "ordinary", "--vary", "C=0:60:13")
GRID = ("sweep", "--preset", "ordinary", "--vary", "F=0:40:9", "--vary", "C=0:60:9")
CYCLE = ("evolve", "--preset", "ordinary", "--points", "50")
PLATFORM = ("evolve", "--preset", "poverty", "--fine", "20", "--inspection-cost", "5", "--points", "50")


def words(path: Path) -> str:
    return " ".join(ElementTree.parse(path).getroot().itertext())


@pytest.mark.parametrize(
    ("asked", "said"),
    [(SWEEP, "诚信概率"), (GRID, "罚不住"), (CYCLE, "中心"), (PLATFORM, "抽检概率")],
    ids=["curves", "map", "plane", "course"],
)
def test_a_picture_is_an_svg_in_the_readers_language(
    asked: tuple[str, ...], said: str, tmp_path: Path
) -> None:
    path = tmp_path / "picture.svg"
    answer(*asked, "--picture", path)
    assert said in words(path)
    answer(*asked, "--picture", path, "--language", "en")
    assert said not in words(path)


def test_the_map_of_a_sweep_shows_its_regions_and_exact_borders(tmp_path: Path) -> None:
    path = tmp_path / "map.svg"
    answer(*GRID, "--picture", path, "--language", "en")
    root = ElementTree.parse(path).getroot()
    assert {"each keeps the other", "nobody looks", "cannot deter"} <= set(root.itertext())
    dashed = [each for each in root.iter() if each.get("stroke-dasharray")]
    assert len(dashed) == 2


def test_a_png_is_the_same_picture_twice_as_large(tmp_path: Path) -> None:
    answer(*SWEEP, "--picture", tmp_path / "a.svg", "--language", "en")
    answer(*SWEEP, "--picture", tmp_path / "a.png", "--language", "en")
    root = ElementTree.parse(tmp_path / "a.svg").getroot()
    with Image.open(tmp_path / "a.png") as picture:
        assert picture.format == "PNG"
        assert picture.size == (2 * int(root.attrib["width"]), 2 * int(root.attrib["height"]))
        assert len(np.unique(np.asarray(picture.convert("RGB")).reshape(-1, 3), axis=0)) > 10


def test_a_picture_of_another_kind_is_a_wrong_option(tmp_path: Path) -> None:
    assert ".svg or .png" in refusal(*SWEEP, "--picture", tmp_path / "a.gif", status=2)


def test_where_one_file_cannot_be_written_none_is(tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    kept = tmp_path / "kept.csv"
    kept.write_text("before")
    assert "taken" in refusal(*SWEEP, "--csv", kept, "--picture", tmp_path / "nowhere" / "taken.svg")
    (tmp_path / "taken.svg").mkdir()
    assert "taken.svg" in refusal(*SWEEP, "--csv", kept, "--picture", tmp_path / "taken.svg")
    assert kept.read_text() == "before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kept.csv", "taken", "taken.svg"]


def test_a_refused_game_leaves_no_file(tmp_path: Path) -> None:
    refusal("sweep", "--preset", "ordinary", "--vary", "C=-1:1", "--csv", tmp_path / "a.csv")
    assert list(tmp_path.iterdir()) == []


def fonts(directory: Path) -> str:
    """A configuration that knows the fonts of one directory and no others."""
    path = directory / "fonts.conf"
    path.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">'
        f"<fontconfig><dir>{directory}</dir></fontconfig>"
    )
    return str(path)


@pytest.mark.thorough  # the command runs in a process of its own
def test_without_a_font_for_chinese_a_png_is_in_english_and_that_is_said(tmp_path: Path) -> None:
    latin = ImageFont.load_default(20)
    assert isinstance(latin, ImageFont.FreeTypeFont)
    font = latin.font_bytes
    for written in ("ascii", "utf-16-be"):  # under a name that many machines have
        font = font.replace("Aileron".encode(written), "Verdana".encode(written))
    (tmp_path / "latin.ttf").write_bytes(font)
    known = fonts(tmp_path)
    drawn = {}
    for language in ("zh", "en"):
        path = tmp_path / f"{language}.png"
        drawn[language] = really(
            *SWEEP, "--picture", path, "--language", language, home=tmp_path, FONTCONFIG_FILE=known
        )
    assert "英文" in drawn["zh"].stderr
    assert drawn["en"].stderr == ""
    assert (tmp_path / "zh.png").read_bytes() == (tmp_path / "en.png").read_bytes()


@pytest.mark.thorough  # the command runs in a process of its own
def test_without_any_font_that_is_said(tmp_path: Path) -> None:
    path, none = tmp_path / "a.png", fonts(tmp_path)
    drawn = really(*SWEEP, "--picture", path, "--language", "en", home=tmp_path, FONTCONFIG_FILE=none)
    assert "no fonts" in drawn.stderr
    assert path.exists()
