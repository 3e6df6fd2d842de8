"""From records to the parameters of the game, and from these to honesty, supervision and the regime."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fieldcast.science.errors import BadParameter
from fieldcast.science.games.estimate import sentences
from fieldcast.science.games.estimate.bootstrap import Interval, interval, resampled_means
from fieldcast.science.games.estimate.records import Records
from fieldcast.science.games.supervision import Regime, SupervisionGame
from fieldcast.science.text import Text

Floats = NDArray[np.float64]

FEWEST = 10
"""Below so many records of a table an interval is computed, but nobody should decide by it."""
UNTEMPTED = "untempted"
"""Beside the regimes of the game: dishonesty brings the host nothing, so there is no game."""
SOURCES = {
    "C": ("audits",),
    "imposed": ("penalties",),
    "collection": ("penalties",),
    "F": ("penalties",),
    "L": ("losses",),
    "gain": ("honest_margins", "dishonest_margins"),
}
"""The tables each parameter rests on."""


@dataclass(frozen=True)
class Parameter:
    """One parameter: its `interval`, the number of `records` it rests on, and how many were left out as `missing`."""

    interval: Interval
    records: int
    missing: int


@dataclass(frozen=True)
class Estimates:
    """What the records say.

    `parameters` by name: `C`; `imposed`, the mean penalty named; `collection`, the share collected of it;
    `F`, the mean penalty collected, which is what deters; `L`; `gain`, H1 − H2. `honesty` and `supervision`:
    the equilibrium at these values, with intervals. `regimes`: the share of resamples in each regime of
    `supervision.Regime` (by its name, or `untempted` where dishonesty brings nothing), largest first; empty
    when a parameter is not known. `tells`: whether the records suffice for one regime at the confidence asked
    for; `sentence` says what they tell or why they cannot.
    """

    parameters: dict[str, Parameter]
    honesty: Interval
    supervision: Interval
    regimes: dict[str, float]
    confidence: float
    tells: bool
    sentence: Text


def estimate(records: Records, *, seed: int, resamples: int = 2000, confidence: float = 0.95) -> Estimates:
    """Parameters, honesty, supervision and regime out of records, with bootstrap intervals.

    C is the mean of hours · hour_value + costs, F the mean penalty collected, L the mean of refunds + lost
    repeat purchases, H1 − H2 the mean dishonest less the mean honest margin; honesty and supervision follow
    by equations (4) and (2) of Tao (2025), doi:10.12677/ecl.2025.14124679, or by the regime. A row with a
    figure missing is left out. Each table is resampled by itself `resamples` (≥ 100) times from `seed` (≥ 0).
    `confidence` in 0.5..0.999. Raises `BadParameter` outside these ranges.
    """
    _check(seed=seed, resamples=resamples, confidence=confidence)
    tables = _tables(records)
    known = {name: rows[~np.isnan(rows).any(axis=1)] for name, rows in tables.items()}
    count = {name: len(rows) for name, rows in known.items()}
    missing = {name: len(tables[name]) - n for name, n in count.items()}
    rng = np.random.default_rng(seed)
    values = _values({name: _means(rows) for name, rows in known.items()})
    draws = _values(
        {name: resampled_means(rows, resamples=resamples, rng=rng) for name, rows in known.items()}
    )
    parameters = {}
    for name, sources in SOURCES.items():
        n = min(count[source] for source in sources)
        found = interval(float(values[name][0]), draws[name], records=n, confidence=confidence)
        parameters[name] = Parameter(found, n, sum(missing[source] for source in sources))
    fewest = min(count.values())
    at, around = _equilibria(values), _equilibria(draws)
    honesty, supervision = (
        interval(float(value[0]), draw, records=fewest, confidence=confidence)
        for value, draw in zip(at[:2], around[:2], strict=True)
    )
    regimes = _shares(around[2]) if fewest >= 2 else {}
    found_out = sentences.Found(count, sum(missing.values()), regimes, honesty, supervision, confidence)
    return Estimates(
        parameters,
        honesty,
        supervision,
        regimes,
        confidence,
        fewest >= FEWEST and max(regimes.values()) >= confidence,
        sentences.tell(found_out, fewest=FEWEST),
    )


def _tables(records: Records) -> dict[str, Floats]:
    """Each table as rows of the figures a parameter needs, shape (n, k); a missing figure makes its row NaN."""
    return {
        "audits": (records.audit_hours * records.hour_value + records.audit_costs)[:, None],
        "penalties": np.column_stack((records.penalties_imposed, records.penalties_collected)),
        "losses": (records.refunds + records.lost_repeat_purchases)[:, None],
        "honest_margins": records.honest_margins[:, None],
        "dishonest_margins": records.dishonest_margins[:, None],
    }


def _means(rows: Floats) -> Floats:
    return rows.mean(axis=0, keepdims=True) if len(rows) else np.full((1, rows.shape[1]), np.nan)


def _values(means: dict[str, Floats]) -> dict[str, Floats]:
    """Parameters out of the means of the tables, each of shape (draws,)."""
    imposed, collected = means["penalties"].T
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(imposed > 0, collected / imposed, np.nan)
    return {
        "C": means["audits"][:, 0],
        "imposed": imposed,
        "collection": share,
        "F": collected,
        "L": means["losses"][:, 0],
        "gain": means["dishonest_margins"][:, 0] - means["honest_margins"][:, 0],
    }


def _equilibria(values: dict[str, Floats]) -> tuple[Floats, Floats, NDArray[np.int64]]:
    """Honesty, supervision and the code of the regime: −1 where nothing tempts, NaN where not known."""
    needed = [values[name] for name in ("C", "F", "L", "gain")]
    if np.isnan(needed).any():
        unknown = np.full(len(needed[0]), np.nan)
        return unknown, unknown, np.full(len(unknown), -1)
    C, F, L, gain = needed
    tempted = gain > 0
    game = SupervisionGame(R1=1.0, R2=0.0, C=C, F=F, L=L, G=0.0, H1=np.where(tempted, gain, 1.0), H2=0.0)
    return (
        np.where(tempted, game.honesty, 1.0),
        np.where(tempted, game.supervision, 0.0),
        np.where(tempted, game.regime_codes, -1).astype(np.int64),
    )


def _shares(codes: NDArray[np.int64]) -> dict[str, float]:
    found, counts = np.unique(codes, return_counts=True)
    names = [UNTEMPTED if code < 0 else str(Regime.of(int(code))) for code in found]
    largest = np.argsort(-counts, kind="stable")
    return {names[i]: float(counts[i] / len(codes)) for i in largest}


def _check(*, seed: int, resamples: int, confidence: float) -> None:
    if seed < 0:
        raise BadParameter("seed", Text(en="seed must be at least 0.", zh="seed（种子）不能小于 0。"))
    if resamples < 100:
        raise BadParameter(
            "resamples", Text(en="resamples must be at least 100.", zh="resamples（重抽次数）不能少于 100。")
        )
    if not 0.5 <= confidence <= 0.999:
        raise BadParameter(
            "confidence",
            Text(en="confidence must be in 0.5..0.999.", zh="confidence（把握）必须在 0.5 到 0.999 之间。"),
        )
