"""What every model of sharing takes and gives."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from django.utils.functional import Promise

from fieldcast.agreements.terms import Terms

Inputs = Mapping[str, int | str]
ROLES = ("farmer", "carrier", "host", "cooperative", "platform")  # in the order in which a picture shows them


class UnknownFormula(LookupError):
    """A share names a formula that no model has."""


@dataclass(frozen=True, kw_only=True)
class Parties:
    """Who takes part in a sale, by their names in the ledger (`org:12`). One party may have several roles."""

    farmer: str
    cooperative: str
    host: str
    carrier: str
    platform: str = "platform"


@dataclass(frozen=True, kw_only=True)
class LineFacts:
    """A finished order line: `packs` of `units_per_pack` lot units, sold at `price_fen` a pack.

    Raises `ValueError` unless the price and the counts are above zero and 0 ≤ `refunded_fen` ≤ paid.
    """

    order_line_id: int
    product_code: str
    packs: int
    units_per_pack: int
    price_fen: int
    refunded_fen: int
    parties: Parties

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

    `sums` names the inputs that add up when several lines are shown as one; the others must be equal.
    """

    key: str
    sums: frozenset[str]
    compute: Callable[[Inputs], int]
    sentence: Callable[[Inputs], str]


class Model(Protocol):
    """A way of sharing a sale. `apply` never asks anything but its arguments."""

    @property
    def name(self) -> str:
        """What the terms call it."""
        ...

    @property
    def title(self) -> str | Promise:
        """What people call it."""
        ...

    @property
    def formulas(self) -> Mapping[str, Formula]:
        """The formulas its shares name, by key; no key is another model's too."""
        ...

    def apply(self, *, line: LineFacts, terms: Terms) -> tuple[Share, ...]:
        """The shares of a line, in the order of a statement; they sum to `line.net_fen` exactly."""
        ...
