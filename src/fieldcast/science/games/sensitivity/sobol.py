"""How much of an outcome's variance each parameter accounts for when all vary at once (Sobol indices).

Two independent samples A and B from one Sobol sequence, and for each parameter A with that column taken from B. First
order: mean(f(B)·(f(ABᵢ)−f(A)))/V; total: mean((f(A)−f(ABᵢ))²)/2V, Jansen's. Both as recommended by Saltelli and others
(2010), "Variance based sensitivity analysis of model output", doi:10.1016/j.cpc.2009.09.018.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from fieldcast.science.errors import BadParameter
from fieldcast.science.games.sensitivity.model import Floats, Model, Range, as_range
from fieldcast.science.text import Text

Quantile = Callable[[Floats], ArrayLike]


@dataclass(frozen=True, eq=False)
class SobolIndices:
    """Shares of the variance, each of shape (d,), in the order of `parameters`.

    `first`: what the parameter accounts for alone; `total`: with every interaction it takes part in. The intervals, of
    shape (d, 2), hold the middle `confidence` of bootstrap resamples. All NaN when the outcome never varies. Estimates
    may stray a little below 0 or above 1. `evaluations`: how many points the function was asked for.
    """

    parameters: tuple[str, ...]
    first: Floats
    total: Floats
    first_interval: Floats
    total_interval: Floats
    confidence: float
    mean: float
    variance: float
    evaluations: int


def sobol(
    model: Model,
    *,
    ranges: Mapping[str, Range | Quantile],
    seed: int,
    n: int = 1024,
    resamples: int = 200,
    confidence: float = 0.95,
) -> SobolIndices:
    """Indices of the parameters in `ranges`, independent of each other; all others stay at base.

    A range is (low, high), uniform, or a quantile function from 0..1 for any other distribution. `n` is a power of two;
    the function is asked for n·(d+2) points. The same seed gives the same indices. Raises `BadParameter`.
    """
    from scipy.stats import qmc  # noqa: PLC0415 — takes a second to import, and only this function needs it

    _check(n=n, resamples=resamples, confidence=confidence, ranges=ranges)
    names = tuple(ranges)
    quantiles = [_quantile(name, given) for name, given in ranges.items()]
    for name in names:
        model.check(name)
    for_points, for_resamples = np.random.SeedSequence(seed).spawn(2)
    units = qmc.Sobol(d=2 * len(names), scramble=True, rng=np.random.default_rng(for_points)).random(n)
    outcome = model.at(**_points(names, quantiles, units))
    mean = float(outcome[:2].mean())
    terms = _terms(outcome - mean)
    first, total = _indices(terms.mean(axis=1)[None, :])
    resampled = _resample(terms, resamples, np.random.default_rng(for_resamples))
    tails = np.array([1 - confidence, 1 + confidence]) / 2
    intervals = [np.quantile(each, tails, axis=0).T for each in _indices(resampled)]
    return SobolIndices(
        parameters=names,
        first=first[0],
        total=total[0],
        first_interval=intervals[0],
        total_interval=intervals[1],
        confidence=confidence,
        mean=mean,
        variance=float(np.var(outcome[:2])),
        evaluations=outcome.size,
    )


def _points(names: tuple[str, ...], quantiles: list[Quantile], units: Floats) -> dict[str, Floats]:
    """For each parameter the values at A, at B, and at A with each column in turn from B; shape (d+2, n)."""
    points = {}
    for place, (name, quantile) in enumerate(zip(names, quantiles, strict=True)):
        a, b = (
            np.asarray(quantile(units[:, column]), dtype=np.float64) for column in (place, place + len(names))
        )
        values = np.tile(a, (len(names) + 2, 1))
        values[1] = values[2 + place] = b
        points[name] = values
    return points


def _terms(outcome: Floats) -> Floats:
    """What is averaged over the sample, row by row: d terms of first order, d of total, then mean and square."""
    a, b, mixed = outcome[0], outcome[1], outcome[2:]
    return np.concatenate([b * (mixed - a), (mixed - a) ** 2 / 2, [(a + b) / 2], [(a**2 + b**2) / 2]])


def _indices(means: Floats) -> tuple[Floats, Floats]:
    """First and total indices, each (k, d), from k rows of averaged terms."""
    variance = (means[:, -1] - means[:, -2] ** 2)[:, None]
    shares = np.divide(means[:, :-2], variance, out=np.full(means[:, :-2].shape, np.nan), where=variance > 0)
    first, total = np.split(shares, 2, axis=1)
    return first, total


def _resample(terms: Floats, resamples: int, rng: np.random.Generator) -> Floats:
    size = terms.shape[1]
    means = np.empty((resamples, terms.shape[0]))
    for row in means:
        row[:] = terms @ np.bincount(rng.integers(size, size=size), minlength=size) / size
    return means


def _quantile(name: str, given: Range | Quantile) -> Quantile:
    if callable(given):
        return given
    low, high = as_range(name, given)

    def uniform(unit: Floats) -> Floats:
        return low + unit * (high - low)

    return uniform


def _check(*, n: int, resamples: int, confidence: float, ranges: Mapping[str, Range | Quantile]) -> None:
    if n < 2 or n & (n - 1):
        raise BadParameter(
            "n", Text(en="n must be a power of two, 2 or more", zh="n 必须是 2 的幂，至少是 2")
        )
    if resamples < 2:
        raise BadParameter("resamples", Text(en="resamples must be 2 or more", zh="resamples 至少是 2"))
    if not 0 < confidence < 1:
        raise BadParameter(
            "confidence", Text(en="confidence must be between 0 and 1", zh="confidence 必须在 0 和 1 之间")
        )
    if not ranges:
        raise BadParameter(
            "ranges", Text(en="ranges must name at least one parameter", zh="ranges 至少要有一个参数")
        )
