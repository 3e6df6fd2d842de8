"""Which kind of equilibrium the supervision game has: one name for every combination of parameters, boundaries too.

Two comparisons decide: the fine F against what dishonesty saves (H1−H2), and the cost of supervising C against what it
brings when the host is dishonest (F+L). Three outcomes of each make nine regimes; free supervision (C=0) is a tenth.
"""

from enum import StrEnum
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fieldcast.science.games.supervision.checks import Parameter
from fieldcast.science.text import Text

ROUNDING = 4 * np.finfo(np.float64).eps
"""Two floats closer than this, relative to the figures they come from, are the same number written differently."""


class Regime(StrEnum):
    """A regime by name. Codes, as `regime_codes` gives them, count in the order written here.

    Listed by the fine (below, at, above H1−H2), then by the cost of supervising (below, at, above F+L).
    """

    UNDETERRABLE_SUPERVISED = "undeterrable_supervised"
    UNDETERRABLE_COST_AT_STAKE = "undeterrable_cost_at_stake"
    UNDETERRABLE_UNSUPERVISED = "undeterrable_unsupervised"
    FINE_AT_GAIN = "fine_at_gain"
    FINE_AT_GAIN_COST_AT_STAKE = "fine_at_gain_cost_at_stake"
    FINE_AT_GAIN_UNSUPERVISED = "fine_at_gain_unsupervised"
    MIXED = "mixed"
    COST_AT_STAKE = "cost_at_stake"
    UNSUPERVISED = "unsupervised"
    FREE_SUPERVISION = "free_supervision"

    @property
    def code(self) -> int:
        """The number of this regime in arrays of codes."""
        return CODES[self]

    @property
    def label(self) -> Text:
        """A few words for a legend."""
        return LABELS[self]

    @property
    def is_boundary(self) -> bool:
        """Whether the least change of a parameter can lead into another regime."""
        return self not in INSIDE

    @staticmethod
    def of(code: int) -> "Regime":
        """The regime that a code stands for."""
        return REGIMES[code]


REGIMES = tuple(Regime)
CODES = {regime: code for code, regime in enumerate(REGIMES)}
INSIDE = frozenset(
    {
        Regime.MIXED,
        Regime.UNSUPERVISED,
        Regime.UNDETERRABLE_SUPERVISED,
        Regime.UNDETERRABLE_UNSUPERVISED,
    }
)
LABELS = {
    Regime.UNDETERRABLE_SUPERVISED: Text(
        en="Fine too low to deter; supervised all the same", zh="罚不住，农户照样监督"
    ),
    Regime.UNDETERRABLE_COST_AT_STAKE: Text(
        en="Fine too low to deter; supervision breaks even", zh="罚不住，监督不赔不赚"
    ),
    Regime.UNDETERRABLE_UNSUPERVISED: Text(
        en="Fine too low to deter; nobody supervises", zh="罚不住，也没人监督"
    ),
    Regime.FINE_AT_GAIN: Text(en="Fine equals what dishonesty saves", zh="罚金刚好抵掉不诚信省下的"),
    Regime.FINE_AT_GAIN_COST_AT_STAKE: Text(
        en="Fine equals what dishonesty saves; supervision breaks even",
        zh="罚金刚好抵掉不诚信省下的，监督不赔不赚",
    ),
    Regime.FINE_AT_GAIN_UNSUPERVISED: Text(
        en="Fine equals what dishonesty saves; nobody supervises", zh="罚金刚好抵掉不诚信省下的，没人监督"
    ),
    Regime.MIXED: Text(en="Fine deters; host and farmer both mix", zh="罚得住，双方都看概率"),
    Regime.COST_AT_STAKE: Text(en="Fine would deter; supervision breaks even", zh="本来罚得住，监督不赔不赚"),
    Regime.UNSUPERVISED: Text(en="Fine would deter; nobody supervises", zh="本来罚得住，可没人监督"),
    Regime.FREE_SUPERVISION: Text(en="Supervision is free; the host is honest", zh="监督不花钱，主播诚信"),
}
MIXED = CODES[Regime.MIXED]
FREE = CODES[Regime.FREE_SUPERVISION]
ALWAYS_SUPERVISED = (CODES[Regime.UNDETERRABLE_SUPERVISED], CODES[Regime.FINE_AT_GAIN])


def code_of(*, C: Parameter, F: Parameter, L: Parameter, H1: Parameter, H2: Parameter) -> NDArray[np.int8]:
    """Codes of regimes, of the shape the parameters broadcast to; whole numbers and fractions are compared exactly."""
    given: tuple[Any, ...] = (C, F, L, H1, H2)
    if all(isinstance(value, int | Fraction) for value in given):
        return _code(*(np.array(Fraction(value), dtype=object) for value in given), rounding=0)
    return _code(*(np.asarray(value, dtype=np.float64) for value in given), rounding=ROUNDING)


def _code(C: Any, F: Any, L: Any, H1: Any, H2: Any, *, rounding: float) -> NDArray[np.int8]:
    fine = _compare(F - (H1 - H2), rounding * (np.abs(F) + np.abs(H1) + np.abs(H2)))
    cost = _compare(C - (F + L), rounding * (C + F + L))
    code = np.asarray(3 * fine + cost, dtype=np.int8)
    free = (code == MIXED) & (C == 0)
    return np.where(free, np.int8(FREE), code) if free.any() else code


def _compare(difference: Any, same: Any) -> NDArray[np.int8]:
    """0 below, 1 at, 2 above zero."""
    at_least = np.asarray(difference >= -same, dtype=np.int8)
    return at_least + np.asarray(difference > same, dtype=np.int8)
