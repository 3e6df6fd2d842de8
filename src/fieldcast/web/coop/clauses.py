"""The terms of an agreement in words, clause by clause, and worked out on one box."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext

from fieldcast.agreements.calculation import (
    LineFacts,
    Parties,
    Slice,
    explain,
    kind_title,
    role_title,
    shares_of,
    where_it_goes,
)
from fieldcast.agreements.calculation.shapes import ROLES
from fieldcast.agreements.terms import CLAUSES, Terms
from fieldcast.catalog.types import ProductView
from fieldcast.web.shared.words import local_name, percent_bp, unit_name, yuan

NOBODY = Parties(farmer="farmer", cooperative="cooperative", host="host", carrier="carrier")
SECONDS = {"minutes": 60, "hours": 3600, "days": 86400}


@dataclass(frozen=True)
class ClauseWords:
    """A clause as people read it. `prices` are only in the clause that guarantees them."""

    number: int
    title: str | Promise
    text: str
    prices: tuple[tuple[str, str], ...] = ()


def clauses(terms: Terms, products: Mapping[str, ProductView]) -> list[ClauseWords]:
    """Every clause with its figures."""
    texts = {
        1: _commission(terms),
        2: gettext("Whatever the price in the room, the farmer is paid at least:"),
        3: _host(terms),
        4: gettext(
            "Of what is left above the guarantee the farmer gets %(rebate)s, the cooperative the rest."
        ) % {"rebate": percent_bp(terms.rebate_bp)},
        5: gettext("The carrier gets %(fee)s for each box.") % {"fee": yuan(terms.logistics_fen_per_pack)},
        6: _cold_chain(terms),
        7: gettext("The cooperative gets %(fee)s for each box.") % {"fee": yuan(terms.handling_fen_per_pack)},
        8: gettext(
            "What is left after all of this. "
            "Where less than the guarantee is left, the cooperative covers the difference."
        ),
        9: gettext("A sale is final %(time)s after the parcel was received; then it is settled.")
        % {"time": duration(terms.after_sale_seconds)},
    }  # fmt: skip
    prices = tuple(_price(code, fen, products) for code, fen in terms.guarantee_fen.items())
    return [
        ClauseWords(one.number, one.title, texts[one.number], prices if one.number == 2 else ())
        for one in CLAUSES
    ]


def _commission(terms: Terms) -> str:
    if terms.public_benefit:
        return gettext("Public benefit: the platform takes nothing.")
    return gettext("The platform takes %(part)s of sales.") % {"part": percent_bp(terms.commission_bp)}


def _host(terms: Terms) -> str:
    part, fixed = percent_bp(terms.host_bp), yuan(terms.host_fixed_fen_per_pack)
    if not terms.host_fixed_fen_per_pack:
        return gettext("The host gets %(part)s of sales.") % {"part": part}
    if not terms.host_bp:
        return gettext("The host gets %(fixed)s for each box.") % {"fixed": fixed}
    return gettext("The host gets %(part)s of sales and %(fixed)s for each box.") % {
        "part": part,
        "fixed": fixed,
    }


def _cold_chain(terms: Terms) -> str:
    if not terms.cold_chain_bp:
        return gettext("The farmer bears nothing of the delivery.")
    words = gettext(
        "Of the delivery the farmer bears %(part)s of sales, never more than %(cap)s; the cooperative bears the rest."
    )
    return words % {"part": percent_bp(terms.cold_chain_bp), "cap": percent_bp(terms.cold_chain_cap_bp)}


def _price(code: str, fen: int, products: Mapping[str, ProductView]) -> tuple[str, str]:
    product = products.get(code)
    if product is None:
        return code, yuan(fen)
    return local_name(product), f"{yuan(fen)}/{unit_name(product.unit, 1)}"


def duration(seconds: int) -> str:
    """Seconds as people say them: 7 days, 3 minutes."""
    number, unit = split_duration(seconds)
    words = {
        "days": ngettext("%(n)s day", "%(n)s days", number),
        "hours": ngettext("%(n)s hour", "%(n)s hours", number),
        "minutes": ngettext("%(n)s minute", "%(n)s minutes", number),
    }
    return words[unit] % {"n": number}


def split_duration(seconds: int) -> tuple[int, str]:
    """The largest unit that takes seconds whole; what is less than a minute counts as one begun."""
    for unit in ("days", "hours"):
        if seconds and seconds % SECONDS[unit] == 0:
            return seconds // SECONDS[unit], unit
    return -(-seconds // 60), "minutes"


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
        return any(one.role == "cooperative" and one.amount_fen < 0 for one in self.slices)


def example(terms: Terms, *, product: ProductView, pack_units: int, price_fen: int) -> Example:
    """A box of `pack_units` lot units sold at `price_fen`, shared out."""
    line = LineFacts(
        order_line_id=0,
        product_code=product.code,
        packs=1,
        units_per_pack=pack_units,
        price_fen=price_fen,
        refunded_fen=0,
        parties=NOBODY,
    )
    shares = shares_of(line=line, terms=terms)
    roles = []
    for role in ROLES:
        mine = [share for share in shares if share.role == role]
        lines = tuple(
            {"title": kind_title(one.kind), "why": explain(one), "fen": one.amount_fen} for one in mine
        )
        if lines:
            roles.append((role_title(role), lines, sum(one.amount_fen for one in mine)))
    title = f"{local_name(product)} {pack_units} {unit_name(product.unit, pack_units)}"
    return Example(title=title, price_fen=price_fen, roles=tuple(roles), slices=where_it_goes(shares))


def sold_products(terms: Terms, products: Sequence[ProductView]) -> dict[str, ProductView]:
    """The products that the terms guarantee a price for, by code."""
    return {one.code: one for one in products if one.code in terms.guarantee_fen}
