"""The reserve: which part of a seller's lines is kept until their time for refunds is over. Pure.

The seller's refunded share of 90 days, with 20 lines at the county's mean beside its own, and of that the Wilson upper
bound at 95 %: the share that refunds pass in one of forty such seasons. A newcomer has the county's 20 lines alone.

    n = lines + 20          p = (refunded + 20 × county's refunded ÷ county's lines) ÷ n          z = 1.96
    bound = (p + z² ÷ 2n + z × √(p × (1 − p) ÷ n + z² ÷ 4n²)) ÷ (1 + z² ÷ n)

Source: E. B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927) 209–212.
"""

from dataclasses import dataclass
from decimal import ROUND_CEILING, Context, Decimal
from typing import Final

FORMULA: Final = "wilson95_prior20.1"
PRIOR_LINES: Final = 20
DAYS: Final = 90
ALL_BP: Final = 10_000
_Z: Final = Decimal("1.96")
_EXACT: Final = Context(prec=50)


@dataclass(frozen=True)
class Counted:
    """Lines that were received, and of how many money went back."""

    lines: int
    refunded: int

    def __post_init__(self) -> None:
        if not 0 <= self.refunded <= self.lines:
            raise ValueError(f"{self.refunded} of {self.lines} lines cannot be refunded")


def share_bp(own: Counted, county: Counted, *, prior_lines: int = PRIOR_LINES) -> int:
    """The bound in basis points, rounded up; all of a line where the county itself has sold nothing yet."""
    if not county.lines:
        return ALL_BP
    n = Decimal(own.lines + prior_lines)
    mean = _EXACT.divide(Decimal(county.refunded), Decimal(county.lines))
    p = _EXACT.divide(own.refunded + prior_lines * mean, n)
    z2 = _Z * _Z
    root = _EXACT.sqrt(_EXACT.divide(p * (1 - p), n) + _EXACT.divide(z2, 4 * n * n))
    bound = _EXACT.divide(p + _EXACT.divide(z2, 2 * n) + _Z * root, 1 + _EXACT.divide(z2, n))
    return min(ALL_BP, int((bound * ALL_BP).to_integral_value(ROUND_CEILING)))


def within(bp: int, *, least_bp: int, most_bp: int) -> int:
    """The part within the limits of the clause."""
    return max(least_bp, min(most_bp, bp))


def early_fen(share_fen: int, *, reserve_bp: int) -> int:
    """What of a share is paid early: all but the reserve, which is rounded up to the fen."""
    return max(0, share_fen) * (ALL_BP - reserve_bp) // ALL_BP
