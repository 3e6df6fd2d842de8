"""The paper's tables: every printed cell comes out of the printed formula, and the derived ones out of the game."""

import re

import pytest

from fieldcast.science.errors import BadParameter
from fieldcast.science.games import paper
from fieldcast.science.games.supervision import Regime

PRINTED = {
    # C or F: P1 raw as printed, P1, change, P2 raw, P2 — read off the paper by hand
    2: {
        42: (1.4, 1.0, "无 (已饱和)", 1.2, 1.0),
        36: (1.2, 1.0, "无 (已饱和)", 1.2, 1.0),
        30: (1.0, 1.0, "-", 1.2, 1.0),
        24: (0.8, 0.8, "-20%", 1.2, 1.0),
        18: (0.6, 0.6, "-40%", 1.2, 1.0),
    },
    3: {
        6: (1.15, 1.0, "无 (已饱和)", 2.0, 1.0),
        8: (1.07, 1.0, "无 (已饱和)", 1.5, 1.0),
        10: (1.0, 1.0, "-", 1.2, 1.0),
        15: (0.86, 0.86, "-14%", 0.8, 0.8),
        25: (0.67, 0.67, "-33%", 0.48, 0.48),
    },
}


@pytest.mark.parametrize("number", [2, 3])
def test_the_printed_formula_gives_the_printed_figures(number: int) -> None:
    table = paper.table(number)
    assert table.varied == {2: "C", 3: "F"}[number]
    assert {
        row.value: (round(row.p1_raw, 2), row.p1, row.p1_change.zh, row.p2_raw, row.p2) for row in table.rows
    } == PRINTED[number]


@pytest.mark.parametrize("number", [2, 3])
def test_each_printed_cell_holds_the_figure_computed_for_it(number: int) -> None:
    for row in paper.table(number).rows:
        assert row.cells is not None
        result = re.findall(r"= (\d\.\d+)", row.cells.p1)[-1]
        assert float(result) == round(row.p1_raw, 2)
        assert ("取 1.0" in row.cells.p1) == (row.p1_raw > 1)
        assert row.cells.p1_change.replace(" ", "") == row.p1_change.zh.replace(" ", "")
        printed = {float(figure) for figure in re.findall(r"\d\.\d+|(?<=取 )1", row.cells.p2)}
        assert printed <= {row.p2_raw, row.p2}


def test_changes_are_those_the_paper_writes_beside_the_values() -> None:
    assert [round(100 * row.change) for row in paper.table(2).rows] == [40, 20, 0, -20, -40]
    assert [round(100 * row.change) for row in paper.table(3).rows] == [-40, -20, 0, 50, 150]


@pytest.mark.parametrize("number", [2, 3])
@pytest.mark.parametrize("loss_share", [0, 10, 19.5])
def test_derived_cells_are_equation_4_and_the_equilibrium(number: int, loss_share: float) -> None:
    table = paper.table(number, form="derived", loss_share=loss_share)
    assert table.loss_share == loss_share
    assert str(loss_share) in table.note.zh
    for row in table.rows:
        C, F = (row.value, 10) if number == 2 else (30, row.value)
        assert row.p1_raw == pytest.approx(1 - C / (F + loss_share))
        mixed = F > 12 and F + loss_share > C
        assert row.regime is not None
        assert (row.regime is Regime.MIXED) == mixed
        assert row.p1 == pytest.approx(row.p1_raw if mixed else 0)
        assert row.p2 == pytest.approx(12 / F if mixed else float(F + loss_share > C))


def test_derived_changes_are_in_percentage_points_because_the_baseline_is_no_honesty() -> None:
    table = paper.table(3, form="derived")
    assert [row.p1_change.zh for row in table.rows] == [
        "0 个百分点",
        "0 个百分点",
        "-",
        "0 个百分点",
        "+14.3 个百分点",
    ]


def test_the_printed_form_needs_no_assumption_about_the_loss() -> None:
    assert paper.table(2, loss_share=3) == paper.table(2)


@pytest.mark.parametrize(
    ("change", "parameter"),
    [({"number": 1}, "number"), ({"form": "guessed"}, "form")]
    + [({"loss_share": value}, "loss_share") for value in (-1, 20, float("nan"), [1, 2], "5")],
)
def test_a_table_that_is_not_there_is_refused(change: dict[str, object], parameter: str) -> None:
    arguments: dict[str, object] = {"number": 2, "form": "derived", **change}
    with pytest.raises(BadParameter) as refused:
        paper.table(**arguments)  # type: ignore[arg-type]  # wrong on purpose
    assert refused.value.parameter == parameter
