"""Every picture is kept as SVG, CSV and JSON, with the numbers that are drawn."""

import csv
import io
import json
from typing import Any
from xml.etree import ElementTree

import pytest

from fieldcast.science.games.supervision import SupervisionGame
from fieldcast.web.lab.sheets import SHEETS
from tests.web.lab.asking import BASE, lab

pytestmark = pytest.mark.django_db
GAME = SupervisionGame(**{name: int(value) for name, value in BASE.items()})


def rows_of(picture: str, **asked: str) -> list[dict[str, Any]]:
    document = json.loads(lab(f"{picture}.json", **BASE, **asked).content)
    rows: list[dict[str, Any]] = document["rows"]
    return rows


@pytest.mark.parametrize("picture", SHEETS)
def test_a_picture_is_a_whole_svg_file(picture: str) -> None:
    answer = lab(f"{picture}.svg", **BASE)
    assert answer["Content-Type"] == "image/svg+xml"
    assert f'filename="fieldcast-{picture}.svg"' in answer["Content-Disposition"]
    assert ElementTree.fromstring(answer.content).tag == "{http://www.w3.org/2000/svg}svg"


@pytest.mark.parametrize("picture", SHEETS)
def test_the_spreadsheet_and_the_document_hold_the_same_rows(picture: str) -> None:
    table = list(csv.reader(io.StringIO(lab(f"{picture}.csv", **BASE).content.decode("utf-8-sig"))))
    rows = rows_of(picture)
    assert table[0] == list(rows[0])
    assert len(table) == len(rows) + 1
    for told, row in zip(table[1:], rows, strict=True):
        for cell, value in zip(told, row.values(), strict=True):
            same = float(cell) == value if isinstance(value, float) else cell == str(value)
            assert same, (told, row)


def test_the_map_holds_the_regimes_of_the_library() -> None:
    for row in rows_of("map")[::97]:
        game = GAME.with_(F=row["F"], C=row["C"])
        assert (row["regime"], row["honesty"]) == (game.regime, pytest.approx(float(game.honesty)))


def test_best_responses_cross_at_the_librarys_equilibrium() -> None:
    (row,) = rows_of("responses")
    assert row["honesty"] == row["farmer_supervises_below"] == pytest.approx(0.04)
    assert row["supervision"] == row["host_honest_above"] == pytest.approx(0.8)


def farthest_at_last(motion: str, honesty: float, supervision: float) -> float:
    """How far the first path strays from a point in the last third of its time."""
    path = [row for row in rows_of("portrait", motion=motion) if row["path"] == 1]
    late = [row for row in path if row["time"] > path[-1]["time"] * 2 / 3]
    return max(
        float(max(abs(row["honesty"] - honesty), abs(row["supervision"] - supervision))) for row in late
    )


def test_a_fixed_fine_circles_and_one_that_follows_settles() -> None:
    assert farthest_at_last("fixed", 0.04, 0.8) > 0.15
    assert farthest_at_last("dynamic", 0.43, 0.374) < 0.02


def test_a_document_names_its_conditions_and_its_source() -> None:
    document = json.loads(lab("tornado.json", **BASE).content)
    assert document["conditions"]["C"] == 24
    assert "10.12677/ecl.2025.14124679" in document["source"]


def test_what_cannot_be_solved_is_no_file() -> None:
    answer = lab("map.csv", **(BASE | {"C": "x"}))
    assert answer.status_code == 422
    assert set(answer.json()["errors"]) == {"C"}


@pytest.mark.parametrize("where", ["nothing.svg", "map.png", "map.exe"])
def test_other_files_are_not_there(where: str) -> None:
    assert lab(where).status_code == 404
