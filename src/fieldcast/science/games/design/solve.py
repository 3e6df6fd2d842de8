"""The least cost of a mix, solved: in closed form for a given share of reports, by a fine grid over that share.

With the share of reports ρ fixed, let x be the penalty collected. Honesty p asks for C − s ≤ (1 − p)·δ[(1 −
ρ)x + L], supervision of at most q for H1 − H2 − m ≤ x[ρ + qδ(1 − ρ)]; so each x fixes the subsidy s and the
margin m, and all costs are piecewise linear in x, their sum convex: the least lies where a piece ends. If
reports alone outweigh the gain, H1 − H2 − m < ρx, the host is honest unsupervised and no subsidy is needed;
that is a second problem of the same kind, and the cheaper of both counts.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fieldcast.science.games.design.enforcement import Enforcement
from fieldcast.science.games.design.instruments import INSTRUMENTS, Limits, Mix, Prices

Floats = NDArray[np.float64]

STRICT = 1e-6
"""Deterrence must be strict: what a cheat expects to pay exceeds what it gains by this share at least."""
TEMPTATION = 1e-3
"""The share of H1 − H2 that a better honest margin leaves at least: with nothing left the game would be another."""
GRID, FINER, ZOOMS, KEPT = 401, 20, 6, 6
EDGE = 1e-12


@dataclass(frozen=True)
class Problem:
    """One game (C, L, H1 − H2, F), how it is enforced, the targets, and what instruments cost and how far they go."""

    cost: float
    loss: float
    gain: float
    penalty: float
    enforcement: Enforcement
    honesty: float
    supervision: float
    price: dict[str, float]
    limit: dict[str, float]

    @classmethod
    def of(
        cls,
        game: dict[str, float],
        enforcement: Enforcement,
        *,
        honesty: float,
        supervision: float,
        prices: Prices,
        limits: Limits,
    ) -> "Problem":
        gain = game["H1"] - game["H2"]
        natural = {
            "subsidy": game["C"],
            "reporting": 1 - enforcement.reporting,
            "margin": gain * (1 - TEMPTATION),
        }
        price, limit = {}, {}
        for name in INSTRUMENTS:
            asked, most = getattr(prices, name), getattr(limits, name)
            price[name] = asked or 0.0
            limit[name] = (
                min(np.inf if most is None else most, natural.get(name, np.inf)) if asked is not None else 0.0
            )
        return cls(
            game["C"],
            game["L"],
            gain,
            game["F"],
            enforcement,
            honesty,
            supervision,
            price,
            limit,
        )

    @property
    def most_collected(self) -> float:
        """The largest penalty that can be collected within the limits; may be infinite."""
        named = self.penalty + self.limit["penalty"]
        kappa = self.enforcement.collection
        if kappa == 1:
            return named
        held = min(named, self.enforcement.deposit + self.limit["deposit"])
        return held if kappa == 0 else kappa * named + (1 - kappa) * held


def least(problem: Problem) -> tuple[float, Mix | None]:
    """The least cost and its mix; infinite and `None` where no mix within the limits reaches the targets."""
    most = problem.limit["reporting"]
    added = np.linspace(0.0, most, GRID) if most > 0 else np.zeros(1)
    costs, amounts = _at(problem, added)
    step = most / (GRID - 1)
    for _ in range(ZOOMS if most > 0 else 0):
        best = added[np.argsort(costs, kind="stable")[:KEPT]]
        added = np.clip(np.unique(best[:, None] + step * np.linspace(-1, 1, 2 * FINER + 1)), 0.0, most)
        costs, amounts = _at(problem, added)
        step /= FINER
    chosen = int(np.argmin(costs))
    if not np.isfinite(costs[chosen]):
        return np.inf, None
    return float(costs[chosen]), Mix(**{name: float(amounts[name][chosen]) for name in INSTRUMENTS})


def _at(problem: Problem, added: Floats) -> tuple[Floats, dict[str, Floats]]:
    """Least cost and amounts for each share of reports added, shape (r,)."""
    rho = (problem.enforcement.reporting + added)[:, None]
    seen = problem.enforcement.detection * (1 - rho)
    strictly = problem.gain * (1 + STRICT)
    # where nearly all is reported, supervision adds nothing: even at the full a cheat must be strictly deterred
    wanted = [(rho + problem.supervision * seen, problem.gain), (rho + seen, strictly)]
    supervised = _best_penalty(problem, rho, wanted, subsidised=True)
    reported = _best_penalty(problem, rho, [(rho, strictly)], subsidised=False)
    better = reported[0] < supervised[0]
    amounts = {name: np.where(better, reported[1][name], supervised[1][name]) for name in supervised[1]}
    amounts["reporting"] = added
    return np.minimum(reported[0], supervised[0]) + problem.price["reporting"] * added, amounts


def _best_penalty(
    problem: Problem, rho: Floats, wanted: list[tuple[Floats, float]], *, subsidised: bool
) -> tuple[Floats, dict[str, Floats]]:
    """The penalty x collected at which the rest is cheapest; for each (reach, due) of `wanted` a cheat must expect
    to pay x·reach + m ≥ due. Shapes (r, 1) in, (r,) out."""
    limit, price, delta = problem.limit, problem.price, problem.enforcement.detection
    x = _corners(problem, rho, wanted)
    saved = (1 - problem.honesty) * delta * ((1 - rho) * x + problem.loss)
    subsidy = np.maximum(problem.cost - saved, 0.0) if subsidised else np.zeros_like(x)
    margin = np.maximum.reduce([np.zeros_like(x), *(due - x * reach for reach, due in wanted)])
    raised, penalty, deposit = _raise_to(problem, x)
    total = raised + price["subsidy"] * subsidy + price["margin"] * margin
    allowed = subsidy <= limit["subsidy"] + EDGE * problem.cost
    allowed &= margin <= limit["margin"] + EDGE * problem.gain
    total = np.where(allowed, total, np.inf)
    rows, best = np.arange(len(x)), np.argmin(total, axis=1)
    amounts = {"subsidy": subsidy, "penalty": penalty, "deposit": deposit, "margin": margin}
    return total[rows, best], {
        name: np.minimum(amount[rows, best], limit[name]) for name, amount in amounts.items()
    }


def _corners(problem: Problem, rho: Floats, wanted: list[tuple[Floats, float]]) -> Floats:
    """Every x, shape (r, k), at which some instrument begins, ends or gives way to another."""
    enforcement, limit, named = problem.enforcement, problem.limit, problem.penalty
    kappa, held = enforcement.collection, enforcement.deposit
    least = enforcement.collected(named)
    with np.errstate(divide="ignore", invalid="ignore"):
        needs = [problem.cost, max(problem.cost - limit["subsidy"], 0.0)]
        stakes = [np.divide(need, (1 - problem.honesty) * enforcement.detection) for need in needs]
        depends = [(stake - problem.loss) / (1 - rho) for stake in stakes]
        for reach, due in wanted:
            depends += [rest / reach for rest in (due, max(due - limit["margin"], 0.0))]
        if len(wanted) > 1:  # where the one demand on the margin gives way to the other
            (reach, due), (full, strictly) = wanted
            depends.append((strictly - due) / (full - reach))
        alone = [
            least,
            named,
            held,
            held + limit["deposit"],
            kappa * named + (1 - kappa) * (held + limit["deposit"]),
            kappa * (named + limit["penalty"]) + (1 - kappa) * held if kappa < 1 else least,
            problem.most_collected,
        ]
    depends += [np.full_like(rho, value) for value in alone]
    x = np.concatenate(depends, axis=1)
    return np.clip(np.where(np.isfinite(x), x, least), least, problem.most_collected)


def _raise_to(problem: Problem, x: Floats) -> tuple[Floats, Floats, Floats]:
    """Least cost, penalty f and deposit d to be added so that x = κ(F + f) + (1 − κ)(D + d) is collected.

    For a given f the deposit d follows, between f = x − F (all of the penalty deposited) and d = 0, and the
    cost is linear between: one of the two ends is cheapest.
    """
    named, kappa, held = problem.penalty, problem.enforcement.collection, problem.enforcement.deposit
    limit, price = problem.limit, problem.price
    low = np.maximum(x - named, 0.0)
    high = low
    if 0 < kappa < 1:
        low = np.maximum(low, (x - (1 - kappa) * (held + limit["deposit"])) / kappa - named)
        high = np.maximum(low, np.minimum((x - (1 - kappa) * held) / kappa - named, limit["penalty"]))
    ends = []
    for penalty in (low, high):
        short = np.maximum(x - kappa * (named + penalty), 0.0)
        deposit = np.maximum(short / (1 - kappa) - held, 0.0) if kappa < 1 else np.zeros_like(x)
        edge = EDGE * (1 + x)
        allowed = (penalty <= limit["penalty"] + edge) & (deposit <= limit["deposit"] + edge)
        total = np.where(allowed, price["penalty"] * penalty + price["deposit"] * deposit, np.inf)
        ends.append((total, penalty, deposit))
    first = ends[0][0] <= ends[1][0]
    total, penalty, deposit = (np.where(first, one, other) for one, other in zip(*ends, strict=True))
    return total, penalty, deposit


@dataclass(frozen=True)
class Reach:
    """The utmost within the limits, whatever it costs: penalty collected, least supervision, most honesty with it.

    `supervision` above 1 means that no supervision deters.
    """

    collected: float
    supervision: float
    honesty: float


def reachable(problem: Problem) -> Reach:
    """How far the limits reach: supervision first, then honesty where the supervision wanted is kept."""
    delta, most = problem.enforcement.detection, problem.most_collected
    rho = problem.enforcement.reporting + np.linspace(0.0, problem.limit["reporting"], 10_001)
    gain = problem.gain - problem.limit["margin"]
    with np.errstate(divide="ignore", invalid="ignore"):
        due = gain / most if most > 0 else np.inf
        need = np.where(due <= rho, 0.0, (due - rho) / (delta * (1 - rho)))
        stake = delta * (problem.loss + np.where(rho < 1, (1 - rho) * most, 0.0))
        odds = np.clip(1 - (problem.cost - problem.limit["subsidy"]) / stake, 0.0, 1.0)
    odds = np.where(due < rho, 1.0, odds)
    return Reach(most, float(need.min()), float(np.max(odds, where=need <= problem.supervision, initial=0.0)))
