"""Model agreements to start from: plain lists of clauses with usual values, which any clause may be changed of.

Several may be combined: their clauses are laid into one waterfall by `order`, a kind that says the same twice is taken
once, from the model that was named first, and one clause for what is left closes the line. Guaranteed prices are the
parties' own: until they are given, the clauses that need them are refused as not filled in.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fieldcast.agreements.composed.drafting import LISTS, Lists, Row, ordered, same
from fieldcast.agreements.composed.reading import SCHEMA
from fieldcast.kit.errors import Sentence

Prices = Mapping[str, Mapping[str, int]]
UNSOLD_BP: Final = 5000  # of the guaranteed price, for what was accepted and not sold

_PLATFORM: Row = {"kind": "share_of_sales", "to": "platform", "rate_bp": 200}
_HOST: Row = {"kind": "share_of_sales", "to": "host", "rate_bp": 1000}
_DELIVERY: Row = {"kind": "per_pack", "to": "carrier", "fen": 680, "kept_only": False}
_PACKING: Row = {"kind": "per_pack", "to": "cooperative", "fen": 120, "kept_only": False}
_COLD_CHAIN: Row = {"kind": "borne", "from": "farmer", "of": 0, "rate_bp": 300, "cap_bp": 800}
_GUARANTEE: Row = {"kind": "guarantee", "to": "farmer", "price_fen": {}}
_REST: Row = {"kind": "rest", "to": "cooperative"}
_USUAL: tuple[Row, ...] = (_PLATFORM, _HOST, _DELIVERY, _GUARANTEE, _REST)


@dataclass(frozen=True, kw_only=True)
class Preset:
    """A model agreement: what people call it, what it is for in a line, and its clauses."""

    name: str
    title: Sentence
    lead: Sentence
    clauses: tuple[Row, ...] = _USUAL
    period_clauses: tuple[Row, ...] = ()
    promise_clauses: tuple[Row, ...] = ()


GUARANTEE_REBATE: Final = Preset(
    name="guarantee_rebate",
    title=_("Guaranteed price and second rebate"),
    lead=_("The county's first model: a price for every unit, and a part of what is left on top."),
    clauses=(
        *(_PLATFORM, _HOST, _DELIVERY, _COLD_CHAIN, _PACKING, _GUARANTEE),
        {"kind": "rebate", "to": "farmer", "rate_bp": 3500},
        _REST,
    ),
)
ORDER: Final = Preset(
    name="order",
    title=_("Order farming with guaranteed sale"),
    lead=_(
        "Quantity and price are agreed before the harvest; what is accepted and not sold is paid as well."
    ),
    period_clauses=(
        {"kind": "unsold", "price_fen": {}, "bearers": [["host", 1], ["cooperative", 3]]},
        {
            "kind": "shortfall",
            "to": "cooperative",
            "quantity": 10_000,
            "tolerance_bp": 1000,
            "fen_per_unit": 50,
            "cap_fen": 200_000,
        },
    ),
)
SHARES: Final = Preset(
    name="shares",
    title=_("Shares and dividend"),
    lead=_(
        "Land, capital, labour and technology hold shares; the surplus is shared by deliveries and shares."
    ),
    period_clauses=({"kind": "dividend", "from": "cooperative", "payout_bp": 6000, "performance_bp": 6000},),
)
BRAND: Final = Preset(
    name="brand",
    title=_("Brand and technical service"),
    lead=_("The owner of the brand has a part of sales; whoever serves the farms earns points of a pool."),
    clauses=(
        *(_PLATFORM, _HOST),
        {"kind": "share_of_sales", "to": "brand_owner", "rate_bp": 150},
        {"kind": "share_of_sales", "to": "pool:service", "rate_bp": 100},
        *(_DELIVERY, _GUARANTEE, _REST),
    ),
    period_clauses=({"kind": "points", "pool": "service", "unclaimed": "cooperative"},),
)
PROFIT: Final = Preset(
    name="profit",
    title=_("Guaranteed price and profit sharing"),
    lead=_("A price for every unit; what is left is shared by parts that everybody knows beforehand."),
    clauses=(
        *(_PLATFORM, _DELIVERY, _PACKING, _GUARANTEE),
        {"kind": "split", "weights": [["farmer", 4], ["host", 3], ["cooperative", 3]]},
        _REST,
    ),
)
COMMISSION: Final = Preset(
    name="commission",
    title=_("Commission and host agency"),
    lead=_("Host and agency have their parts of sales, and a bond stands behind what the host promises."),
    clauses=(
        *(_PLATFORM, {**_HOST, "rate_bp": 800}),
        {"kind": "share_of_sales", "to": "mcn", "rate_bp": 400},
        *(_DELIVERY, _GUARANTEE, _REST),
    ),
    promise_clauses=(
        {"kind": "bond", "from": "host", "fen": 200_000, "payout_bp": 1000},
        {"kind": "penalty", "from": "host", "to": "cooperative", "fen": 100_000, "breach": ""},
    ),
)
WAGE: Final = Preset(
    name="wage",
    title=_("Base pay, technology shares and bonus"),
    lead=_("The host has a fixed sum and a bonus that rises with sales; technology has a share of them."),
    clauses=(
        _PLATFORM,
        {"kind": "share_of_sales", "to": "pool:technology", "rate_bp": 300},
        *(_DELIVERY, _GUARANTEE, _REST),
    ),
    period_clauses=(
        {"kind": "base_pay", "from": "cooperative", "to": "host", "fen": 300_000, "agreed_sessions": 8},
        {
            "kind": "tiered_bonus",
            "from": "cooperative",
            "to": "host",
            "tiers": [
                {"up_to_fen": 5_000_000, "rate_bp": 100},
                {"up_to_fen": 20_000_000, "rate_bp": 300},
                {"up_to_fen": None, "rate_bp": 500},
            ],
        },
        {"kind": "dividend", "pool": "technology", "performance_bp": 0},
    ),
)
TEAM: Final = Preset(
    name="team",
    title=_("The session's team"),
    lead=_("Assistant, floor control, console and after-sale service each have their own part of sales."),
    clauses=(
        *(_PLATFORM, {**_HOST, "rate_bp": 500}),
        {"kind": "share_of_sales", "to": "assistant", "rate_bp": 150},
        {"kind": "share_of_sales", "to": "floor_control", "rate_bp": 100},
        {"kind": "share_of_sales", "to": "console", "rate_bp": 100},
        {"kind": "per_pack", "to": "after_sale", "fen": 20, "kept_only": True},
        *(_DELIVERY, _GUARANTEE, _REST),
    ),
)
PRESETS: Final[Mapping[str, Preset]] = {
    one.name: one for one in (GUARANTEE_REBATE, ORDER, SHARES, BRAND, PROFIT, COMMISSION, WAGE, TEAM)
}


def combined(presets: Iterable[Preset], *, prices: Prices) -> dict[str, Any]:
    """Terms of several models together. `prices`: what is guaranteed for a unit, by product and grade;
    under the empty grade for every one.
    """
    chosen = list(presets)
    lists: Lists = {}
    for name in LISTS:
        found: list[Row] = []
        for row in (row for one in chosen for row in getattr(one, name)):
            if not any(same(row, other) for other in found):
                found.append(_priced(row, prices))
        lists[name] = found
    return {"schema": SCHEMA, "public_benefit": False, **ordered(lists)}


def _priced(row: Row, prices: Prices) -> Row:
    """The same clause with the parties' prices, and a breach in the reader's language."""
    if row["kind"] == "guarantee":
        return {**row, "price_fen": {product: _graded(grades) for product, grades in prices.items()}}
    if row["kind"] == "unsold":
        return {**row, "price_fen": _for_unsold(prices)}
    if row["kind"] == "penalty":
        return {**row, "breach": gettext("says something that the test report does not bear out")}
    return dict(row)


def _graded(grades: Mapping[str, int]) -> int | dict[str, int]:
    """By grade, or one sum for every grade, which stands under the empty one."""
    return grades[""] if list(grades) == [""] else dict(grades)


def _for_unsold(prices: Prices) -> dict[str, int]:
    """Half of the lowest price of each grade."""
    found: dict[str, int] = {}
    named: Sequence[tuple[str, int]] = [one for grades in prices.values() for one in grades.items() if one[0]]
    for grade, fen in named:
        found[grade] = min(found.get(grade, fen), fen)
    return {grade: max(1, fen * UNSOLD_BP // 10_000) for grade, fen in found.items()}
