"""The knapsack behind audits of independent targets: greedy with repair and a proven bound, or exact with HiGHS.

An item is a target at its full worth: deterred at its threshold, or audited for certain where nothing deters it. The
first kind is whole or nothing (`whole`), the second divisible. Always holds: what is returned keeps the budget (within
1e-12 of it, HiGHS within 1e-6), and nothing does better than the bound returned with it.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fieldcast.science.games.audits.targets import SLACK, Floats, Targets

HALF = 12
"""The fast path tries all subsets of twice this many targets around the one at which the budget runs out."""

ROUNDS = 50
"""How often the fast path goes back for targets that still fit: more would cost time and hardly ever gain."""


def harm_left(targets: Targets, marginals: Floats, thresholds: Floats) -> np.float64:
    """What the targets that still cheat do in harm, after what their audits avert."""
    cheats = marginals < thresholds
    return np.sum(targets.harms * (1 - targets.averted * marginals), where=cheats)


@dataclass(frozen=True, eq=False)
class Knapsack:
    """The same problem as items: `full` is the probability an item is worth, `size` its part of the budget."""

    targets: Targets
    weights: Floats
    budget: float
    thresholds: Floats
    whole: NDArray[np.bool_]  # can be deterred: all of the threshold or (almost) nothing
    full: Floats
    size: Floats
    saving: Floats
    catching: Floats  # saved by each unit of p at a target that still cheats

    @classmethod
    def of(cls, targets: Targets, *, weights: Floats, budget: float) -> "Knapsack":
        thresholds = targets.thresholds
        whole = np.isfinite(thresholds)
        full = np.where(whole, thresholds, 1.0)
        prevented = np.where(whole, targets.harms, targets.averted * targets.harms)
        saving = np.where(thresholds > 0, prevented - targets.costs * full, 0.0)
        catching = np.where(thresholds > 0, targets.averted * targets.harms - targets.costs, 0.0)
        return cls(targets, weights, budget, thresholds, whole, full, weights * full, saving, catching)

    def loss(self, marginals: Floats) -> float:
        return float(harm_left(self.targets, marginals, self.thresholds) + self.targets.costs @ marginals)

    def relaxed(self) -> tuple[NDArray[np.intp], Floats, int]:
        """Items worth auditing by falling density, what they take together, and how many of them fit."""
        with np.errstate(divide="ignore", invalid="ignore"):
            density = self.saving / self.size
        worth = np.flatnonzero(self.saving > 0)
        order = worth[np.argsort(-density[worth], kind="stable")]
        filled = np.cumsum(self.size[order])
        return order, filled, int(np.searchsorted(filled, self._room(self.budget), side="right"))

    def fast(self) -> tuple[Floats, float, float]:
        """Marginals, the loss no allocation can go below, and what one more unit of budget would save."""
        order, filled, fits = self.relaxed()
        prefix = self._filled(order[:fits])
        if fits == len(order):
            return prefix, self.loss(prefix), 0.0
        critical = order[fits]
        price = float(self.saving[critical] / self.size[critical])
        left = max(self.budget - (filled[fits - 1] if fits else 0.0), 0.0)
        bound = self.loss(prefix) - left * price
        orders = (order[:fits], order, np.concatenate(([critical], np.delete(order, fits))))
        candidates = [self._filled(candidate) for candidate in orders]
        candidates += [self._core(order, fits=fits, leftover=share) for share in (0.0, 0.5, 1.0)]
        return min((self._spread(candidate) for candidate in candidates), key=self.loss), bound, price

    def _core(self, order: NDArray[np.intp], *, fits: int, leftover: float) -> Floats:
        """The best choice among the items nearest to the critical one, with the denser ones taken.

        All subsets of two halves are listed, and each of one half is joined with the best of the other that
        still fits (Horowitz & Sahni 1974). What is left over may still catch somebody: it counts at `leftover`, a
        share of the best rate for that, since the best rate does not last. Divisible items near the critical one
        wait for what is left over, unless that counts for nothing.
        """
        denser = order[: max(fits - HALF, 0)]
        near = order[len(denser) :][: 2 * HALF]
        divisible = order[len(denser) : fits] if leftover == 0 else denser[:0]
        near = near[self.whole[near]]
        marginals = self._filled(np.concatenate((denser, divisible[~self.whole[divisible]])))
        left = self.budget - float(self.weights @ marginals)
        idle = marginals < self.thresholds
        with np.errstate(divide="ignore", invalid="ignore"):
            rates = self.catching / self.weights
        rate = leftover * np.max(rates, where=idle & (self.weights > 0), initial=0.0)
        one, other = near[: len(near) // 2], near[len(near) // 2 :]
        sizes, values = self._subsets(one, rate)
        other_sizes, other_values = self._subsets(other, rate)
        by_size = np.argsort(other_sizes, kind="stable")
        best_up_to = np.maximum.accumulate(other_values[by_size])
        fitting = np.searchsorted(other_sizes[by_size], self._room(left) - sizes, side="right")
        total = np.where(fitting > 0, values + best_up_to[fitting - 1], -np.inf)
        chosen = int(np.argmax(total))
        among = by_size[: fitting[chosen]]
        joined = int(among[np.argmax(other_values[among])])
        taken = np.concatenate((one[_bits(chosen, len(one))], other[_bits(joined, len(other))]))
        marginals[taken] = self.full[taken]
        return marginals

    def _subsets(self, items: NDArray[np.intp], rate: np.float64) -> tuple[Floats, Floats]:
        """Size, and saving beyond size times `rate`, of every subset of the items, numbered by its bits."""
        sizes, values = np.zeros(1), np.zeros(1)
        for item in items:
            sizes = np.concatenate((sizes, sizes + self.size[item]))
            values = np.concatenate((values, values + self.saving[item] - rate * self.size[item]))
        return sizes, values

    def _room(self, left: float) -> float:
        return left + SLACK * self.budget

    def _filled(self, order: NDArray[np.intp]) -> Floats:
        """Items in the given order as long as they fit, passing over those that do not."""
        marginals = np.zeros(len(self.targets))
        left, rest = self.budget, order
        for _ in range(ROUNDS):
            filled = np.cumsum(self.size[rest])
            fits = int(np.searchsorted(filled, self._room(left), side="right"))
            marginals[rest[:fits]] = self.full[rest[:fits]]
            left = max(left - (filled[fits - 1] if fits else 0.0), 0.0)
            rest = rest[fits:]
            rest = rest[(self.size[rest] <= self._room(left)) | ~self.whole[rest]]
            if not rest.size:
                break
            if self.size[rest[0]] > self._room(left):  # divisible: it takes what is left
                marginals[rest[0]] = left / self.weights[rest[0]]
                break
        return marginals

    def _spread(self, marginals: Floats) -> Floats:
        """What is left of the budget, spent on catching some of those who still cheat."""
        left = self.budget - float(self.weights @ marginals)
        room = np.where(marginals < self.thresholds, self.full - marginals, 0.0)
        open_ = np.flatnonzero((room > 0) & (self.catching > 0) & (self.weights > 0))
        if left <= 0 or not open_.size:
            return marginals
        order = open_[np.argsort(-self.catching[open_] / self.weights[open_], kind="stable")]
        needs = self.weights[order] * room[order]
        before = np.cumsum(needs) - needs
        given = np.clip(left - before, 0.0, needs) / self.weights[order]
        marginals[order] += given
        return np.minimum(marginals, self.full)

    def exact(self) -> tuple[Floats, float]:
        """By HiGHS: z deters wholly, y ≤ θ(1 − z) catches some. Minimise −Σ saving·z − Σ catching·y.

        What the fast path has found settles most targets beforehand: at the price of the relaxed budget,
        deciding otherwise about them would already lose more than the whole gap (Dembo & Hammer 1980). HiGHS
        decides the few that are left. It stops within 1e-6 of the best, so the objective is scaled until that
        is nothing beside the largest saving.
        """
        found, bound, price = self.fast()
        idle = self.loss(np.zeros(len(found)))
        margin = (self.loss(found) - bound) * (1 + 1e-9) + 1e-12 * idle
        catch = np.maximum(self.catching - price * self.weights, 0.0) * self.full
        worth = self.saving - price * self.size - catch
        deter = self.whole & (self.saving > 0)
        free = deter & (np.abs(worth) <= margin)
        base = np.where(deter & (worth > margin), self.full, 0.0)
        members = self._in_doubt(base, free=free)
        sure, saved = self.loss(base), 0.0
        if members.size:
            left = max(self.budget - float(self.weights @ base), 0.0)
            base[members], saved = self._programme(members, free[members], left)
        return min(base, found, key=self.loss), max(bound, sure - saved)

    def _in_doubt(self, base: Floats, *, free: NDArray[np.bool_]) -> NDArray[np.intp]:
        """Besides the `free` ones, the targets where it is open how many cheats are caught; sure ones enter `base`.

        Whatever becomes of the free ones, cheats are caught at the best rates first: those are audited fully that
        come before all that could take the budget, and those not at all that come after all that must.
        """
        most = max(self.budget - float(self.weights @ base), 0.0)
        least = most - float(self.size[free].sum())
        open_ = np.flatnonzero((base == 0) & (self.catching > 0))
        with np.errstate(divide="ignore"):
            order = open_[np.argsort(-self.catching[open_] / self.weights[open_], kind="stable")]
        fixed = np.where(free[order], 0.0, self.size[order])
        always = np.cumsum(self.size[order]) <= least
        sure = order[always & ~free[order]]
        base[sure] = self.full[sure]
        reached = np.cumsum(fixed) - fixed <= most
        return np.union1d(order[reached & ~always], np.flatnonzero(free))

    def _programme(
        self, members: NDArray[np.intp], deterrable: NDArray[np.bool_], left: float
    ) -> tuple[Floats, float]:
        """HiGHS on those in doubt: their p, and the most that can be saved. Equal ones are decided by number."""
        # scipy takes longer to load than the fast path to run, and only this needs it
        from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415
        from scipy.sparse import csr_array, diags_array, eye_array, hstack, vstack  # noqa: PLC0415

        columns = (self.full, self.size, self.saving, self.catching, self.weights)
        rows = np.column_stack([deterrable, *(column[members] for column in columns)])
        kinds, kind, count = np.unique(rows, axis=0, return_inverse=True, return_counts=True)
        can, full, size, saving, catching, weights = kinds.T
        gains = np.concatenate((saving, catching))
        scale = 1e4 / float(gains.max())
        budget_row = csr_array(np.concatenate((size, weights))[None, :])
        either_rows = hstack((diags_array(full), eye_array(len(count))))
        solved = milp(
            -scale * gains,
            constraints=LinearConstraint(
                vstack((budget_row, either_rows), format="csc"),
                -np.inf,
                np.concatenate(([left], full * count)),
            ),
            bounds=Bounds(0.0, np.concatenate((can * count, np.where(catching > 0, full * count, 0.0)))),
            integrality=np.repeat([1, 0], len(count)),
            options={"mip_rel_gap": 0.0},
        )
        deterred = np.round(solved.x[: len(count)])[kind]
        caught = solved.x[len(count) :][kind]
        order = np.argsort(kind, kind="stable")
        rank = np.empty(len(members))
        rank[order] = np.arange(len(members)) - np.repeat(np.cumsum(count) - count, count)
        each = self.full[members]
        some = np.clip(caught - each * (rank - deterred), 0.0, each)
        return np.where(rank < deterred, each, some), -float(solved.mip_dual_bound) / scale


def _bits(number: int, count: int) -> NDArray[np.bool_]:
    bits: NDArray[np.bool_] = (number >> np.arange(count)) % 2 == 1
    return bits
