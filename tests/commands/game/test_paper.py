"""`fieldcast game table` and `errata`: the paper as printed, as derived, and where it contradicts itself."""

import pytest

from fieldcast.science.games import paper
from tests.commands.game.laboratory import answer, ask, refusal


def test_table_2_is_the_one_the_paper_prints() -> None:
    rows = answer("table", 2)["rows"]
    assert [row["C"] for row in rows] == [42, 36, 30, 24, 18]
    assert [row["p1_raw"] for row in rows] == pytest.approx([1.4, 1.2, 1.0, 0.8, 0.6])
    assert [row["p1"] for row in rows] == [1.0, 1.0, 1.0, 0.8, 0.6]
    assert [row["p1_change"] for row in rows] == ["无 (已饱和)", "无 (已饱和)", "-", "-20%", "-40%"]
    assert [row["p1_change_raw"] for row in rows] == pytest.approx([0.4, 0.2, 0.0, -0.2, -0.4])
    assert {row["p2"] for row in rows} == {1.0}
    assert [row["p2_raw"] for row in rows] == pytest.approx([1.2] * 5)


def test_table_3_is_the_one_the_paper_prints() -> None:
    rows = answer("table", 3, "--as", "printed")["rows"]
    assert [row["F"] for row in rows] == [6, 8, 10, 15, 25]
    assert [row["p1"] for row in rows] == [1.0, 1.0, 1.0, 0.86, 0.67]
    assert [row["p1_change"] for row in rows][3:] == ["-14%", "-33%"]
    assert [row["p2"] for row in rows] == [1.0, 1.0, 1.0, 0.8, 0.48]


@pytest.mark.parametrize("number", [2, 3])
def test_the_derived_table_holds_equation_4_and_the_equilibrium(number: int) -> None:
    rows = answer("table", number, "--as", "derived", "--loss-share", "5")["rows"]
    table = paper.table(number, form="derived", loss_share=5)
    for shown, row in zip(rows, table.rows, strict=True):
        assert shown[table.varied] == row.value
        assert (shown["p1"], shown["p1_raw"], shown["p2"]) == (row.p1, row.p1_raw, row.p2)
        assert shown["regime"] == row.regime


def test_a_table_for_people_names_its_columns_and_says_what_is_assumed() -> None:
    shown = ask("table", 3, "--as", "derived", "--language", "en").stdout
    assert "Table 3 as derived" in shown
    assert "L = 10 is assumed" in shown
    assert "Honesty" in shown


def test_every_erratum_has_its_place_what_is_printed_and_what_follows() -> None:
    found = answer("errata", "--language", "en")["errata"]
    known = paper.errata()
    assert [each["number"] for each in found] == [each.number for each in known]
    assert [each["follows"] for each in found] == [each.follows.en for each in known]
    assert all(each["place"] and each["printed"] and each["computed"] for each in found)
    shown = ask("errata").stdout
    assert all(each.place.zh in shown for each in known)


def test_a_table_the_paper_does_not_have_is_refused() -> None:
    assert "2" in refusal("table", 4)


def test_a_loss_the_paper_rules_out_is_refused() -> None:
    assert "loss_share" in refusal("table", 2, "--as", "derived", "--loss-share", "20")
