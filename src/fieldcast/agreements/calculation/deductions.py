"""What a pack's price has promised to others before anyone shares what remains, and how far it falls short of that.

What is said of a pack is enough for every order that the offer allows: the fen that rounding takes in larger ones stand
under `rounding_fen`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fieldcast.agreements.calculation import rounding
from fieldcast.agreements.calculation.sharing import shares_of
from fieldcast.agreements.clauses.shapes import LineFacts, Parties, Share
from fieldcast.agreements.roles import ROLES
from fieldcast.agreements.terms import Terms
from fieldcast.agreements.waterfalls import clause_of

ANYONE = Parties(**{role: role for role in ROLES})


@dataclass(frozen=True, kw_only=True)
class PackSum:
    """The price of a pack beside what it must carry. `promised`: fen by the name of a clause's cost, farmer's first."""

    price_fen: int
    promised: Mapping[str, int]
    rounding_fen: int

    @property
    def deductions_fen(self) -> int:
        """Everything that is promised from the price."""
        return sum(self.promised.values()) + self.rounding_fen

    @property
    def left_fen(self) -> int:
        """What remains for rebate and cooperative; below zero when the price does not carry what is promised."""
        return self.price_fen - self.deductions_fen

    @property
    def shortfall_fen(self) -> int:
        """What someone must put in for each pack sold."""
        return max(0, -self.left_fen)


def pack_sum(
    *, terms: Terms, product_code: str, pack_units: int, price_fen: int, most_packs: int = 1
) -> PackSum:
    """The sum of a pack of `pack_units` lot units, enough for orders of up to `most_packs` of them.

    Raises `ProductNotAgreed` when the terms guarantee no price for the product.
    """

    def line(packs: int) -> tuple[Share, ...]:
        """The shares of an order of so many packs."""
        facts = LineFacts(
            order_line_id=0,
            product_code=product_code,
            packs=packs,
            units_per_pack=pack_units,
            price_fen=price_fen,
            refunded_fen=0,
            parties=ANYONE,
        )
        return shares_of(line=facts, terms=terms)

    return PackSum(
        price_fen=price_fen,
        promised=_promised(line(1)),
        rounding_fen=rounding.of_larger_orders(
            left_of_packs=lambda packs: left_of(line(packs)), most_packs=most_packs
        ),
    )


def left_of(shares: Iterable[Share]) -> int:
    """What the shares of a line leave for rebate and cooperative; below zero, by how much the line falls short."""
    return sum(share.amount_fen for share in shares if clause_of(share.kind).shares_rest)


def _promised(shares: Iterable[Share]) -> dict[str, int]:
    """What the shares of a line promise, cost by cost; whoever shares the rest is promised nothing."""
    sums: dict[str, int] = {}
    for share in shares:
        clause = clause_of(share.kind)
        if clause.cost is not None and not clause.shares_rest:
            sums[clause.cost.name] = sums.get(clause.cost.name, 0) + share.amount_fen
    return sums
