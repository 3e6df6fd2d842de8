"""The paper's scenarios and its third conclusion."""

import numpy as np
import pytest

from fieldcast.science.games import paper


@pytest.mark.parametrize("loss_share", [0, 7, 10, 19])
@pytest.mark.parametrize(
    ("scenario", "C", "F"), [(paper.poverty, 30, 10), (paper.ordinary, 15, 25), (paper.combined, 24, 15)]
)
def test_every_scenario_has_what_the_paper_gives(scenario, C: int, F: int, loss_share: int) -> None:  # type: ignore[no-untyped-def]
    game = scenario(loss_share=loss_share)
    given = game.floats
    assert [given[name] for name in "CFL"] == [C, F, loss_share]
    assert given["H1"] - given["H2"] == 12
    assert given["R1"] - given["R2"] + given["L"] == 20


def test_the_baseline_cost_is_a_quarter_of_what_the_farmer_earns() -> None:
    assert paper.POVERTY.floats["C"] / paper.POVERTY.expected().farmer == 0.25


def test_no_probability_depends_on_what_we_chose_ourselves() -> None:
    for game in (paper.POVERTY, paper.ORDINARY, paper.COMBINED):
        other = game.with_(R1=90, R2=1, G=-3, H1=112, H2=100)
        assert (other.honesty, other.supervision) == (game.honesty, game.supervision)


def test_conclusion_3_claims_more_than_its_formula_and_its_equilibrium_give() -> None:
    found = paper.conclusion_3()
    assert (found.C, found.F) == (24, 15)
    assert found.p1_formula == pytest.approx(24 / 35)
    assert found.p1_derived == pytest.approx(1 / 25)
    assert found.p2_derived == found.p2_formula == 0.8
    assert found.p1_claimed == 0.8
    for part in ("68.6", "4", "31.4"):
        assert part in found.sentence.en
        assert part in found.sentence.zh


def test_no_loss_the_paper_allows_reaches_the_bound_of_conclusion_3() -> None:
    bounds = {paper.conclusion_3(loss_share=loss).p1_bound for loss in (0, 10, 19)}
    assert len(bounds) == 1
    reached = [
        paper.conclusion_3(loss_share=loss).p1_derived for loss in np.linspace(0, 20, 50, endpoint=False)
    ]
    assert max(reached) < bounds.pop() < 0.3143
