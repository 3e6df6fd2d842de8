"""What a sale's sharing takes and gives: a finished line, who takes part, shares, and formulas that explain them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

Inputs = Mapping[str, Any]


class UnknownFormula(LookupError):
    """A share names a formula that no clause has."""


@dataclass(frozen=True, init=False)
class Parties:
    """Who takes part in a sale, role by role, by their names in the ledger (`org:12`). One may have several roles."""

    by_role: Mapping[str, str] = field(init=False)

    def __init__(self, /, **by_role: str) -> None:
        object.__setattr__(self, "by_role", {"platform": "platform", **by_role})

    def of(self, role: str) -> str:
        """Who has this role. Raises `KeyError` when nobody has."""
        return self.by_role[role]


@dataclass(frozen=True, kw_only=True)
class LineFigures:
    """What is counted of a finished order line: `packs` of `units_per_pack` lot units, sold at `price_fen` a pack.

    Raises `ValueError` unless the price and the counts are above zero and 0 ≤ `refunded_fen` ≤ paid.
    """

    order_line_id: int
    packs: int
    units_per_pack: int
    price_fen: int
    refunded_fen: int

    def __post_init__(self) -> None:
        if min(self.packs, self.units_per_pack, self.price_fen) < 1:
            raise ValueError(f"line {self.order_line_id}: packs, units and price are above zero")
        if not 0 <= self.refunded_fen <= self.paid_fen:
            raise ValueError(
                f"line {self.order_line_id}: {self.refunded_fen} fen refunded of {self.paid_fen}"
            )

    @property
    def paid_fen(self) -> int:
        """What the buyer paid for the line."""
        return self.packs * self.price_fen

    @property
    def net_fen(self) -> int:
        """What was paid less what was refunded: what the shares sum to."""
        return self.paid_fen - self.refunded_fen


@dataclass(frozen=True, kw_only=True)
class LineFacts(LineFigures):
    """A finished order line of a product's grade, and who takes part in its sale."""

    product_code: str
    parties: Parties
    grade: str = ""


@dataclass(frozen=True, kw_only=True)
class Share:
    """What a clause gives to a party from a line, or takes from it (negative), and how it was worked out."""

    party: str
    role: str
    clause: int
    kind: str
    formula: str
    inputs: Inputs
    amount_fen: int


@dataclass(frozen=True)
class Formula:
    """How an amount follows from inputs: `compute` in fen, `sentence` in words of the active language.

    `sums` says of an input's name whether it adds up when several lines are shown as one; the others must be equal.
    """

    key: str
    sums: Callable[[str], bool]
    compute: Callable[[Inputs], int]
    sentence: Callable[[Inputs], str]
