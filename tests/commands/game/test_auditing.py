"""`fieldcast game audit`: chances for a budget, and a draw that anybody can repeat."""

import csv
from pathlib import Path

import pytest

from fieldcast.science.games import audits
from tests.commands.game.laboratory import answer, ask, refusal

TABLE = """name,gain,harm,cost,penalty,forfeited
Zhao's room,300,900,40,600,1
Orchard co-op,120,500,35,300,
Riverside farm,80,100,30,10,0
Hillside farm,200,100,20,100,1/2
"""
TARGETS = audits.Targets.of(
    gains=[300, 120, 80, 200],
    harms=[900, 500, 100, 100],
    costs=[40, 35, 30, 20],
    penalties=[600, 300, 10, 100],
    forfeited=[1, 1, 0, 0.5],
)


@pytest.fixture
def targets(tmp_path: Path) -> Path:
    path = tmp_path / "targets.csv"
    path.write_text(TABLE)
    return path


def test_the_chances_are_the_best_ones_of_the_library(targets: Path) -> None:
    found = answer("audit", targets, "--budget", "1.5", "--language", "en")
    known = audits.allocate_independent(TARGETS, budget=1.5)
    assert found["marginals"] == known.marginals.tolist()
    assert found["targets"][0]["name"] == "Zhao's room"
    assert found["loss"] == known.loss
    assert found["exact"] == known.exact
    assert found["sentence"] == known.sentence.en
    assert found["targets"][2]["threshold"] is None  # no chance deters it
    assert found["drawn"] is None


def test_one_adversary_and_a_budget_in_money_are_asked_for_by_name(targets: Path) -> None:
    found = answer("audit", targets, "--budget", 30, "--unit", "cost", "--against", "adversary")
    known = audits.allocate_adversary(TARGETS, budget=30, unit="cost")
    assert found["marginals"] == known.marginals.tolist()
    assert found["attacked"] == known.attacked
    assert found["used"] <= 30 * (1 + 1e-9)


def test_the_same_seed_draws_the_same_targets_and_the_library_agrees(targets: Path) -> None:
    once, again = (answer("audit", targets, "--budget", 2, "--seed", "draw 2026135") for _ in range(2))
    assert once == again
    drawn = audits.draw(once["marginals"], seed="draw 2026135")
    assert [place for place, each in enumerate(once["targets"]) if each["drawn"]] == list(drawn.chosen)
    assert once["drawn"] == [once["targets"][place]["name"] for place in drawn.chosen]


def test_headings_may_be_chinese_and_the_file_from_excel(tmp_path: Path, targets: Path) -> None:
    path = tmp_path / "对象.csv"
    heading = "名称,作假所得,危害,检查费用,罚金,退还比例"
    path.write_bytes("\n".join([heading, *TABLE.splitlines()[1:]]).encode("gb18030"))
    assert answer("audit", path, "--budget", 1) == answer("audit", targets, "--budget", 1)


def test_the_csv_names_every_target_with_its_chance(targets: Path, tmp_path: Path) -> None:
    path = tmp_path / "chances.csv"
    found = answer("audit", targets, "--budget", 2, "--seed", "7", "--csv", path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["name"] for row in rows] == [each["name"] for each in found["targets"]]
    assert [float(row["marginal"]) for row in rows] == found["marginals"]
    assert [row["threshold"] for row in rows][2] == ""
    assert [row["drawn"] == "True" for row in rows] == [each["drawn"] for each in found["targets"]]


def test_without_a_seed_people_are_told_how_to_draw_fairly(targets: Path) -> None:
    shown = ask("audit", targets, "--budget", 2, "--language", "en").stdout
    assert "--seed" in shown
    assert "Orchard co-op" in shown


@pytest.mark.parametrize(
    ("table", "budget", "named"),
    [
        (TABLE, 5, "budget"),
        (TABLE, "nan", "budget"),
        (TABLE, -1, "budget"),
        (TABLE.replace("harm", "damage"), 1, "harm"),
        (TABLE.replace("900", "lots"), 1, "harm"),
        (TABLE.replace("900", ""), 1, "harm"),
        (TABLE.replace("900", "-9"), 1, "harms"),
        (TABLE.replace("900", "inf"), 1, "harms"),
        (TABLE.replace("1/2", "1.5"), 1, "forfeited"),
        (TABLE.replace("cost", "harm"), 1, "harm"),
        (TABLE.splitlines()[0], 1, "targets.csv"),
        ("", 1, "targets.csv"),
    ],
)
def test_a_table_or_budget_that_cannot_be_used_is_refused_by_name(
    table: str, budget: object, named: str, targets: Path
) -> None:
    targets.write_text(table)
    assert named in refusal("audit", targets, "--budget", budget)


def test_an_empty_seed_is_refused(targets: Path) -> None:
    assert "seed" in refusal("audit", targets, "--budget", 1, "--seed", "")
