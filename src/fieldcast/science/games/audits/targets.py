"""What can be audited and what is at stake there: arrays of one length, finite, within their ranges."""

from dataclasses import dataclass, fields
from typing import Literal, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from fieldcast.science.errors import BadParameter
from fieldcast.science.games.supervision.figures import figure
from fieldcast.science.text import Text

Floats = NDArray[np.float64]
Unit = Literal["audits", "cost"]

SLACK = 1e-12
"""Sums are compared with the budget within this share of it: ten thresholds of a tenth fit a budget of one."""


@dataclass(frozen=True, eq=False)
class Targets:
    """n targets, each array of shape (n,); money in one unit throughout, in expectation over one round of audits.

    `gains` g: what cheating brings the target beyond honesty. `harms` h: what cheating costs the public.
    `costs` c: what one audit costs the regulator. `penalties` F: what is collected from a target found
    cheating (collected, not imposed). `forfeited` s in 0..1: the share of its gain that a caught target must
    give back. `averted` a in 0..1: the share of the harm that an audit prevents or repairs when it finds a
    cheat.

    At audit probability p a cheat expects g − p(s·g + F): the gain with probability 1 − p, (1 − s)·g − F with
    probability p. Hence it is deterred exactly from the threshold θ = g/(s·g + F) upwards. With s = 0 this is
    equation (2) of Tao (2025), doi:10.12677/ecl.2025.14124679, θ = (H1 − H2)/F. Raises `BadParameter` for
    unequal lengths, no target, and values that are not finite or not in their range.
    """

    gains: Floats
    harms: Floats
    costs: Floats
    penalties: Floats
    forfeited: Floats
    averted: Floats

    @classmethod
    def of(
        cls,
        *,
        gains: ArrayLike,
        harms: ArrayLike,
        costs: ArrayLike,
        penalties: ArrayLike,
        forfeited: ArrayLike = 1.0,
        averted: ArrayLike = 1.0,
    ) -> Self:
        """Targets out of lists or single numbers, which hold for all. Raises `BadParameter` as the class does."""
        given = (gains, harms, costs, penalties, forfeited, averted)
        names = [field.name for field in fields(cls)]
        arrays = [_floats(name, values) for name, values in zip(names, given, strict=True)]
        size = next((array.size for array in arrays if array.size != 1), 1)
        return cls(*(np.broadcast_to(a, (size,)) if a.size == 1 else a for a in arrays))

    def __post_init__(self) -> None:
        for field in fields(self):
            values = _floats(field.name, getattr(self, field.name))
            if values.shape != self.gains.shape or not values.size:
                raise BadParameter(
                    field.name,
                    Text(
                        en=f"{field.name} must hold one number per target, as gains does, and at least one.",
                        zh=f"{field.name} 必须给每个对象一个数，个数与 gains 相同，且至少一个。",
                    ),
                )
            share = field.name in {"forfeited", "averted"}
            _check_range(field.name, values, high=1.0 if share else np.inf)
            values = values.copy()
            values.flags.writeable = False
            object.__setattr__(self, field.name, values)

    def __len__(self) -> int:
        return self.gains.size

    @property
    def at_stake(self) -> Floats:
        """D = s·g + F: what being found out costs a cheat, shape (n,)."""
        return self.forfeited * self.gains + self.penalties

    @property
    def thresholds(self) -> Floats:
        """θ: the audit probability from which cheating no longer pays, shape (n,); infinite where it always does."""
        with np.errstate(divide="ignore", invalid="ignore"):
            theta = np.where(self.gains > 0, self.gains / self.at_stake, 0.0)
        return np.where(theta <= 1.0, theta, np.inf)

    def use(self, unit: Unit) -> Floats:
        """What one audit of each takes out of a budget counted in audits (1) or in money (its cost), shape (n,)."""
        return self.costs if unit == "cost" else np.ones(len(self))


def check_budget(budget: float, *, unit: Unit, targets: Targets) -> float:
    """The budget as a float. Raises `BadParameter` below 0 and, counted in audits, above the number of targets."""
    if unit not in ("audits", "cost"):
        raise BadParameter(
            "unit",
            Text(en='unit must be "audits" or "cost".', zh="unit 只能是 audits（次数）或 cost（费用）。"),
        )
    high = float(len(targets)) if unit == "audits" else np.inf
    if not (np.isfinite(budget) and 0 <= budget <= high):
        most = f" and at most {len(targets)}, the number of targets" if unit == "audits" else ""
        zh_most = f"，且不超过对象个数 {len(targets)}" if unit == "audits" else ""
        raise BadParameter(
            "budget",
            Text(
                en=f"budget must be a finite number of at least 0{most}; it is {budget:g}.",
                zh=f"budget（预算）必须是有限的数，不小于 0{zh_most}；现在是 {budget:g}。",
            ),
        )
    return float(budget)


def rough(value: float) -> str:
    """A figure for a sentence: four digits of a small one, a large one to the unit."""
    return figure(float(f"{value:.4g}") if abs(value) < 10_000 else round(value))


def _floats(name: str, values: ArrayLike) -> Floats:
    array = np.asarray(values)
    if array.ndim > 1 or array.dtype.kind not in "biuf":
        raise BadParameter(
            name,
            Text(en=f"{name} must be a number or a list of numbers.", zh=f"{name} 必须是一个数或一列数。"),
        )
    return np.atleast_1d(array).astype(np.float64)


def _check_range(name: str, values: Floats, *, high: float) -> None:
    wrong = np.flatnonzero(~(np.isfinite(values) & (values >= 0) & (values <= high)))
    if wrong.size:
        where = int(wrong[0])
        span_en, span_zh = (
            ("between 0 and 1", "在 0 到 1 之间")
            if np.isfinite(high)
            else ("finite and at least 0", "有限且不小于 0")
        )
        raise BadParameter(
            name,
            Text(
                en=f"{name} must be {span_en} for every target; number {where + 1} is {values[where]:g}.",
                zh=f"每个对象的 {name} 必须{span_zh}；第 {where + 1} 个是 {values[where]:g}。",
            ),
        )
