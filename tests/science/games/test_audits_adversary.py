"""Audits against one adversary who picks the best target: the closed form is the best commitment there is."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from fieldcast.science.errors import BadParameter
from fieldcast.science.games.audits import Targets, allocate_adversary
from fieldcast.science.games.audits.targets import Unit

money = st.integers(0, 9).map(float)
share = st.sampled_from([0.25, 0.5, 1.0])


@st.composite
def problems(draw: st.DrawFn) -> tuple[Targets, float, Unit]:
    n = draw(st.integers(1, 6))
    column = st.lists(money, min_size=n, max_size=n)
    targets = Targets.of(
        gains=draw(column),
        harms=draw(column),
        costs=draw(column),
        penalties=draw(column),
        forfeited=draw(st.lists(share, min_size=n, max_size=n)),
        averted=draw(st.lists(st.sampled_from([0.0, 0.5, 1.0]), min_size=n, max_size=n)),
    )
    unit: Unit = draw(st.sampled_from(["audits", "cost"]))
    return targets, draw(st.integers(0, 4 * n)) / 4, unit


def loss_of(targets: Targets, p: NDArray[np.float64]) -> float:
    """What a commitment costs when the adversary answers best and, where it is indifferent, kindly."""
    pays = targets.gains - p * targets.at_stake
    cost = float(targets.costs @ p)
    if pays.max() <= 1e-9:
        return cost
    harm = targets.harms * (1 - targets.averted * p)
    return cost + float(harm[pays >= pays.max() - 1e-9].min())


@given(problems())
@settings(max_examples=60, deadline=None)
def test_the_closed_form_agrees_with_one_linear_programme_for_each_target(
    problem: tuple[Targets, float, Unit],
) -> None:
    targets, budget, unit = problem
    fast = allocate_adversary(targets, budget=budget, unit=unit)
    exact = allocate_adversary(targets, budget=budget, unit=unit, method="exact")

    assert fast.loss == pytest.approx(exact.loss, abs=1e-7)
    assert fast.loss == pytest.approx(loss_of(targets, fast.marginals), abs=1e-7)
    assert fast.used <= budget + 1e-9
    assert np.all((fast.marginals >= 0) & (fast.marginals <= 1))


@given(problems(), st.integers(0, 2**32 - 1))
@settings(max_examples=80, deadline=None)
def test_no_other_commitment_within_the_budget_loses_less(
    problem: tuple[Targets, float, Unit], seed: int
) -> None:
    targets, budget, unit = problem
    found = allocate_adversary(targets, budget=budget, unit=unit)
    weights = np.ones(len(targets)) if unit == "audits" else targets.costs
    rng = np.random.default_rng(seed)
    for _ in range(20):
        p = rng.uniform(0, 1, len(targets)) * rng.integers(0, 2, len(targets))
        used = float(weights @ p)
        if used > budget:
            p = p * budget / used
        assert loss_of(targets, p) >= found.loss - 1e-7


@given(problems())
@settings(max_examples=80, deadline=None)
def test_the_target_taken_is_a_best_answer_and_every_audited_one_pays_as_much(
    problem: tuple[Targets, float, Unit],
) -> None:
    targets, budget, unit = problem
    found = allocate_adversary(targets, budget=budget, unit=unit)
    pays = targets.gains - found.marginals * targets.at_stake

    if found.attacked is None:
        assert pays.max() <= 1e-9
        assert found.expected_harm == 0
    else:
        assert pays[found.attacked] == pytest.approx(pays.max())
        assert pays.max() == pytest.approx(found.level)
    assert pays[found.marginals > 0] == pytest.approx(found.level)


@given(problems())
@settings(max_examples=60, deadline=None)
def test_more_budget_never_costs(problem: tuple[Targets, float, Unit]) -> None:
    targets, budget, unit = problem
    less = allocate_adversary(targets, budget=budget / 2, unit=unit)
    more = allocate_adversary(targets, budget=budget, unit=unit)
    assert more.loss <= less.loss + 1e-9


def test_a_target_that_pays_just_as_much_by_rounding_can_be_the_one_taken() -> None:
    # The budget holds the first at level 2, where the last three pay 2 as well, and the fourth does no harm.
    targets = Targets.of(
        gains=[4.0, 1.0, 2.0, 2.0, 2.0],
        harms=[3.0, 2.0, 4.0, 0.0, 3.0],
        costs=[2.0, 0.0, 2.0, 0.0, 0.0],
        penalties=[0.0, 4.0, 4.0, 4.0, 4.0],
        forfeited=[0.5, 1.0, 1.0, 1.0, 1.0],
    )
    found = allocate_adversary(targets, budget=2.0, unit="cost")

    assert found.attacked == 3
    assert found.loss == pytest.approx(2.0)


def test_with_free_audits_water_rises_until_the_budget_is_spent() -> None:
    # Gains 8, 6, 1 and 10 at stake: one audit is spent at level 2, where the third needs none.
    targets = Targets.of(
        gains=[8.0, 6.0, 1.0], harms=[10.0, 20.0, 1.0], costs=0.0, penalties=[2.0, 4.0, 9.0], averted=0.5
    )
    found = allocate_adversary(targets, budget=1.0)

    assert found.level == pytest.approx(2.0)
    assert found.marginals == pytest.approx([0.6, 0.4, 0.0])
    assert found.attacked == 0  # harm 10·(1 − 0.3) against 20·(1 − 0.2)
    assert found.loss == pytest.approx(7.0)


def test_a_large_budget_leaves_nothing_that_pays() -> None:
    targets = Targets.of(gains=[8.0, 6.0], harms=[100.0, 100.0], costs=1.0, penalties=[2.0, 4.0])
    found = allocate_adversary(targets, budget=2.0)

    assert found.attacked is None
    assert found.marginals == pytest.approx([0.8, 0.6])
    assert "cheating pays nowhere" in found.sentence.en
    assert "都不合算" in found.sentence.zh


def test_deterring_is_not_worth_more_than_the_harm_it_saves() -> None:
    targets = Targets.of(gains=[8.0, 6.0], harms=[1.0, 1.0], costs=50.0, penalties=[2.0, 4.0])
    found = allocate_adversary(targets, budget=2.0)

    assert found.loss == pytest.approx(1.0)
    assert found.marginals == pytest.approx([0.0, 0.0])
    assert "target 1" in found.sentence.en
    assert "第 1 个" in found.sentence.zh


def test_ten_thousand_targets_are_held_at_one_level() -> None:
    rng = np.random.default_rng(3)
    targets = Targets.of(
        gains=rng.uniform(0, 100, 10_000),
        harms=rng.uniform(1000, 3000, 10_000),
        costs=0.0,
        penalties=rng.uniform(0, 150, 10_000),
    )
    found = allocate_adversary(targets, budget=1000.0)
    pays = targets.gains - found.marginals * targets.at_stake

    assert found.used == pytest.approx(1000.0)
    assert pays.max() == pytest.approx(found.level)
    assert np.ptp(pays[found.marginals > 0]) < 1e-9


def test_a_target_whose_cheat_loses_nothing_when_caught_is_refused() -> None:
    targets = Targets.of(gains=[8.0, 6.0], harms=1.0, costs=1.0, penalties=[0.0, 4.0], forfeited=[0.0, 1.0])
    with pytest.raises(BadParameter, match="target 1 ") as refused:
        allocate_adversary(targets, budget=1.0)
    assert refused.value.parameter == "penalties"


def test_a_budget_or_method_out_of_range_is_refused() -> None:
    targets = Targets.of(gains=[8.0, 6.0], harms=1.0, costs=1.0, penalties=1.0)
    with pytest.raises(BadParameter, match="at most 2"):
        allocate_adversary(targets, budget=3.0)
    with pytest.raises(BadParameter, match="method"):
        allocate_adversary(targets, budget=1.0, method="guess")  # type: ignore[arg-type]  # wrong on purpose
