"""`fieldcast game design`: targets in, the cheapest mix out."""

import csv
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest

from fieldcast.science.games import design, paper
from tests.commands.game.laboratory import answer, ask, refusal

WANTED = ("design", "--preset", "poverty", "--honesty", "4/5")
LOOSE = ("--price", "subsidy=1", "--price", "penalty=1/2", "--price", "deposit=0.1", "--collection", "0.5")


def test_the_mix_is_the_cheapest_one_of_the_library_and_reaches_its_target() -> None:
    found = answer(*WANTED, "--language", "en")
    known = design.cheapest_mix(
        paper.POVERTY, honesty=0.8, prices=design.Prices(subsidy=1, penalty=1, margin=1)
    )
    assert known.mix is not None
    assert found["mix"] == vars(known.mix)
    assert found["cost"] == known.cost
    assert found["sentence"] == known.sentence.en
    assert found["honesty"] == pytest.approx(0.8)
    assert found["game"]["C"] == pytest.approx(30 - found["mix"]["subsidy"])


def test_what_is_not_collected_and_not_found_makes_it_dearer() -> None:
    strict = answer(*WANTED, *LOOSE[:6])
    loose = answer(*WANTED, *LOOSE, "--detection", "0.9", "--supervision", "0.5")
    known = design.cheapest_mix(
        paper.POVERTY,
        honesty=0.8,
        supervision=0.5,
        prices=design.Prices(subsidy=1, penalty=0.5, deposit=0.1),
        enforcement=design.Enforcement(collection=0.5, detection=0.9),
    )
    assert loose["cost"] == known.cost > strict["cost"]
    assert loose["supervision"] <= 0.5 + 1e-9
    assert loose["prices"] == {"subsidy": 1, "penalty": 0.5, "deposit": 0.1}


def test_the_contract_as_it_is_is_judged_first() -> None:
    found = answer(*WANTED, *LOOSE)["contract"]
    assert found["deters"] is False
    assert (found["collected"], found["shortfall"], found["penalty_needed"]) == (5, 7, 24)
    shown = ask(*WANTED, "--language", "en").stdout
    assert shown.startswith("The contract does not deter.")
    assert "At these prices: subsidy=1, penalty=1, margin=1." in shown


def test_the_curve_of_costs_never_falls_and_is_written_whole(tmp_path: Path) -> None:
    path, drawn = tmp_path / "costs.csv", tmp_path / "costs.svg"
    found = answer(*WANTED, "--csv", path, "--picture", drawn)
    costs = [row["cost"] for row in found["pareto"]]
    assert len(costs) == 99
    assert all(later >= earlier - 1e-9 for earlier, later in pairwise(costs))
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [float(row["cost"]) for row in rows] == costs
    assert "花多少" in " ".join(ElementTree.parse(drawn).getroot().itertext())


def test_honesty_out_of_reach_costs_nothing_that_can_be_said() -> None:
    limited = ("--limit", "subsidy=25", "--limit", "penalty=5", "--limit", "margin=0")
    rows = answer("design", "--preset", "poverty", "--honesty", "0.5", *limited)["pareto"]
    assert rows[-1] == {"honesty": 0.99, "cost": None} | dict.fromkeys(design.INSTRUMENTS)


def test_targets_that_no_mix_reaches_are_refused_with_how_far_one_gets(tmp_path: Path) -> None:
    limited = ("--limit", "penalty=1", "--limit", "margin=0", "--csv", tmp_path / "a.csv", "--language", "en")
    assert "at most 11 can be collected" in refusal(*WANTED, *limited)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("options", "named"),
    [
        (["--honesty", "1.2"], "honesty"),
        (["--honesty", "0"], "honesty"),
        (["--honesty", "nan"], "honesty"),
        (["--supervision", "-1"], "supervision"),
        (["--collection", "2"], "collection"),
        (["--detection", "0"], "detection"),
        (["--reporting", "1.5"], "reporting"),
        (["--deposit", "inf"], "deposit"),
        (["--price", "subsidy=-1"], "subsidy"),
        (["--limit", "penalty=nan"], "penalty"),
    ],
)
def test_a_number_outside_its_range_is_refused_by_name(options: list[str], named: str) -> None:
    assert refusal(*WANTED, *options).startswith(named)


@pytest.mark.parametrize(
    "options", [["--price", "prayer=1"], ["--price", "subsidy"], ["--limit", "penalty=much"]]
)
def test_what_is_no_amount_is_a_wrong_option(options: list[str]) -> None:
    assert "Usage" in refusal(*WANTED, *options, status=2)
