"""Audits against one adversary who looks at all targets and cheats at the best: a security game, solved exactly.

The adversary takes the target with the largest gᵢ − pᵢDᵢ, Dᵢ = sᵢgᵢ + Fᵢ, if that is positive, and stays
honest otherwise; the regulator minimises Σ cᵢpᵢ + hₜ(1 − aₜpₜ) for the target t taken, subject to Σ wᵢpᵢ ≤
budget. Fix the level u of what the adversary can expect. To hold it there takes at least qᵢ(u) = max(0, (gᵢ −
u)/Dᵢ) everywhere and exactly that at the target taken, and more anywhere else only costs: so p = q(u), water
filled from the top as in ORIGAMI (Kiekintveld et al., AAMAS 2009). What is left is to choose u and t. With
C(u) = Σ cᵢqᵢ(u), the loss C(u) + hₜ(1 − aₜqₜ(u)) is convex and piecewise linear in u on [u_min, gₜ], where
u_min is the lowest level the budget and certain audit (q ≤ 1) allow; for each t its minimum lies where the
slope of C first outweighs aₜhₜ/Dₜ, found by bisection among the sorted gains. At u = 0 nobody cheats. All of
it takes O(n log n).
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from fieldcast.science.errors import BadParameter
from fieldcast.science.games.audits.targets import SLACK, Floats, Targets, Unit, check_budget, rough
from fieldcast.science.text import Text


@dataclass(frozen=True, eq=False)
class AdversaryAllocation:
    """Marginal audit probabilities against one adversary.

    `marginals` has shape (n,); `attacked` is the position (from 0) of the target it cheats at, `None` when it
    stays honest; `level` what it then expects; `expected_harm` the harm left, `audit_cost` Σ c·p, `loss`
    their sum, the least possible; `used` what is taken of the budget (in its unit).
    """

    marginals: Floats
    attacked: int | None
    level: float
    expected_harm: float
    audit_cost: float
    loss: float
    used: float

    @property
    def sentence(self) -> Text:
        """What the allocation achieves, in words."""
        audits = float(self.marginals.sum())
        if self.attacked is None:
            return Text(
                en=f"With {rough(audits)} audits expected, cheating pays nowhere. "
                f"Audits cost {rough(self.audit_cost)}.",
                zh=f"预计检查 {rough(audits)} 次，在任何对象上作假都不合算。检查费用 {rough(self.audit_cost)}。",
            )
        return Text(
            en=f"With {rough(audits)} audits expected, cheating still pays {rough(self.level)}, "
            f"at target {self.attacked + 1} for one. Expected harm {rough(self.expected_harm)}, "
            f"audits cost {rough(self.audit_cost)}; no allocation is better.",
            zh=f"预计检查 {rough(audits)} 次，作假仍可得 {rough(self.level)}，例如在第 {self.attacked + 1} 个对象上。"
            f"预期损害 {rough(self.expected_harm)}，检查费用 {rough(self.audit_cost)}；没有更好的分配。",
        )


def allocate_adversary(
    targets: Targets, *, budget: float, unit: Unit = "audits", method: Literal["fast", "exact"] = "fast"
) -> AdversaryAllocation:
    """The audit probabilities that leave the least harm and cost against one adversary.

    `budget`: expected audits (0..n) or, with `unit="cost"`, expected cost of audits. Both methods are exact:
    `"fast"` is the closed form, `"exact"` one linear programme for each target that might be taken (Conitzer
    & Sandholm, EC 2006) by HiGHS, kept as the reference and meant for a few dozen targets. Raises
    `BadParameter` for a budget or method out of range, and for a target whose cheat keeps its gain and pays
    no penalty: auditing it would change nothing for the adversary.
    """
    budget = check_budget(budget, unit=unit, targets=targets)
    weights = targets.use(unit)
    untouched = np.flatnonzero((targets.gains > 0) & (targets.at_stake == 0))
    if untouched.size:
        where = int(untouched[0]) + 1
        raise BadParameter(
            "penalties",
            Text(
                en="Where a cheat keeps its whole gain the penalty must be above 0; at target "
                f"{where} being caught costs nothing.",
                zh=f"作假所得不用退还的对象，罚金必须大于 0；第 {where} 个对象被查到也毫无损失。",
            ),
        )
    if method == "fast":
        return _by_water(targets, weights, budget)
    if method == "exact":
        return _by_programmes(targets, weights, budget)
    raise BadParameter(
        "method",
        Text(en='method must be "fast" or "exact".', zh="method 只能是 fast（快速）或 exact（精确）。"),
    )


def _described(
    targets: Targets, marginals: Floats, attacked: int | None, weights: Floats
) -> AdversaryAllocation:
    cost = float(targets.costs @ marginals)
    level = harm = 0.0
    if attacked is not None:
        p = marginals[attacked]
        level = float(targets.gains[attacked] - p * targets.at_stake[attacked])
        harm = float(targets.harms[attacked] * (1 - targets.averted[attacked] * p))
    return AdversaryAllocation(
        marginals, attacked, level, harm, cost, harm + cost, float(weights @ marginals)
    )


class _Water:
    """Σ rate·max(0, (g − u)/D) at any level u: piecewise linear between the gains, sorted from the top."""

    def __init__(self, gains: Floats, at_stake: Floats, rate: Floats) -> None:
        order = np.argsort(-gains, kind="stable")
        self.gains = gains[order]
        stake = np.where(at_stake[order] > 0, at_stake[order], 1.0)  # where nothing is at stake the gain is 0
        self.slopes = np.concatenate(([0.0], np.cumsum(rate[order] / stake)))
        self.rises = np.concatenate(([0.0], np.cumsum(rate[order] * self.gains / stake)))

    def at(self, levels: Floats) -> Floats:
        above = np.searchsorted(-self.gains, -levels, side="left")
        return self.rises[above] - levels * self.slopes[above]

    def lowest(self, budget: float) -> float:
        """The lowest level from 0 up that takes no more than the budget."""
        if self.at(np.zeros(1))[0] <= budget * (1 + SLACK):
            return 0.0
        # The first gain at which the budget is broken: between it and the one above, the sum is a straight line.
        broken = int(np.argmax(self.at(np.append(self.gains, 0.0)) > budget))
        level = (self.rises[broken] - budget) / self.slopes[broken]
        return float(min(level, self.gains[0]))  # not above the top by a rounding error


def _by_water(targets: Targets, weights: Floats, budget: float) -> AdversaryAllocation:
    gains, stake = targets.gains, targets.at_stake
    certain = float(np.max(gains - stake))
    lowest = max(_Water(gains, stake, weights).lowest(budget), certain, 0.0)
    costs = _Water(gains, stake, targets.costs)
    loss, attacked, level = _best_answer(targets, costs, lowest)
    if lowest == 0 and float(costs.at(np.zeros(1))[0]) <= loss:
        attacked, level = None, 0.0
    with np.errstate(divide="ignore", invalid="ignore"):
        marginals = np.where(gains > level, np.minimum((gains - level) / stake, 1.0), 0.0)
    return _described(targets, marginals, attacked, weights)


def _best_answer(targets: Targets, costs: _Water, lowest: float) -> tuple[float, int | None, float]:
    """Of the targets that can be taken at a level from `lowest` up: the least loss, the target and the level."""
    reachable = np.flatnonzero((targets.gains >= lowest * (1 - SLACK)) & (targets.gains > 0))
    if not reachable.size:  # nobody gains by cheating
        return np.inf, None, 0.0
    gains, stake = targets.gains[reachable], targets.at_stake[reachable]
    harms = targets.harms[reachable]
    saved = targets.averted[reachable] * harms / stake  # for each unit the level goes down
    above = np.searchsorted(costs.slopes[1:], saved, side="right")
    turning = np.append(costs.gains, 0.0)[above]
    levels = np.clip(turning, lowest, gains)
    loss = costs.at(levels) + harms - saved * (gains - levels)
    best = int(np.argmin(loss))
    return float(loss[best]), int(reachable[best]), float(levels[best])


def _by_programmes(targets: Targets, weights: Floats, budget: float) -> AdversaryAllocation:
    """One programme for each target taken, and one for none: minimise the loss while that answer is the best one."""
    # scipy takes longer to load than the closed form to run, and only this needs it
    from scipy.optimize import linprog  # noqa: PLC0415

    n = len(targets)
    stake = np.diag(targets.at_stake)
    best: tuple[float, Floats, int | None] | None = None
    for taken in (None, *range(n)):
        # g_j − p_j D_j ≤ g_t − p_t D_t for all j, and ≥ 0 at t; or ≤ 0 for all j when nobody cheats.
        rows, limits = -stake, -targets.gains
        objective = targets.costs.copy()
        harm = 0.0
        if taken is not None:
            here = np.zeros((n, n))
            here[:, taken] = targets.at_stake[taken]
            rows = np.vstack((here - stake, here[:1]))
            limits = np.append(targets.gains[taken] - targets.gains, targets.gains[taken])
            harm = float(targets.harms[taken])
            objective[taken] -= targets.averted[taken] * harm
        found = linprog(
            objective,
            A_ub=np.vstack((rows, weights)),
            b_ub=np.append(limits, budget),
            bounds=(0.0, 1.0),
            method="highs",
        )
        if found.status == 0 and (best is None or found.fun + harm < best[0]):
            best = (found.fun + harm, found.x, taken)
    assert best is not None  # with no audit at all the adversary has some best answer
    return _described(targets, best[1], best[2], weights)
