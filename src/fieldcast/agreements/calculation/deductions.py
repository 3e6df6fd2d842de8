"""What a pack's price has promised to others before anyone shares what remains, and how far it falls short of that.

What is said of a pack is enough for every order that the offer allows: the fen that rounding takes in larger ones stand
under `rounding_fen`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fieldcast.agreements.agreed import AgreedTerms
from fieldcast.agreements.calculation import rounding
from fieldcast.agreements.calculation.known import cost_of, shares_rest
from fieldcast.agreements.calculation.sharing import shares_of
from fieldcast.agreements.clauses.shapes import LineFacts, Parties, Share


class _Anyone(Parties):
    """Whoever takes part: each role, and each pool, under its own name."""

    def of(self, role: str) -> str:
        """The role itself."""
        return role


ANYONE: Parties = _Anyone()


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
    *,
    terms: AgreedTerms,
    product_code: str,
    pack_units: int,
    price_fen: int,
    most_packs: int = 1,
    grade: str | None = None,
) -> PackSum:
    """The sum of a pack of `pack_units` lot units, enough for orders of up to `most_packs` of them.

    Without a `grade` that of the first price said for the product.

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
            grade=terms.usual_grade(product_code) if grade is None else grade,
        )
        return shares_of(line=facts, terms=terms)

    return PackSum(
        price_fen=price_fen,
        promised=_promised(line(1)),
        rounding_fen=rounding.of_larger_orders(
            left_of_packs=lambda packs: left_of(line(packs)),
            most_packs=most_packs,
            rounded=terms.rounded_amounts,
        ),
    )


def left_of(shares: Iterable[Share]) -> int:
    """What the shares of a line leave for rebate and cooperative; below zero, by how much the line falls short."""
    return sum(share.amount_fen for share in shares if shares_rest(share.kind))


def _promised(shares: Iterable[Share]) -> dict[str, int]:
    """What the shares of a line promise, cost by cost; whoever shares the rest is promised nothing."""
    sums: dict[str, int] = {}
    for share in shares:
        name = cost_of(share)
        if name is not None:
            sums[name] = sums.get(name, 0) + share.amount_fen
    return sums
