"""`fieldcast game evolve`: what becomes of many who copy what pays."""

import csv
from pathlib import Path

import numpy as np
import pytest

from fieldcast.science.games import evolution, paper
from tests.commands.game.laboratory import answer, ask, refusal

PLATFORM = ("--inspection-cost", 5, "--fine", 20, "--subsidy", 3, "--reputation-loss", 15)


def test_two_populations_circle_round_the_equilibrium_for_ever() -> None:
    found = answer("evolve", "--preset", "ordinary", "--start", "0.3,0.6", "--language", "en")
    (centre,) = [point for point in found["rest_points"] if point["kind"] == "centre"]
    assert centre["honesty"] == pytest.approx(paper.ORDINARY.honesty)
    assert centre["supervision"] == pytest.approx(paper.ORDINARY.supervision)
    (path,) = found["paths"]
    x, y = np.array(path).T
    constant = evolution.cycle_constant(paper.ORDINARY, np.stack([x, 1 - x, y, 1 - y], axis=1))
    assert np.ptp(constant) < 1e-5
    cycle = evolution.supervision_cycle(paper.ORDINARY)
    assert cycle is not None
    assert found["period"] == pytest.approx(cycle.period)
    assert "nothing settles" in found["sentence"]


def test_a_penalty_that_rises_with_dishonesty_makes_it_settle() -> None:
    found = answer("evolve", "--preset", "ordinary", "--slope", 2, "--start", "0.3,0.6", "--until", 20)
    settled = evolution.damping(paper.ORDINARY, slope=2)
    assert found["settles"] is True
    assert found["paths"][0][-1] == pytest.approx([settled.honesty, settled.supervision], abs=1e-3)
    assert "sink" in {point["kind"] for point in found["rest_points"]}


def test_where_the_fine_deters_nobody_play_settles_in_dishonesty() -> None:
    found = answer("evolve", "--preset", "poverty", "--seed", 3, "--language", "en")
    (sink,) = found["basins"]["sinks"]
    assert (sink["honesty"], sink["supervision"], sink["share"]) == (0, 0, 1)
    assert found["period"] is None
    assert found["sentence"].startswith("Play settles at 0% honest, 0% supervising.")


def test_a_platform_makes_three_shares() -> None:
    found = answer("evolve", "--preset", "poverty", *PLATFORM)
    assert found["columns"] == ["honesty", "supervision", "inspection"]
    assert np.array(found["paths"]).shape == (8, 400, 3)
    assert found["terms"] == {"inspection_cost": 5, "fine": 20, "subsidy": 3, "reputation_loss": 15}
    assert found["sentence"]


def test_the_csv_holds_every_moment_of_every_start(tmp_path: Path) -> None:
    path = tmp_path / "paths.csv"
    starts = ("--start", "1/4,3/4", "--start", "0.5,0.5")
    found = answer("evolve", "--preset", "ordinary", *starts, "--points", 5, "--csv", path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["start", "time", "honesty", "supervision"]
    assert [[float(cell) for cell in row] for row in rows[1:]] == [
        [number, time, *shares]
        for number, path in enumerate(found["paths"], start=1)
        for time, shares in zip(found["times"], path, strict=True)
    ]


def test_people_are_told_the_rest_points_and_where_each_start_has_got_to() -> None:
    shown = ask("evolve", "--preset", "ordinary", "--start", "0.3,0.6", "--language", "en").stdout
    assert "57.1%" in shown
    assert "centre" in shown
    assert "These are all rest points." in shown


@pytest.mark.parametrize(
    ("options", "named"),
    [
        (["--start", "1.2,0.3"], "1"),
        (["--start", "0.2,0.3,0.4"], "start"),
        (["--start", "nan,0.3"], "1"),
        (["--slope", "-1"], "slope"),
        (["--until", "0"], "until"),
        (["--points", "1"], "points"),
        (["--fine", "-2"], "fine"),
    ],
)
def test_a_number_outside_its_range_is_refused_by_name(options: list[str], named: str) -> None:
    assert named in refusal("evolve", "--preset", "ordinary", *options)


@pytest.mark.parametrize(
    "options",
    [["--start", "half,half"], ["--slope", "1", "--fine", "2"], ["--start", "0.1,0.2", "--start", "0.1"]],
)
def test_options_that_make_no_sense_together_are_wrong_options(options: list[str]) -> None:
    assert "Usage" in refusal("evolve", "--preset", "ordinary", *options, status=2)
