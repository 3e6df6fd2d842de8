"""Audits of targets that decide for themselves: the fast path keeps its word, the exact one finds the best there is."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from fieldcast.science.errors import BadParameter
from fieldcast.science.games.audits import Targets, allocate_independent
from fieldcast.science.games.audits.targets import Unit

money = st.integers(0, 12).map(float)
share = st.sampled_from([0.0, 0.25, 0.5, 1.0])


@st.composite
def small_problems(draw: st.DrawFn) -> tuple[Targets, float, Unit]:
    n = draw(st.integers(1, 6))
    column = st.lists(money, min_size=n, max_size=n)
    shares = st.lists(share, min_size=n, max_size=n)
    targets = Targets.of(
        gains=draw(column),
        harms=draw(column),
        costs=draw(column),
        penalties=draw(column),
        forfeited=draw(shares),
        averted=draw(shares),
    )
    unit: Unit = draw(st.sampled_from(["audits", "cost"]))
    most = n if unit == "audits" else 12 * n
    return targets, draw(st.integers(0, 4 * most)) / 4, unit


def random_targets(n: int, seed: int) -> Targets:
    rng = np.random.default_rng(seed)
    return Targets.of(
        gains=rng.uniform(0, 100, n),
        harms=rng.uniform(0, 300, n),
        costs=rng.uniform(0, 30, n),
        penalties=rng.uniform(0, 150, n),
        forfeited=rng.uniform(0, 1, n),
        averted=rng.uniform(0, 1, n),
    )


def least_loss_by_trying_every_set(targets: Targets, budget: float, unit: Unit) -> float:
    """Every set of deterred targets, the rest audited as a linear programme likes."""
    theta = targets.thresholds
    weights = np.ones(len(targets)) if unit == "audits" else targets.costs
    best = np.inf
    for deter in product([False, True], repeat=len(targets)):
        chosen = np.array(deter)
        if np.any(chosen & np.isinf(theta)):
            continue
        low = np.where(chosen, theta, 0.0)
        cheats = ~chosen & (theta > 0)
        slope = targets.costs - np.where(cheats, targets.averted * targets.harms, 0.0)
        bounds = list(zip(low, np.minimum(np.where(chosen, 1.0, theta), 1.0), strict=True))
        found = linprog(slope, A_ub=weights[None, :], b_ub=[budget + 1e-9], bounds=bounds)
        if found.status == 0:
            best = min(best, float(found.fun) + float(np.sum(targets.harms[cheats])))
    return best


@given(small_problems())
@settings(max_examples=40, deadline=None)
def test_the_exact_allocation_is_the_best_of_all_and_the_fast_one_is_within_its_gap(
    problem: tuple[Targets, float, Unit],
) -> None:
    targets, budget, unit = problem
    best = least_loss_by_trying_every_set(targets, budget, unit)
    exact = allocate_independent(targets, budget=budget, unit=unit, method="exact")
    fast = allocate_independent(targets, budget=budget, unit=unit)

    assert exact.loss == pytest.approx(best, abs=1e-6)
    assert fast.loss >= best - 1e-6
    assert fast.bound <= best + 1e-6
    assert fast.gap == pytest.approx(fast.loss - fast.bound)
    if fast.exact:
        assert fast.loss == pytest.approx(best, abs=1e-6)


@given(small_problems())
@settings(max_examples=100, deadline=None)
def test_an_allocation_keeps_the_budget_and_says_who_is_deterred(
    problem: tuple[Targets, float, Unit],
) -> None:
    targets, budget, unit = problem
    for method in ("fast", "exact"):
        found = allocate_independent(targets, budget=budget, unit=unit, method=method)
        p = found.marginals
        weights = np.ones(len(targets)) if unit == "audits" else targets.costs

        assert np.all((p >= 0) & (p <= 1))
        assert weights @ p == pytest.approx(found.used)
        assert found.used <= budget + 1e-9
        # Best response: cheating pays exactly those who are not deterred.
        pays = targets.gains - p * (targets.forfeited * targets.gains + targets.penalties)
        assert np.all(pays[found.deterred] <= 1e-12)
        assert np.all(pays[~found.deterred] > -1e-12)
        harm = targets.harms * (1 - targets.averted * p) * ~found.deterred
        assert harm.sum() == pytest.approx(found.expected_harm)
        assert targets.costs @ p == pytest.approx(found.audit_cost)
        assert found.loss == pytest.approx(found.expected_harm + found.audit_cost)


def solved_whole_by_highs(targets: Targets, budget: float) -> float:
    """The loss by one mixed-integer programme over all targets, without any short cut."""
    n = len(targets)
    theta = np.minimum(targets.thresholds, 1.0)
    can = np.isfinite(targets.thresholds) & (targets.thresholds > 0)
    cheats = targets.thresholds > 0
    deter = targets.costs * theta - targets.harms
    catch = np.where(cheats, targets.costs - targets.averted * targets.harms, 0.0)
    rows: NDArray[np.float64] = np.vstack(
        (np.concatenate((theta, np.ones(n))), np.hstack((np.diag(theta), np.eye(n))))
    )
    found = milp(
        np.concatenate((deter, catch)),
        constraints=LinearConstraint(rows, -np.inf, np.concatenate(([budget], theta))),
        bounds=Bounds(0, np.concatenate((can.astype(float), theta))),
        integrality=np.repeat([1, 0], n),
        options={"mip_rel_gap": 1e-9},
    )
    return float(found.fun + targets.harms[cheats].sum())


@pytest.mark.parametrize(
    ("seed", "budget"), [*((seed, 2.0 + seed) for seed in range(10)), (143, 16.1), (155, 20.0)]
)
def test_the_exact_allocation_agrees_with_highs_on_the_whole_problem(seed: int, budget: float) -> None:
    targets = random_targets(60, seed)
    found = allocate_independent(targets, budget=budget, method="exact")

    assert found.loss == pytest.approx(solved_whole_by_highs(targets, budget), rel=1e-7)
    assert found.exact


def test_equal_targets_are_decided_by_number() -> None:
    targets = Targets.of(gains=[3.0] * 1000, harms=10.0, costs=1.0, penalties=5.0)
    found = allocate_independent(targets, budget=100.2, method="exact")

    # The threshold is 3/8: 267 are deterred with 100.125 audits, what is left catches some of one more.
    assert found.deterred.sum() == 267
    assert found.used == pytest.approx(100.2)
    assert found.loss == pytest.approx(733 * 10 + 100.2 - 10 * 0.075)


def test_a_budget_for_all_worth_deterring_deters_them_and_stops_there() -> None:
    targets = Targets.of(
        gains=[10.0, 20.0, 5.0], harms=[50.0, 60.0, 1.0], costs=[2.0, 3.0, 9.0], penalties=30.0
    )
    found = allocate_independent(targets, budget=3.0)

    assert found.exact
    assert found.marginals == pytest.approx(
        [10 / 40, 20 / 50, 0.0]
    )  # auditing the last costs more than it saves
    assert found.expected_harm == 1.0


def test_the_fast_path_is_exact_where_the_budget_runs_out_at_a_target_that_cannot_be_deterred() -> None:
    targets = Targets.of(
        gains=[10.0, 20.0, 20.0],
        harms=[50.0, 60.0, 40.0],
        costs=1.0,
        penalties=[30.0, 15.0, 35.0],
        forfeited=[1.0, 0.0, 1.0],
    )
    found = allocate_independent(targets, budget=1.0)

    assert np.isinf(found.thresholds[1])
    assert found.marginals == pytest.approx([0.25, 1 - 0.25 - 20 / 55, 20 / 55])
    assert found.exact
    assert found.loss == pytest.approx(allocate_independent(targets, budget=1.0, method="exact").loss)


def test_ten_thresholds_of_a_tenth_fit_a_budget_of_one() -> None:
    targets = Targets.of(gains=[1.0] * 10, harms=5.0, costs=0.5, penalties=9.0)
    assert np.all(allocate_independent(targets, budget=1.0).deterred)


def test_ten_thousand_targets_are_allocated_within_a_thousandth_of_a_percent_of_the_bound() -> None:
    found = allocate_independent(random_targets(10_000, 1), budget=1000.0)

    assert found.gap <= 1e-5 * found.loss
    assert found.used == pytest.approx(1000.0)


def test_the_threshold_where_nothing_is_forfeited_is_the_papers_supervision_probability() -> None:
    # H1 − H2 = 12: at F = 10 nothing deters, at 15 it takes 0.8, at 25 0.48 (equation 2).
    targets = Targets.of(gains=12.0, harms=20.0, costs=1.0, penalties=[10.0, 15.0, 25.0], forfeited=0.0)
    assert targets.thresholds == pytest.approx([np.inf, 0.8, 0.48])


def test_a_target_with_nothing_to_gain_is_never_audited() -> None:
    targets = Targets.of(gains=[0.0, 5.0], harms=[100.0, 100.0], costs=1.0, penalties=[0.0, 5.0])
    found = allocate_independent(targets, budget=2.0)

    assert found.marginals == pytest.approx([0.0, 0.5])
    assert found.expected_harm == 0.0


def test_another_unit_of_money_changes_nothing_but_the_unit() -> None:
    targets = random_targets(200, 5)
    in_fen = Targets.of(
        gains=targets.gains * 100,
        harms=targets.harms * 100,
        costs=targets.costs * 100,
        penalties=targets.penalties * 100,
        forfeited=targets.forfeited,
        averted=targets.averted,
    )
    yuan = allocate_independent(targets, budget=300.0, unit="cost", method="exact")
    fen = allocate_independent(in_fen, budget=30_000.0, unit="cost", method="exact")

    assert fen.loss == pytest.approx(100 * yuan.loss)


def test_the_sentence_says_the_same_figures_in_both_languages() -> None:
    targets = Targets.of(
        gains=[10.0, 20.0], harms=[50.0, 60.0], costs=1.0, penalties=[30.0, 15.0], forfeited=[1, 0]
    )
    text = allocate_independent(targets, budget=1.0).sentence

    assert "keep 1 of 2 targets honest" in text.en
    assert "2 个对象中有 1 个不敢作假" in text.zh
    assert "1 cannot be deterred" in text.en
    assert "有 1 个即使必查也不怕" in text.zh
    assert "No allocation is better." in text.en
    assert "没有更好的分配。" in text.zh


@pytest.mark.parametrize(
    ("changes", "parameter"),
    [
        ({"gains": [1.0, np.nan]}, "gains"),
        ({"harms": [1.0, np.inf]}, "harms"),
        ({"costs": [-1.0, 1.0]}, "costs"),
        ({"penalties": [1.0, 2.0, 3.0]}, "penalties"),
        ({"penalties": "many"}, "penalties"),
        ({"forfeited": 1.5}, "forfeited"),
        ({"averted": [-0.1, 1.0]}, "averted"),
        ({"gains": [], "harms": [], "costs": [], "penalties": [], "forfeited": [], "averted": []}, "gains"),
    ],
)
def test_targets_out_of_range_are_refused_by_name(changes: dict[str, object], parameter: str) -> None:
    given: dict[str, object] = {"gains": [1.0, 2.0], "harms": 1.0, "costs": 1.0, "penalties": 1.0}
    with pytest.raises(BadParameter) as refused:
        Targets.of(**{**given, **changes})  # type: ignore[arg-type]  # wrong on purpose
    assert refused.value.parameter == parameter
    assert parameter in refused.value.text.zh


@pytest.mark.parametrize("budget", [-1.0, 2.5, np.nan, np.inf])
def test_a_budget_above_the_number_of_targets_or_below_zero_is_refused(budget: float) -> None:
    targets = Targets.of(gains=[1.0, 2.0], harms=1.0, costs=1.0, penalties=1.0)
    with pytest.raises(BadParameter, match="at most 2") as refused:
        allocate_independent(targets, budget=budget)
    assert refused.value.parameter == "budget"


def test_an_unknown_method_or_unit_is_refused() -> None:
    targets = Targets.of(gains=[1.0, 2.0], harms=1.0, costs=1.0, penalties=1.0)
    with pytest.raises(BadParameter, match="method"):
        allocate_independent(targets, budget=1.0, method="guess")  # type: ignore[arg-type]  # wrong on purpose
    with pytest.raises(BadParameter, match="unit"):
        allocate_independent(targets, budget=1.0, unit="hours")  # type: ignore[arg-type]  # wrong on purpose
