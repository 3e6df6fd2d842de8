"""Replicator trajectories, thousands at once, with controlled error.

Integrated are not the shares but the logarithms of what each share has grown by, v_i = ln(x_i(t)/x_i(0)), for which the
replicator equation reads dv_i/dt = f_i(x) − f̄(x). Hence shares are never negative, sum to one to rounding, absent
strategies stay absent, and a strategy that fell to 1e-200 comes back in time. The error is kept in v, so it is a
*relative* error of the shares, rare ones included.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from fieldcast.science.errors import BadParameter
from fieldcast.science.games.evolution.game import FloatArray, PopulationGame
from fieldcast.science.games.evolution.tableau import DENSE, ERROR, STAGES, WEIGHTS
from fieldcast.science.text import Text

MOST_STEPS = 20_000
ROUNDING = 16 * np.finfo(np.float64).eps
SAFETY, LEAST_FACTOR, MOST_FACTOR, EXPONENT = 0.9, 0.2, 5.0, 0.2
Rate = Callable[[FloatArray], FloatArray]


@dataclass(frozen=True, eq=False)
class Trajectories:
    """`states[m, t]` is the state of trajectory m at `times[t]`, shares of all populations one after the other.

    `sizes` are the populations' numbers of strategies, `steps` how many steps the whole batch took.
    """

    times: FloatArray
    states: FloatArray
    sizes: tuple[int, ...]
    steps: int

    def of(self, population: int) -> FloatArray:
        """The shares of one population, (m, t, s)."""
        start = sum(self.sizes[:population])
        return self.states[..., start : start + self.sizes[population]]


def replicate(
    game: PopulationGame, *, starts: ArrayLike, times: ArrayLike, tolerance: float = 1e-8
) -> Trajectories:
    """Replicator dynamics from each of `starts` (m, total), reported at `times` (t,), the start standing at `times[0]`.

    Dormand–Prince 5(4) on the whole batch with one adaptive step: in each step the estimated relative error of every
    share stays below `tolerance`. Trajectories therefore agree with those of another batch to that order, not to the
    last digit. Raises `BadParameter` for starts off the simplex, times that do not increase, a tolerance outside
    [1e-13, 1e-2], and a span of time so long that it would need more than 20,000 steps.
    """
    x0 = game.checked_states(starts)
    moments = _checked_times(times)
    if not 1e-13 <= tolerance <= 1e-2:
        raise BadParameter(
            "tolerance",
            Text(en="The tolerance must lie between 1e-13 and 1e-2.", zh="误差限须在 1e-13 与 1e-2 之间。"),
        )
    with np.errstate(divide="ignore"):
        log_start = np.log(x0.T)
    growth, steps = _grow(_rate(game, log_start), log_start.shape, moments, tolerance)
    growth += log_start
    np.exp(growth, out=growth)
    growth /= game.together @ growth
    states = np.ascontiguousarray(growth.transpose(2, 0, 1))
    return Trajectories(times=moments, states=states, sizes=game.sizes, steps=steps)


def _rate(game: PopulationGame, log_start: FloatArray) -> Rate:
    """dv/dt for states in columns, (total, m)."""
    together, earning = game.together, game.earning

    def rate(v: FloatArray) -> FloatArray:
        x = np.exp(log_start + v)
        x /= together @ x
        f = earning(x)
        grown: FloatArray = f - together @ (x * f)
        return grown

    return rate


def _grow(
    rate: Rate, shape: tuple[int, ...], moments: FloatArray, tolerance: float
) -> tuple[FloatArray, int]:
    """v at each moment, (t, total, m), and how many steps it took."""
    out = np.zeros((len(moments), *shape))
    v = np.zeros(shape)
    slopes = np.empty((7, *shape))
    flat = slopes.reshape(7, -1)
    slopes[0] = rate(v)
    time, end, told = float(moments[0]), float(moments[-1]), 1
    step = _first_step(slopes[0], end - time, tolerance)
    for steps in range(MOST_STEPS):
        if told == len(moments):
            return out, steps
        step = min(step, end - time)
        with np.errstate(over="ignore", invalid="ignore"):  # too long a step may blow up: it is then refused
            for stage in range(1, 6):
                slopes[stage] = rate(v + step * (STAGES[stage, :stage] @ flat[:stage]).reshape(shape))
            grown = v + step * (WEIGHTS @ flat[:6]).reshape(shape)
            slopes[6] = rate(grown)
            error = step * float((abs(ERROR @ flat) / (tolerance + ROUNDING * abs(grown.ravel()))).max())
        if not error <= 1:  # nan is refused as well
            step *= max(LEAST_FACTOR, SAFETY * error**-EXPONENT) if np.isfinite(error) else LEAST_FACTOR
            continue
        reached = end if end - time <= step else time + step
        until = int(np.searchsorted(moments, reached, side="right"))
        if until > told:
            out[told:until] = v + _between(flat, (moments[told:until] - time) / step, step, shape)
            told = until
        time, v = reached, grown
        slopes[0] = slopes[6]
        step *= min(MOST_FACTOR, SAFETY * error**-EXPONENT) if error > 0 else MOST_FACTOR
    raise BadParameter(
        "times",
        Text(
            en=f"So long a time would take more than {MOST_STEPS:,} steps; shorten it or loosen the tolerance.",
            zh=f"时间过长，计算将超过 {MOST_STEPS:,} 步；请缩短时间或放宽误差限。",
        ),
    )


def _between(flat: FloatArray, fraction: FloatArray, step: float, shape: tuple[int, ...]) -> FloatArray:
    """Growth since the step began, at fractions of it: (t, total, m)."""
    powers = fraction[:, None] ** np.arange(1, 5)
    inside: FloatArray = step * ((powers @ DENSE.T) @ flat)
    return inside.reshape(-1, *shape)


def _first_step(slope: FloatArray, span: float, tolerance: float) -> float:
    fastest = float(abs(slope).max())
    return span if fastest == 0 else min(span, 0.5 * tolerance**EXPONENT / fastest)


def _checked_times(times: ArrayLike) -> FloatArray:
    moments = np.asarray(times, dtype=np.float64)
    if (
        moments.ndim != 1
        or len(moments) < 2
        or not np.isfinite(moments).all()
        or (np.diff(moments) <= 0).any()
    ):
        raise BadParameter(
            "times",
            Text(
                en="Times must be at least two finite numbers, each later than the one before.",
                zh="时间须至少两个有限的数，且逐个递增。",
            ),
        )
    return moments
