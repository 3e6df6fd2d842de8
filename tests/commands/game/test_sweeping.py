"""`fieldcast game sweep`: one parameter over a range, two over a grid."""

import csv
from pathlib import Path

import pytest

from fieldcast.science.games import paper
from tests.commands.game.laboratory import POVERTY, answer, ask, refusal


def test_every_point_of_a_range_is_the_game_solved_there() -> None:
    found = answer("sweep", "--preset", "ordinary", "--vary", "C=0:60:13")
    assert [row["C"] for row in found["rows"]] == [5.0 * step for step in range(13)]
    for row in found["rows"]:
        game = paper.ORDINARY.with_(C=row["C"])
        assert row["honesty"] == pytest.approx(game.honesty)
        assert row["supervision"] == pytest.approx(game.supervision)
        assert row["farmer"] == pytest.approx(game.expected().farmer)
        assert row["regime"] == game.regime
    assert found["fixed"]["F"] == 25
    assert found["thresholds"] == [35]


def test_a_grid_walks_the_second_parameter_first() -> None:
    rows = answer("sweep", "--preset", "poverty", "--vary", "F=0:20:3", "--vary", "C=10:40:2")["rows"]
    assert [(row["F"], row["C"]) for row in rows] == [(f, c) for f in (0, 10, 20) for c in (10, 40)]
    for row in rows:
        assert row["regime"] == paper.POVERTY.with_(F=row["F"], C=row["C"]).regime


def test_a_varied_parameter_need_not_be_given_besides() -> None:
    without = [each for each in POVERTY if not each.startswith("--C")]
    assert answer("sweep", *without, "--vary", "C=0:9:4") == answer("sweep", *POVERTY, "--vary", "C=0:9:4")


def test_the_csv_holds_what_the_json_holds(tmp_path: Path) -> None:
    path = tmp_path / "sweep.csv"
    found = answer("sweep", "--preset", "ordinary", "--vary", "L=0:1/2:6", "--csv", path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [
        {name: value if name == "regime" else float(value) for name, value in row.items()} for row in rows
    ] == found["rows"]


def test_people_are_told_where_the_regime_changes_and_how_a_grid_divides() -> None:
    ranged = ask("sweep", "--preset", "ordinary", "--vary", "F=0:40", "--language", "en").stdout
    assert "The regime changes at F = 5, F = 12." in ranged
    grid = ask(
        "sweep", "--preset", "ordinary", "--vary", "F=0:40", "--vary", "C=0:60", "--language", "en"
    ).stdout
    assert "3,721 games" in grid


@pytest.mark.parametrize(
    ("ranges", "named"),
    [
        (["C=9:3"], "C"),
        (["F=0:inf"], "F"),
        (["F=nan:3"], "F"),
        (["C=0:60:1"], "1,001"),
        (["L=0:60:1002"], "1,001"),
        (["C=-5:60"], "C"),
        (["H2=0:30"], "H2"),
        (["C=0:1:1001", "F=0:1:1001"], "250,000"),
    ],
)
def test_a_range_outside_what_is_allowed_is_refused_by_name(ranges: list[str], named: str) -> None:
    options = [word for each in ranges for word in ("--vary", each)]
    assert named in refusal("sweep", "--preset", "poverty", *options)


@pytest.mark.parametrize(
    "ranges",
    [["C"], ["C=1"], ["X=0:1"], ["C=a:b"], ["C=0:1:2.5"], ["C=0:1", "C=0:2"], ["C=0:1", "F=0:1", "L=0:1"]],
)
def test_what_is_no_range_is_a_wrong_option(ranges: list[str]) -> None:
    options = [word for each in ranges for word in ("--vary", each)]
    assert "Usage" in refusal("sweep", "--preset", "poverty", *options, status=2)
