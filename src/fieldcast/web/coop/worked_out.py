"""The terms of an agreement worked out on one box."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from fieldcast.agreements.agreed import AgreedTerms
from fieldcast.agreements.calculation import (
    LineFacts,
    Slice,
    explain,
    kind_title,
    role_title,
    shares_of,
    where_it_goes,
)
from fieldcast.agreements.calculation.deductions import ANYONE
from fieldcast.agreements.roles import ROLES
from fieldcast.catalog.types import ProductView
from fieldcast.web.shared.words import local_name, unit_name


@dataclass(frozen=True)
class Example:
    """One box sold under the terms: who gets what of it, and how each amount came about."""

    title: str
    price_fen: int
    roles: tuple[tuple[str, tuple[dict[str, Any], ...], int], ...]
    slices: tuple[Slice, ...]

    @property
    def covered(self) -> bool:
        """Must the cooperative put money in, because the price does not carry the guarantee?"""
        return any(one.role in ROLES and ROLES[one.role].covers and one.amount_fen < 0 for one in self.slices)


def example(terms: AgreedTerms, *, product: ProductView, pack_units: int, price_fen: int) -> Example:
    """A box of `pack_units` lot units sold at `price_fen`, shared out."""
    line = LineFacts(
        order_line_id=0,
        product_code=product.code,
        grade=terms.usual_grade(product.code),
        packs=1,
        units_per_pack=pack_units,
        price_fen=price_fen,
        refunded_fen=0,
        parties=ANYONE,
    )
    shares = shares_of(line=line, terms=terms)
    roles = []
    named = dict.fromkeys([*ROLES, *(share.role for share in shares)])  # pools stand behind the roles
    for role in named:
        mine = [share for share in shares if share.role == role]
        lines = tuple(
            {"title": kind_title(one.kind), "why": explain(one), "fen": one.amount_fen} for one in mine
        )
        if lines:
            roles.append((role_title(role), lines, sum(one.amount_fen for one in mine)))
    title = f"{local_name(product)} {pack_units} {unit_name(product.unit, pack_units)}"
    return Example(title=title, price_fen=price_fen, roles=tuple(roles), slices=where_it_goes(shares))


def sold_products(terms: AgreedTerms, products: Sequence[ProductView]) -> dict[str, ProductView]:
    """The products that may be sold under the terms, by code."""
    return {one.code: one for one in products if terms.sells(one.code)}
