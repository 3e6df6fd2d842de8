"""Terms that combine the six models, for one product in two grades."""

from typing import Any, Final

# What each model brings, by the row of the requirements that asks for it.
MODELS: Final = {
    "B1": "guarantee + unsold + shortfall",
    "B2": "dividend",
    "B3": "brand fee + points",
    "B4": "guarantee + rebate + split",
    "B5": "commission + MCN share",
    "B6": "base pay + technology shares + tiered bonus",
}
LINES: Final[list[dict[str, Any]]] = [
    {"kind": "share_of_sales", "to": "platform", "rate_bp": 150},
    {"kind": "share_of_sales", "to": "host", "rate_bp": 500},
    {"kind": "share_of_sales", "to": "mcn", "rate_bp": 200},
    {"kind": "share_of_sales", "to": "brand_owner", "rate_bp": 120},
    {"kind": "share_of_sales", "to": "pool:service", "rate_bp": 80},
    {"kind": "share_of_sales", "to": "pool:dividend", "rate_bp": 200},
    {"kind": "per_pack", "to": "carrier", "fen": 680},
    {"kind": "borne", "from": "farmer", "of": 7, "rate_bp": 300, "cap_bp": 500},
    {"kind": "per_pack", "to": "cooperative", "fen": 120},
    {
        "kind": "guarantee",
        "to": "farmer",
        "price_fen": {},
    },
    {"kind": "rebate", "to": "farmer", "rate_bp": 3500},
    {"kind": "split", "weights": {"host": 1, "farmer": 2, "cooperative": 2}},
    {"kind": "rest", "to": "cooperative"},
]
PERIOD: Final[list[dict[str, Any]]] = [
    {"kind": "base_pay", "from": "cooperative", "to": "host", "fen": 60_000, "agreed_sessions": 3},
    {
        "kind": "tiered_bonus",
        "from": "cooperative",
        "to": "host",
        "tiers": [{"up_to_fen": 50_000, "rate_bp": 0}, {"up_to_fen": None, "rate_bp": 155}],
    },
    {"kind": "points", "pool": "service", "unclaimed": "cooperative"},
    {"kind": "dividend", "pool": "dividend", "performance_bp": 6000},
    {"kind": "unsold", "price_fen": {"一级": 100}, "bearers": {"host": 1, "cooperative": 3}},
    {
        "kind": "shortfall",
        "to": "cooperative",
        "quantity": 500,
        "tolerance_bp": 500,
        "fen_per_unit": 12,
        "cap_fen": 20_000,
    },
    {"kind": "late_interest", "from": "platform", "to": "farmer", "ppm_per_day": 500},
]
PROMISES: Final[list[dict[str, Any]]] = [
    {"kind": "bond", "from": "host", "fen": 30_000, "payout_bp": 1000},
    {
        "kind": "penalty",
        "from": "host",
        "to": "cooperative",
        "fen": 20_000,
        "breach": "说了与检测报告不符的话",
    },
    {"kind": "recovery", "household_bp": 3000},
    {
        "kind": "damage",
        "steps": [{"up_to_bp": 2000, "refund_bp": 2000}, {"up_to_bp": 10_000, "refund_bp": 10_000}],
    },
]
PRICES: Final = {"一级": 380, "二级": 250}


def all_models(product_code: str, *, after_sale_seconds: int) -> dict[str, Any]:
    """The terms as JSON."""
    lines = [
        {**one, "price_fen": {product_code: PRICES}} if one["kind"] == "guarantee" else one for one in LINES
    ]
    return {
        "schema": 2,
        "public_benefit": False,
        "after_sale_seconds": after_sale_seconds,
        "clauses": lines,
        "period_clauses": PERIOD,
        "promise_clauses": PROMISES,
    }
