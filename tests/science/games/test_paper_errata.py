"""The contradictions of the paper: all numbered, said in both languages, and computed rather than claimed."""

import re

import pytest

from fieldcast.science.games import paper

NUMBER = re.compile(r"(?<![A-Za-z\d.])-?\d+(?:\.\d+)?")


def found(number: int, loss_share: float = 10) -> paper.Erratum:
    return paper.errata(loss_share=loss_share)[number - 1]


def test_they_are_numbered_from_one_without_gaps() -> None:
    assert [erratum.number for erratum in paper.errata()] == list(range(1, 14))


@pytest.mark.parametrize("loss_share", [0, 10, 19.5])
def test_each_is_said_in_both_languages_with_the_same_figures(loss_share: float) -> None:
    for erratum in paper.errata(loss_share=loss_share):
        for text in (erratum.printed, erratum.follows):
            english, chinese = (set(NUMBER.findall(words)) for words in (text.en, text.zh))
            assert english == chinese, erratum.number
            assert text.en.endswith(".")
            assert text.zh.endswith("。")
        assert erratum.computed


def test_1_as_printed_honesty_never_pays_less_and_nobody_supervises() -> None:
    computed = found(1).computed
    assert computed["printed_advantage_of_honesty"] == (25, 0)
    assert computed["derived_advantage_of_honesty"] == (13, -12)
    assert computed["printed_advantage_at_P2"] == pytest.approx(12)
    assert computed["derived_advantage_at_P2"] == pytest.approx(0)
    assert computed["most_supervision_in_any_printed_equilibrium"] == 0


def test_2_the_tabulated_figure_moves_against_equation_4_in_both_parameters() -> None:
    computed = found(2).computed
    assert computed["printed_change_per_C"] == pytest.approx(1 / 30)
    assert computed["equation_4_change_per_C"] == pytest.approx(-1 / 20)
    assert computed["printed_change_F_6_to_25"] == pytest.approx(30 / 45 - 30 / 26)
    assert computed["equation_4_slope_in_F_ordinary"] == pytest.approx(15 / 35**2)


@pytest.mark.parametrize("loss_share", [0, 10, 19.99])
def test_3_the_baseline_is_no_honesty_and_no_supervision_whatever_the_loss(loss_share: float) -> None:
    computed = found(3, loss_share).computed
    assert (computed["host_gain_by_cheating"], computed["farmer_gain_by_not_supervising"]) == (2, 30)
    assert computed["regime"] == "undeterrable_unsupervised"
    assert computed["most_honesty_for_any_L"] == computed["most_supervision_for_any_L"] == 0


def test_4_the_combined_policy_does_not_give_80_percent() -> None:
    computed = found(4).computed
    assert computed["P1_by_the_tables_formula"] == pytest.approx(24 / 35)
    assert computed["P1_by_the_tables_formula_with_C_24_alone"] == computed["P1_claimed"] == 0.8
    assert computed["P1_in_equilibrium"] == pytest.approx(0.04)
    assert computed["P2"] == pytest.approx(0.8)


def test_5_supervision_does_not_depend_on_E2_minus_E1() -> None:
    computed = found(5).computed
    assert computed["E2_minus_E1"] == pytest.approx(140 - 15 / 35 * 20 - 30)
    assert computed["E2_minus_E1_with_10_more_fee"] == pytest.approx(computed["E2_minus_E1"] - 10)  # type: ignore[operator]
    assert computed["supervision"] == computed["supervision_with_10_more_fee"] == 0.48
    assert computed["H1_minus_H2"] == 12


def test_6_no_citation_that_names_an_author_has_its_number() -> None:
    computed = found(6).computed
    assert (computed["citations_with_a_name"], computed["agreeing"]) == (7, 0)
    pairs = dict(zip(computed["cited_as"], computed["listed_as"], strict=True))  # type: ignore[arg-type]
    assert pairs == {1: 9, 5: 10, 6: 4, 7: 11, 8: 7, 9: 8, 10: 6}


def test_7_as_printed_P1_moves_E1() -> None:
    computed = found(7).computed
    assert computed["printed_effect_on_E1"] == pytest.approx(0.48 * 25)
    assert computed["derived_effect_on_E1"] == pytest.approx(0)


def test_8_supervision_does_not_move_with_its_cost_until_nobody_supervises() -> None:
    computed = found(8).computed
    assert computed["derivative_of_supervision_by_C"] == 0
    assert computed["derivative_of_honesty_by_C"] == pytest.approx(-1 / 35)
    assert computed["supervision"] == (0.48, 0.48, 0.48, 0)


def test_9_the_formula_for_supervision_is_the_same_in_every_row_of_table_2() -> None:
    computed = found(9).computed
    assert computed["printed_P2"] == (1.2, 1.2, 1.2, 1.0, 1.0)
    assert computed["formula_P2"] == (1.2,) * 5
    assert computed["equilibrium_P2"] == (0, 0, 0, 0, 1)


def test_10_each_recommended_step_lowers_the_tabulated_honesty() -> None:
    computed = found(10).computed
    assert computed["printed_P1"] == pytest.approx((1, 24 / 30, 30 / 35, 24 / 35))
    assert computed["equilibrium_P1"] == pytest.approx((0, 0, 0, 1 / 25))


def test_11_the_announced_fines_at_the_threshold_are_missing() -> None:
    computed = found(11).computed
    assert computed["missing_F"] == pytest.approx((12, 14))
    assert computed["H1_minus_H2"] == 12
    assert computed["change_of_C_in_ordinary_commerce"] == -0.5


def test_12_a_third_cheat_where_cheating_is_said_to_have_ended() -> None:
    computed = found(12).computed
    assert computed["dishonesty_by_the_printed_P1"] == pytest.approx(1 / 3)
    assert computed["dishonesty_in_equilibrium"] == pytest.approx(30 / 35)
    assert computed["P2_within_the_range"] is False


def test_13_a_smaller_gain_lowers_supervision_and_not_dishonesty() -> None:
    computed = found(13).computed
    assert computed["honesty"] == pytest.approx((20 / 35, 20 / 35))
    assert computed["supervision"] == pytest.approx((0.48, 0.24))
    assert computed["derivative_of_honesty_by_H1"] == 0
    assert computed["derivative_of_supervision_by_H1"] == pytest.approx(1 / 25)
