"""Audits of many targets that each decide for themselves: a knapsack, fast within a bound or exact by HiGHS.

The regulator chooses p to minimise Σ cᵢpᵢ + Σ_{i cheats} hᵢ(1 − aᵢpᵢ) subject to Σ wᵢpᵢ ≤ budget, where i
cheats iff pᵢ < θᵢ and wᵢ is 1 or cᵢ. The loss of one target falls with slope c − a·h up to θ and there drops
to c·θ, so auditing it is worth either θ (deter: saves h − c·θ) or, if nothing better is left, less (catch
some: saves a·h − c for each unit of p). Since a ≤ 1 and θ ≤ 1, the convex envelope of that loss on 0..θ is
the straight line from (0, h) to (θ, c·θ): relaxed, the problem is a fractional knapsack, and filling by
saving per unit of budget gives its optimum (Dantzig 1957, doi:10.1287/opre.5.2.266), a lower bound on the
true loss. The fast path meets the bound, and is then optimal, whenever the budget covers all that is worth
auditing, or is used up exactly, or runs out at a target that cannot be deterred (those are divisible).
Otherwise it is off by at most what the one target that no longer fits would save, and says by how much.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from fieldcast.science.errors import BadParameter
from fieldcast.science.games.audits.knapsack import Knapsack, harm_left
from fieldcast.science.games.audits.targets import Floats, Targets, Unit, check_budget, rough
from fieldcast.science.text import Text


@dataclass(frozen=True, eq=False)
class IndependentAllocation:
    """Marginal audit probabilities for targets that decide for themselves.

    `marginals` p, `thresholds` θ and `deterred` (p ≥ θ) have shape (n,). `expected_harm` is the harm left,
    `audit_cost` Σ c·p, `loss` their sum, `used` what is taken of the budget (in its unit). No allocation can
    have a loss under `bound`; `gap` = `loss` − `bound` is the most that could still be won, `exact` that this
    is nothing (within 1e-9 of the harm at stake).
    """

    marginals: Floats
    thresholds: Floats
    deterred: NDArray[np.bool_]
    expected_harm: float
    audit_cost: float
    loss: float
    bound: float
    gap: float
    exact: bool
    used: float

    @property
    def sentence(self) -> Text:
        """What the allocation achieves, in words."""
        n, deterred = len(self.marginals), int(self.deterred.sum())
        audits = float(self.marginals.sum())
        impossible = int(np.isinf(self.thresholds).sum())
        en = (
            f"{rough(audits)} audits are expected; they keep {deterred} of {n} targets honest. "
            f"Expected harm {rough(self.expected_harm)}, audits cost {rough(self.audit_cost)}. "
        )
        zh = (
            f"预计检查 {rough(audits)} 次，{n} 个对象中有 {deterred} 个不敢作假。"
            f"预期损害 {rough(self.expected_harm)}，检查费用 {rough(self.audit_cost)}。"
        )
        if impossible:
            en += (
                f"{impossible} cannot be deterred even by certain audit: "
                "being caught costs them less than cheating brings. "
            )
            zh += f"有 {impossible} 个即使必查也不怕：罚金抵不过作假所得。"
        en += (
            "No allocation is better."
            if self.exact
            else f"No allocation is better by more than {rough(self.gap)}."
        )
        zh += "没有更好的分配。" if self.exact else f"任何分配最多再好 {rough(self.gap)}。"
        return Text(en=en, zh=zh)


def allocate_independent(
    targets: Targets, *, budget: float, unit: Unit = "audits", method: Literal["fast", "exact"] = "fast"
) -> IndependentAllocation:
    """The audit probabilities that leave the least harm and cost when every target decides for itself.

    `budget`: expected audits (0..n) or, with `unit="cost"`, expected cost of audits. `method="fast"`: greedy
    with repair, O(n log n), with its proven gap; `"exact"`: the mixed-integer programme, solved by HiGHS
    (budget kept within 1e-6). Raises `BadParameter` for a budget or method out of range.
    """
    budget = check_budget(budget, unit=unit, targets=targets)
    if method not in ("fast", "exact"):
        raise BadParameter(
            "method",
            Text(en='method must be "fast" or "exact".', zh="method 只能是 fast（快速）或 exact（精确）。"),
        )
    knapsack = Knapsack.of(targets, weights=targets.use(unit), budget=budget)
    marginals, bound = knapsack.fast()[:2] if method == "fast" else knapsack.exact()
    return _described(targets, marginals, bound=bound, weights=knapsack.weights)


def _described(
    targets: Targets, marginals: Floats, *, bound: float, weights: Floats
) -> IndependentAllocation:
    thresholds = targets.thresholds
    harm = float(harm_left(targets, marginals, thresholds))
    cost = float(targets.costs @ marginals)
    gap = max(harm + cost - bound, 0.0)
    scale = max(float(targets.harms.sum()), 1e-300)
    return IndependentAllocation(
        marginals=marginals,
        thresholds=thresholds,
        deterred=marginals >= thresholds,
        expected_harm=harm,
        audit_cost=cost,
        loss=harm + cost,
        bound=harm + cost - gap,
        gap=gap,
        exact=gap <= 1e-9 * scale,
        used=float(weights @ marginals),
    )
